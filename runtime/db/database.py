"""One database, read in autocommit and written in units of work."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from pathlib import Path
from threading import Event
from typing import Final, Literal, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from runtime.db import postgresql, sqlite
from runtime.http.errors import Unavailable

T = TypeVar("T")
Dialect = Literal["sqlite", "postgresql"]
ATTEMPTS: Final = 3
_AFTER_COMMIT: Final = "dougong.after_commit"
_BELL: Final = "dougong.bell"
_holds_connection: ContextVar[bool] = ContextVar("holds_connection", default=False)


class Faults(Protocol):
    """What `sqlite.py` and `postgresql.py` know about their driver's errors."""

    def may_retry(self, error: DBAPIError, /) -> bool: ...

    def code_of(self, error: DBAPIError, /) -> str | None: ...


class Database:
    """A SQLite file, or one schema of a PostgreSQL database.

    `bell` is rung after commits that left work for a worker in this process (`ring_after_commit`).
    A thread holds at most one connection at a time: asking for a second one raises RuntimeError. Two would
    deadlock on SQLite's single writer, and on any pool under load.
    """

    def __init__(
        self,
        url: sa.URL,
        readers: Engine,
        writers: Engine,
        schema: str | None = None,
        min_free_bytes: int = 0,
    ) -> None:
        self.url = url
        self.schema = schema
        self.dialect: Dialect = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql"
        self._readers = readers
        self._writers = writers
        self.bell = Event()
        self._folder = Path(url.database or ".").parent
        self._min_free_bytes = min_free_bytes
        self._faults: Faults = sqlite if self.dialect == "sqlite" else postgresql

    @classmethod
    def open(
        cls, url: str | sa.URL, *, schema: str | None = None, threads: int = 8, min_free_bytes: int = 0
    ) -> Database:
        """Connects lazily. `url` is `sqlite:///file` or `postgresql://…`; `schema` is PostgreSQL's only."""
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engines = sqlite.open_engines(parsed, threads)
        else:
            engines = postgresql.open_engines(parsed, threads, schema)
        return cls(parsed, *engines, schema, min_free_bytes)

    @property
    def db_engines(self) -> tuple[Engine, ...]:
        """The engines whose events see every statement (readers of PostgreSQL share the writers')."""
        return (self._readers, self._writers) if self.dialect == "sqlite" else (self._writers,)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection in autocommit, for SELECT only (SQLite refuses anything else on it).

        Raises Unavailable if the database cannot be reached.
        """
        token = _take_turn()
        try:
            with self._readers.connect() as connection:
                yield connection
        except DBAPIError as error:
            self._raise_known(error)
            raise
        except sa.exc.TimeoutError as error:
            raise Unavailable.because("db.busy") from error
        finally:
            _holds_connection.reset(token)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run one unit of work: all of it is committed, or nothing.

        On deadlock or serialisation failure `work` runs again from its start, at most three times, so it must
        have no effect outside the database; what must happen then is handed to `after_commit`.
        Raises Unavailable if the database is unreachable, busy, full or read-only.
        """
        if self._min_free_bytes and self.dialect == "sqlite":
            sqlite.refuse_without_room(self._folder, self._min_free_bytes)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(work)
            except DBAPIError as error:
                if attempt == ATTEMPTS or not self._faults.may_retry(error):
                    self._raise_known(error)
                    raise
            except sa.exc.TimeoutError as error:
                raise Unavailable.because("db.busy") from error
            time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311  # spreads rivals, keeps no secret
        raise AssertionError("the last attempt returns or raises")

    def _once(self, work: Callable[[Connection], T]) -> T:
        callbacks: list[Callable[[], None]] = []
        token = _take_turn()
        try:
            with self._writers.connect() as connection:
                connection.info.update({_AFTER_COMMIT: callbacks, _BELL: self.bell})
                with connection.begin():
                    result = work(connection)
        finally:
            _holds_connection.reset(token)
        for callback in callbacks:
            callback()
        return result

    def _raise_known(self, error: DBAPIError) -> None:
        code = self._faults.code_of(error)
        if code:
            raise Unavailable.because(code) from error

    def close(self) -> None:
        for engine in {id(engine): engine for engine in (self._readers, self._writers)}.values():
            engine.dispose()


def after_commit(connection: Connection, callback: Callable[[], None]) -> None:
    """Have `callback` called once the unit of work is committed; losing it must be harmless."""
    connection.info[_AFTER_COMMIT].append(callback)


def ring_after_commit(connection: Connection) -> None:
    """Wake this process's worker when the unit of work is committed."""
    after_commit(connection, connection.info[_BELL].set)


def _take_turn() -> Token[bool]:
    if _holds_connection.get():
        raise RuntimeError("this thread holds a connection already: hand it on, do not take a second one")
    return _holds_connection.set(True)
