"""A number of stars."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.number import NumberType
from engine.forms.fields.protocol import Parsed, Schema, TextFormats, Widget
from engine.forms.model import Field


class RatingType(NumberType):
    """max   stars to give at most (default 5); nothing given is null, never 0"""

    name: ClassVar[str] = "rating"
    has_unique: ClassVar[bool] = False
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType(
        {"max": {"type": "integer", "minimum": 2, "maximum": 10}}
    )

    def schema(self, field: Field) -> Schema:
        return {"type": "number", "minimum": 1, "maximum": self.stars(field)}

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        """A number, or stars as surveys export them: `★★★☆☆`."""
        plain = unicodedata.normalize("NFKC", text).strip()
        drawn = plain.startswith("★") and set(plain) <= set("★☆")
        return super().parse_text(field, str(plain.count("★")) if drawn else plain, formats)

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        return f"{value:f}/{self.stars(field)}" if isinstance(value, Decimal) else ""

    def widget(self, field: Field) -> Widget:
        return Widget(self.name, {"max": self.stars(field)})

    def stars(self, field: Field) -> int:
        """How many can be given."""
        given = field.props.get("max", 5)
        return given if isinstance(given, int) else 5
