"""The sales pipeline, installed with its sample data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.composition.house import House
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.actor import SYSTEM
from runtime.settings import Settings
from runtime.solutions.install import read_solution
from tests.support.desk import Desk, shipped
from tests.support.postgres import Postgres
from tests.support.templates import furnished_database, furnished_folder


def furnish(settings: Settings, workspaces: Workspaces) -> None:
    package, workspace = read_solution(shipped("sales_pipeline")), workspaces.get()
    install = House.open(settings, workspaces).services.solutions.install
    workspace.database.write(lambda conn: install(conn, workspace, SYSTEM, package, with_sample=True))


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished_folder(furnish, tmp_path_factory, sqlite_template)


@pytest.fixture(scope="session")
def postgres_template(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    yield from furnished_database(furnish, tmp_path_factory, postgres, postgres_template)


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    return Desk.open(workspace)
