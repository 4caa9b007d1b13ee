"""Fixtures of all tests. Everything below runs on real SQLite and on real PostgreSQL.

backend     "sqlite" and "postgresql", one run each; the second carries the mark `postgres`
settings    an installation in the test's own folder or database, already migrated
workspaces, workspace, database   what a room works on; `workspace.now()` reads `clock`
clock       stands still until `clock.advance(minutes=5)`
`tests/runtime/conftest.py` adds the web application and a caller.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from runtime.db.database import Database
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.settings import Settings
from tests.support.clock import Clock
from tests.support.engines import statements_compiled_once
from tests.support.postgres import Postgres, running_postgres
from tests.support.templates import small

# `make check` tries the same few examples each time, `make test` many new ones. No test is about time.
hypothesis_settings.register_profile("check", max_examples=20, derandomize=True, deadline=None)
hypothesis_settings.register_profile("thorough", max_examples=150, deadline=None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.stats.get("skipped", [])
    missing = [report for report in reports if "NOT RUN" in str(report.longrepr)]
    if missing:
        terminalreporter.write_sep("!", f"NOT RUN: {len(missing)} tests, see the reasons above", red=True)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    with statements_compiled_once():
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        if server is None:
            pytest.skip("NOT RUN: no PostgreSQL (set TEST_DATABASE_URL or install the test requirements)")
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one empty, migrated workspace, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    _fill(small(Settings(data_dir=folder)))
    return folder


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    name = postgres.create()
    folder = tmp_path_factory.mktemp("template")
    _fill(small(Settings(data_dir=folder, database_url=postgres.url_of(name))))
    yield name
    postgres.drop(name)


def _fill(settings: Settings) -> None:
    workspaces = Workspaces.open(settings)
    workspaces.create()
    workspaces.close()


@pytest.fixture
def settings(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    folder = tmp_path / "data"
    if backend == "sqlite":
        shutil.copytree(request.getfixturevalue("sqlite_template"), folder)
        yield small(Settings(data_dir=folder))
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create(request.getfixturevalue("postgres_template"))
    yield small(Settings(data_dir=folder, database_url=server.url_of(name)))
    server.drop(name)


@pytest.fixture
def workspaces(settings: Settings, clock: Clock) -> Iterator[Workspaces]:
    opened = Workspaces.open(settings, clock)
    yield opened
    opened.close()


@pytest.fixture
def workspace(workspaces: Workspaces) -> Workspace:
    return workspaces.get()


@pytest.fixture
def database(workspace: Workspace) -> Database:
    return workspace.database
