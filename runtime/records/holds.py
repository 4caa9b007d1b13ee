"""Holds: what nobody may change of a record while a process runs on it (SEMANTICS §6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Problem, pointer
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.http.errors import Conflict
from runtime.records.model import FieldChange, HeldBy, Origin
from runtime.records.tables import record_hold

_ALL: Final = "*"


@dataclass(frozen=True, slots=True)
class Hold:
    """flow    key of the flow that holds, to name it
    fields  keys of the held fields; None = every field of the form
    """

    process: int
    flow: str
    fields: frozenset[str] | None = None

    def covers(self, field: str) -> bool:
        return self.fields is None or field in self.fields


def hold_record(conn: sa.Connection, form: str, record: int, hold: Hold) -> None:
    """Hold the record from now on."""
    fields = _ALL if hold.fields is None else ",".join(sorted(hold.fields))
    values = {"form": form, "record": record, "process": hold.process, "flow": hold.flow, "fields": fields}
    conn.execute(record_hold.insert(), values)


def release_record(conn: sa.Connection, form: str, record: int, process: int) -> None:
    """End what the process holds of the record."""
    c = record_hold.c
    conn.execute(record_hold.delete().where(c.form == form, c.record == record, c.process == process))


def holds_of(form: str, record: sa.ColumnElement[int]) -> sa.ColumnElement[Any]:
    """The holds of a record as one text, for a larger statement; `read_holds` reads it."""
    c = record_hold.c
    words = sa.cast(c.process, sa.String(20)) + " " + c.flow + " " + c.fields
    return (
        sa.select(sa.func.aggregate_strings(words, ";"))
        .where(c.form == form, c.record == record)
        .correlate_except(record_hold)
        .scalar_subquery()
    )


def read_holds(text: object) -> tuple[Hold, ...]:
    words = [one.split(" ") for one in str(text).split(";")] if text else []
    return tuple(
        Hold(int(process), flow, None if fields == _ALL else frozenset(fields.split(",")))
        for process, flow, fields in words
    )


def find_holds(conn: sa.Connection, form: str, record: int) -> tuple[Hold, ...]:
    return read_holds(conn.scalar(sa.select(holds_of(form, sa.literal(record)))))


def is_free(form: str, record: int, origin: Origin) -> sa.ColumnElement[bool]:
    """No other process holds anything of the record, as a statement finds it that waited for nobody."""
    c = record_hold.c
    theirs = sa.exists().where(c.form == form, c.record == record, c.process != (origin.process_id or 0))
    return sa.not_(theirs)


def refuse_held(
    metadata: Metadata,
    form: PublishedForm,
    holds: Sequence[Hold],
    changes: Iterable[FieldChange],
    origin: Origin,
) -> None:
    """Refuse changes of held fields, unless they are made by the process that holds them.

    Handing a record over (`owner`, `department`) is no change of what is being decided on.
    Raises Conflict `records.held` with every field and the flow.
    """
    theirs = [hold for hold in holds if hold.process != origin.process_id]
    changed = dict.fromkeys(change.subtable or change.field for change in changes) if theirs else {}
    problems = [
        Problem("records.held", pointer("values", key), params)
        for key in changed
        if key in form.form.fields
        for hold in theirs
        if hold.covers(key)
        for params in [{"field": form.form.fields[key].label, "flow": _label(metadata, hold.flow)}]
    ]
    if problems:
        raise Conflict(problems)


def held_by(metadata: Metadata, holds: Sequence[Hold]) -> tuple[HeldBy, ...]:
    """The holds as people are told of them."""
    return tuple(HeldBy(one.process, one.flow, _label(metadata, one.flow), one.fields) for one in holds)


def _label(metadata: Metadata, flow: str) -> object:
    published = metadata.flows.get(flow)
    processes = published.model.executable if published is not None else ()
    return next((process.label for process in processes), "") or flow
