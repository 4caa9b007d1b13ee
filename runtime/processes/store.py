"""Rows of processes and tasks: read under lock, written once per step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from engine.flows.commands import CloseTask, OpenTask, TaskEnd
from engine.flows.state import ProcessState
from engine.flows.stored import dump_state, load_state
from runtime.http.errors import Conflict, NotFound
from runtime.processes.tables import process, process_task

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


def insert_process(conn: sa.Connection, new: StoredProcess) -> int:
    """Returns the id; that of `new` is not read."""
    values = {**_process_values(new), "flow": new.flow, "version": new.version, "form": new.form}
    values |= {"record": new.record, "initiator": new.initiator, "started_at": new.started_at}
    statement = sa.insert(process).values(**values, lock_version=1).returning(process.c.id)
    return int(conn.execute(statement).scalar_one())


def update_process(conn: sa.Connection, changed: StoredProcess) -> None:
    """Write a step's result. Raises Conflict if another step came between, which the row lock prevents."""
    c = process.c
    mine = sa.and_(c.id == changed.id, c.lock_version == changed.lock_version)
    values = _process_values(changed)
    found = conn.execute(sa.update(process).where(mine).values(**values, lock_version=c.lock_version + 1))
    if found.rowcount != 1:
        raise Conflict.because("process.changed", process=changed.id)


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


def lock_process(conn: sa.Connection, process_id: int) -> StoredProcess:
    """Raises NotFound `process.unknown`."""
    row = conn.execute(sa.select(process).where(process.c.id == process_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound.because("process.unknown", process=process_id)
    return read_process(row)


def lock_task(conn: sa.Connection, task_id: int) -> tuple[StoredTask, StoredProcess]:
    """A task with its process, the process locked; one statement. Raises NotFound `process.task.unknown`."""
    columns = [column.label(f"task_{column.name}") for column in _TASK_COLUMNS]
    statement = (
        sa.select(process, *columns)
        .join(process_task, process_task.c.process == process.c.id)
        .where(process_task.c.id == task_id)
        .with_for_update(of=process)
    )
    row = conn.execute(statement).one_or_none()
    if row is None:
        raise NotFound.because("process.task.unknown", task=task_id)
    task = StoredTask(*(getattr(row, f"task_{column.name}") for column in _TASK_COLUMNS))
    return task, read_process(row)


def tasks_of(conn: sa.Connection, process_id: int) -> tuple[StoredTask, ...]:
    """Every task of the process, in the order they were opened."""
    c = process_task.c
    rows = conn.execute(sa.select(*_TASK_COLUMNS).where(c.process == process_id).order_by(c.number))
    return tuple(StoredTask(*row) for row in rows)


def open_tasks(conn: sa.Connection, process_id: int, tasks: Sequence[OpenTask], at: datetime) -> None:
    if not tasks:
        return
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
    conn.execute(sa.insert(process_task), rows)


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


def is_decided(task: StoredTask) -> bool:
    """Whether its person finished it, rather than that it was closed because of others."""
    return task.status == TaskEnd.DONE


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
