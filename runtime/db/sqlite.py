"""What is particular to SQLite: pragmas, the one writer, what its errors mean."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from runtime.http.errors import Unavailable

OLDEST: Final = (3, 35, 0)  # RETURNING and ALTER TABLE … DROP COLUMN
BUSY_TIMEOUT_S: Final = 5.0
_PRAGMAS: Final = ("foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY", "mmap_size=268435456")
_CODES: Final = {
    "SQLITE_BUSY": "db.busy",
    "SQLITE_LOCKED": "db.busy",
    "SQLITE_FULL": "db.disk-full",
    "SQLITE_READONLY": "db.read-only",
    "SQLITE_CANTOPEN": "db.cannot-open",
    "SQLITE_IOERR": "db.disk-failed",
    "SQLITE_CORRUPT": "db.damaged",
    "SQLITE_NOTADB": "db.damaged",
    "SQLITE_PERM": "db.read-only",
}


def open_engines(url: sa.URL, threads: int) -> tuple[Engine, Engine]:
    """Readers (autocommit, unable to write) and the one writer, whose transactions begin IMMEDIATE.

    A deferred transaction that reads before it writes fails at once with "database is locked", whatever the
    timeout; and only an explicit BEGIN puts DDL inside the transaction.
    """
    refuse_old_library(sqlite3.sqlite_version_info)
    readers = _engine(url, pool_size=threads, max_overflow=2, pool_timeout=30)
    writer = _engine(url, pool_size=1, max_overflow=0, pool_timeout=30)
    sa.event.listen(readers, "connect", _on_connect("query_only=ON"))
    sa.event.listen(writer, "connect", _on_connect("journal_mode=WAL"))
    sa.event.listen(writer, "begin", _begin_immediate)
    return readers, writer


def refuse_old_library(version: tuple[int, ...]) -> None:
    if version < OLDEST:
        found, needed = (".".join(map(str, number)) for number in (version, OLDEST))
        raise Unavailable.because("db.sqlite-too-old", found=found, needed=needed)


def _engine(url: sa.URL, **pool: Any) -> Engine:
    arguments = {"timeout": BUSY_TIMEOUT_S, "isolation_level": None, "check_same_thread": False}
    return sa.create_engine(url, poolclass=QueuePool, connect_args=arguments, **pool)


def _on_connect(last: str) -> Callable[[sqlite3.Connection, object], None]:
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in (*_PRAGMAS, last):
            connection.execute(f"PRAGMA {pragma}")

    return prepare


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def refuse_without_room(folder: Path, min_free_bytes: int) -> None:
    """A full disk makes even DELETE fail, so writing stops while there is still room to repair."""
    free = shutil.disk_usage(folder).free
    if free < min_free_bytes:
        free_mb, needed_mb = free // 1_000_000, min_free_bytes // 1_000_000
        raise Unavailable.because("db.disk-nearly-full", free_mb=free_mb, needed_mb=needed_mb)


def may_retry(_error: DBAPIError) -> bool:
    """One writer under BEGIN IMMEDIATE meets neither deadlock nor serialisation failure."""
    return False


def code_of(error: DBAPIError) -> str | None:
    """The problem behind a driver error, or None if the error is a fault of ours."""
    name: str = getattr(error.orig, "sqlite_errorname", "")
    return next((code for prefix, code in _CODES.items() if name.startswith(prefix)), None)
