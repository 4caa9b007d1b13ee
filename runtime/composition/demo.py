"""The demo: a shipped solution with its sample data, installed once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy.engine import Connection

from runtime.composition.house import House
from runtime.http.actor import SYSTEM
from runtime.http.errors import Unavailable
from runtime.solutions.archive import read_folder
from runtime.solutions.install import read_solution
from runtime.solutions.installed import list_installed

SOLUTION: Final = "sales_pipeline"
_PLACES: Final = (
    Path(__file__).parents[1] / "shipped_solutions",  # in the wheel
    Path(__file__).parents[2] / "templates" / "solutions",  # in a checkout
)


def prepare_demo(house: House) -> None:
    """Make the main workspace, named like the sample's company, and install the solution into it once."""
    package = read_solution(_files())
    company = next((one.name for one in package.sample.departments if one.above is None), "")
    workspace = house.workspaces.create(name=company)
    with workspace.database.read() as connection:
        if any(one.key == SOLUTION for one in list_installed(connection)):
            return

    def work(connection: Connection) -> None:
        house.services.solutions.install(connection, workspace, SYSTEM, package, with_sample=True)

    workspace.database.write(work)


def _files() -> Mapping[str, bytes]:
    for place in _PLACES:
        if (place / SOLUTION).is_dir():
            return read_folder(place / SOLUTION)
    raise Unavailable.because("cli.demo-missing", solution=SOLUTION)
