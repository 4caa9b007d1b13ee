"""The files of a solution from a folder or a zip, read one by one into memory and never unpacked to disk.

A zip comes from anywhere. Every entry is looked at before it is read, and read with a limit, because sizes in
a zip are only claims. Source of the cases: OWASP ASVS 5.2 and 5.3 (zip slip, bombs, links).
"""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from engine.problems import DefinitionError, LimitError, Problem

MAX_ARCHIVE_BYTES: Final = 20_000_000
MAX_FILES: Final = 2_000
MAX_FILE_BYTES: Final = 10_000_000
MAX_TOTAL_BYTES: Final = 50_000_000
MAX_RATIO: Final = 100
SMALL_BYTES: Final = 100_000
MAX_PATH_LENGTH: Final = 200
_LITTER: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def read_zip(content: bytes) -> Mapping[str, bytes]:
    """The files of a zip by path; a single folder around all of them is taken off.

    Raises LimitError if it is too large in any way, DefinitionError with all problems if an entry is refused.
    """
    if len(content) > MAX_ARCHIVE_BYTES:
        raise _too_large("solutions.zip.too-large", MAX_ARCHIVE_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _wanted(archive.infolist())
            _refuse(entries, len(content))
            return _without_outer_folder({entry.filename: _read(archive, entry) for entry in entries})
    except _BROKEN as error:
        raise DefinitionError([Problem("solutions.zip.damaged", params={"reason": str(error)})]) from error


def read_folder(folder: Path) -> Mapping[str, bytes]:
    """The files below a folder by path, under the same limits. Raises like `read_zip`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in paths if path.name not in _LITTER}
    problems = [*_name_problems(names.values())]
    problems += [_at("solutions.zip.link", name) for path, name in names.items() if path.is_symlink()]
    _raise(problems)
    _raise_limits({name: path.stat().st_size for path, name in names.items()})
    return {name: path.read_bytes() for path, name in names.items()}


def read_solution_files(path: Path) -> Mapping[str, bytes]:
    """The files of a folder or a zip file. Raises DefinitionError `solutions.folder.missing` too."""
    if path.is_dir():
        return read_folder(path)
    if not path.is_file():
        raise DefinitionError([Problem("solutions.folder.missing", params={"path": str(path)})])
    if path.stat().st_size > MAX_ARCHIVE_BYTES:
        raise _too_large("solutions.zip.too-large", MAX_ARCHIVE_BYTES)
    return read_zip(path.read_bytes())


def _wanted(entries: Iterable[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The entries that are files and no litter of an operating system."""
    return [
        entry
        for entry in entries
        if not entry.is_dir()
        and not entry.filename.startswith("__MACOSX/")
        and PurePosixPath(entry.filename).name not in _LITTER
    ]


def _refuse(entries: list[zipfile.ZipInfo], archive_size: int) -> None:
    _raise_limits({entry.orig_filename: entry.file_size for entry in entries})
    problems = [*_name_problems(entry.orig_filename for entry in entries)]
    problems += [problem for entry in entries for problem in _entry_problems(entry)]
    if sum(entry.compress_size for entry in entries) > archive_size:
        problems.append(Problem("solutions.zip.overlapping"))
    _raise(problems)


def _entry_problems(entry: zipfile.ZipInfo) -> Iterator[Problem]:
    mode = stat.S_IFMT(entry.external_attr >> 16)
    if mode not in (0, stat.S_IFREG):
        yield _at("solutions.zip.link", entry.orig_filename)
    if entry.flag_bits & 0x1:
        yield _at("solutions.zip.encrypted", entry.orig_filename)
    if entry.compress_type not in _METHODS:
        yield _at("solutions.zip.method", entry.orig_filename)
    if entry.file_size > SMALL_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        yield _at("solutions.zip.ratio", entry.orig_filename, limit=MAX_RATIO)


def _name_problems(names: Iterable[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in names:
        if not _is_safe(name):
            yield _at("solutions.zip.path", name)
        folded = unicodedata.normalize("NFKC", name).casefold()
        if folded in seen:
            yield _at("solutions.zip.name-clash", name, other=seen[folded])
        seen.setdefault(folded, name)


def _is_safe(name: str) -> bool:
    """A relative path of plain parts: it names the same file on every system, below the folder."""
    if len(name) > MAX_PATH_LENGTH or any(ord(letter) < 32 or letter in '\\:*?"<>|' for letter in name):
        return False
    return all(part not in ("", ".", "..") for part in name.split("/"))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The entry's bytes; never more than it claims, and the claim was checked."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise DefinitionError([_at("solutions.zip.size-lie", entry.filename)])
    return content


def _without_outer_folder(files: dict[str, bytes]) -> Mapping[str, bytes]:
    tops = {name.split("/", 1)[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files):
        return files
    return {name.split("/", 1)[1]: content for name, content in files.items()}


def _raise_limits(sizes: Mapping[str, int]) -> None:
    if len(sizes) > MAX_FILES:
        raise _too_large("solutions.zip.too-many", MAX_FILES)
    large = [
        _at("solutions.zip.file-too-large", name, limit=MAX_FILE_BYTES)
        for name, size in sizes.items()
        if size > MAX_FILE_BYTES
    ]
    if large:
        raise LimitError(large)
    if sum(sizes.values()) > MAX_TOTAL_BYTES:
        raise _too_large("solutions.zip.total-too-large", MAX_TOTAL_BYTES)


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise DefinitionError(problems)


def _too_large(code: str, limit: int) -> LimitError:
    return LimitError([Problem(code, params={"limit": limit})])


def _at(code: str, path: str, **params: object) -> Problem:
    shown = path.encode("unicode_escape").decode("ascii") if not path.isprintable() else path
    return Problem(code, params={"path": shown, **params}, document=shown)
