"""Platform migrations: bring one database to the program's version, step by step, or refuse it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from runtime.db.database import Database
from runtime.http.errors import Unavailable

WORKSPACE_STEPS: Final = Path(__file__).parent / "migrations"
CONTROL_STEPS: Final = Path(__file__).parent / "control_migrations"
_VERSION_TABLE: Final = "platform_version"
_version = sa.table(_VERSION_TABLE, sa.column("version_num", sa.String))


def migrate(database: Database, steps: Path = WORKSPACE_STEPS) -> tuple[str, ...]:
    """Apply the steps this database lacks; returns their numbers.

    Each step and its mark are one transaction, so a migration that was killed resumes where it stopped.
    Raises Unavailable `db.newer-than-program` if the database was migrated by a later program.
    """
    pending = pending_steps(database, steps)
    for step in pending:
        database.write(lambda connection, step=step: _apply(connection, steps, step))  # type: ignore[misc]
    return pending


def pending_steps(database: Database, steps: Path = WORKSPACE_STEPS) -> tuple[str, ...]:
    """Numbers of the steps that are missing, in order; empty when the database is current."""
    known = known_steps(steps)
    version = current_step(database)
    if version is None:
        return tuple(known)
    if version not in known:
        raise Unavailable.because("db.newer-than-program", found=version, known=known[-1])
    return tuple(known[known.index(version) + 1 :])


def current_step(database: Database) -> str | None:
    """Number of the last step applied; None for an empty database."""
    with database.read() as connection:
        return _current(connection)


@cache
def known_steps(steps: Path) -> Sequence[str]:
    """Numbers of all steps the program has, first to last."""
    script = ScriptDirectory(str(steps))
    return tuple(revision.revision for revision in script.walk_revisions())[::-1]


def _current(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSION_TABLE):
        return None
    version: str | None = connection.execute(sa.select(_version.c.version_num)).scalar_one_or_none()
    return version


def _apply(connection: Connection, steps: Path, step: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(steps))
    config.attributes["connection"] = connection
    command.upgrade(config, step)
