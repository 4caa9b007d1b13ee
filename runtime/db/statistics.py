"""Statistics for the query planner of SQLite; PostgreSQL keeps its own."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.engine import Connection

ROWS_PER_INDEX: Final = 1000
"""Enough to tell a selective index from a useless one, and done in milliseconds on any table."""


def refresh_statistics(connection: Connection, _now: datetime) -> None:
    """Without them a list of one's own records may walk the whole table instead of the owner's index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit={ROWS_PER_INDEX}")
        connection.exec_driver_sql("ANALYZE")
