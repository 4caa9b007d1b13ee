"""A stored value of one field as a value of another type: for a column whose field changes its type.

The way is that of a person who copies the shown text into the new field; what she could not enter is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.forms.fields import FIELD_TYPES
from engine.forms.fields.protocol import TextFormats
from engine.forms.json_schema import value_schema
from engine.forms.model import Field
from engine.forms.validate import Finder, finder

_REFERENCES: Final = frozenset({"relation", "member", "department"})


@dataclass(frozen=True, slots=True)
class Converted:
    """A value of the new type; `lost` = there was one that has no counterpart."""

    value: object
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Converter:
    """From values of `old` to values of `new`, both as stored."""

    old: Field
    new: Field
    zone: ZoneInfo
    _find: Finder = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_find", finder(value_schema(self.new)))

    def convert(self, value: object) -> Converted:
        text = None if value is None else self._text(value)
        if text is None:
            return Converted(None, lost=value is not None)
        kind = FIELD_TYPES[self.new.type]
        parsed = kind.parse_text(self.new, text, TextFormats(zone=self.zone))
        if parsed.problems or self._find(parsed.value):
            return Converted(None, lost=True)
        stored = kind.parse(self.new, parsed.value)
        return Converted(None, lost=True) if stored.problems else Converted(stored.value)

    def _text(self, value: object) -> str | None:
        """The value as a person would type it; a reference means nothing to any other type or form."""
        if self.old.type in _REFERENCES or self.new.type in _REFERENCES:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, Decimal):
            return format(value, "f")
        if isinstance(value, datetime):
            return value.astimezone(self.zone).isoformat()
        return value.isoformat() if isinstance(value, date) else str(value)
