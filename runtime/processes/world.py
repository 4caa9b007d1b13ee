"""What the expressions of a flow can see: the record with what its references lead to, and people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import sqlalchemy as sa

from engine.flows.events import Facts
from engine.flows.graph import Graph
from engine.forms.dependencies import reads_of_ways
from engine.forms.facts import RecordWorld
from engine.forms.situation import Situation
from engine.rules.feel import Compiled
from runtime.access.moment import user_context
from runtime.identity.actors import find_actor
from runtime.processes.flows import Flow
from runtime.records.read import Stored, load_record
from runtime.records.scene import Scene, related_of
from runtime.records.selection import own_title
from runtime.records.targets import load_wanted, references_in, target_at

Reads = Mapping[str, frozenset[str]]


class World:
    """Reads the record of one process as automation does: all rows, all fields (SEMANTICS §4).

    Loaded when a step first asks, and again after the step has changed the record.
    """

    def __init__(self, conn: sa.Connection, scene: Scene, flow: Flow, record: int, initiator: int) -> None:
        self._conn = conn
        self._scene = scene
        self._flow = flow
        self._record = record
        self._initiator_id = initiator
        self._stored: Stored | None = None

    @property
    def stored(self) -> Stored:
        """Raises NotFound if the record is gone."""
        if self._stored is None:
            access = self._scene.access(self._flow.form)
            self._stored = load_record(self._conn, self._scene, access, self._record)
        return self._stored

    @property
    def rev(self) -> int:
        return int(str(self.stored.values["rev"]))

    @property
    def title(self) -> str:
        titles = self.stored.targets.titles
        return own_title(self._flow.form, self.stored.values, titles, self._scene.language)

    def changed(self) -> None:
        """The record was written; what was read of it is stale."""
        self._stored = None

    @property
    def references(self) -> RecordWorld:
        """What values that a flow sets are read against."""
        return RecordWorld(self._flow.form.compiled.forms, self._scene.facts({}))

    def facts(self) -> Facts:
        scene = self._scene
        return Facts(self._context(), self._initiator, scene.moment.user, scene.moment.zone)

    def _context(self) -> Mapping[str, object]:
        form, stored = self._flow.form, self.stored
        reads = reads_of_graph(self._flow)
        self._load_references(reads)
        facts = self._scene.facts(related_of(stored.targets.titles, stored.targets.values))
        return Situation(form.compiled, stored.values, stored.values, facts).record

    def _load_references(self, reads: Reads) -> None:
        """What the flow's expressions read behind the record's references, hop by hop."""
        scene, form, targets = self._scene, self._flow.form, self.stored.targets
        by_target = _by_target(scene, self._flow, reads)
        level = [
            (one.path, one.target) for one in references_in(form, self.stored.values) if one.path in reads
        ]
        while level:
            for _, target in level:
                if not by_target.get(target[0], frozenset()) <= targets.values.get(target, {}).keys():
                    targets.values.pop(target, None)
            load_wanted(self._conn, scene, targets, [target for _, target in level], by_target)
            level = [step for here, target in level for step in self._next(reads, here, target)]

    def _next(
        self, reads: Reads, here: str, target: tuple[str, int]
    ) -> Iterator[tuple[str, tuple[str, int]]]:
        form = self._scene.metadata.forms.get(target[0])
        for path in reads:
            prefix, _, name = path.rpartition(".")
            if form is None or prefix != here or name not in form.plans:
                continue
            identity = self.stored.targets.values.get(target, {}).get(name)
            if isinstance(identity, int):
                yield path, (form.plans[name].target or "", identity)

    @cached_property
    def _initiator(self) -> Mapping[str, object]:
        if self._initiator_id == self._scene.actor.id:
            return self._scene.moment.user
        if not _reads_initiator(self._flow.graph):
            return {"id": self._initiator_id}
        return user_context(find_actor(self._conn, self._initiator_id))


def reads_of_graph(flow: Flow) -> Reads:
    """Reference path -> fields of its target that the flow's expressions read."""
    compiled = flow.form.compiled
    ways = (way for one in _expressions(flow.graph) for way in one.paths)
    return reads_of_ways(ways, compiled.form, compiled.forms)


def _by_target(scene: Scene, flow: Flow, reads: Reads) -> Reads:
    collected: dict[str, frozenset[str]] = {}
    for path, fields in reads.items():
        target = target_at(scene, flow.form, path)
        if target is not None:
            collected[target] = collected.get(target, frozenset()) | fields
    return collected


def _reads_initiator(graph: Graph) -> bool:
    return any(
        way[0] == "initiator" and way[1:] != ("id",) for one in _expressions(graph) for way in one.paths
    )


def _expressions(graph: Graph) -> Iterable[Compiled]:
    if graph.when is not None:
        yield graph.when
    for edge in graph.edges:
        if edge.condition is not None:
            yield edge.condition
    for node in graph.nodes:
        yield from node.values.values()
