"""The matrix of functions and kinds of arguments, `cases/functions.txt`, holds for closures and for code."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.rules.feel import Scope, compile_expression
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.kinds import shown
from engine.values import Date, DateTime, Time

NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
MATRIX = Path(__file__).parent / "cases" / "functions.txt"


def sections() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in MATRIX.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and "=>" not in line:
            found[line[1:-1]] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


@pytest.mark.parametrize("section", sections())
def test_the_matrix_of_functions_and_arguments_holds(section: str) -> None:
    for line in sections()[section]:
        text = line.rpartition(" => ")[0]
        compiled = compile_expression(text, Scope())
        result = compiled.evaluate({}, now=NOW)

        said = " ".join([shown(result.value), *(problem.code for problem in result.problems)])
        assert f"{text} => {said}" == line
        code = compiled.prepared()({}, NOW)
        assert (shown(code.value), code.problems) == (shown(result.value), result.problems), text


def test_the_matrix_has_every_function_with_parameters() -> None:
    matrix = MATRIX.read_text(encoding="utf-8")

    silent = [
        name for name, one in FUNCTIONS.items() if one.overloads[0].parameters and f"\n{name}(" not in matrix
    ]

    assert silent == []
