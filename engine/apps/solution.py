"""The package of a solution: a folder of definitions, sample data and texts, read from its files by path.

Reading takes bytes by path and touches nothing else; unpacking a zip or walking a folder is the runtime's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from engine.apps.definitions import Definition, read_definition
from engine.apps.kinds import FOLDERS, LOCALE_FOLDER, PLACES, SETTINGS_FILE, Kind, Ref
from engine.apps.locale import WRITTEN, Locale
from engine.apps.manifest import MANIFEST_FILE, Manifest, check_checksums, read_manifest
from engine.apps.sample import SampleData, read_sample
from engine.json_text import parse_json
from engine.keys import nearest
from engine.problems import LANGUAGES, Problem, Severity, errors
from engine.rules.language.model import Rule, Score
from engine.rules.language.texts import texts_of

SAMPLE_FOLDER: Final = "sample_data"
_KEPT_FOLDERS: Final = frozenset({"tests", "docs"})
_KEPT_FILES: Final = frozenset({"README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md"})


@dataclass(frozen=True, slots=True)
class Package:
    """A solution that could be read; its references are not yet linked.

    definitions  in the order of kinds and keys
    """

    manifest: Manifest
    definitions: Mapping[Ref, Definition]
    sample: SampleData


@dataclass(frozen=True, slots=True)
class PackageReading:
    """The package, unless a file of it has an error, and all problems; their `document` is the file."""

    package: Package | None
    problems: tuple[Problem, ...]


def read_package(files: Mapping[str, bytes]) -> PackageReading:
    """Read and check every file of a solution folder.

    files  content by path relative to the folder, with "/" between the parts
    """
    texts, problems = _texts(files)
    manifest = _manifest(texts, problems)
    if manifest is not None:
        problems += [problem.within(document=MANIFEST_FILE) for problem in check_checksums(manifest, files)]
    definitions = _definitions(texts, problems)
    if manifest is not None:
        _add_locale(manifest, texts, definitions, problems)
    sample = _sample(texts, problems)
    problems += [problem for path in sorted(files) for problem in _misplaced(path)]
    if manifest is None or sample is None or errors(problems):
        return PackageReading(None, tuple(problems))
    return PackageReading(Package(manifest, MappingProxyType(definitions), sample), tuple(problems))


def _texts(files: Mapping[str, bytes]) -> tuple[dict[str, str], list[Problem]]:
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path, content in sorted(files.items()):
        try:
            texts[path] = content.decode("utf-8")
        except UnicodeDecodeError as error:
            problems.append(
                Problem("apps.solution.not-utf8", params={"path": path, "byte": error.start}, document=path)
            )
    return texts, problems


def _manifest(texts: Mapping[str, str], problems: list[Problem]) -> Manifest | None:
    if MANIFEST_FILE not in texts:
        problems.append(Problem("apps.solution.no-manifest", params={"path": MANIFEST_FILE}))
        return None
    document, faults = parse_json(texts[MANIFEST_FILE])
    problems += [problem.within(document=MANIFEST_FILE) for problem in faults]
    if errors(faults):
        return None
    reading = read_manifest(document)
    problems += [problem.within(document=MANIFEST_FILE) for problem in reading.problems]
    return reading.manifest


def _definitions(texts: Mapping[str, str], problems: list[Problem]) -> dict[Ref, Definition]:
    found: dict[Ref, Definition] = {}
    for path, text in texts.items():
        ref = _ref_of(path, text)
        if ref is None:
            continue
        reading = read_definition(ref.kind, ref.key, text)
        problems += [replace(problem, document=path) for problem in reading.problems]
        if reading.definition is not None:
            found[ref] = reading.definition
    return dict(sorted(found.items()))


def _ref_of(path: str, text: str) -> Ref | None:
    """The definition that a file of the package holds, by its place; None for other files."""
    parts = PurePosixPath(path).parts
    if path == SETTINGS_FILE:
        document, _ = parse_json(text)
        key = document.get("key") if isinstance(document, dict) else None
        return Ref(Kind.SETTINGS, key if isinstance(key, str) else "settings")
    kind = FOLDERS.get(parts[0]) if len(parts) == 2 else None
    if kind is None or not parts[1].endswith(PLACES[kind].suffix):
        return None
    return Ref(kind, parts[1].removesuffix(PLACES[kind].suffix))


def _add_locale(
    manifest: Manifest, texts: Mapping[str, str], definitions: dict[Ref, Definition], problems: list[Problem]
) -> None:
    """The files of all languages as one definition, and what they leave out."""
    found: dict[str, object] = {}
    for path, text in texts.items():
        language = _language_of(path)
        if language is not None:
            document, faults = parse_json(text)
            problems += [problem.within(document=path) for problem in faults]
            found[language] = document
    locale = None
    if found:
        written = _written(definitions, found)
        document = {"key": manifest.key, "label": manifest.label, "texts": found, "written": written}
        reading = read_definition(Kind.LOCALE, manifest.key, json.dumps(document, ensure_ascii=False))
        problems += [_in_file(problem) for problem in reading.problems]
        if reading.definition is not None:
            definitions[reading.definition.ref] = reading.definition
            locale = reading.definition.model
    if not errors(problems):
        problems += _untranslated(manifest, definitions, locale if isinstance(locale, Locale) else None)


def _written(definitions: Mapping[Ref, Definition], found: Mapping[str, object]) -> dict[str, str]:
    """What the places that are translated say in the definitions of the same package."""
    translated = {place for texts in found.values() if isinstance(texts, dict) for place in texts}
    return {
        f"{ref}/{place}": text.text
        for ref, definition in definitions.items()
        if isinstance(definition.model, Rule | Score)
        for place, text in texts_of(definition.model).items()
        if f"{ref}/{place}" in translated
    }


def _in_file(problem: Problem) -> Problem:
    """`/texts/en/…` of the definition is `/…` of `locale/en.json`."""
    _, _, language, *rest = (*problem.at.split("/"), "", "")
    if language not in LANGUAGES:
        return replace(problem, document=LOCALE_FOLDER)
    at = "/" + "/".join(rest).rstrip("/") if any(rest) else ""
    return replace(problem, document=f"{LOCALE_FOLDER}/{language}.json", at=at)


def _untranslated(
    manifest: Manifest, definitions: Mapping[Ref, Definition], locale: Locale | None
) -> Iterator[Problem]:
    """Texts of rules that a language of the solution has not; the other language is shown then."""
    others = [one for one in manifest.languages if one != WRITTEN] if len(manifest.languages) > 1 else []
    for ref, definition in definitions.items():
        if isinstance(definition.model, Rule | Score):
            for language in others:
                known = {} if locale is None else locale.texts.get(language, {})
                missing = [place for place in texts_of(definition.model) if f"{ref}/{place}" not in known]
                for place in missing:
                    yield Problem(
                        "apps.locale.missing",
                        params={"place": f"{ref}/{place}", "language": language},
                        severity=Severity.WARNING,
                        document=f"{LOCALE_FOLDER}/{language}.json",
                    )


def _language_of(path: str) -> str | None:
    parts = PurePosixPath(path).parts
    if len(parts) != 2 or parts[0] != LOCALE_FOLDER or not parts[1].endswith(".json"):
        return None
    language = parts[1].removesuffix(".json")
    return language if language in LANGUAGES else None


def _sample(texts: Mapping[str, str], problems: list[Problem]) -> SampleData | None:
    documents: dict[str, object] = {}
    for path, text in texts.items():
        if not (path.startswith(SAMPLE_FOLDER + "/") and path.endswith(".json")):
            continue
        document, faults = parse_json(text)
        problems += [problem.within(document=path) for problem in faults]
        if not errors(faults):
            documents[path] = document
    reading = read_sample(documents)
    problems += reading.problems
    return reading.sample


def _misplaced(path: str) -> Iterator[Problem]:
    """A file that no part of a package can be, so that a misspelt folder never goes unnoticed."""
    parts = PurePosixPath(path).parts
    if path in {MANIFEST_FILE, SETTINGS_FILE} or path in _KEPT_FILES or parts[0] in _KEPT_FOLDERS:
        return
    folders = {*FOLDERS, SAMPLE_FOLDER, LOCALE_FOLDER}
    if len(parts) != 2 or parts[0] not in folders:
        guess = nearest(parts[0], folders) or ""
        yield Problem(
            "apps.solution.unknown-file",
            params={"path": path, "guess": guess, "known": sorted(folders)},
            document=path,
        )
        return
    if parts[0] == LOCALE_FOLDER and _language_of(path) is None:
        known = [f"{LOCALE_FOLDER}/{language}.json" for language in LANGUAGES]
        yield Problem("apps.locale.file", params={"path": path, "known": known}, document=path)
        return
    suffix = PLACES[FOLDERS[parts[0]]].suffix if parts[0] in FOLDERS else ".json"
    if not parts[1].endswith(suffix):
        yield Problem("apps.solution.wrong-suffix", params={"path": path, "suffix": suffix}, document=path)
