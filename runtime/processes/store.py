"""Rows of processes and tasks: read, and written once per step.

Steps of one process wait for each other at the lock of its record, which comes before the process everywhere
(SEMANTICS §3, Locks); `lock_version` tells the one that read too early.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from engine.flows.commands import CloseTask, LogKind, OpenTask, TaskEnd
from engine.flows.rule import TaskKind
from engine.flows.state import ProcessState, new_state
from engine.flows.stored import dump_state, load_state
from runtime.http.errors import NotFound
from runtime.processes.log import FIRST_HASH
from runtime.processes.tables import process, process_log, process_task


class Overtaken(Exception):
    """Another step of the process was committed while this one waited for the record: begin again."""


RUNNING: Final = "running"
OPEN: Final = "open"


@dataclass(frozen=True, slots=True)
class StoredProcess:
    """One process as it stands in the database."""

    id: int
    flow: str
    version: int
    form: str
    record: int
    title: str
    status: str
    incident: bool
    state: ProcessState
    lock_version: int
    log_seq: int
    log_hash: str
    initiator: int
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredTask:
    """One task; `number` is its number within the process, `id` the one people's addresses use."""

    id: int
    process: int
    number: int
    node: str
    kind: str
    assignee: int
    status: str
    outcome: str
    opinion: str
    opened_at: datetime
    closed_at: datetime | None


_TASK_FIELDS: Final = (
    *("id", "process", "number", "node", "kind", "assignee"),
    *("status", "outcome", "opinion", "opened_at", "closed_at"),
)
_TASK_COLUMNS: Final = tuple(process_task.c[name] for name in _TASK_FIELDS)


def new_process(
    flow: str, version: int, form: str, record: int, initiator: int, now: datetime
) -> StoredProcess:
    """One that is not stored yet and has not begun."""
    return StoredProcess(
        id=0,
        flow=flow,
        version=version,
        form=form,
        record=record,
        title="",
        status=RUNNING,
        incident=False,
        state=new_state(),
        lock_version=1,
        log_seq=0,
        log_hash=FIRST_HASH,
        initiator=initiator,
        started_at=now,
        ended_at=None,
    )


def insert_process(conn: sa.Connection, new: StoredProcess) -> int:
    """Returns the id; that of `new` is not read."""
    values = {**_process_values(new), "flow": new.flow, "version": new.version, "form": new.form}
    values |= {"record": new.record, "initiator": new.initiator, "started_at": new.started_at}
    statement = sa.insert(process).values(**values, lock_version=1).returning(process.c.id)
    return int(conn.execute(statement).scalar_one())


def update_process(conn: sa.Connection, changed: StoredProcess) -> None:
    """Write a step's result. Raises Overtaken if another step was committed since the process was read."""
    c = process.c
    mine = sa.and_(c.id == changed.id, c.lock_version == changed.lock_version)
    values = _process_values(changed)
    found = conn.execute(sa.update(process).where(mine).values(**values, lock_version=c.lock_version + 1))
    if found.rowcount != 1:
        raise Overtaken


def runs(conn: sa.Connection, flow: str, form: str, record: int) -> bool:
    """Whether a process of this flow is running on the record."""
    c = process.c
    mine = (c.form == form, c.record == record, c.flow == flow, c.status == RUNNING)
    return conn.execute(sa.select(c.id).where(*mine).limit(1)).first() is not None


def running_flows(conn: sa.Connection, form: str, record: int) -> tuple[str, ...]:
    """The flows of which a process runs on the record."""
    c = process.c
    mine = (c.form == form, c.record == record, c.status == RUNNING)
    return tuple(conn.execute(sa.select(c.flow).where(*mine).order_by(c.id)).scalars())


def count_running(conn: sa.Connection, form: str) -> dict[tuple[str, int], int]:
    """How many processes run on records of the form, by flow and version; for the plan of publishing."""
    c = process.c
    rows = conn.execute(
        sa.select(c.flow, c.version, sa.func.count())
        .where(c.form == form, c.status == RUNNING)
        .group_by(c.flow, c.version)
    )
    return {(flow, version): count for flow, version, count in rows}


def load_process(conn: sa.Connection, process_id: int) -> StoredProcess:
    """Raises NotFound `process.unknown`."""
    row = conn.execute(sa.select(process).where(process.c.id == process_id)).one_or_none()
    if row is None:
        raise NotFound.because("process.unknown", process=process_id)
    return read_process(row)


