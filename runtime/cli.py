"""The command line: `dougong <command>`. Rooms bring their commands as click commands or groups."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

import click

from engine.problems import ProblemsError
from runtime.commands.care import backup, doctor, restore
from runtime.commands.installation import report_problems
from runtime.commands.people import init, user
from runtime.commands.server import serve, worker

COMMANDS: Final[tuple[click.Command, ...]] = (serve, worker, init, user, backup, restore, doctor)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point. Problems end with one clear message in both languages and an exit code, never a trace."""
    try:
        dougong(arguments)
    except ProblemsError as error:
        sys.exit(report_problems(error))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("dougong"), prog_name="dougong")
def dougong() -> None:
    """斗拱：搭得起，改得动，看得懂 / Dougong: forms, flows and rules without code."""


for _command in COMMANDS:
    dougong.add_command(_command)

if __name__ == "__main__":
    main()
