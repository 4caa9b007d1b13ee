"""The file that says what became of the rows that could not be imported."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TextIO

from runtime.imports.rows import FileRow

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,]*%?")


def safe_cell(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula; numbers stay (OWASP: CSV injection)."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


class ErrorFile:
    """A CSV with the row number, the reasons and the row's own cells; UTF-8 with a mark for Excel."""

    def __init__(self, path: Path, headings: Sequence[str], labels: tuple[str, str]) -> None:
        self._headings = tuple(headings)
        self._file: TextIO = path.open("a", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        if self._file.tell() == 0:
            self._file.write("\ufeff")
            self._write((*labels, *self._headings))

    def add(self, row: FileRow, messages: Iterable[str]) -> None:
        """One failed row with every reason, one per line of the cell."""
        cells = (row.cells.get(heading, "") for heading in self._headings)
        self._write((str(row.number), "\n".join(messages), *cells))

    def close(self) -> None:
        self._file.close()

    def _write(self, cells: Iterable[str]) -> None:
        self._writer.writerow([safe_cell(cell) for cell in cells])
