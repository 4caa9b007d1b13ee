"""What is particular to PostgreSQL: session settings, the workspace's schema, what its errors mean."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from runtime.http.errors import Unavailable

OLDEST: Final = 140_000
_RETRY: Final = frozenset({"40001", "40P01", "55P03"})  # serialisation, deadlock, lock not available
_CODES: Final = {
    "40001": "db.busy",
    "40P01": "db.busy",
    "55P03": "db.busy",
    "25006": "db.read-only",
    "53": "db.disk-full",
    "08": "db.unreachable",
    "57P": "db.unreachable",
    "58": "db.disk-failed",
    "28": "db.sign-in-refused",
    "3D": "db.unreachable",
}
_OPTIONS: Final = {
    "timezone": "UTC",
    "idle_in_transaction_session_timeout": "30000",
    "lock_timeout": "10000",
    "application_name": "dougong",
}


def open_engines(url: sa.URL, threads: int, schema: str | None) -> tuple[Engine, Engine]:
    """Readers (autocommit) and writers over one pool whose sessions see `schema` only.

    Autocommit reads spare the server a BEGIN and a ROLLBACK around a single SELECT.
    """
    options = dict(_OPTIONS, search_path=schema) if schema else dict(_OPTIONS)
    arguments: dict[str, Any] = {
        "options": " ".join(f"-c{name}={value}" for name, value in options.items()),
        "connect_timeout": 5,
    }
    try:
        writers = sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args=arguments,
            pool_size=threads,
            max_overflow=2,
            pool_timeout=30,
            execution_options={"preserve_rowcount": True},  # of an INSERT too, as SQLite tells it
        )
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise Unavailable.because("db.driver-missing") from error
    return writers.execution_options(isolation_level="AUTOCOMMIT"), writers


def refuse_old_server(version: int) -> None:
    if version < OLDEST:
        raise Unavailable.because("db.postgresql-too-old", found=version // 10_000, needed=OLDEST // 10_000)


def may_retry(error: DBAPIError) -> bool:
    """Whether the same unit of work may succeed when it runs again from its start."""
    return _sqlstate(error) in _RETRY


def code_of(error: DBAPIError) -> str | None:
    """The problem behind a driver error, or None if the error is a fault of ours."""
    state = _sqlstate(error)
    if not state:
        lost = error.connection_invalidated or isinstance(error, sa.exc.OperationalError)
        return "db.unreachable" if lost else None
    return next((code for prefix, code in _CODES.items() if state.startswith(prefix)), None)


def _sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""
