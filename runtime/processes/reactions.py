"""What processes do because a record changes: flows start; a record with a running process stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from engine.flows.model import StartOn
from engine.problems import Problem
from runtime.audit.log import record_audit
from runtime.catalog.metadata import Metadata
from runtime.processes import log, store
from runtime.processes.flows import Flows, settings_of
from runtime.processes.service import Processes, label_of
from runtime.records.model import Action, RecordChange
from runtime.records.scene import Scene

Events = frozenset[StartOn]
_EVENTS: Final[Mapping[Action, Events]] = MappingProxyType(
    {
        Action.CREATE: frozenset({StartOn.CREATED, StartOn.SAVED}),
        Action.UPDATE: frozenset({StartOn.SAVED}),
    }
)
_ANY: Final = frozenset({StartOn.CREATED, StartOn.SAVED})
_STATUS_ONLY: Final = frozenset({"flow_status"})


class FlowStarts:
    """Starts the flows of a form whose start event is the change.

    processes   asked for only when a change comes: records, which call this, are a part of it
    """

    def __init__(self, processes: Callable[[], Processes]) -> None:
        self._processes = processes

    def watches(self, metadata: Metadata, form: str) -> bool:
        return any(True for _ in _watching(metadata, form, _ANY))

    def after(self, conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
        """A flow does not begin again because of what it wrote itself, nor because a status is shown."""
        events = _EVENTS.get(change.action, frozenset())
        if change.changed == _STATUS_ONLY:
            return
        own = store.flow_of(conn, change.origin.process_id) if change.origin.process_id else None
        for key in _watching(scene.metadata, change.form, events):
            problem = None
            if key != own:
                problem = self._processes().start_by_event(conn, scene, key, change.record)
            if problem is not None:
                _note_failure(conn, scene, key, change, problem)


def _note_failure(
    conn: sa.Connection, scene: Scene, flow: str, change: RecordChange, problem: Problem
) -> None:
    """No process began that could stand with an incident, so the audit log tells why."""
    detail = {"flow": flow, "problem": log.problem_as_data(problem)}
    target = f"{change.form}/{change.record}"
    record_audit(conn, scene.actor, "flow.start-failed", target, at=change.at, detail=detail)


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


def _watching(metadata: Metadata, form: str, events: Events) -> Iterator[str]:
    for flow in metadata.flows_by_form.get(form, ()):
        settings = settings_of(flow)
        if settings is not None and settings.start in events:
            yield flow.key
