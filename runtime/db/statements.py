"""Counting SQL statements: the budgets of SEMANTICS §3 are asserted with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.db.database import Database

_NOT_COUNTED: Final = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass
class StatementCounter:
    """The statements sent to the database, in order; one `executemany` is one statement."""

    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)

    def see(
        self, _conn: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
    ) -> None:
        if not statement.lstrip().upper().startswith(_NOT_COUNTED):
            self.statements.append(statement)


@contextmanager
def count_statements(database: Database) -> Iterator[StatementCounter]:
    """`with count_statements(database) as counter: …; assert counter.count <= 2, counter.statements`."""
    counter = StatementCounter()
    for db_engine in database.db_engines:
        sa.event.listen(db_engine, "before_cursor_execute", counter.see)
    try:
        yield counter
    finally:
        for db_engine in database.db_engines:
            sa.event.remove(db_engine, "before_cursor_execute", counter.see)
