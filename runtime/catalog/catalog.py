"""Keeps the metadata of every workspace in process memory, as long as its stamp has not moved.

Reading needs no lock: a request takes the immutable value that fits the stamp its own session lookup
returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from types import MappingProxyType

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
from runtime.catalog.metadata import Metadata, PublishedFlow, PublishedForm, models
from runtime.catalog.physical import PhysicalName, Registry, read_registry
from runtime.catalog.schema import build_tables
from runtime.db.stamps import read_stamps
from runtime.db.workspace import Workspace
from runtime.http.call import Call


class Catalog:
    """One per process; `current` is the hot path, `load` is for those who just changed definitions."""

    def __init__(self) -> None:
        self._current: dict[str, Metadata] = {}
        self._loading = Lock()
        self._texts: dict[tuple[Ref, str], Definition] = {}
        self._compiled: dict[tuple[str, ...], CompiledForm] = {}
        self._forms: dict[tuple[str, str], tuple[object, PublishedForm]] = {}
        self._rules: dict[str, tuple[object, Mapping[str, CompiledRule]]] = {}

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
        definitions = {ref: self._read(one) for ref, one in published.items()}
        forms = self._published_forms(workspace, published, definitions, read_registry(conn))
        return Metadata(
            stamp,
            MappingProxyType(published),
            MappingProxyType(definitions),
            MappingProxyType(forms),
            MappingProxyType(_flows(published, definitions)),
            self._compiled_rules(workspace, published, definitions, forms),
            *(MappingProxyType(models(definitions, kind)) for kind in _PLAIN_KINDS),
        )

    def _compiled_rules(
        self,
        workspace: Workspace,
        published: Mapping[Ref, Published],
        definitions: Mapping[Ref, Definition],
        forms: Mapping[str, PublishedForm],
    ) -> Mapping[str, CompiledRule]:
        """Compiled once for all that is in force: a rule can name almost everything."""
        rules = models(definitions, Kind.RULE)
        if not rules:
            return MappingProxyType({})
        mark = tuple((ref, one.hash) for ref, one in published.items())
        kept = self._rules.get(workspace.key)
        if kept is not None and kept[0] == mark:
            return kept[1]
        decisions = decision_shapes(compile_definitions(definitions.values()))
        compiled = {key: form.compiled for key, form in forms.items()}
        known = known_of(definitions.values(), compiled, decisions)
        found = MappingProxyType({key: compile_rule(key, rule, known) for key, rule in rules.items()})
        self._rules[workspace.key] = (mark, found)
        return found

    def _read(self, published: Published) -> Definition:
        key = (published.ref, published.hash)
        definition = self._texts.get(key)
        if definition is None:
            reading = read_definition(published.ref.kind, published.ref.key, published.text)
            if reading.definition is None:
                raise DefinitionError(reading.problems)
            definition = self._texts[key] = reading.definition
        return definition

    def _published_forms(
        self,
        workspace: Workspace,
        published: Mapping[Ref, Published],
        definitions: Mapping[Ref, Definition],
        registry: Registry,
    ) -> dict[str, PublishedForm]:
        forms: dict[str, Form] = models(definitions, Kind.FORM)
        hashes = {ref.key: one.hash for ref, one in published.items() if ref.kind is Kind.FORM}
        names = _by_form(registry)
        result = {}
        for key, form in forms.items():
            compiled = self._compile(form, forms, hashes)
            version = published[Ref(Kind.FORM, key)].version
            mark = (version, compiled, names.get(key, ()))
            result[key] = self._published_form(workspace, mark, registry)
        return result

    def _published_form(
        self,
        workspace: Workspace,
        mark: tuple[int, CompiledForm, tuple[PhysicalName, ...]],
        registry: Registry,
    ) -> PublishedForm:
        version, compiled, names = mark
        place = (workspace.key, compiled.form.key)
        known = self._forms.get(place)
        if known is not None and known[0] == (version, id(compiled), names):
            return known[1]
        tables = build_tables(compiled.table_plan, registry)
        form = PublishedForm(compiled.form.key, version, compiled, tables)
        self._forms[place] = ((version, id(compiled), names), form)
        return form

    def _compile(self, form: Form, forms: Mapping[str, Form], hashes: Mapping[str, str]) -> CompiledForm:
        """Compiled once per text of the form and of those that its relations lead to."""
        near = _reached(form.key, forms)
        place = tuple(part for key in (form.key, *near) for part in (key, hashes[key]))
        compiled = self._compiled.get(place)
        if compiled is None:
            compiled = self._compiled[place] = compile_form(form, forms)
        return compiled


_PLAIN_KINDS = (
    *(Kind.ROLE, Kind.APP, Kind.VIEW, Kind.MAPPING, Kind.SETTINGS),
    *(Kind.CONNECTOR, Kind.MESSAGE_TEMPLATE, Kind.CALENDAR, Kind.LOCALE),
)


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
