"""Jobs as rows: queued with the change they belong to, leased to one worker, acknowledged with their effect.

Nothing is lost, because the row is committed with its cause; nothing is doubled, because finishing must hit
the row under the token of the lease, in the transaction of the effect.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.problems import Problem, Severity
from runtime.db.database import ring_after_commit
from runtime.db.insert import insert_into
from runtime.http.errors import NotFound
from runtime.outbox.tables import job

LEASE: Final = timedelta(seconds=30)
MAX_ATTEMPT: Final = 8
_LONGEST_WAIT_S: Final = 600
_KEPT_FOR: Final = timedelta(days=7)


class LostLease(Exception):
    """Another worker took the job meanwhile; what this one did must not be committed."""


@dataclass(frozen=True, slots=True)
class Job:
    """A leased job. `token` is the fence: it changes with every lease."""

    id: int
    kind: str
    key: str | None
    payload: Mapping[str, Any]
    owner_id: int | None
    token: int
    attempt: int
    max_attempt: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What a person who follows a job sees."""

    id: int
    kind: str
    state: str
    owner_id: int | None
    done: int
    total: int | None
    result: object
    problems: tuple[Problem, ...]
    last_error: str | None
    attempt: int
    run_at: datetime


def enqueue(
    connection: Connection,
    kind: str,
    payload: Mapping[str, object],
    *,
    now: datetime,
    key: str | None = None,
    run_at: datetime | None = None,
    owner_id: int | None = None,
    priority: int = 0,
) -> int:
    """Leave a job in the caller's unit of work; returns its id.

    payload   plain data, small: ids rather than contents
    key       the same key is queued once as long as its row exists; the id of that one is returned
    run_at    not before; by default at once
    owner_id  the person who follows it; such a job stays, with its result, for seven days
    """
    statement = insert_into(connection, job).values(
        kind=kind,
        key=key,
        payload=dict(payload),
        state="queued",
        priority=priority,
        owner_id=owner_id,
        run_at=run_at or now,
        token=0,
        attempt=0,
        max_attempt=MAX_ATTEMPT,
        progress_done=0,
        created_at=now,
    )
    ring_after_commit(connection)
    statement = statement.on_conflict_do_nothing(index_elements=["key"])
    job_id = connection.execute(statement.returning(job.c.id)).scalar()
    if job_id is None:
        job_id = connection.execute(sa.select(job.c.id).where(job.c.key == key)).scalar_one()
    return int(job_id)


def next_due_at(connection: Connection, elsewhere: Collection[int] = ()) -> datetime | None:
    """When the next job may run; None if there is none. `elsewhere`: ids that run in this process already."""
    due: datetime | None = connection.execute(
        sa.select(sa.func.min(_due_at(), type_=job.c.run_at.type)).where(_open(), job.c.id.not_in(elsewhere))
    ).scalar()
    return due


