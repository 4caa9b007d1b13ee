"""The run log: what rules did, why, and what they saw.

Every run whose rule fired, failed or was cut is kept for 90 days. A rule that looked and did nothing is kept
for one day: long enough to ask why, cheap enough not to matter. All runs of one event are one statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Problem, Severity
from engine.rules.language.run import EventKind, Reason
from runtime.actions.doing import Word
from runtime.automation.condition import short
from runtime.automation.tables import rule_fired, rule_run
from runtime.http.errors import NotFound

KEPT_FOR: Final = timedelta(days=90)
SKIPPED_KEPT_FOR: Final = timedelta(days=1)
FIRED_KEPT_FOR: Final = timedelta(days=400)


class RunState(StrEnum):
    """done      its actions were carried out
    skipped   it looked, and had nothing to do
    failed    its effects were undone; it can be repeated
    cut       a chain of rules was stopped here
    deferred  it would do too much for one request, so it runs as a job
    """

    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    CUT = "cut"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class ActionWords:
    """What one action did."""

    action: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One run.

    reads      values by dotted path
    origin     its event as data, if it can be repeated
    condition  what `explained_data` says of it
    """

    rule: str
    version: int
    event: EventKind
    form: str
    record: int | None
    at: datetime
    actor: int
    depth: int
    state: RunState
    reason: Reason
    reads: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    effects: tuple[ActionWords, ...] = ()
    duration_us: int = 0
    retry_of: int | None = None
    origin: Mapping[str, Any] | None = None
    condition: Mapping[str, Any] | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class RunQuery:
    """Empty = any. `before`: only older ones than this id. `since`: only those from then on."""

    rule: str = ""
    form: str = ""
    record: int | None = None
    state: str = ""
    before: int | None = None
    since: datetime | None = None
    limit: int = 50


def write_runs(conn: sa.Connection, runs: Sequence[Run]) -> None:
    """One statement, none without runs."""
    if runs:
        conn.execute(sa.insert(rule_run), [_row(run) for run in runs])


def write_run(conn: sa.Connection, run: Run) -> int:
    """The same for one whose id is asked for."""
    return int(conn.execute(sa.insert(rule_run).values(_row(run)).returning(rule_run.c.id)).scalar_one())


def find_run(conn: sa.Connection, run: int) -> Run:
    """Raises NotFound."""
    row = conn.execute(sa.select(rule_run).where(rule_run.c.id == run)).one_or_none()
    if row is None:
        raise NotFound.because("automation.run.unknown", run=run)
    return _read(row)


def list_runs(conn: sa.Connection, query: RunQuery) -> tuple[Run, ...]:
    """The newest first. One statement."""
    c = rule_run.c
    statement = sa.select(rule_run).order_by(c.id.desc()).limit(query.limit)
    for column, value in ((c.rule, query.rule), (c.form, query.form), (c.state, query.state)):
        if value:
            statement = statement.where(column == value)
    if query.record is not None:
        statement = statement.where(c.record == query.record)
    if query.before is not None:
        statement = statement.where(c.id < query.before)
    if query.since is not None:
        statement = statement.where(c.at >= query.since)
    return tuple(_read(row) for row in conn.execute(statement))


def forget_old_runs(conn: sa.Connection, now: datetime) -> None:
    c = rule_run.c
    idle = (c.state == RunState.SKIPPED.value) & (c.at < now - SKIPPED_KEPT_FOR)
    conn.execute(sa.delete(rule_run).where(idle | (c.at < now - KEPT_FOR)))
    conn.execute(sa.delete(rule_fired).where(rule_fired.c.moment < now - FIRED_KEPT_FOR))


def shown_reads(reads: Mapping[str, object]) -> dict[str, object]:
    """Values as the log keeps them."""
    return {path: short(value) for path, value in reads.items()}


def _row(run: Run) -> dict[str, object]:
    return {
        "rule": run.rule,
        "version": run.version,
        "event": run.event.value,
        "form": run.form,
        "record": run.record,
        "at": run.at,
        "actor": run.actor,
        "depth": run.depth,
        "state": run.state.value,
        "reason": run.reason.value,
        "reads": shown_reads(run.reads),
        "problems": [problem_data(one) for one in run.problems],
        "effects": [_effect_data(one) for one in run.effects],
        "duration_us": run.duration_us,
        "retry_of": run.retry_of,
        "origin": run.origin,
        "condition": run.condition,
    }


def _effect_data(done: ActionWords) -> dict[str, object]:
    words = [{"code": one.code, "params": dict(one.params)} for one in done.words]
    return {"action": done.action, "words": words}


def problem_data(problem: Problem) -> dict[str, object]:
    params = {name: _plain_param(value) for name, value in problem.params.items()}
    severity = problem.severity.value
    return {"code": problem.code, "at": problem.at, "params": params, "severity": severity}


def _plain_param(value: object) -> object:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain_param(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_param(item) for item in value]
    return str(value)


def _read(row: sa.Row[Any]) -> Run:
    own = ("rule", "version", "form", "record", "at", "actor", "depth", "reads", "duration_us")
    return Run(
        **{name: getattr(row, name) for name in own},
        event=EventKind(row.event),
        state=RunState(row.state),
        reason=Reason(row.reason),
        problems=tuple(_read_problems(row.problems)),
        effects=tuple(
            ActionWords(one["action"], tuple(Word(word["code"], word["params"]) for word in one["words"]))
            for one in row.effects
        ),
        retry_of=row.retry_of,
        origin=row.origin,
        condition=row.condition,
        id=row.id,
    )


def _read_problems(data: Iterable[Mapping[str, Any]]) -> Iterable[Problem]:
    for one in data:
        yield Problem(one["code"], one["at"], one["params"], Severity(one["severity"]))
