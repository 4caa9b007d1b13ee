"""Automatic numbers: a counter row per form, field and period, moved in the transaction of the insert."""

from __future__ import annotations

from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from engine.forms.fields.auto_number import pattern_of
from engine.forms.model import Field, Form
from runtime.db.prepared import Prepared
from runtime.records.tables import record_counter


def numbered_fields(form: Form) -> tuple[Field, ...]:
    return tuple(field for field in form.fields.values() if field.type == "auto_number")


def allot_numbers(conn: sa.Connection, form: Form, day: date, count: int = 1) -> list[dict[str, str]]:
    """The numbers of `count` new records, by field; one statement per numbered field.

    day   in the workspace's zone. The counter's row stays locked until the transaction ends, so no number
    is given twice, and one that is rolled back is given again.
    """
    numbers: list[dict[str, str]] = [{} for _ in range(count)]
    for field in numbered_fields(form):
        pattern = pattern_of(field)
        if pattern is None:
            continue
        last = _advance(conn, form.key, field.key, pattern.period(day), count)
        for index, row in enumerate(numbers):
            row[field.key] = pattern.render(day, last - count + 1 + index)
    return numbers


def _advance(conn: sa.Connection, form: str, field: str, period: str, count: int) -> int:
    """The last number that is ours now."""
    values = {"form": form, "field": field, "period": period, "value": count}
    return int(_statement(conn.dialect.name).value(conn, values))


@cache
def _statement(dialect: str) -> Prepared:
    c = record_counter.c
    insert = (sqlite if dialect == "sqlite" else postgresql).insert(record_counter)
    moved = insert.on_conflict_do_update(
        index_elements=[c.form, c.field, c.period], set_={"value": c.value + insert.excluded.value}
    )
    return Prepared(moved.returning(c.value), ("form", "field", "period", "value"))
