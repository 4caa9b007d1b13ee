"""What a backup contains, with the checksum of every part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from engine.json_text import parse_json
from engine.problems import InputError, Problem
from runtime.db import exact_json

FORMAT: Final = 1
NAME: Final = "manifest.json"
FILES: Final = "files/"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first thing a restore reads.

    dialect           `sqlite` or `postgresql`: a database goes back to its own kind only
    platform_version  last migration step of the database; an older program refuses a newer one
    parts             the database first, then the files
    """

    format: int
    created_at: str
    dialect: str
    platform_version: str
    workspace: str
    name: str
    zone: str
    currency: str
    location: str
    parts: tuple[Part, ...]

    def json(self) -> bytes:
        return exact_json.dumps(asdict(self))


def read_manifest(archive: ZipFile) -> Manifest:
    """Raises InputError if the archive has no manifest we understand."""
    try:
        value, problems = parse_json(archive.read(NAME))
    except (KeyError, BadZipFile) as error:
        raise InputError([Problem("backup.manifest-missing")]) from error
    if problems or not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InputError([Problem("backup.manifest-unknown")])
    given: dict[str, Any] = {**value, "parts": tuple(Part(**part) for part in value["parts"])}
    return Manifest(**given)


def verify_parts(archive: ZipFile, manifest: Manifest) -> None:
    """Raises InputError naming every part that is missing, changed, or not in the manifest."""
    listed = {part.path: part for part in manifest.parts}
    present = {info.filename: info for info in archive.infolist() if info.filename != NAME}
    problems = [Problem("backup.part-missing", path) for path in listed if path not in present]
    problems += [Problem("backup.part-unknown", path) for path in present if path not in listed]
    for path, info in present.items():
        if path in listed and _differs(archive, info, listed[path]):
            problems.append(Problem("backup.part-changed", path))
    if problems:
        raise InputError(problems)


def _differs(archive: ZipFile, info: ZipInfo, part: Part) -> bool:
    if info.file_size != part.size:
        return True
    try:
        with archive.open(info) as stream:
            return _sha256(iter(lambda: stream.read(_CHUNK), b"")) != part.sha256
    except BadZipFile:
        return True


def part_of(file: Path, path: str) -> Part:
    """The entry for `file`, which is stored as `path`."""
    with file.open("rb") as stream:
        digest = _sha256(iter(lambda: stream.read(_CHUNK), b""))
    return Part(path, file.stat().st_size, digest)


def _sha256(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
