"""The control database: which workspaces there are, where they lie, and whether they are current."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Self
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from runtime.db import control_tables as t
from runtime.db import postgresql
from runtime.db.database import Database
from runtime.db.insert import insert_into
from runtime.db.migrate import CONTROL_STEPS, WORKSPACE_STEPS, known_steps, migrate, pending_steps
from runtime.db.workspace import Workspace, utc_now
from runtime.http.errors import NotFound, Unavailable
from runtime.settings import Settings

MAIN: Final = "main"
UNNAMED: Final = "斗拱 Dougong"
_CONTROL_SCHEMA: Final = "dougong_control"
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Entry:
    workspace: Workspace
    hosts: frozenset[str]


class Workspaces:
    """The open workspaces of one process, read from the control database at the start.

    A workspace added later is served after the next start.
    """

    def __init__(self, settings: Settings, control: Database, clock: Clock) -> None:
        self._settings = settings
        self._control = control
        self._clock = clock
        self._entries: dict[str, _Entry] = {}

    @classmethod
    def open(cls, settings: Settings, clock: Clock = utc_now) -> Self:
        """Open (and on first use create) the control database, and open every workspace in it.

        Raises Unavailable when a database is missing, unreachable, read-only, or newer than the program.
        """
        control = _open_control(settings)
        migrate(control, CONTROL_STEPS)
        workspaces = cls(settings, control, clock)
        with control.read() as connection:
            rows = connection.execute(sa.select(t.workspace).order_by(t.workspace.c.key)).mappings().all()
        for row in rows:
            if row["state"] == "ready":
                workspaces._enter(row)
        return workspaces

    def create(
        self, key: str = MAIN, *, name: str = "", zone: str = "Asia/Shanghai", currency: str = "CNY"
    ) -> Workspace:
        """Add a workspace with its empty, migrated database; returns the one that exists if it does."""
        if key in self._entries:
            return self._entries[key].workspace
        ZoneInfo(zone)
        location = f"ws_{key}" if self._settings.database_url else f"workspaces/{key}"
        row = {"key": key, "name": name or UNNAMED, "hosts": [], "location": location, "state": "ready"}
        row |= {"platform_version": "", "zone": zone, "currency": currency}
        self._control.write(
            lambda connection: connection.execute(
                insert_into(connection, t.workspace).values(**row).on_conflict_do_nothing()
            )
        )
        self._enter(row)
        self.migrate_all()
        return self._entries[key].workspace

    def _enter(self, row: Mapping[str, object] | RowMapping) -> None:
        hosts = row["hosts"] if isinstance(row["hosts"], list) else []
        workspace = Workspace(
            key=str(row["key"]),
            name=str(row["name"]),
            database=self.database_at(self._settings, str(row["location"])),
            data_dir=self._settings.data_dir / "workspaces" / str(row["key"]),
            zone=ZoneInfo(str(row["zone"])),
            currency=str(row["currency"]),
            secret=bytes.fromhex(self._secret),
            clock=self._clock,
        )
        self._entries[workspace.key] = _Entry(workspace, frozenset(hosts))

    @staticmethod
    def database_at(settings: Settings, location: str) -> Database:
        """The database of a workspace, by its `location` in the control database."""
        if settings.database_url:
            return Database.open(settings.database_url, schema=location, threads=settings.threads)
        url = f"sqlite:///{settings.data_dir / location / 'workspace.db'}"
        return Database.open(url, threads=settings.threads, min_free_bytes=settings.min_free_bytes)

    @cached_property
    def _secret(self) -> str:
        with self._control.read() as connection:
            known = _stored_secret(connection)
        return known or self._control.write(_app_secret)

    def migrate_all(self) -> None:
        """Apply the missing platform migrations in every workspace; safe to repeat after an interruption."""
        newest = known_steps(WORKSPACE_STEPS)[-1]
        for key, entry in self._entries.items():
            _make_place(entry.workspace)
            if migrate(entry.workspace.database):
                self._mark(key, newest)

    def _mark(self, key: str, version: str) -> None:
        statement = sa.update(t.workspace).where(t.workspace.c.key == key).values(platform_version=version)
        self._control.write(lambda connection: connection.execute(statement))

    def for_host(self, host: str) -> Workspace:
        """The workspace a request's host name leads to; the only one serves every name.

        Raises NotFound if several exist and none has this name.
        """
        for entry in self._entries.values():
            if host in entry.hosts:
                return entry.workspace
        if len(self._entries) == 1:
            return next(iter(self._entries.values())).workspace
        raise NotFound.because("workspace.unknown-host", host=host)

    def get(self, key: str = MAIN) -> Workspace:
        if key not in self._entries:
            raise NotFound.because("workspace.unknown", key=key)
        return self._entries[key].workspace

    def __iter__(self) -> Iterator[Workspace]:
        return iter([entry.workspace for entry in self._entries.values()])

    def __len__(self) -> int:
        return len(self._entries)

    def refuse_unless_current(self) -> None:
        """Raises Unavailable if the control database or a workspace cannot serve now."""
        for database, steps in self._databases():
            missing = pending_steps(database, steps)
            if missing:
                raise Unavailable.because("db.migration-pending", steps=missing)

    def _databases(self) -> Iterator[tuple[Database, Path]]:
        yield self._control, CONTROL_STEPS
        for workspace in self:
            yield workspace.database, WORKSPACE_STEPS

    def close(self) -> None:
        for database, _steps in self._databases():
            database.close()


def _open_control(settings: Settings) -> Database:
    if settings.database_url:
        control = Database.open(settings.database_url, schema=_CONTROL_SCHEMA, threads=2)
        control.write(lambda connection: _make_schema(connection, _CONTROL_SCHEMA))
        return control
    make_folder(settings.data_dir)
    return Database.open(f"sqlite:///{settings.data_dir / 'control.db'}", threads=2)


def _make_place(workspace: Workspace) -> None:
    make_folder(workspace.files_dir)
    schema = workspace.database.schema
    if schema:
        workspace.database.write(lambda connection: _make_schema(connection, schema))


def make_folder(folder: Path) -> None:
    """Raises Unavailable if the folder cannot be made or is not writable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable.because("db.folder-unusable", folder=str(folder), reason=error.strerror) from error


def _make_schema(connection: Connection, schema: str) -> None:
    if connection.dialect.name != "postgresql":
        return
    postgresql.refuse_old_server(connection.connection.driver_connection.info.server_version)  # type: ignore[union-attr]
    connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))


def _app_secret(connection: Connection) -> str:
    """The installation's secret, made on first use; every process reads the same one."""
    statement = insert_into(connection, t.secret).values(name="app", value=secrets.token_hex(32))
    connection.execute(statement.on_conflict_do_nothing())
    known = _stored_secret(connection)
    assert known is not None
    return known


def _stored_secret(connection: Connection) -> str | None:
    return connection.execute(sa.select(t.secret.c.value).where(t.secret.c.name == "app")).scalar()
