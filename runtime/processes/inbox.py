"""The lists people work from: their tasks, and the processes they started."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.processes.store import OPEN, StoredProcess, StoredTask, decided_in
from runtime.processes.tables import process, process_task


class Box(StrEnum):
    """TODO waits for me · DONE I decided · STARTED processes that I began."""

    TODO = "todo"
    DONE = "done"
    STARTED = "started"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a box; in STARTED the line is a process, and its task parts are empty.

    id       of the task, or of the process
    decided  in STARTED: somebody else has decided something already
    """

    id: int
    process: int
    flow: str
    version: int
    form: str
    record: int
    title: str
    process_status: str
    initiator: int
    node: str
    status: str
    outcome: str
    opinion: str
    opened_at: datetime
    closed_at: datetime | None
    decided: bool = False

    @classmethod
    def of(cls, process: StoredProcess, task: StoredTask) -> Item:
        """The line of a task that is known already."""
        return cls(
            id=task.id,
            process=process.id,
            flow=process.flow,
            version=process.version,
            form=process.form,
            record=process.record,
            title=process.title,
            process_status=process.status,
            initiator=process.initiator,
            node=task.node,
            status=task.status,
            outcome=task.outcome,
            opinion=task.opinion,
            opened_at=task.opened_at,
            closed_at=task.closed_at,
        )


_OF_PROCESS: Final = (
    process.c.id.label("process"),
    *(process.c[name] for name in ("flow", "version", "form", "record", "title")),
    process.c.status.label("process_status"),
    process.c.initiator,
)
_TASK: Final = sa.select(
    process_task.c.id,
    *_OF_PROCESS,
    *(process_task.c[name] for name in ("node", "status", "outcome", "opinion", "opened_at", "closed_at")),
).join(process, process.c.id == process_task.c.process)
_STARTED: Final = sa.select(
    process.c.id,
    *_OF_PROCESS,
    sa.literal("").label("node"),
    process.c.status,
    sa.literal("").label("outcome"),
    sa.literal("").label("opinion"),
    process.c.started_at.label("opened_at"),
    process.c.ended_at.label("closed_at"),
    decided_in(process.c.id, process.c.initiator).label("decided"),
)


def list_items(
    conn: Connection, user: int, box: Box, *, limit: int, before: int | None = None
) -> tuple[Item, ...]:
    """The newest first; `before` is the id of the last item of the page before."""
    statement, identity = _box(user, box)
    if before is not None:
        statement = statement.where(identity < before)
    rows = conn.execute(statement.order_by(identity.desc()).limit(limit))
    return tuple(Item(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's name of a public part


def count_items(conn: Connection, user: int, box: Box, *, bound: int) -> int:
    """How many there are, counted no further than `bound`."""
    statement, identity = _box(user, box)
    inner = statement.with_only_columns(identity).limit(bound).subquery()
    return int(conn.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one())


def find_item(conn: Connection, user: int, task: int) -> Item | None:
    """A task of this person, whatever became of it."""
    mine = (process_task.c.id == task, process_task.c.assignee == user)
    row = conn.execute(_TASK.where(*mine)).one_or_none()
    return None if row is None else Item(**row._mapping)  # noqa: SLF001


def has_part(conn: Connection, user: int, process_id: int) -> bool:
    """Whether the person is or was asked in the process."""
    c = process_task.c
    return (
        conn.execute(sa.select(c.id).where(c.process == process_id, c.assignee == user)).first() is not None
    )


def processes_of(conn: Connection, form: str, record: int) -> Sequence[sa.Row[Any]]:
    """The processes that ran or run on a record, the newest first."""
    return conn.execute(
        sa.select(process)
        .where(process.c.form == form, process.c.record == record)
        .order_by(process.c.id.desc())
    ).all()


def find_process(conn: Connection, process_id: int) -> sa.Row[Any] | None:
    return conn.execute(sa.select(process).where(process.c.id == process_id)).one_or_none()


def _box(user: int, box: Box) -> tuple[sa.Select[Any], sa.ColumnElement[int]]:
    if box is Box.STARTED:
        return _STARTED.where(process.c.initiator == user), process.c.id
    wanted = OPEN if box is Box.TODO else "done"
    mine = (process_task.c.assignee == user, process_task.c.status == wanted)
    return _TASK.where(*mine), process_task.c.id
