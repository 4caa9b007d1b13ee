"""The compiled graphs of flow versions, kept in process memory by what they were compiled from."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from engine.flows.bpmn.read import read_bpmn
from engine.flows.compile import compile_flow
from engine.flows.graph import Graph
from engine.flows.model import FlowSettings
from engine.forms.scope import record_scope
from engine.problems import DefinitionError
from engine.rules.feel import Scope
from runtime.catalog.definitions import read_version
from runtime.catalog.metadata import Metadata, PublishedFlow, PublishedForm
from runtime.http.errors import NotFound


@dataclass(frozen=True, slots=True)
class Flow:
    """One version of a flow, ready to run on the records of `form`."""

    key: str
    version: int
    form: PublishedForm
    graph: Graph


class Flows:
    """One per program. A version's text never changes, so a graph is good as long as its form is the same."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[PublishedForm, dict[tuple[str, int], Graph]] = WeakKeyDictionary()

    def in_force(self, conn: sa.Connection, metadata: Metadata, key: str) -> Flow:
        """Raises NotFound `process.flow.unknown`."""
        published = metadata.flows.get(key)
        settings = settings_of(published) if published else None
        if published is None or settings is None:
            raise NotFound.because("process.flow.unknown", flow=key)
        return self.version(conn, metadata, key, published.version, settings.form)

    def version(self, conn: sa.Connection, metadata: Metadata, key: str, version: int, form_key: str) -> Flow:
        """The version a process runs on, whether or not it is still in force.

        Raises DefinitionError if its expressions do not fit the form any more, NotFound if it is gone.
        """
        form = metadata.form(form_key)
        kept = self._kept.setdefault(form, {})
        if (key, version) not in kept:
            _, text = read_version(conn, Ref(Kind.FLOW, key), version)
            scope = record_scope(form.form, {one.key: one.form for one in metadata.forms.values()})
            kept[key, version] = _compile(text, key, scope)
        return Flow(key, version, form, kept[key, version])


def settings_of(flow: PublishedFlow) -> FlowSettings | None:
    """What the flow says about its form and its start; None for a drawing."""
    return next((process.settings for process in flow.model.executable), None)


def _compile(text: str, key: str, scope: Scope) -> Graph:
    compiled = compile_flow(read_bpmn(text.encode("utf-8"), key), scope)
    if compiled.graph is None:
        raise DefinitionError(compiled.problems)
    return compiled.graph
