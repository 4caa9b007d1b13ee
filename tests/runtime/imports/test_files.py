"""Files as people send them: encodings, quotes, missing cells, and lines without end."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from engine.problems import InputError, Problem, Register, Text
from runtime.imports.encodings import detect_encoding
from runtime.imports.model import FailedRow
from runtime.imports.results import error_lines, safe_cell
from runtime.imports.rows import MAX_LINE_LENGTH, CsvFile, FileRow

TEXT = "客户,城市\n无锡蠡园半导体,无锡\n"


def write(folder: Path, content: bytes) -> Path:
    path = folder / "file.csv"
    path.write_bytes(content)
    return path


def codes(error: InputError) -> list[str]:
    return [problem.code for problem in error.problems]


@pytest.mark.parametrize(
    ("content", "codec"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        ("Müller,Größe\nJürgen,1\n".encode("latin-1"), "latin-1"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, content: bytes, codec: str) -> None:
    path = write(tmp_path, content)

    assert detect_encoding(path) == codec
    assert len(CsvFile(path).headings()) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_chinese_cells_arrive_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    file = CsvFile(write(tmp_path, TEXT.encode(encoding)))

    assert [row.cells for row in file.rows()] == [{"客户": "无锡蠡园半导体", "城市": "无锡"}]


def test_a_declared_encoding_that_does_not_fit_is_said(tmp_path: Path) -> None:
    file = CsvFile(write(tmp_path, TEXT.encode("gbk")), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        list(file.rows())

    assert codes(caught.value) == ["imports.file.encoding"]


def test_quotes_missing_cells_and_empty_lines_are_understood(tmp_path: Path) -> None:
    content = b'a,b,c\r\n1,"x, ""y""\nz",3\r\n\r\n4\r\n'

    rows = list(CsvFile(write(tmp_path, content)).rows())

    assert [row.number for row in rows] == [1, 2]
    assert rows[0].cells == {"a": "1", "b": 'x, "y"\nz', "c": "3"}
    assert rows[1].cells == {"a": "4", "b": "", "c": ""}


def test_too_many_cells_and_a_huge_cell_are_errors_of_their_row(tmp_path: Path) -> None:
    content = b"a,b\n1,2,3\n" + b"x" * 200_000 + b",2\n5,6\n"

    rows = list(CsvFile(write(tmp_path, content)).rows())

    assert [[problem.code for problem in row.problems] for row in rows] == [
        ["imports.row.too-many-cells"],
        ["imports.row.unreadable"],
        [],
    ]
    assert rows[2].cells == {"a": "5", "b": "6"}


def test_a_file_of_one_endless_line_stops_early(tmp_path: Path) -> None:
    file = CsvFile(write(tmp_path, b"a,b\n" + b"x" * (MAX_LINE_LENGTH + 10)))

    with pytest.raises(InputError) as caught:
        list(file.rows())

    assert codes(caught.value) == ["imports.file.line-too-long"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "imports.file.empty"),
        (b"\n1,2\n", "imports.file.empty"),
        (b"a,b,a\n", "imports.file.heading-twice"),
    ],
)
def test_headings_must_be_there_and_differ(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        CsvFile(write(tmp_path, content)).headings()

    assert codes(caught.value) == [code]


def test_no_cell_of_the_result_is_a_formula() -> None:
    row = FileRow(7, {"name": "=cmd|' /C calc'!A0", "value": "-12.5"})
    failed = [FailedRow(row, (Problem("imports.file.empty"), Problem("imports.file.empty")))]
    register = Register({"en": {"imports.file.empty": Text("@sum"), "imports.result.row": Text("=row")}})

    text = "".join(error_lines(["name", "value"], failed, register, "en"))

    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == [
        ["'=row", "imports.result.problems", "name", "value"],
        ["7", "'@sum\n@sum", "'=cmd|' /C calc'!A0", "-12.5"],
    ]
    assert [safe_cell(text) for text in ("+1 234", "\tx", "-5%", "a=b")] == ["'+1 234", "'\tx", "-5%", "a=b"]
