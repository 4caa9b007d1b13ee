"""Asking for a call inside one's own transaction, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Problem
from engine.values import Date, DateTime, DayTimeDuration, Time, YearMonthDuration, temporal_text
from runtime.connectors.tables import connector_call
from runtime.outbox.jobs import enqueue

CALL: Final = "connectors.call"
"""Kind of the job that makes one call."""
KEPT_FOR: Final = timedelta(days=90)
_TEMPORAL: Final = (Date, DateTime, Time, DayTimeDuration, YearMonthDuration)


@dataclass(frozen=True, slots=True)
class Called:
    """One call. `state`: queued, done or failed; `problem` says why."""

    id: int
    connector: str
    operation: str
    source: str
    inputs: Mapping[str, Any]
    state: str
    status: int | None
    result: object
    problem: Problem | None
    created_at: datetime
    finished_at: datetime | None


def call(
    conn: sa.Connection,
    connector: str,
    operation: str,
    inputs: Mapping[str, object],
    *,
    source: str,
    now: datetime,
) -> int:
    """Have the call made once the caller's transaction is committed; returns its id. Two statements.

    inputs   FEEL values or plain data by the operation's input names
    source   who asks, e.g. `rule/new_lead`; shown with the call
    It is made at least once; the other side gets the job's key as `Idempotency-Key`. What cannot be called
    (an unknown connector, a refused address) fails visibly, as a failed call and a failed job.
    """
    values = {"connector": connector, "operation": operation, "source": source}
    data = {name: plain_data(value) for name, value in inputs.items()}
    insert = sa.insert(connector_call).values(**values, inputs=data, state="queued", created_at=now)
    identity = int(conn.execute(insert.returning(connector_call.c.id)).scalar_one())
    enqueue(conn, CALL, {"call": identity}, now=now, key=f"{CALL}:{identity}")
    return identity


def plain_data(value: object) -> object:
    """A FEEL value as JSON data: dates and durations as their ISO text."""
    if isinstance(value, _TEMPORAL):
        return temporal_text(value)
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(item) for item in value]
    return value


def find_call(conn: sa.Connection, identity: int) -> Called | None:
    row = conn.execute(sa.select(connector_call).where(connector_call.c.id == identity)).one_or_none()
    return None if row is None else _read(row)


def list_calls(conn: sa.Connection, *, connector: str = "", limit: int = 50) -> tuple[Called, ...]:
    """The newest first. One statement."""
    statement = sa.select(connector_call).order_by(connector_call.c.id.desc()).limit(limit)
    if connector:
        statement = statement.where(connector_call.c.connector == connector)
    return tuple(_read(row) for row in conn.execute(statement))


def end_call(
    conn: sa.Connection,
    identity: int,
    *,
    now: datetime,
    status: int | None = None,
    result: object = None,
    problem: Problem | None = None,
) -> None:
    stored = None if problem is None else {"code": problem.code, "params": _told(problem)}
    values = {"state": "done" if problem is None else "failed", "status": status, "problem": stored}
    mine = connector_call.c.id == identity
    conn.execute(sa.update(connector_call).where(mine).values(**values, result=result, finished_at=now))


def forget_old_calls(conn: sa.Connection, now: datetime) -> None:
    conn.execute(sa.delete(connector_call).where(connector_call.c.created_at < now - KEPT_FOR))


def _told(problem: Problem) -> dict[str, object]:
    return {
        name: value if isinstance(value, (int, str)) else str(value) for name, value in problem.params.items()
    }


def _read(row: sa.Row[Any]) -> Called:
    problem = None if row.problem is None else Problem(row.problem["code"], params=row.problem["params"])
    return Called(
        id=row.id,
        connector=row.connector,
        operation=row.operation,
        source=row.source,
        inputs=row.inputs,
        state=row.state,
        status=row.status,
        result=row.result,
        problem=problem,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