def claim(connection: Connection, now: datetime, elsewhere: Collection[int] = ()) -> Job | None:
    """Lease the most urgent due job to the caller, or one whose worker let its lease run out."""
    t = job.c
    chosen = (
        sa.select(t.id)
        .where(_open(), _due_at() <= now, t.id.not_in(elsewhere))
        .order_by(t.priority.desc(), t.run_at, t.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    statement = (
        sa.update(job)
        .where(t.id == chosen)
        .values(state="running", token=t.token + 1, attempt=t.attempt + 1, lease_until=now + LEASE)
        .returning(t.id, t.kind, t.key, t.payload, t.owner_id, t.token, t.attempt, t.max_attempt)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else Job(*row)


def _open() -> sa.ColumnElement[bool]:
    return job.c.state.in_(["queued", "running"])


def _due_at() -> sa.ColumnElement[datetime]:
    return sa.case((job.c.state == "running", job.c.lease_until), else_=job.c.run_at)


def renew(connection: Connection, leased: Job, now: datetime) -> None:
    """Keep the lease. Raises LostLease if somebody else has it."""
    _update(connection, leased, lease_until=now + LEASE)


def report_progress(connection: Connection, leased: Job, done: int, total: int | None) -> None:
    """Raises LostLease."""
    _update(connection, leased, progress_done=done, progress_total=total)


def finish(connection: Connection, leased: Job, result: object, now: datetime) -> None:
    """Acknowledge in the transaction of the effect. Raises LostLease, which must roll the effect back."""
    if leased.owner_id is None:
        _hit(connection.execute(sa.delete(job).where(_mine(leased))).rowcount)
        return
    _update(connection, leased, state="done", result=result, lease_until=None, finished_at=now)


def fail(
    connection: Connection, leased: Job, problems: Collection[Problem], error: str, now: datetime
) -> None:
    """Give up for good; the row stays where an administrator sees it. Raises LostLease."""
    stored = [_plain(problem) for problem in problems]
    _update(
        connection,
        leased,
        state="failed",
        problems=stored,
        last_error=error,
        lease_until=None,
        finished_at=now,
    )


def put_back(connection: Connection, leased: Job, now: datetime, *, error: str = "") -> None:
    """Queue it again: after an error with a growing, jittered wait; without one at once and uncounted."""
    if error:
        wait_s = min(2**leased.attempt, _LONGEST_WAIT_S) * random.uniform(0.75, 1.25)  # noqa: S311  # spreads
        values = {"run_at": now + timedelta(seconds=wait_s), "last_error": error}
    else:
        values = {"run_at": now, "attempt": leased.attempt - 1}
    _update(connection, leased, state="queued", lease_until=None, **values)


def find_progress(connection: Connection, job_id: int) -> Progress:
    """Raises NotFound."""
    row = connection.execute(_progress().where(job.c.id == job_id)).one_or_none()
    if row is None:
        raise NotFound.because("outbox.job.unknown", job=job_id)
    return _read_progress(row)


def list_failed(connection: Connection, limit: int) -> tuple[Progress, ...]:
    """Jobs that were given up, newest first."""
    statement = _progress().where(job.c.state == "failed").order_by(job.c.id.desc()).limit(limit)
    return tuple(_read_progress(row) for row in connection.execute(statement))


def retry_failed(connection: Connection, job_id: int, now: datetime) -> None:
    """Let a job that was given up run again, with all its attempts. Raises NotFound."""
    given_up = (job.c.id == job_id) & (job.c.state == "failed")
    values = {"state": "queued", "attempt": 0, "run_at": now, "finished_at": None, "problems": None}
    if connection.execute(sa.update(job).where(given_up).values(**values)).rowcount != 1:
        raise NotFound.because("outbox.job.unknown", job=job_id)
    ring_after_commit(connection)


def forget_finished_jobs(connection: Connection, now: datetime) -> None:
    over = (job.c.state == "done") & (job.c.finished_at < now - _KEPT_FOR)
    connection.execute(sa.delete(job).where(over))


def _mine(leased: Job) -> sa.ColumnElement[bool]:
    return (job.c.id == leased.id) & (job.c.token == leased.token) & (job.c.state == "running")


def _update(connection: Connection, leased: Job, **values: object) -> None:
    _hit(connection.execute(sa.update(job).where(_mine(leased)).values(**values)).rowcount)


def _hit(rows: int) -> None:
    if rows != 1:
        raise LostLease


def _progress() -> sa.Select[Any]:
    t = job.c
    own = (t.id, t.kind, t.state, t.owner_id, t.progress_done, t.progress_total, t.result, t.problems)
    return sa.select(*own, t.last_error, t.attempt, t.run_at)


def _read_progress(row: sa.Row[Any]) -> Progress:
    problems = tuple(
        Problem(item["code"], item["at"], item["params"], Severity(item["severity"]))
        for item in row.problems or ()
    )
    return Progress(
        row.id,
        row.kind,
        row.state,
        row.owner_id,
        row.progress_done,
        row.progress_total,
        row.result,
        problems,
        row.last_error,
        row.attempt,
        row.run_at,
    )


def _plain(problem: Problem) -> dict[str, object]:
    params = {
        name: value if isinstance(value, (int, str)) else str(value) for name, value in problem.params.items()
    }
    return {"code": problem.code, "at": problem.at, "params": params, "severity": problem.severity.value}
