"""The process log: one row for everything that happened, each sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from engine.flows.commands import LogEntry
from engine.problems import Problem
from runtime.db import exact_json
from runtime.processes.tables import process_log

FIRST_HASH: Final = "0" * 64
_SEALED: Final = (
    "process",
    "seq",
    "at",
    "actor",
    "kind",
    "node",
    "task",
    "outcome",
    "text",
    "record_rev",
    "detail",
)


@dataclass(frozen=True, slots=True)
class LogHead:
    """Number and hash of the newest row of a process."""

    seq: int = 0
    hash: str = FIRST_HASH


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line as it is shown; `actor` None means a rule or the engine."""

    seq: int
    at: datetime
    actor: int | None
    kind: str
    node: str
    outcome: str
    text: str
    record_rev: int | None
    detail: object


@dataclass(frozen=True, slots=True)
class Line:
    """One entry to write.

    record_rev   revision of the record as it was when this happened
    """

    entry: LogEntry
    record_rev: int


Row = Mapping[str, object]


def seal(
    process_id: int, head: LogHead, lines: Sequence[Line], *, at: datetime, command_id: str | None
) -> tuple[LogHead, list[Row]]:
    """The rows of one step and the new head; the first row carries the command's id.

    The unique index on (process, command_id) is what makes a command take effect once.
    """
    rows: list[Row] = []
    for line in lines:
        row = _row(process_id, head.seq + 1, line, at)
        head = LogHead(head.seq + 1, _seal(head.hash, row))
        rows.append({**row, "hash": head.hash, "command_id": None if rows else command_id})
    return head, rows


def write(conn: sa.Connection, rows: Sequence[Row]) -> None:
    """One statement."""
    if rows:
        conn.execute(sa.insert(process_log), [dict(row) for row in rows])


def read_log(conn: sa.Connection, process_id: int) -> tuple[LogRow, ...]:
    """Every line, the oldest first."""
    c = process_log.c
    columns = (c.seq, c.at, c.actor, c.kind, c.node, c.outcome, c.text, c.record_rev, c.detail)
    rows = conn.execute(sa.select(*columns).where(c.process == process_id).order_by(c.seq))
    return tuple(LogRow(*row) for row in rows)


def broken_seal(conn: sa.Connection, process_id: int) -> int | None:
    """The number of the first row that does not fit its hash or is missing; None if the log is whole."""
    expected, previous = 1, FIRST_HASH
    for row in conn.execute(
        sa.select(process_log).where(process_log.c.process == process_id).order_by(process_log.c.seq)
    ):
        values = {name: getattr(row, name) for name in _SEALED}
        if row.seq != expected or row.hash != _seal(previous, values):
            return expected
        expected, previous = expected + 1, row.hash
    return None


def _row(process_id: int, seq: int, line: Line, at: datetime) -> Row:
    entry = line.entry
    return {
        "process": process_id,
        "seq": seq,
        "at": at,
        "actor": entry.actor,
        "kind": entry.kind,
        "node": entry.node,
        "task": entry.task or None,
        "outcome": entry.outcome,
        "text": entry.text,
        "record_rev": line.record_rev,
        "detail": _detail(entry),
    }


def _detail(entry: LogEntry) -> Mapping[str, object] | None:
    detail: dict[str, object] = {}
    if entry.choices:
        detail["choices"] = [
            {"person": one.person, "resolver": one.resolver.kind, "ref": one.resolver.ref, "fate": one.fate}
            for one in entry.choices
        ]
    if entry.problem is not None:
        detail["problem"] = problem_as_data(entry.problem)
    return detail or None


def problem_as_data(problem: Problem) -> Mapping[str, Any]:
    """What is needed to say it again, in anybody's language."""
    params = {name: str(value) for name, value in problem.params.items()}
    return {"code": problem.code, "at": problem.at, "params": params}


def _seal(previous: str, row: Row) -> str:
    """SHA-256 over the hash before and the row's own hash, so that a row's content may be dropped later."""
    own = hashlib.sha256(exact_json.canonical({name: row[name] for name in _SEALED})).hexdigest()
    return hashlib.sha256(f"{previous}{own}".encode()).hexdigest()