def load_task(
    conn: sa.Connection, task_id: int, command_id: str | None = None
) -> tuple[StoredTask, StoredProcess, int | None]:
    """A task, its process, and the number of the task that this command finished already; one statement.

    Raises NotFound `process.task.unknown`.
    """
    columns = [column.label(f"task_{column.name}") for column in _TASK_COLUMNS]
    log = process_log.c
    known = sa.select(log.task).where(log.process == process.c.id, log.command_id == command_id)
    found = known.scalar_subquery() if command_id else sa.null()
    statement = (
        sa.select(process, *columns, found.label("commanded"))
        .join(process_task, process_task.c.process == process.c.id)
        .where(process_task.c.id == task_id)
    )
    row = conn.execute(statement).one_or_none()
    if row is None:
        raise NotFound.because("process.task.unknown", task=task_id)
    task = StoredTask(*(getattr(row, f"task_{column.name}") for column in _TASK_COLUMNS))
    return task, read_process(row), row.commanded


def started_by(conn: sa.Connection, flow: str, form: str, record: int, command_id: str) -> int | None:
    """The process of the flow that this command started on the record."""
    c, log = process.c, process_log.c
    mine = (c.form == form, c.record == record, c.flow == flow)
    statement = (
        sa.select(c.id)
        .join(process_log, sa.and_(log.process == c.id, log.command_id == command_id))
        .where(*mine, log.kind == LogKind.STARTED)
    )
    found: int | None = conn.scalar(statement)
    return found


def decided_in(process_id: sa.ColumnElement[int], initiator: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether a person has decided something; the initiator's own work does not count (SEMANTICS §6)."""
    c = process_task.c
    own_work = sa.and_(c.kind == TaskKind.WORK, c.assignee == initiator)
    return sa.exists().where(c.process == process_id, c.status == TaskEnd.DONE, sa.not_(own_work))


def is_decided(conn: sa.Connection, of: StoredProcess) -> bool:
    """See `decided_in`."""
    found = conn.scalar(sa.select(decided_in(sa.literal(of.id), sa.literal(of.initiator))))
    return bool(found)


def flow_of(conn: sa.Connection, process_id: int) -> str | None:
    """The key of the flow of a process."""
    found: str | None = conn.scalar(sa.select(process.c.flow).where(process.c.id == process_id))
    return found


def tasks_of(conn: sa.Connection, process_id: int) -> tuple[StoredTask, ...]:
    """Every task of the process, in the order they were opened."""
    c = process_task.c
    rows = conn.execute(sa.select(*_TASK_COLUMNS).where(c.process == process_id).order_by(c.number))
    return tuple(StoredTask(*row) for row in rows)


def open_tasks(
    conn: sa.Connection, process_id: int, tasks: Sequence[OpenTask], at: datetime
) -> dict[int, int]:
    """Returns their ids, by their number within the process."""
    if not tasks:
        return {}
    blank = {"status": OPEN, "outcome": "", "opinion": "", "opened_at": at, "process": process_id}
    rows = [
        {
            **blank,
            "number": task.task,
            "activation": task.activation,
            "node": task.node,
            "kind": task.kind,
            "assignee": task.person,
        }
        for task in tasks
    ]
    insert = sa.insert(process_task).returning(process_task.c.number, process_task.c.id)
    return {row.number: row.id for row in conn.execute(insert, rows)}


_CLOSE: Final = (
    sa.update(process_task)
    .where(process_task.c.process == sa.bindparam("of"), process_task.c.number == sa.bindparam("task"))
    .values({name: sa.bindparam(f"new_{name}") for name in ("status", "outcome", "opinion", "closed_at")})
)


def close_tasks(conn: sa.Connection, process_id: int, tasks: Sequence[CloseTask], at: datetime) -> None:
    if not tasks:
        return
    rows = [
        {
            "of": process_id,
            "task": task.task,
            "new_status": task.end,
            "new_outcome": task.outcome,
            "new_opinion": task.opinion,
            "new_closed_at": at,
        }
        for task in tasks
    ]
    conn.execute(_CLOSE, rows)


def done(task: StoredTask, outcome: str, opinion: str, at: datetime) -> StoredTask:
    """The task as its person left it."""
    return replace(task, status=TaskEnd.DONE, outcome=outcome, opinion=opinion, closed_at=at)


def read_process(row: sa.Row[Any]) -> StoredProcess:
    return StoredProcess(
        id=row.id,
        flow=row.flow,
        version=row.version,
        form=row.form,
        record=row.record,
        title=row.title,
        status=row.status,
        incident=row.incident,
        state=load_state(row.state),
        lock_version=row.lock_version,
        log_seq=row.log_seq,
        log_hash=row.log_hash,
        initiator=row.initiator,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )


def _process_values(one: StoredProcess) -> dict[str, object]:
    """What a step may change."""
    return {
        "title": one.title[:300],
        "status": one.status,
        "incident": one.incident,
        "state": dump_state(one.state),
        "log_seq": one.log_seq,
        "log_hash": one.log_hash,
        "ended_at": one.ended_at,
    }
