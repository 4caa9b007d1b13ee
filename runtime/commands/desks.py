"""What the commands of rooms work with: an opened installation, one workspace of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.commands.installation import open_house
from runtime.composition.house import House
from runtime.imports.commands import ImportDesk
from runtime.settings import Settings
from runtime.solutions.commands import SolutionDesk


@contextmanager
def _house(data_dir: Path | None) -> Iterator[House]:
    with open_house(Settings.from_environment(os.environ, data_dir=data_dir)) as house:
        yield house


@contextmanager
def import_desk(data_dir: Path | None, key: str) -> Iterator[ImportDesk]:
    with _house(data_dir) as house:
        services, workspace = house.services, house.workspaces.get(key)
        language = house.settings.language
        yield ImportDesk(workspace, services.catalog, services.importer, house.register, language)


@contextmanager
def solution_desk(data_dir: Path | None, key: str) -> Iterator[SolutionDesk]:
    with _house(data_dir) as house:
        workspace, language = house.workspaces.get(key), house.settings.language
        yield SolutionDesk(workspace, house.services.solutions, house.register, language)
