"""Zips from anywhere: what is not a plain small file below one folder is refused, with code and entry."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from engine.problems import ProblemsError
from runtime.solutions.archive import MAX_FILES, read_folder, read_solution_files, read_zip

GOOD = {"solution.json": b"{}", "forms/customer.json": b'{"key": "customer"}'}


def make_zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def codes(content: bytes) -> set[str]:
    with pytest.raises(ProblemsError) as caught:
        read_zip(content)
    return {problem.code for problem in caught.value.problems}


def test_a_zip_gives_its_files_with_or_without_a_folder_around_them() -> None:
    around = {f"sales-1.0/{name}": content for name, content in GOOD.items()}
    litter = {"__MACOSX/._x": b"", "forms/.DS_Store": b""}

    assert read_zip(make_zip(GOOD | litter)) == GOOD
    assert read_zip(make_zip(around)) == GOOD


@pytest.mark.parametrize(
    "name",
    ["../../etc/x", "/etc/x", "C:\\x", "..\\x", "forms/../../x", "forms//x", "./x", "forms/a\nb", "x" * 201],
)
def test_a_path_that_leaves_the_folder_is_refused(name: str) -> None:
    assert "solutions.zip.path" in codes(make_zip({name: b"{}"}))


def test_a_path_with_a_zero_byte_is_refused() -> None:
    content = make_zip({"forms/a.jsonX.exe": b"{}"}).replace(b"a.jsonX.exe", b"a.json\x00.exe")

    assert codes(content) == {"solutions.zip.path"}


def test_a_link_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("forms/link.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    assert codes(stream.getvalue()) == {"solutions.zip.link"}


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert codes(make_zip({"forms/big.json": b" " * 5_000_000})) == {"solutions.zip.ratio"}
    assert codes(make_zip({"forms/huge.json": b" " * 12_000_000})) == {"solutions.zip.file-too-large"}


def test_a_size_that_lies_is_refused() -> None:
    content = make_zip({"forms/a.json": b"x" * 50_000}, zipfile.ZIP_STORED)
    claimed = content.replace(struct.pack("<II", 50_000, 50_000), struct.pack("<II", 50_000, 10))

    assert codes(claimed) & {"solutions.zip.size-lie", "solutions.zip.damaged"}


def test_entries_that_share_their_bytes_are_refused() -> None:
    content = bytearray(make_zip({"a.json": b"1" * 400, "b.json": b"2" * 400}, zipfile.ZIP_STORED))
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<I", 0)

    assert codes(bytes(content)) & {"solutions.zip.overlapping", "solutions.zip.damaged"}


def test_too_many_entries_are_refused() -> None:
    files = {f"forms/f{number}.json": b"" for number in range(MAX_FILES + 1)}

    assert codes(make_zip(files)) == {"solutions.zip.too-many"}


@pytest.mark.parametrize("other", ["forms/Customer.json", "forms/ｃustomer.json"])
def test_names_that_only_look_different_are_refused(other: str) -> None:
    assert codes(make_zip({"forms/customer.json": b"", other: b""})) == {"solutions.zip.name-clash"}


def test_the_same_name_twice_is_refused() -> None:
    content = make_zip({"forms/a.json": b"1", "forms/b.json": b"2"}).replace(b"forms/b.json", b"forms/a.json")

    assert "solutions.zip.name-clash" in codes(content)


def test_an_encrypted_entry_is_refused() -> None:
    content = bytearray(make_zip({"forms/a.json": b"{}"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert codes(bytes(content)) == {"solutions.zip.encrypted"}


def test_an_unusual_method_is_refused() -> None:
    assert codes(make_zip({"forms/a.json": b"{}" * 100}, zipfile.ZIP_LZMA)) == {"solutions.zip.method"}


@pytest.mark.parametrize(
    "content",
    [b"", b"not a zip", make_zip(GOOD)[:-30], make_zip(GOOD)[:100]],
    ids=["empty", "text", "without its end", "without its directory"],
)
def test_a_damaged_zip_is_refused(content: bytes) -> None:
    assert codes(content) == {"solutions.zip.damaged"}


def test_a_folder_is_read_like_a_zip_and_links_in_it_are_refused(tmp_path: Path) -> None:
    for name, content in GOOD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert read_folder(tmp_path) == GOOD

    (tmp_path / "forms/link.json").symlink_to("/etc/hostname")
    with pytest.raises(ProblemsError) as caught:
        read_solution_files(tmp_path)
    assert {problem.code for problem in caught.value.problems} == {"solutions.zip.link"}


def test_a_path_to_nothing_is_said() -> None:
    with pytest.raises(ProblemsError) as caught:
        read_solution_files(Path("/nowhere/at/all"))
    assert {problem.code for problem in caught.value.problems} == {"solutions.folder.missing"}
