"""The kinds of definitions and the file that each one is kept in.

Source: DESIGN §3. One definition is one file, `<folder>/<key><suffix>`; settings are one file per solution,
its texts in further languages one file per language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Kind(StrEnum):
    """What a definition is; the word stands in the API, in files and in the database."""

    FORM = "form"
    VIEW = "view"
    FLOW = "flow"
    ROLE = "role"
    APP = "app"
    MAPPING = "mapping"
    CONNECTOR = "connector"
    MESSAGE_TEMPLATE = "message_template"
    RULE = "rule"
    DECISION = "decision"
    CALENDAR = "calendar"
    SETTINGS = "settings"
    LOCALE = "locale"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a kind lie inside a solution folder."""

    folder: str
    suffix: str


PLACES: Final[Mapping[Kind, Place]] = MappingProxyType(
    {
        Kind.FORM: Place("forms", ".json"),
        Kind.VIEW: Place("views", ".json"),
        Kind.FLOW: Place("flows", ".bpmn"),
        Kind.ROLE: Place("roles", ".json"),
        Kind.APP: Place("apps", ".json"),
        Kind.MAPPING: Place("mappings", ".json"),
        Kind.CONNECTOR: Place("connectors", ".json"),
        Kind.MESSAGE_TEMPLATE: Place("message_templates", ".json"),
        Kind.RULE: Place("rules", ".rule"),
        Kind.DECISION: Place("decisions", ".dmn"),
        Kind.CALENDAR: Place("calendars", ".json"),
        Kind.SETTINGS: Place("", ".json"),
        Kind.LOCALE: Place("", ".json"),
    }
)
FOLDERS: Final[Mapping[str, Kind]] = MappingProxyType(
    {place.folder: kind for kind, place in PLACES.items() if place.folder}
)
SETTINGS_FILE: Final = "settings.json"
LOCALE_FOLDER: Final = "locale"


_OF_SOLUTION: Final[Mapping[Kind, str]] = MappingProxyType(
    {Kind.SETTINGS: SETTINGS_FILE, Kind.LOCALE: LOCALE_FOLDER}
)
"""One for each solution; the texts are a file for each language."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """The name of one definition in a workspace."""

    kind: Kind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


def file_of(ref: Ref) -> str:
    """The path of the definition's file inside a solution folder."""
    if ref.kind in _OF_SOLUTION:
        return _OF_SOLUTION[ref.kind]
    place = PLACES[ref.kind]
    return f"{place.folder}/{ref.key}{place.suffix}"
