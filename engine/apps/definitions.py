"""Reads the text of one definition of any kind into its model, with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.apps.app import App, read_app
from engine.apps.calendar import read_calendar_document
from engine.apps.connector import Connector, read_connector
from engine.apps.kinds import Kind, Ref
from engine.apps.locale import Locale, read_locale
from engine.apps.mapping import ImportMapping, read_mapping
from engine.apps.message_template import MessageTemplate, read_message_template
from engine.apps.settings import Settings, read_settings
from engine.calendars import Calendar
from engine.flows.bpmn.read import read_bpmn
from engine.flows.model import Model as FlowModel
from engine.forms.model import Form, Label
from engine.forms.read import read_form
from engine.forms.roles import Role, read_role
from engine.forms.views import View, read_view
from engine.json_text import parse_json
from engine.keys import is_free_key, is_key
from engine.problems import Problem, errors
from engine.rules.decisions.model import Model as DecisionModel
from engine.rules.decisions.read import read_decisions
from engine.rules.language.model import Rule, RuleText, Score
from engine.rules.language.place import placed
from engine.rules.language.read import read_rule

DefinitionModel = (
    Form
    | View
    | FlowModel
    | Role
    | App
    | ImportMapping
    | Connector
    | MessageTemplate
    | RuleText
    | DecisionModel
    | Calendar
    | Settings
    | Locale
)
_Read = tuple[DefinitionModel | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition that could be read; `text` is what its author wrote and what is stored."""

    ref: Ref
    text: str
    model: DefinitionModel

    @property
    def label(self) -> Label:
        """What people call it; the key where the author gave no label."""
        if isinstance(self.model, FlowModel):
            process = next(iter(self.model.executable or self.model.processes), None)
            return (process.label if process is not None else "") or self.ref.key
        if isinstance(self.model, DecisionModel):
            named = (one for one in self.model.decisions if self.ref.key in (one.id, one.name))
            return next((one.label for one in named if one.label), "") or self.model.name or self.ref.key
        if isinstance(self.model, Rule | Score):
            return self.model.label.text if isinstance(self.model, Rule) else self.model.field.key
        return self.model.label


@dataclass(frozen=True, slots=True)
class DefinitionReading:
    """The definition, unless something about it is an error, and all problems with their places."""

    definition: Definition | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return self.definition is not None and not errors(self.problems)


def read_definition(kind: Kind, key: str, text: str) -> DefinitionReading:
    """Read one definition by itself; what it refers to is looked at by `link`.

    key  the name it is stored under; the document has to say the same
    """
    ref = Ref(kind, key)
    model, problems = _read(ref, text)
    problems = (*_check_key(ref, model), *problems)
    named = tuple(problem.within(document=str(ref)) for problem in problems)
    definition = None if model is None or errors(named) else Definition(ref, text, model)
    return DefinitionReading(definition, named)


def _read(ref: Ref, text: str) -> _Read:
    if ref.kind is Kind.FLOW:
        return _read_flow(text, str(ref))
    if ref.kind is Kind.DECISION:
        return _read_decision(text)
    return _read_rule(text) if ref.kind is Kind.RULE else _read_document(ref.kind, ref.key, text)


def _read_rule(text: str) -> _Read:
    reading = read_rule(text)
    return reading.rule, tuple(placed(problem, text) for problem in reading.problems)


def _read_flow(text: str, name: str) -> _Read:
    reading = read_bpmn(text.encode("utf-8"), name)
    return reading.model, reading.problems


def _read_decision(text: str) -> _Read:
    reading = read_decisions(text.encode("utf-8"))
    return reading.model, reading.problems


def _read_document(kind: Kind, key: str, text: str) -> _Read:
    document, problems = parse_json(text)
    if errors(problems):
        return None, tuple(problems)
    return _READERS[kind](document, key)


def _check_key(ref: Ref, model: DefinitionModel | None) -> tuple[Problem, ...]:
    if not (is_key(ref.key) if ref.kind is Kind.ROLE else is_free_key(ref.key)):
        return (Problem("apps.definition.bad-key", params={"key": ref.key}),)
    if model is None or isinstance(model, FlowModel | Rule | Score | DecisionModel) or model.key == ref.key:
        return ()
    return (Problem("apps.definition.other-key", "/key", {"key": model.key, "expected": ref.key}),)


def _form(document: object, key: str) -> _Read:
    reading = read_form(document, key)
    return reading.form, reading.problems


def _view(document: object, _key: str) -> _Read:
    reading = read_view(document)
    return reading.view, reading.problems


def _role(document: object, _key: str) -> _Read:
    reading = read_role(document)
    return reading.role, reading.problems


def _app(document: object, _key: str) -> _Read:
    reading = read_app(document)
    return reading.app, reading.problems


def _mapping(document: object, _key: str) -> _Read:
    reading = read_mapping(document)
    return reading.mapping, reading.problems


def _connector(document: object, _key: str) -> _Read:
    reading = read_connector(document)
    return reading.connector, reading.problems


def _message_template(document: object, _key: str) -> _Read:
    reading = read_message_template(document)
    return reading.template, reading.problems


def _calendar(document: object, _key: str) -> _Read:
    reading = read_calendar_document(document)
    return reading.calendar, reading.problems


def _settings(document: object, _key: str) -> _Read:
    reading = read_settings(document)
    return reading.settings, reading.problems


def _locale(document: object, _key: str) -> _Read:
    reading = read_locale(document)
    return reading.locale, reading.problems


_READERS: Final[Mapping[Kind, Callable[[object, str], _Read]]] = MappingProxyType(
    {
        Kind.FORM: _form,
        Kind.VIEW: _view,
        Kind.ROLE: _role,
        Kind.APP: _app,
        Kind.MAPPING: _mapping,
        Kind.CONNECTOR: _connector,
        Kind.MESSAGE_TEMPLATE: _message_template,
        Kind.CALENDAR: _calendar,
        Kind.SETTINGS: _settings,
        Kind.LOCALE: _locale,
    }
)
