"""The file that says what became of the rows that could not be imported."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from engine.problems import Problem, Register
from runtime.imports.model import FailedRow

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,]*%?")


def safe_cell(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula; numbers stay (OWASP: CSV injection)."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def error_lines(
    headings: Sequence[str], failed: Iterable[FailedRow], register: Register, language: str
) -> Iterator[str]:
    """CSV: number of the row, every reason, the row's own cells. A mark in front for Excel."""
    first = [register.message(Problem(f"imports.result.{name}"), language) for name in ("row", "problems")]
    yield "\ufeff" + _line((*first, *headings))
    for one in failed:
        reasons = "\n".join(register.message(problem, language) for problem in one.problems)
        cells = (one.row.cells.get(heading, "") for heading in headings)
        yield _line((str(one.row.number), reasons, *cells))


def _line(cells: Iterable[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow([safe_cell(cell) for cell in cells])
    return stream.getvalue()
