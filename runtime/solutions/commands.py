"""`dougong solution`: plan, install and lint a solution from a folder or a zip."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import click

from engine.problems import Problem, Register, errors
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM
from runtime.publishing.model import PlanItem
from runtime.solutions.archive import read_solution_files
from runtime.solutions.install import Solutions, lint_solution, read_solution

_BLOCKED_EXIT = 3


@dataclass(frozen=True, slots=True)
class SolutionDesk:
    """What the commands work with; opened by the composition root."""

    workspace: Workspace
    solutions: Solutions
    register: Register
    language: str


OpenDesk = Callable[[Path | None, str], AbstractContextManager[SolutionDesk]]
"""Opens the installation in a data folder (None = the settings'), and a workspace by key."""
_SOURCE = click.Path(path_type=Path)
_data = click.option("--data", "data_dir", type=click.Path(path_type=Path), help="数据目录 / data folder")
_workspace = click.option("--workspace", "key", default="main", show_default=True, help="工作区 / workspace")


def solution_group(open_desk: OpenDesk, register: Callable[[], Register], language: str) -> click.Group:
    """`dougong solution` with its commands; `register` and `language` serve where no installation is open."""

    @click.group("solution")
    def solution() -> None:
        """解决方案 / solutions."""

    @solution.command("plan")
    @click.argument("source", type=_SOURCE)
    @_workspace
    @_data
    @click.pass_context
    def plan(context: click.Context, *, source: Path, key: str, data_dir: Path | None) -> None:
        """说明安装会做什么 / say what installing would do."""
        package = read_solution(read_solution_files(source))
        with open_desk(data_dir, key) as desk, desk.workspace.database.read() as conn:
            found = desk.solutions.plan(conn, desk.workspace, package)
        for item in found.plan.items:
            click.echo(_line(item, desk))
        _show(found.plan.problems, desk.register, desk.language)
        if found.plan.blocked:
            context.exit(_BLOCKED_EXIT)

    @solution.command("install")
    @click.argument("source", type=_SOURCE)
    @click.option("--sample", is_flag=True, help="连同示例数据 / with its sample data")
    @_workspace
    @_data
    def install(*, source: Path, sample: bool, key: str, data_dir: Path | None) -> None:
        """安装解决方案 / install a solution."""
        package = read_solution(read_solution_files(source))
        with open_desk(data_dir, key) as desk:
            result = desk.workspace.database.write(
                lambda conn: desk.solutions.install(conn, desk.workspace, SYSTEM, package, with_sample=sample)
            )
        params = {"key": package.manifest.key, "version": package.manifest.version}
        done = Problem("solutions.install.done", params={**params, "definitions": len(result.versions)})
        click.echo(desk.register.message(done, desk.language))

    @solution.command("lint")
    @click.argument("source", type=_SOURCE)
    @click.pass_context
    def lint(context: click.Context, *, source: Path) -> None:
        """检查解决方案的文件 / check the files of a solution."""
        problems = lint_solution(read_solution_files(source))
        _show(problems, register(), language)
        click.echo(register().message(Problem("solutions.lint.done", params=_counts(problems)), language))
        if errors(problems):
            context.exit(_BLOCKED_EXIT)

    return solution


def _line(item: PlanItem, desk: SolutionDesk) -> str:
    said = desk.register.message(Problem(item.code, params=item.params), desk.language)
    return f"{item.ref}{'.' + item.field if item.field else ''}: {said}"


def _show(problems: Iterable[Problem], register: Register, language: str) -> None:
    for problem in problems:
        sentence = f"{register.message(problem, language)} {register.hint(problem, language)}".rstrip()
        click.echo(f"{problem.severity}: {problem.place}: {sentence}", err=True)


def _counts(problems: tuple[Problem, ...]) -> dict[str, object]:
    wrong = len(errors(problems))
    return {"errors": wrong, "warnings": len(problems) - wrong}
