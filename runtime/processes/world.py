"""What the expressions of a flow can see: the record with what its references lead to, and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import sqlalchemy as sa

from engine.flows.events import Facts
from engine.flows.graph import Graph
from engine.forms.facts import RecordWorld
from engine.rules.feel import Compiled
from engine.values import Reference
from runtime.access.moment import user_context
from runtime.identity.actors import find_actor
from runtime.processes.flows import Flow
from runtime.records.model import Origin
from runtime.records.read import Stored, load_record
from runtime.records.scene import Scene
from runtime.records.selection import own_title
from runtime.records.service import Records
from runtime.records.sight import Reads, reads_of_expressions, record_context
from runtime.records.update import Patch


class World:
    """Reads the record of one process as automation does: all rows, all fields (SEMANTICS §4).

    Loaded once, when it is first asked for, and kept in step with what the process writes.

    lock   until the transaction ends; steps lock the record before they write anything of the process
    """

    def __init__(
        self,
        conn: sa.Connection,
        scene: Scene,
        flow: Flow,
        record: int,
        initiator: int,
        *,
        lock: bool = False,
    ) -> None:
        self._conn = conn
        self._scene = scene
        self._flow = flow
        self.record = record
        self._initiator_id = initiator
        self._lock = lock
        self._stored: Stored | None = None

    @property
    def stored(self) -> Stored:
        """Raises NotFound if the record is gone."""
        if self._stored is None:
            access = self._scene.access(self._flow.form)
            self._stored = load_record(self._conn, self._scene, access, self.record, lock=self._lock)
        return self._stored

    @property
    def rev(self) -> int:
        return int(str(self.stored.values["rev"]))

    @property
    def title(self) -> str:
        titles = self.stored.targets.titles
        return own_title(self._flow.form, self.stored.values, titles, self._scene.language)

    def write(self, records: Records, data: Mapping[str, object], origin: Origin) -> None:
        """Change the record; JSON values, as in a patch. Raises what `Records.change` raises."""
        patch = Patch(self.record, data)
        form = self._flow.form.key
        self._stored = records.change(self._conn, self._scene, form, patch, stored=self.stored, origin=origin)

    @property
    def references(self) -> RecordWorld:
        """What values that a flow sets are read against."""
        return RecordWorld(self._flow.form.compiled.forms, self._scene.facts({}))

    def facts(self) -> Facts:
        scene = self._scene
        return Facts(self._context(), self._initiator, scene.moment.user, scene.moment.zone)

    def _context(self) -> Mapping[str, object]:
        """Every field, system fields too: a flow's expressions are not among those of its form."""
        stored, reads = self.stored, reads_of_graph(self._flow)
        return record_context(self._conn, self._scene, self._flow.form, stored.values, stored.targets, reads)

    @cached_property
    def _initiator(self) -> Mapping[str, object]:
        if self._initiator_id == self._scene.actor.id:
            return self._scene.moment.user
        if not _reads_initiator(self._flow.graph):
            return Reference(id=self._initiator_id)
        return user_context(find_actor(self._conn, self._initiator_id))


def reads_of_graph(flow: Flow) -> Reads:
    """Reference path -> fields of its target that the flow's expressions read."""
    return reads_of_expressions(flow.form, (way for one in _expressions(flow.graph) for way in one.paths))


def _reads_initiator(graph: Graph) -> bool:
    return any(
        way[0] == "initiator" and way[1:] != ("id",) for one in _expressions(graph) for way in one.paths
    )


def _expressions(graph: Graph) -> Iterable[Compiled]:
    if graph.when is not None:
        yield graph.when
    yield from graph.withdrawn.values()
    for edge in graph.edges:
        if edge.condition is not None:
            yield edge.condition
    for node in graph.nodes:
        yield from node.values.values()
