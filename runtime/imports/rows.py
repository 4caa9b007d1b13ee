"""The rows of a CSV file, read one by one, however large or broken the file is."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from engine.problems import InputError, Problem
from runtime.imports.encodings import codec_of

MAX_LINE_LENGTH: Final = 1_000_000
MAX_COLUMNS: Final = 2_000
MAX_ROWS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of the file.

    number    1 for the row behind the headings
    cells     text by heading; a missing cell is ""
    problems  why the row cannot be used at all
    """

    number: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file with its codec found out. `encoding` and `delimiter` are those of the mapping."""

    path: Path
    encoding: str = "auto"
    delimiter: str = ","
    codec: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codec", codec_of(self.encoding, self.path))

    def headings(self) -> tuple[str, ...]:
        """The first line. Raises InputError if there is none, or if a heading stands twice."""
        with self._open() as file:
            return self._headings(self._reader(file))

    def rows(self) -> Iterator[FileRow]:
        """Every row behind the headings; rows that are empty are left out.

        Raises InputError where the file cannot be read on: another encoding, or a line without end.
        """
        with self._open() as file:
            reader = self._reader(file)
            headings = self._headings(reader)
            number = 0
            while (cells := _next(reader)) is not None:
                if cells == []:
                    continue
                number += 1
                if number > MAX_ROWS:
                    raise InputError([Problem("imports.file.too-many-rows", params={"limit": MAX_ROWS})])
                yield _row(number, headings, cells)

    def count(self) -> int:
        """How many rows `rows` will give, as far as the file can be read."""
        return sum(1 for _ in self.rows())

    def digest(self) -> str:
        """SHA-256 of the file, hexadecimal."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.codec, newline="")

    def _reader(self, file: TextIO) -> Iterator[list[str]]:
        return csv.reader(_lines(file, self.codec), delimiter=self.delimiter)

    def _headings(self, reader: Iterator[list[str]]) -> tuple[str, ...]:
        cells = _next(reader)
        if not isinstance(cells, list) or not any(cell.strip() for cell in cells):
            raise InputError([Problem("imports.file.empty")])
        headings = tuple(cell.strip() for cell in cells)
        if len(headings) > MAX_COLUMNS:
            raise InputError([Problem("imports.file.too-many-columns", params={"limit": MAX_COLUMNS})])
        named = [heading for heading in headings if heading]
        twice = sorted({heading for heading in named if named.count(heading) > 1})
        if twice:
            raise InputError([Problem("imports.file.heading-twice", params={"names": twice})])
        return headings


def _next(reader: Iterator[list[str]]) -> list[str] | csv.Error | None:
    """The next row, what is wrong with it, or None behind the last one."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return error


def _row(number: int, headings: tuple[str, ...], cells: list[str] | csv.Error) -> FileRow:
    if isinstance(cells, csv.Error):
        limit = csv.field_size_limit()
        return FileRow(number, {}, (Problem("imports.row.unreadable", params={"limit": limit}),))
    problems: tuple[Problem, ...] = ()
    if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
        params = {"found": len(cells), "expected": len(headings)}
        problems = (Problem("imports.row.too-many-cells", params=params),)
    padded = cells + [""] * (len(headings) - len(cells))
    return FileRow(number, dict(zip(headings, padded, strict=False)), problems)


def _lines(file: TextIO, codec: str) -> Iterator[str]:
    """Lines of bounded length: a file of one line must not fill the memory."""
    while True:
        try:
            line = file.readline(MAX_LINE_LENGTH + 1)
        except UnicodeDecodeError as error:
            raise InputError([Problem("imports.file.encoding", params={"encoding": codec})]) from error
        if not line:
            return
        if len(line) > MAX_LINE_LENGTH:
            raise InputError([Problem("imports.file.line-too-long", params={"limit": MAX_LINE_LENGTH})])
        yield line.replace("\x00", "\ufffd")
