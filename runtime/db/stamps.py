"""Version stamps: a process keeps something in memory as long as its stamp has not moved.

The session lookup reads all stamps in its own statement, so that knowing them costs a request nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.db.insert import insert_into
from runtime.db.tables import stamp

Stamps = Mapping[str, int]
"""Stamp by name; one that was never bumped is missing and counts as 0."""


def bump(connection: Connection, name: str) -> int:
    """Move the stamp in the unit of work that changes what it stands for; returns the new value."""
    statement = insert_into(connection, stamp).values(name=name, value=1)
    statement = statement.on_conflict_do_update(
        index_elements=[stamp.c.name], set_={"value": stamp.c.value + 1}
    )
    return int(connection.execute(statement.returning(stamp.c.value)).scalar_one())


def read_stamps(connection: Connection) -> Stamps:
    rows = connection.execute(sa.select(stamp.c.name, stamp.c.value))
    return {row.name: row.value for row in rows}
