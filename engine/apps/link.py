"""Links definitions: every reference between them is looked up, and what needs its target is compiled.

Linking needs all definitions of a workspace at once; publishing links what is published with the drafts that
are to replace it. One definition that is wrong does not hide what is wrong in the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.apps.app import App
from engine.apps.definitions import Definition
from engine.apps.finder import Finder, Names, Reference
from engine.apps.kinds import Kind, Ref
from engine.apps.link_decision import LinkedDecision, compile_definitions, decision_shapes, link_decision
from engine.apps.link_flow import link_flow
from engine.apps.link_form import link_form
from engine.apps.link_lists import link_app, link_role, link_view
from engine.apps.link_locale import link_locale
from engine.apps.link_mapping import link_mapping
from engine.apps.link_message import link_message_template
from engine.apps.link_rule import known_of, link_rule
from engine.apps.locale import Locale, Translation, label_at, translations
from engine.apps.mapping import ImportMapping
from engine.apps.message_template import MessageTemplate
from engine.flows.compile import CompiledFlow
from engine.flows.model import Model as FlowModel
from engine.forms.compile import CompiledForm, compile_form
from engine.forms.model import Form, Label
from engine.forms.roles import Role
from engine.forms.views import View
from engine.problems import Problem
from engine.rules.language.compile import CompiledRule
from engine.rules.language.known import Known
from engine.rules.language.model import Rule, Score


@dataclass(frozen=True, slots=True)
class Linked:
    """All definitions, compiled, with every reference between them and everything that is wrong.

    Each problem names its definition in `document`, as `kind/key`. `known` is what rules can name;
    `translations` are their texts in further languages, by place.
    """

    definitions: Mapping[Ref, Definition]
    forms: Mapping[str, CompiledForm]
    flows: Mapping[str, CompiledFlow]
    rules: Mapping[str, CompiledRule]
    decisions: Mapping[str, LinkedDecision]
    known: Known
    translations: Mapping[str, Translation]
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]

    def problems_of(self, refs: Iterable[Ref]) -> tuple[Problem, ...]:
        """The problems of these definitions."""
        names = {str(ref) for ref in refs}
        return tuple(problem for problem in self.problems if problem.document in names)

    def label(self, ref: Ref) -> Label:
        """What people call a definition, in every language that has it."""
        label = self.definitions[ref].label
        return label_at(self.translations, f"{ref}/label", label) if isinstance(label, str) else label

    def where_used(self, kind: Kind, key: str, field: str = "") -> tuple[Reference, ...]:
        """Every place that names the definition, or its field, in other definitions and in itself."""
        target = Ref(kind, key)
        return tuple(
            reference
            for reference in self.references
            if reference.target == target and (not field or reference.field == field)
        )


def link(definitions: Mapping[Ref, Definition]) -> Linked:
    """Link all definitions of a workspace with each other."""
    names = _names(definitions)
    forms = {key: compile_form(form, names.forms) for key, form in names.forms.items()}
    flows: dict[str, CompiledFlow] = {}
    rules: dict[str, CompiledRule] = {}
    decisions = compile_definitions(definitions.values())
    namespaces = {one.compiled.model.namespace: key for key, one in decisions.items()}
    known = known_of(definitions.values(), forms, decision_shapes(decisions))
    finders = []
    for ref, definition in definitions.items():
        finder = Finder(names, ref)
        if isinstance(definition.model, Rule | Score):
            rules[ref.key] = link_rule(finder, ref.key, definition.model, definition.text, known)
        elif ref.key in decisions and ref.kind is Kind.DECISION:
            link_decision(finder, decisions[ref.key], namespaces)
        else:
            _link(finder, definition, forms, flows)
        finders.append(finder)
    finders += _link_locales(names, definitions, rules)
    return Linked(
        definitions=MappingProxyType(dict(definitions)),
        forms=MappingProxyType(forms),
        flows=MappingProxyType(flows),
        rules=MappingProxyType(rules),
        decisions=decisions,
        known=known,
        translations=translations(one.model for one in definitions.values() if isinstance(one.model, Locale)),
        references=tuple(reference for finder in finders for reference in finder.references),
        problems=tuple(problem for finder in finders for problem in finder.problems),
    )


def _link_locales(
    names: Names, definitions: Mapping[Ref, Definition], rules: Mapping[str, CompiledRule]
) -> Iterator[Finder]:
    """When everything that has texts is linked."""
    taken: dict[tuple[str, str], str] = {}
    for ref, definition in definitions.items():
        if isinstance(definition.model, Locale):
            finder = Finder(names, ref)
            link_locale(finder, definition.model, rules, taken)
            yield finder


def _names(definitions: Mapping[Ref, Definition]) -> Names:
    models = [(ref.key, definition.model) for ref, definition in definitions.items()]
    return Names(
        forms={key: model for key, model in models if isinstance(model, Form)},
        views={key: model for key, model in models if isinstance(model, View)},
        roles={key: model for key, model in models if isinstance(model, Role)},
    )


def _link(
    finder: Finder, definition: Definition, forms: dict[str, CompiledForm], flows: dict[str, CompiledFlow]
) -> None:
    match definition.model:
        case Form():
            link_form(finder, forms[definition.ref.key])
        case View() as view:
            link_view(finder, view, forms.get(view.form))
        case Role() as role:
            link_role(finder, role, forms)
        case App() as app:
            link_app(finder, app)
        case ImportMapping() as mapping:
            link_mapping(finder, mapping)
        case MessageTemplate() as template:
            link_message_template(finder, template, forms.get(template.form))
        case FlowModel() as model:
            flow = link_flow(finder, model, forms)
            if flow is not None:
                flows[definition.ref.key] = flow
