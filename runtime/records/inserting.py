"""Inserting many rows with one statement, and knowing their ids in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

_SEQUENCE: Final = sa.table("sqlite_sequence", sa.column("name", sa.String), sa.column("seq", sa.BigInteger))


def insert_many(conn: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> list[int]:
    """The ids of the new rows, in the order of `rows`.

    SQLite returns them in no promised order, so there they are chosen: the unit of work is the only
    writer, and AUTOINCREMENT goes on behind the greatest id that was ever used.
    """
    if conn.dialect.name != "sqlite":
        insert = table.insert().returning(table.c.id, sort_by_parameter_order=True)
        return list(conn.execute(insert, list(rows)).scalars())
    last = conn.execute(sa.select(_SEQUENCE.c.seq).where(_SEQUENCE.c.name == table.name)).scalar_one_or_none()
    first = (last or 0) + 1
    numbered: list[dict[str, Any]] = [{**row, "id": first + place} for place, row in enumerate(rows)]
    conn.execute(table.insert(), numbered)
    return list(range(first, first + len(rows)))
