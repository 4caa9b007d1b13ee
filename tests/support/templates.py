"""Workspaces that a room's tests all begin with: furnished once a session, copied for each test.

A room's conftest overrides `sqlite_template` and `postgres_template` with these; see `tests/runtime/records`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.db.workspaces import Workspaces
from runtime.settings import Settings
from tests.support.clock import Clock
from tests.support.postgres import Postgres

Furnish = Callable[[Settings, Workspaces], None]
"""Fills the workspaces of an installation; they are closed afterwards."""


def small(settings: Settings) -> Settings:
    """As little of everything as a test needs."""
    return replace(settings, threads=4, min_free_bytes=0)


def furnished_folder(furnish: Furnish, folders: pytest.TempPathFactory, empty: Path) -> Path:
    """A data folder like `empty`, with what `furnish` puts into it."""
    folder = folders.mktemp("furnished") / "data"
    shutil.copytree(empty, folder)
    _furnish(furnish, small(Settings(data_dir=folder)))
    return folder


def furnished_database(
    furnish: Furnish, folders: pytest.TempPathFactory, server: Postgres, empty: str
) -> Iterator[str]:
    """The name of a database like `empty`, with what `furnish` puts into it."""
    name = server.create(empty)
    folder = folders.mktemp("furnished")
    _furnish(furnish, small(Settings(data_dir=folder, database_url=server.url_of(name))))
    yield name
    server.drop(name)


def _furnish(furnish: Furnish, settings: Settings) -> None:
    workspaces = Workspaces.open(settings, Clock())
    furnish(settings, workspaces)
    workspaces.close()
