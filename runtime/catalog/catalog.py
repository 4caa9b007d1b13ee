"""Keeps the metadata of every workspace in process memory, as long as its stamp has not moved.

Reading needs no lock: a request takes the immutable value that fits the stamp its own session lookup
returned. What is made of a text is kept by the text, for all workspaces: a publish reads and compiles what
changed, and workspaces with the same solution share its parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from threading import Lock
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from engine.apps.definitions import Definition, read_definition
from engine.apps.kinds import Kind, Ref
from engine.apps.link_decision import compile_definitions, decision_shapes
from engine.apps.link_rule import known_of
from engine.forms.compile import CompiledForm, compile_form
from engine.forms.model import Form
from engine.problems import DefinitionError
from engine.rules.language.compile import CompiledRule, compile_rule
from runtime.catalog.definitions import CATALOG_STAMP, Published, read_published
from runtime.catalog.kept import Kept
from runtime.catalog.metadata import Metadata, PublishedFlow, PublishedForm, models
from runtime.catalog.physical import PhysicalName, Registry, read_registry
from runtime.catalog.schema import build_tables
from runtime.db.stamps import read_stamps
from runtime.db.workspace import Workspace
from runtime.http.call import Call

Texts = tuple[tuple[Ref, str], ...]
"""Definitions, each with the hash of its text."""
_DEFINITIONS: Final = Kept(2_048)
_COMPILED: Final = Kept()
_FORMS: Final = Kept()
_RULES: Final = Kept(64)


class Catalog:
    """One per process; `current` is the hot path, `load` is for those who just changed definitions."""

    def __init__(self) -> None:
        self._current: dict[str, Metadata] = {}
        self._loading = Lock()

    def current(self, workspace: Workspace, stamp: int) -> Metadata:
        """What is in force at this stamp. Must not be called while a connection is held; then use `load`.

        Raises DefinitionError if the stored definitions cannot be used by this program.
        """
        known = self._current.get(workspace.key)
        if known is not None and known.stamp == stamp:
            return known
        with self._loading:
            known = self._current.get(workspace.key)
            if known is not None and known.stamp >= stamp:
                return known
            with workspace.database.read() as conn:
                found = self._current[workspace.key] = self.load(conn, workspace)
        return found

    def for_call(self, call: Call) -> Metadata:
        """What is in force for this request. Not inside a transaction."""
        return self.current(call.workspace, call.stamps.get(CATALOG_STAMP, 0))

    def load(self, conn: sa.Connection, workspace: Workspace) -> Metadata:
        """What is in force as `conn` sees it, its own uncommitted changes included; four statements.

        The parts whose texts are known already are taken from memory.
        """
        stamp = read_stamps(conn).get(CATALOG_STAMP, 0)
        known = self._current.get(workspace.key)
        if known is not None and known.stamp == stamp:
            return known
        published = {one.ref: one for one in read_published(conn)}
        definitions = {ref: _definition(one) for ref, one in published.items()}
        forms = _published_forms(published, definitions, read_registry(conn))
        return Metadata(
            stamp,
            MappingProxyType(published),
            MappingProxyType(definitions),
            MappingProxyType(forms),
            MappingProxyType(_flows(published, definitions)),
            _compiled_rules(published, definitions, forms),
            *(MappingProxyType(models(definitions, kind)) for kind in _PLAIN_KINDS),
        )


_PLAIN_KINDS = (
    *(Kind.ROLE, Kind.APP, Kind.VIEW, Kind.MAPPING, Kind.SETTINGS),
    *(Kind.CONNECTOR, Kind.MESSAGE_TEMPLATE, Kind.CALENDAR, Kind.LOCALE),
)


def _definition(published: Published) -> Definition:
    """Raises DefinitionError if this program cannot read what an earlier one published."""

    def read() -> Definition:
        reading = read_definition(published.ref.kind, published.ref.key, published.text)
        if reading.definition is None:
            raise DefinitionError(reading.problems)
        return reading.definition

    return _DEFINITIONS.get((published.ref, published.hash), read)


def _published_forms(
    published: Mapping[Ref, Published], definitions: Mapping[Ref, Definition], registry: Registry
) -> dict[str, PublishedForm]:
    forms: dict[str, Form] = models(definitions, Kind.FORM)
    names = _by_form(registry)
    result = {}
    for key, form in forms.items():
        texts, version = _texts_of(form, forms, published), published[Ref(Kind.FORM, key)].version
        compiled = _COMPILED.get(texts, partial(compile_form, form, forms))
        mark = (version, texts, names.get(key, ()))
        result[key] = _FORMS.get(mark, partial(_published_form, version, compiled, registry))
    return result


def _published_form(version: int, compiled: CompiledForm, registry: Registry) -> PublishedForm:
    return PublishedForm(compiled.form.key, version, compiled, build_tables(compiled.table_plan, registry))


def _texts_of(form: Form, forms: Mapping[str, Form], published: Mapping[Ref, Published]) -> Texts:
    """What a compiled form is made of: its own text and those of the forms that its relations lead to."""
    near = (Ref(Kind.FORM, key) for key in (form.key, *_reached(form.key, forms)))
    return tuple((ref, published[ref].hash) for ref in near)


def _compiled_rules(
    published: Mapping[Ref, Published],
    definitions: Mapping[Ref, Definition],
    forms: Mapping[str, PublishedForm],
) -> Mapping[str, CompiledRule]:
    """Compiled once for all that is in force: a rule can name almost everything."""
    rules = models(definitions, Kind.RULE)

    def compile_all() -> Mapping[str, CompiledRule]:
        decisions = decision_shapes(compile_definitions(definitions.values()))
        known = known_of(definitions.values(), {key: form.compiled for key, form in forms.items()}, decisions)
        return MappingProxyType({key: compile_rule(key, rule, known) for key, rule in rules.items()})

    if not rules:
        return MappingProxyType({})
    return _RULES.get(tuple((ref, one.hash) for ref, one in published.items()), compile_all)


def _flows(
    published: Mapping[Ref, Published], definitions: Mapping[Ref, Definition]
) -> dict[str, PublishedFlow]:
    return {
        key: PublishedFlow(key, one.version, one.hash, model)
        for key, model in models(definitions, Kind.FLOW).items()
        for one in (published[Ref(Kind.FLOW, key)],)
    }


def _by_form(registry: Registry) -> dict[str, tuple[PhysicalName, ...]]:
    names: dict[str, list[PhysicalName]] = {}
    for name in registry.names:
        if name.mapped:
            names.setdefault(name.form, []).append(name)
    return {form: tuple(found) for form, found in names.items()}


def _reached(key: str, forms: Mapping[str, Form]) -> tuple[str, ...]:
    """The other forms that relations lead to, in any number of hops."""
    reached: set[str] = set()
    waiting = [key]
    while waiting:
        for _path, field in forms[waiting.pop()].places():
            target = field.to or ""
            if target in forms and target not in reached:
                reached.add(target)
                waiting.append(target)
    return tuple(sorted(reached - {key}))
