"""What processes do because a record changes: flows start; a record with a running process stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from engine.flows.execute.starting import start_refusal
from engine.flows.model import StartOn
from engine.problems import Problem
from runtime.catalog.metadata import Metadata
from runtime.processes import store
from runtime.processes.flows import Flow, Flows, settings_of
from runtime.processes.service import Processes, label_of
from runtime.processes.world import World
from runtime.records.model import Action, RecordChange
from runtime.records.scene import Scene

_EVENTS = {Action.CREATE: {StartOn.CREATED, StartOn.SAVED}, Action.UPDATE: {StartOn.SAVED}}


class FlowStarts:
    """Starts the flows of a form whose start event is the change."""

    def __init__(self, flows: Flows) -> None:
        self._flows = flows
        self.processes: Processes | None = None

    def watches(self, metadata: Metadata, form: str) -> bool:
        return any(True for _ in _watching(metadata, form, {StartOn.CREATED, StartOn.SAVED}))

    def after(self, conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
        for key in _watching(scene.metadata, change.form, _EVENTS.get(change.action, set())):
            flow = self._flows.in_force(conn, scene.metadata, key)
            if self._is_due(conn, scene, flow, change.record) and self.processes is not None:
                self.processes.begin(conn, scene, flow, change.record)

    @staticmethod
    def _is_due(conn: sa.Connection, scene: Scene, flow: Flow, record: int) -> bool:
        if store.runs(conn, flow.key, flow.form.key, record):
            return False
        facts = World(conn, scene, flow, record, scene.actor.id).facts()
        return start_refusal(flow.graph, facts, now=scene.moment.now) is None


class RunningProcesses:
    """Forbids to delete a record on which a process runs (SEMANTICS §7)."""

    def __init__(self, flows: Flows) -> None:
        self._flows = flows

    def blocks(self, conn: sa.Connection, scene: Scene, form: str, record: int) -> Sequence[Problem]:
        running = store.running_flows(conn, form, record)
        return [
            Problem("process.blocks-deletion", params={"flow": self._label(conn, scene, key)})
            for key in running
        ]

    def _label(self, conn: sa.Connection, scene: Scene, key: str) -> object:
        known = key in scene.metadata.flows
        return label_of(self._flows.in_force(conn, scene.metadata, key)) if known else key


def _watching(metadata: Metadata, form: str, events: set[StartOn]) -> Iterator[str]:
    for key, flow in metadata.flows.items():
        settings = settings_of(flow)
        if settings is not None and settings.form == form and settings.start in events:
            yield key
