"""The problems of one reading, collected with the place and the line of each."""

from __future__ import annotations

from dataclasses import replace

from engine.flows.model import Category
from engine.problems import Problem, Severity


class Findings:
    """Grows while a document is read; everything that is wrong is reported, not only the first thing."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order of their lines."""
        return tuple(sorted(self._problems, key=_line))

    def refuse(self, category: Category, code: str, at: str, line: int, **params: object) -> None:
        """An error for which the model is not deployed."""
        self._problems.append(Problem(code, at, {"line": line, "category": str(category), **params}))

    def refuse_as(self, category: Category, problem: Problem, at: str, line: int) -> None:
        """An error that another room found, placed in this document."""
        params = {"line": line, "category": str(category), **problem.params}
        self._problems.append(replace(problem, at=at, params=params))

    def warn(self, code: str, at: str, line: int, **params: object) -> None:
        self._problems.append(Problem(code, at, {"line": line, **params}, Severity.WARNING))


def _line(problem: Problem) -> int:
    line = problem.params.get("line")
    return line if isinstance(line, int) else 0
