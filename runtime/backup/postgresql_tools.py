"""`pg_dump` and `pg_restore` of the server's version, for one schema."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from runtime.db.database import Database
from runtime.http.errors import Unavailable

_DEBIAN: Final = Path("/usr/lib/postgresql")


def dump_schema(database: Database, target: Path) -> None:
    """Raises Unavailable if the tool is missing or fails."""
    arguments = ["--format=custom", "--no-owner", f"--schema={database.schema}", f"--file={target}"]
    _run("pg_dump", database, arguments)


def restore_schema(database: Database, source: Path) -> None:
    """Into a database that has no such schema. Raises Unavailable if the tool is missing or fails."""
    _run("pg_restore", database, ["--no-owner", "--exit-on-error", "--single-transaction", str(source)])


def _run(tool: str, database: Database, arguments: list[str]) -> None:
    url = database.url
    program = _find(tool, _server_version(database))
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    target = [f"--dbname={address}"]
    done = subprocess.run(  # noqa: S603  # a fixed program; the address comes from the settings
        [str(program), *target, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unavailable.because("backup.tool-failed", tool=tool, reason=done.stderr.strip()[-500:])


def _server_version(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(sa.text("SHOW server_version_num")).scalar_one()) // 10_000


def _find(tool: str, needed: int) -> Path:
    for program in _candidates(tool):
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        version = re.search(r"(\d+)", told.stdout)
        if version and int(version.group(1)) >= needed:
            return program
    raise Unavailable.because("backup.tool-missing", tool=tool, version=needed)


def _candidates(tool: str) -> Iterator[Path]:
    on_path = shutil.which(tool)
    if on_path:
        yield Path(on_path)
    yield from sorted(_DEBIAN.glob(f"*/bin/{tool}"), reverse=True)
