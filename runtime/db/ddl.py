"""Changing tables while people work: `alembic.operations` on the connection of the publishing transaction."""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.engine import Connection


def operations(connection: Connection) -> Operations:
    """Operations inside the caller's transaction: definition and tables change together or not at all.

    On PostgreSQL a lock is waited for at most 500 ms: an ALTER TABLE that queues behind a long reader blocks
    everybody behind it. The unit of work then runs again (`Database.write`).
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '500ms'")
    return Operations(MigrationContext.configure(connection))
