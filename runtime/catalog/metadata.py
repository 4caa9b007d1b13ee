"""The metadata of a workspace: everything that is published, compiled, as one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from engine.apps.app import App
from engine.apps.connector import Connector
from engine.apps.definitions import Definition
from engine.apps.kinds import Kind, Ref
from engine.apps.locale import Locale, Translation, label_at, translations
from engine.apps.mapping import ImportMapping
from engine.apps.message_template import MessageTemplate
from engine.apps.settings import Settings
from engine.calendars import Calendar
from engine.flows.model import Model as FlowModel
from engine.forms.compile import CompiledForm
from engine.forms.fields import FIELD_TYPES, ReferenceType
from engine.forms.model import Field, Form, Label
from engine.forms.roles import Role
from engine.forms.table_plan import Column
from engine.forms.title import title_fields
from engine.forms.views import View
from engine.rules.language.compile import CompiledRule
from engine.rules.language.model import Rule, Score
from engine.rules.language.texts import texts_of
from runtime.catalog.definitions import Published
from runtime.catalog.schema import FormTables, SubtableTables
from runtime.http.errors import NotFound
from runtime.identity.roles import ADMIN, ALL_RIGHTS


@dataclass(frozen=True, slots=True)
class ReferenceField:
    """A field that points to a record of `target`: a form's key, `user` or `department`.

    subtable   the sub-table it stands in, None for the record itself
    """

    field: Field
    target: str
    subtable: str | None = None

    @property
    def path(self) -> str:
        return self.field.key if self.subtable is None else f"{self.subtable}.{self.field.key}"


@dataclass(frozen=True, eq=False)
class PublishedForm:
    """A form in force: what it means (`compiled`) and where its records are (`tables`).

    Compared by identity: the same object is handed out as long as neither its text, nor the forms it
    reads through relations, nor its physical names change. Statements may be kept by it.
    """

    key: str
    version: int
    compiled: CompiledForm
    tables: FormTables

    @property
    def form(self) -> Form:
        return self.compiled.form

    @property
    def table(self) -> sa.Table:
        return self.tables.table

    @property
    def columns(self) -> Mapping[str, sa.Column[Any]]:
        """By key: system fields and the fields that have a column."""
        return self.tables.columns

    @property
    def subtables(self) -> Mapping[str, SubtableTables]:
        return self.tables.subtables

    @property
    def plans(self) -> Mapping[str, Column]:
        """What the columns of the fields hold, by key."""
        return self.compiled.table_plan.columns

    def field(self, key: str) -> Field | None:
        return self.form.fields.get(key)

    @cached_property
    def references(self) -> tuple[ReferenceField, ...]:
        """Every reference field of records and of their rows, in the form's order."""
        return tuple(
            ReferenceField(one, kind.target(one), path[0] if len(path) == 2 else None)
            for path, one in self.form.places()
            if isinstance(kind := FIELD_TYPES[one.type], ReferenceType)
        )

    @cached_property
    def title_keys(self) -> tuple[str, ...]:
        """The fields that stand in a record's title."""
        return title_fields(self.form.title)


@dataclass(frozen=True, slots=True)
class PublishedFlow:
    """A flow in force, read and checked; running processes keep the version they began with."""

    key: str
    version: int
    hash: str
    model: FlowModel

    @property
    def ref(self) -> Ref:
        return Ref(Kind.FLOW, self.key)


@dataclass(frozen=True, eq=False)
class Metadata:
    """stamp        of the catalog when it was read
    published    every definition in force, with its text
    definitions  the same, read
    """

    stamp: int
    published: Mapping[Ref, Published]
    definitions: Mapping[Ref, Definition]
    forms: Mapping[str, PublishedForm]
    flows: Mapping[str, PublishedFlow]
    rules: Mapping[str, CompiledRule]
    roles: Mapping[str, Role]
    apps: Mapping[str, App]
    views: Mapping[str, View]
    mappings: Mapping[str, ImportMapping]
    settings: Mapping[str, Settings]
    connectors: Mapping[str, Connector]
    message_templates: Mapping[str, MessageTemplate]
    calendars: Mapping[str, Calendar]
    locales: Mapping[str, Locale]

    @cached_property
    def rules_by_form(self) -> Mapping[str, tuple[CompiledRule, ...]]:
        """The rules about records of each form, in the order in which they run."""
        found: dict[str, list[CompiledRule]] = {}
        for rule in sorted(self.rules.values(), key=lambda rule: rule.priority):
            found.setdefault(rule.form, []).append(rule)
        return MappingProxyType({form: tuple(rules) for form, rules in found.items()})

    @cached_property
    def flows_by_form(self) -> Mapping[str, tuple[PublishedFlow, ...]]:
        """The flows that run on records of each form."""
        found: dict[str, list[PublishedFlow]] = {}
        for flow in self.flows.values():
            for process in flow.model.executable[:1]:
                if process.settings is not None:
                    found.setdefault(process.settings.form, []).append(flow)
        return MappingProxyType({form: tuple(flows) for form, flows in found.items()})

    @cached_property
    def setting_values(self) -> Mapping[str, Mapping[str, object]]:
        """`settings.<solution>.<parameter>` in expressions."""
        return {
            key: {name: parameter.default for name, parameter in one.parameters.items()}
            for key, one in self.settings.items()
        }

    @cached_property
    def _translations(self) -> Mapping[str, Translation]:
        return translations(self.locales.values())

    def label_at(self, place: str, written: str) -> Label:
        """A text of a definition in all its languages: `rule/<key>/label`. `written`: as its file has it."""
        return label_at(self._translations, place, written)

    def name_of(self, definition: Definition) -> Label:
        """What people call it, in every language that has it."""
        label = definition.label
        return self.label_at(f"{definition.ref}/label", label) if isinstance(label, str) else label

    def translated(self, rule: str, language: str) -> Mapping[str, str]:
        """The texts of a rule in a language, by the text that is written in it."""
        model = self.definitions[Ref(Kind.RULE, rule)].model if rule in self.rules else None
        written = texts_of(model) if isinstance(model, Rule | Score) else {}
        found = ((self._translations.get(f"rule/{rule}/{place}"), one.text) for place, one in written.items())
        return {
            text: one.texts[language]
            for one, text in found
            if one is not None and one.fits(text) and language in one.texts
        }

    def rule_version(self, key: str) -> int:
        return self.published[Ref(Kind.RULE, key)].version

    def form(self, key: str) -> PublishedForm:
        """Raises NotFound `catalog.form.unknown`."""
        form = self.forms.get(key)
        if form is None:
            raise self.unknown_form(key)
        return form

    @staticmethod
    def unknown_form(key: str) -> NotFound:
        """What is said of a form that does not exist, or not for the one who asks."""
        return NotFound.because("catalog.form.unknown", form=key)

    def rights_of(self, roles: frozenset[str]) -> frozenset[str]:
        """Rights besides forms that these roles open; `admin` opens all, defined or not."""
        if ADMIN in roles:
            return ALL_RIGHTS
        return frozenset(right for role in roles if role in self.roles for right in self.roles[role].rights)

    def views_of(self, form: str) -> tuple[View, ...]:
        return tuple(view for view in self.views.values() if view.form == form)


NO_METADATA: Final = Metadata(-1, *(MappingProxyType[Any, Any]({}) for _ in range(14)))


def models(definitions: Mapping[Ref, Definition], kind: Kind) -> dict[str, Any]:
    """The models of one kind, by key; the kind decides their class."""
    return {ref.key: definition.model for ref, definition in definitions.items() if ref.kind is kind}
