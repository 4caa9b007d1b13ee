"""The command line: `dougong <command>`. Rooms bring their commands as click commands or groups."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

import click

from engine.problems import ProblemsError
from runtime.commands.care import backup, doctor, restore
from runtime.commands.conformance import conformance
from runtime.commands.desks import import_desk, solution_desk
from runtime.commands.installation import report_problems
from runtime.commands.people import init, user
from runtime.commands.server import demo, serve, worker
from runtime.composition.house import read_register
from runtime.imports.commands import data_group
from runtime.settings import Settings
from runtime.solutions.commands import solution_group

OWN: Final[tuple[click.Command, ...]] = (
    serve,
    demo,
    worker,
    init,
    user,
    backup,
    restore,
    doctor,
    conformance,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point. Problems end with one clear message in both languages and an exit code, never a trace."""
    try:
        language = Settings.from_environment(os.environ).language
        build_commands(language)(arguments)
    except ProblemsError as error:
        sys.exit(report_problems(error))


def build_commands(language: str) -> click.Group:
    """All commands; texts of those that open no installation are in `language`."""
    rooms = (solution_group(solution_desk, read_register, language), data_group(import_desk))

    @click.group(context_settings={"help_option_names": ["-h", "--help"]})
    @click.version_option(version("dougong"), prog_name="dougong")
    def dougong() -> None:
        """斗拱：搭得起，改得动，看得懂 / Dougong: forms, flows and rules without code."""

    for command in (*OWN, *rooms):
        dougong.add_command(command)
    return dougong


if __name__ == "__main__":
    main()
