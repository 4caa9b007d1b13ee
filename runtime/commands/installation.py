"""What every command has in common: `--data`, the settings, texts in the chosen language."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from engine.problems import LANGUAGES, Problem, ProblemsError
from runtime.composition.house import House, read_register
from runtime.db.workspace import Workspace
from runtime.http.errors import Unavailable
from runtime.settings import Settings

EXIT_PROBLEM: Final = 1
EXIT_UNAVAILABLE: Final = 69  # EX_UNAVAILABLE of sysexits.h: a service is missing or busy


def installation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--data DIR`, and the Settings as its first argument."""

    @click.option(
        "--data", "data_dir", type=click.Path(path_type=Path, file_okay=False), help="数据目录 / data folder"
    )
    @wraps(command)
    def with_settings(*, data_dir: Path | None, **options: Any) -> Any:
        return command(Settings.from_environment(os.environ, data_dir=data_dir), **options)

    return with_settings


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """All services of the installation, closed at the end."""
    house = House.open(settings)
    try:
        yield house
    finally:
        house.workspaces.close()


def workspace_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--workspace", "key", default="main", show_default=True, help="工作区 / workspace")(
        command
    )


@contextmanager
def open_workspace(settings: Settings, key: str) -> Iterator[Workspace]:
    """One workspace with its services. Raises NotFound if it does not exist."""
    with open_house(settings) as house:
        yield house.workspaces.get(key)


def tell(settings: Settings, code: str, **params: object) -> None:
    """Say one line of `locale/<language>/cli.json`."""
    click.echo(read_register().message(Problem(code, params=params), settings.language))


def report_problems(error: ProblemsError) -> int:
    """Say what is wrong in both languages, for whoever reads the terminal; returns the exit code."""
    register = read_register()
    for problem in error.problems:
        for language in LANGUAGES:
            sentence = f"{register.message(problem, language)} {register.hint(problem, language)}".rstrip()
            click.echo(f"{problem.place}: {sentence}" if problem.place else sentence, err=True)
    return EXIT_UNAVAILABLE if isinstance(error, Unavailable) else EXIT_PROBLEM
