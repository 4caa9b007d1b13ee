"""Text on one line; empty text is null."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import ClassVar, Final

import re2

from engine.forms.fields.protocol import (
    FieldType,
    Parsed,
    Schema,
    TargetTypes,
    TextFormats,
    Widget,
    World,
    refused,
)
from engine.forms.model import Field
from engine.forms.table_plan import Column, ColumnKind
from engine.problems import Problem
from engine.rules.feel.types import STRING, FeelType

_QUIET: Final = re2.Options()
_QUIET.log_errors = False
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


class TextType(FieldType):
    """max, min   characters (default 255 at most)
    pattern    RE2 that the whole text must match (SEMANTICS §5)
    """

    name: ClassVar[str] = "text"
    default_max: ClassVar[int] = 255
    column_kind: ClassVar[ColumnKind] = ColumnKind.TEXT
    has_search: ClassVar[bool] = True
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType(
        {
            "max": {"type": "integer", "minimum": 1, "maximum": 4000},
            "min": {"type": "integer", "minimum": 1, "maximum": 4000},
            "pattern": {"type": "string", "minLength": 1, "maxLength": 500},
        }
    )

    def check(self, field: Field, siblings: Mapping[str, Field]) -> Iterable[Problem]:
        low, high = field.props.get("min", 0), self._max(field)
        if isinstance(low, int) and low > high:
            yield Problem("form.field.bounds", "/min", {"field": field.key, "min": low, "max": high})
        pattern = field.props.get("pattern")
        if isinstance(pattern, str) and not _is_regex(pattern):
            yield Problem("form.field.pattern", "/pattern", {"field": field.key, "pattern": pattern})

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        return STRING

    def schema(self, field: Field) -> Schema:
        return {"type": "string", "maxLength": self._max(field)}

    def column(self, field: Field) -> Column | None:
        return Column(field.key, self.column_kind, unique=field.unique)

    def parse(self, field: Field, json: object) -> Parsed:
        if not isinstance(json, str) or not json.strip():
            return Parsed()
        if not _can_be_stored(json):
            return refused("form.value.character")
        low = field.props.get("min", 0)
        if isinstance(low, int) and len(json) < low:
            return refused("form.value.too-short", min=low, length=len(json))
        pattern = field.props.get("pattern")
        if isinstance(pattern, str) and not re2.fullmatch(pattern, json):
            return refused("form.value.pattern", pattern=pattern)
        return Parsed(json)

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        plain = text.strip()
        return Parsed(plain or None) if _can_be_stored(plain) else refused("form.value.character")

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        if value is None or value == "":
            return Parsed()
        if not isinstance(value, str):
            return refused("form.formula.type", expected=self.name)
        if not _can_be_stored(value):
            return refused("form.value.character")
        if len(value) > self._max(field):
            return refused("form.formula.too-long", max=self._max(field), length=len(value))
        return Parsed(value)

    def widget(self, field: Field) -> Widget:
        return Widget(self.name, {**super().widget(field).props, "max": self._max(field)})

    def _max(self, field: Field) -> int:
        given = field.props.get("max", self.default_max)
        return given if isinstance(given, int) else self.default_max


def _can_be_stored(text: str) -> bool:
    """No database takes NUL, and half a surrogate pair is no character."""
    return _UNSTORABLE.search(text) is None


def _is_regex(pattern: str) -> bool:
    try:
        re2.compile(pattern, options=_QUIET)
    except re2.error:
        return False
    return True
