"""The manifest of a solution: who it is, which version, what it needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

from engine.apps.shape import check_shape
from engine.forms.model import Label
from engine.problems import Problem, errors, pointer

MANIFEST_FILE: Final = "solution.json"
PLATFORM: Final = "dougong"
_OPERATORS: Final = (">=", "==", "<")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `solution.json` says.

    requires   version ranges by solution key; `dougong` is the platform itself
    checksums  SHA-256 by path; if there are any, they name every file of the package except the manifest
    """

    key: str
    version: str
    label: Label
    languages: tuple[str, ...]
    requires: Mapping[str, str]
    checksums: Mapping[str, str]
    description: Label | None = None
    license: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ManifestReading:
    """The manifest, if its document has no error, and everything that is wrong with it."""

    manifest: Manifest | None
    problems: tuple[Problem, ...]


def read_manifest(document: object) -> ManifestReading:
    """Read the parsed `solution.json`."""
    problems = check_shape(document, "solution")
    if errors(problems):
        return ManifestReading(None, problems)
    values = cast(dict[str, Any], document)
    manifest = Manifest(
        key=values["key"],
        version=values["version"],
        label=values["label"],
        languages=tuple(values["languages"]),
        requires=MappingProxyType(values.get("requires", {})),
        checksums=MappingProxyType(values.get("checksums", {})),
        description=values.get("description"),
        license=values.get("license"),
        author=values.get("author"),
    )
    return ManifestReading(manifest, problems)


def check_requires(manifest: Manifest, present: Mapping[str, str]) -> Iterator[Problem]:
    """Problems with what the solution needs.

    present  version by key of the platform (`dougong`) and of the installed solutions
    """
    for key, wanted in manifest.requires.items():
        params = {"key": key, "wanted": wanted, "present": present.get(key, "")}
        if key not in present:
            yield Problem("apps.solution.requires-missing", pointer("requires", key), params)
        elif not version_fits(present[key], wanted):
            code = "platform-version" if key == PLATFORM else "requires-version"
            yield Problem(f"apps.solution.{code}", pointer("requires", key), params)


def check_checksums(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Problems where a file differs from what the manifest says of it; none without checksums."""
    if not manifest.checksums:
        return
    for path in sorted(set(files) | set(manifest.checksums)):
        if path == MANIFEST_FILE:
            continue
        expected = manifest.checksums.get(path)
        found = hashlib.sha256(files[path]).hexdigest() if path in files else None
        if expected != found:
            yield Problem("apps.solution.checksum", pointer("checksums", path), {"path": path})


def version_fits(version: str, wanted: str) -> bool:
    """Whether `version` (1, 1.2 or 1.2.3) lies in a range such as `>=1.0,<2`."""
    return all(_holds(_numbers(version), part) for part in wanted.split(","))


def _holds(version: tuple[int, ...], condition: str) -> bool:
    operator = next(operator for operator in _OPERATORS if condition.startswith(operator))
    bound = _numbers(condition.removeprefix(operator))
    return {">=": version >= bound, "==": version == bound, "<": version < bound}[operator]


def _numbers(version: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in version.split("."))
    return numbers + (0,) * (3 - len(numbers))
