"""What an administrator wants to know about an installation before asking anybody."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from engine.problems import Problem, ProblemsError
from runtime.backup.sqlite_copy import check_database
from runtime.db.migrate import current_step, pending_steps
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces, make_folder
from runtime.identity.directory import list_people
from runtime.identity.roles import ADMIN
from runtime.outbox.jobs import list_failed
from runtime.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; the problem's text says how it is."""

    problem: Problem
    is_fine: bool


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at everything; what cannot be looked at is a finding too, and nothing is changed."""
    findings = [*_guarded(lambda: _folder(settings)), *_assets(settings), *_address(settings)]
    try:
        workspaces = Workspaces.open(settings)
    except ProblemsError as error:
        return (*findings, *(Finding(problem, is_fine=False) for problem in error.problems))
    try:
        for workspace in workspaces:
            for look in (_database, _migrations, _people, _jobs):
                findings += _guarded(lambda look=look, workspace=workspace: look(workspace))  # type: ignore[misc]
    finally:
        workspaces.close()
    return tuple(findings)


def _guarded(look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except ProblemsError as error:
        return [Finding(problem, is_fine=False) for problem in error.problems]


def _folder(settings: Settings) -> Iterator[Finding]:
    make_folder(settings.data_dir)
    free = shutil.disk_usage(settings.data_dir).free
    enough = free >= settings.min_free_bytes
    code = "cli.doctor.folder" if enough else "cli.doctor.folder-low"
    yield _finding(code, enough, free_mb=free // 1_000_000)


def _assets(settings: Settings) -> Iterator[Finding]:
    built = (settings.static_dir / "index.html").is_file()
    yield _finding("cli.doctor.assets" if built else "cli.doctor.assets-missing", built)


def _address(settings: Settings) -> Iterator[Finding]:
    known = bool(settings.public_url) or settings.on_loopback
    yield _finding(
        "cli.doctor.public-url" if known else "cli.doctor.public-url-missing", known, url=settings.url
    )


def _database(workspace: Workspace) -> Iterator[Finding]:
    database = workspace.database
    question = "select sqlite_version()" if database.dialect == "sqlite" else "show server_version"
    with database.read() as connection:
        version = connection.execute(sa.text(question)).scalar_one()
    yield _finding("cli.doctor.database", True, dialect=database.dialect, version=version)
    if database.dialect == "sqlite":
        check_database(Path(str(database.url.database)))
        yield _finding("cli.doctor.integrity", True)


def _migrations(workspace: Workspace) -> Iterator[Finding]:
    missing = pending_steps(workspace.database)
    if missing:
        yield _finding("cli.doctor.migrations-pending", False, steps=missing)
    else:
        yield _finding("cli.doctor.migrations", True, step=current_step(workspace.database))


def _people(workspace: Workspace) -> Iterator[Finding]:
    with workspace.database.read() as connection:
        people = list_people(connection, limit=100_000)
    admins = [person for person in people if ADMIN in person.roles]
    yield _finding("cli.doctor.people", True, count=len(people), admins=len(admins))
    if not admins:
        yield _finding("cli.doctor.no-admin", False)


def _jobs(workspace: Workspace) -> Iterator[Finding]:
    with workspace.database.read() as connection:
        failed = list_failed(connection, 1000)
    code = "cli.doctor.jobs-failed" if failed else "cli.doctor.jobs"
    yield _finding(code, not failed, count=len(failed))


def _finding(code: str, is_fine: bool, **params: object) -> Finding:
    return Finding(Problem(code, params=params), is_fine)
