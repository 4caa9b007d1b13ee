"""What is stored in the columns that a publishing touches: how much, what twice, what convertible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from runtime.catalog.metadata import Metadata
from runtime.publishing.convert import Converter

BATCH: Final = 1_000
SAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a change of type would end: values, those without a counterpart, and some of these."""

    filled: int
    lost: int
    samples: tuple[str, ...]


NOTHING_STORED: Final = Conversion(0, 0, ())


def stored_column(current: Metadata, form: str, subtable: str | None, field: str) -> sa.Column[Any] | None:
    """The column that serves the field now; None where no version in force has it."""
    published = current.forms.get(form)
    if published is None:
        return None
    if subtable is None:
        return published.tables.fields.get(field)
    inner = published.subtables.get(subtable)
    return inner.fields.get(field) if inner is not None else None


def stored_table(current: Metadata, form: str, subtable: str) -> sa.Table | None:
    published = current.forms.get(form)
    inner = published.subtables.get(subtable) if published is not None else None
    return inner.table if inner is not None else None


def count_rows(conn: sa.Connection, table: sa.Table) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def count_filled(conn: sa.Connection, column: sa.Column[Any]) -> int:
    """Values in records of every state: the recycle bin can be restored."""
    return conn.execute(sa.select(sa.func.count()).where(column.is_not(None))).scalar_one()


def count_twice(conn: sa.Connection, *columns: sa.Column[Any]) -> int:
    """Values, or combinations of values, that more than one living record holds."""
    table = columns[0].table
    twice = sa.select(sa.literal(1)).where(*(column.is_not(None) for column in columns))
    twice = twice.where(table.c.deleted_at.is_(None)).group_by(*columns).having(sa.func.count() > 1)
    return conn.execute(sa.select(sa.func.count()).select_from(twice.subquery())).scalar_one()


def try_conversion(conn: sa.Connection, column: sa.Column[Any], converter: Converter) -> Conversion:
    """Convert every stored value and forget the results."""
    filled = lost = 0
    samples: list[str] = []
    for _, value in stored_values(conn, column):
        filled += 1
        if converter.convert(value).lost:
            lost += 1
            if len(samples) < SAMPLES:
                samples.append(str(value)[:40])
    return Conversion(filled, lost, tuple(samples))


def stored_values(conn: sa.Connection, *columns: sa.Column[Any]) -> Iterator[tuple[Any, ...]]:
    """(id, values…) of every row in which one of the columns holds a value; read in pages by id."""
    table = columns[0].table
    some = sa.or_(*(column.is_not(None) for column in columns))
    query = sa.select(table.c.id, *columns).where(some).order_by(table.c.id).limit(BATCH)
    after = 0
    while True:
        rows = conn.execute(query.where(table.c.id > after)).all()
        yield from (tuple(row) for row in rows)
        if len(rows) < BATCH:
            return
        after = rows[-1][0]
