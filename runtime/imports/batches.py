"""The rows about imports: begun, how far, what failed. Written in the transaction of the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Problem, Severity
from runtime.http.actor import Actor
from runtime.http.errors import NotFound
from runtime.imports.model import Counts, FailedRow, ImportOrder
from runtime.imports.rows import FileRow
from runtime.imports.tables import import_batch, import_error

_PAGE: Final = 500
_COUNTS: Final = ("total", "created", "updated", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Batch:
    """One import as it stands."""

    id: str
    form: str
    headings: tuple[str, ...]
    counts: Counts
    started_by: int


def begin(
    conn: sa.Connection,
    order: ImportOrder,
    actor: Actor,
    *,
    headings: Sequence[str],
    total: int,
    file_hash: str,
    now: datetime,
) -> Counts:
    """The counts from which to go on: those of an interrupted run of the same batch, or none."""
    known = conn.execute(sa.select(import_batch).where(import_batch.c.id == order.batch_id)).one_or_none()
    if known is not None:
        return _counts(known)
    values = {
        "id": order.batch_id,
        "form": order.mapping.form,
        "mapping": order.mapping.key,
        "mode": str(order.mapping.mode),
        "dry_run": order.dry_run,
        "file_name": order.file_name[:200],
        "file_hash": file_hash,
        "headings": list(headings),
        "done": 0,
        "started_at": now,
        "started_by": actor.id,
        **dict.fromkeys(_COUNTS, 0),
        "total": total,
    }
    conn.execute(import_batch.insert().values(values))
    return Counts(total)


def note_progress(
    conn: sa.Connection,
    batch_id: str,
    counts: Counts,
    failed: Iterable[FailedRow],
    *,
    finished_at: datetime | None = None,
) -> None:
    values: dict[str, object] = {name: getattr(counts, name) for name in _COUNTS}
    values |= {"done": counts.done, "finished_at": finished_at}
    conn.execute(import_batch.update().where(import_batch.c.id == batch_id).values(values))
    rows = [_stored(batch_id, one) for one in failed]
    if rows:
        conn.execute(import_error.insert(), rows)


def find_batch(conn: sa.Connection, batch_id: str) -> Batch:
    """Raises NotFound."""
    row = conn.execute(sa.select(import_batch).where(import_batch.c.id == batch_id)).one_or_none()
    if row is None:
        raise NotFound.because("imports.batch.unknown", batch=batch_id)
    return Batch(row.id, row.form, tuple(row.headings), _counts(row), row.started_by)


def list_failed(conn: sa.Connection, batch_id: str, limit: int | None = None) -> Iterator[FailedRow]:
    """Rows that were not taken, in the order of the file."""
    after, left = 0, limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(left, _PAGE)
        query = sa.select(import_error).where(import_error.c.batch == batch_id, import_error.c.row > after)
        rows = conn.execute(query.order_by(import_error.c.row).limit(size)).all()
        yield from (_failed(row) for row in rows)
        if len(rows) < size:
            return
        after, left = rows[-1].row, None if left is None else left - len(rows)


def _counts(row: sa.Row[Any]) -> Counts:
    return Counts(row.total, row.created, row.updated, row.unchanged, row.failed)


def _stored(batch_id: str, one: FailedRow) -> dict[str, object]:
    problems = [
        {
            "code": problem.code,
            "at": problem.at,
            "severity": str(problem.severity),
            "params": {name: _plain(value) for name, value in problem.params.items()},
        }
        for problem in one.problems
    ]
    return {"batch": batch_id, "row": one.row.number, "cells": dict(one.row.cells), "problems": problems}


def _plain(value: object) -> object:
    """Parameters as JSON; what messages show as text is stored as text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return str(value)


def _failed(row: sa.Row[Any]) -> FailedRow:
    problems = tuple(
        Problem(one["code"], one["at"], one["params"], Severity(one["severity"])) for one in row.problems
    )
    return FailedRow(FileRow(row.row, row.cells), problems)
