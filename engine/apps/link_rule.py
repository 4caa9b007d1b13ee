"""Links a rule: what it can name is worked out from the definitions, and everything it names is noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from engine.apps.connector import Connector
from engine.apps.definitions import Definition
from engine.apps.finder import Finder, Reference
from engine.apps.kinds import Kind, Ref
from engine.apps.message_template import MessageTemplate
from engine.calendars import Calendar
from engine.forms.compile import CompiledForm
from engine.forms.fields import FIELD_TYPES, ReferenceType
from engine.forms.model import Field
from engine.forms.roles import Role
from engine.forms.scope import USER
from engine.forms.system import SYSTEM
from engine.keys import WRITABLE_SYSTEM_FIELDS
from engine.problems import errors
from engine.rules.feel import Compiled
from engine.rules.feel.types import ANY, CONTEXT, ContextType, FeelType, ListType
from engine.rules.language.actions import kind_of
from engine.rules.language.check import check_rule
from engine.rules.language.compile import CompiledRule, compile_rule, form_in_slot
from engine.rules.language.examples import run_examples
from engine.rules.language.known import (
    ConnectorShape,
    DecisionShape,
    FieldShape,
    FormShape,
    Known,
    TemplateShape,
)
from engine.rules.language.model import Assignment, Changed, EveryWorkingDay, Name, RelativeDate, RuleText
from engine.rules.language.patterns import Key, Names, Values, slots_of
from engine.rules.language.place import placed
from engine.rules.language.score import ScoreAction

_KINDS: Mapping[Names, Kind] = MappingProxyType(
    {
        Names.FORM: Kind.FORM,
        Names.TEMPLATE: Kind.MESSAGE_TEMPLATE,
        Names.CONNECTOR: Kind.CONNECTOR,
        Names.CALENDAR: Kind.CALENDAR,
        Names.DECISION: Kind.DECISION,
    }
)


def known_of(
    definitions: Iterable[Definition],
    forms: Mapping[str, CompiledForm],
    decisions: Mapping[str, DecisionShape],
) -> Known:
    """What rules can name, out of all definitions of a workspace."""
    models = [(definition.ref.key, definition.model) for definition in definitions]
    return Known(
        forms={key: form_shape(form) for key, form in forms.items()},
        decisions=decisions,
        connectors={
            f"{key}.{name}": ConnectorShape(operation.label, dict.fromkeys(operation.inputs, True))
            for key, model in models
            if isinstance(model, Connector)
            for name, operation in model.operations.items()
        },
        templates={
            key: TemplateShape(model.label, model.form)
            for key, model in models
            if isinstance(model, MessageTemplate)
        },
        calendars={key: model.label for key, model in models if isinstance(model, Calendar)},
        roles={key: model.label for key, model in models if isinstance(model, Role)},
        user=USER,
        settings=CONTEXT,
    )


def form_shape(form: CompiledForm) -> FormShape:
    """A form as rules see it, system fields included."""
    names = form.scope.names
    fields = {**SYSTEM, **form.form.fields}
    shapes = {key: _field_shape(one, names.get(key, ANY)) for key, one in fields.items()}
    return FormShape(form.form.key, form.form.label, MappingProxyType(shapes))


def _field_shape(field: Field, feel: FeelType) -> FieldShape:
    kind = FIELD_TYPES[field.type]
    inner = feel.item if isinstance(feel, ListType) else feel
    types = inner.fields if isinstance(inner, ContextType) else {}
    system = field.key in SYSTEM and field is SYSTEM[field.key]
    return FieldShape(
        key=field.key,
        label=field.label,
        type=field.type,
        feel=feel,
        target=kind.target(field) if isinstance(kind, ReferenceType) else None,
        options={option.key: option.label for option in field.options},
        fields={key: _field_shape(one, types.get(key, ANY)) for key, one in field.fields.items()},
        writable=field.key in WRITABLE_SYSTEM_FIELDS if system else _is_writable(field),
    )


def _is_writable(field: Field) -> bool:
    return not field.is_computed and field.type not in ("auto_number", "subtable")


def link_rule(finder: Finder, key: str, rule: RuleText, text: str, known: Known) -> CompiledRule:
    """Compile a rule, check it, and play its tests; problems name the line and what stands there."""
    compiled = compile_rule(key, rule, known)
    found = check_rule(compiled, known)
    if not errors(found):
        found += tuple(problem for one in run_examples(compiled).results for problem in one.problems)
    finder.add(placed(problem, text) for problem in found)
    for at, target, field in _references(compiled, known):
        finder.references.append(Reference(finder.source, at, target, field))
    form = finder.names.forms.get(compiled.form)
    if form is not None:
        for action in compiled.actions:
            finder.paths(form, None, _own_paths(action.compiled()), f"actions/{action.index}")
        conditions = [one for one in (compiled.where, compiled.selects) if one is not None]
        finder.paths(form, None, _own_paths(conditions), "where")
    return compiled


def _own_paths(expressions: Iterable[Compiled]) -> set[tuple[str, ...]]:
    return {way for one in expressions for way in one.paths}


def _references(rule: CompiledRule, known: Known) -> Iterator[tuple[str, Ref, str]]:
    """Place, target and field of everything that the rule names outside its expressions."""
    if rule.form in known.forms:
        yield "rule", Ref(Kind.FORM, rule.form), ""
    own = known.forms.get(rule.form)
    for number, wake in enumerate(rule.wakes):
        at = f"triggers/{number}"
        match wake.trigger:
            case Changed(fields):
                yield from (_field_of(at, own, name) for name in fields if _has(own, name))
            case RelativeDate(_, _, _, name, _, calendar):
                yield from (_field_of(at, own, one) for one in (name,) if _has(own, one))
                yield from _calendar(at, calendar, known)
            case EveryWorkingDay(_, calendar):
                yield from _calendar(at, calendar, known)
    for action in rule.actions:
        at = f"actions/{action.index}"
        if isinstance(action.node, ScoreAction):
            yield from (_field_of(at, own, one) for one in (action.node.field,) if _has(own, one))
        else:
            yield from _action(at, slots_of(action.node), kind_of(action.node).pattern.inner(), own, known)


def _action(
    at: str, given: Mapping[str, object], parts: Iterable[object], own: FormShape | None, known: Known
) -> Iterator[tuple[str, Ref, str]]:
    for part in parts:
        if isinstance(part, Key):
            value = given.get(part.slot)
            names = value if isinstance(value, tuple) else (value,)
            form = form_in_slot(part.form, given, own, known) if part.form else own
            for name in names:
                if isinstance(name, Name):
                    yield from _named(at, part.names, name, form, known)
        elif isinstance(part, Values) and part.form not in ("connector", "table"):
            form = form_in_slot(part.form, given, own, known) if part.form else own
            assigned = given.get(part.slot)
            for one in assigned if isinstance(assigned, tuple) else ():
                if isinstance(one, Assignment) and _has(form, one.field):
                    yield _field_of(at, form, one.field)


def _named(
    at: str, names: Names, name: Name, form: FormShape | None, known: Known
) -> Iterator[tuple[str, Ref, str]]:
    if names is Names.FIELD or (names is Names.TARGET and _has(form, name)):
        if _has(form, name):
            yield _field_of(at, form, name)
    elif names is Names.TARGET and name.key in known.forms:
        yield at, Ref(Kind.FORM, name.key), ""
    elif names is Names.CONNECTOR:
        yield at, Ref(Kind.CONNECTOR, name.key.partition(".")[0]), ""
    elif names in _KINDS:
        yield at, Ref(_KINDS[names], name.key), ""


def _calendar(at: str, name: Name | None, known: Known) -> Iterator[tuple[str, Ref, str]]:
    if name is not None and name.key in known.calendars:
        yield at, Ref(Kind.CALENDAR, name.key), ""


def _has(form: FormShape | None, name: Name) -> bool:
    return form is not None and name.key in form.fields


def _field_of(at: str, form: FormShape | None, name: Name) -> tuple[str, Ref, str]:
    assert form is not None
    return at, Ref(Kind.FORM, form.key), name.key
