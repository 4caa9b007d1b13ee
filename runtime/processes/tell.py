"""Telling people what a step means for them: a task that waits, the end of what they began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from engine.flows.commands import CloseTask, OpenTask
from engine.flows.rule import APPROVED, REJECTED, TaskKind
from runtime.notifications.model import About, Notice, NoticeKind, Phrase, Recipient
from runtime.processes.flows import Flow
from runtime.processes.store import StoredProcess

_ENDS: Final[Mapping[str, str]] = {
    APPROVED: "process.told.approved",
    REJECTED: "process.told.rejected",
    "cancelled": "process.told.cancelled",
}


def task_notices(
    flow: Flow, process: StoredProcess, opened: Sequence[OpenTask], ids: Mapping[int, int], actor: int
) -> Iterator[Notice]:
    """One for each task that waits for somebody else than the one whose act opened it.

    ids   of the stored tasks, by their number within the process
    """
    for task in opened:
        code = "process.told.approve" if task.kind is TaskKind.APPROVE else "process.told.work"
        node = flow.graph.node(task.node).label or task.node
        yield Notice(
            kind=NoticeKind.TASK,
            recipients=(Recipient.user(task.person),),
            content=Phrase(code, {**_about(flow, process), "node": node}),
            source=_source(process),
            occurrence=_occurrence(task),
            about=About(process.form, process.record),
            link=f"/app/tasks/{ids[task.task]}",
            skip=actor,
        )


def end_notice(flow: Flow, process: StoredProcess, actor: int) -> Notice:
    """For the initiator; `actor` knows already."""
    code = _ENDS.get(process.status, "process.told.ended")
    return Notice(
        kind=NoticeKind.OUTCOME,
        recipients=(Recipient.user(process.initiator),),
        content=Phrase(code, _about(flow, process)),
        source=_source(process),
        occurrence="end",
        about=About(process.form, process.record),
        skip=actor,
    )


def task_sources(process: StoredProcess, closed: Sequence[CloseTask]) -> tuple[tuple[str, str], ...]:
    """Source and occurrence of what was told of tasks that are closed now."""
    return tuple((_source(process), _occurrence(task)) for task in closed)


def _occurrence(task: OpenTask | CloseTask) -> str:
    return f"task/{task.task}"


def _source(process: StoredProcess) -> str:
    return f"process/{process.id}"


def _about(flow: Flow, process: StoredProcess) -> dict[str, object]:
    return {"flow": flow.graph.label or flow.key, "title": process.title or f"#{process.record}"}
