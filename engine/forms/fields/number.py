"""Exact numbers of a fixed scale with at most 15 significant digits (SEMANTICS §1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar, Final

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
from engine.rules.feel.types import NUMBER, FeelType
from engine.values import round_half_even

DIGITS: Final = 15
MAX_SCALE: Final = 10
NUMBER_PROPS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "scale": {"type": "integer", "minimum": 0, "maximum": MAX_SCALE},
        "min": {"type": "number"},
        "max": {"type": "number"},
        "grouping": {"type": "boolean"},
    }
)
_CURRENCY: Final = re.compile(r"[¥$€£₩元]|CNY|RMB|USD|EUR", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:[,' ][0-9]{3})+(?:\.[0-9]*)?", re.ASCII)


class NumberType(FieldType):
    """scale      digits after the point (default 0, whole numbers)
    min, max   bounds of what may be entered, inclusive
    grouping   false = shown without thousands separators, as for years
    """

    name: ClassVar[str] = "number"
    default_scale: ClassVar[int] = 0
    props_schema: ClassVar[Mapping[str, object]] = NUMBER_PROPS

    def check(self, field: Field, siblings: Mapping[str, Field]) -> Iterable[Problem]:
        low, high = field.props.get("min"), field.props.get("max")
        if isinstance(low, int | Decimal) and isinstance(high, int | Decimal) and low > high:
            yield Problem("form.field.bounds", "/min", {"field": field.key, "min": low, "max": high})

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        return NUMBER

    def schema(self, field: Field) -> Schema:
        bounds = {"minimum": field.props.get("min"), "maximum": field.props.get("max")}
        return {"type": "number", **{name: bound for name, bound in bounds.items() if bound is not None}}

    def column(self, field: Field) -> Column | None:
        return Column(field.key, ColumnKind.NUMBER, scale=self.scale(field), unique=field.unique)

    def parse(self, field: Field, json: object) -> Parsed:
        if isinstance(json, bool) or not isinstance(json, int | Decimal):
            return Parsed()
        exact, scale = Decimal(json) or Decimal(0), self.scale(field)
        if not _fits(exact, scale):
            return refused("form.value.digits", digits=DIGITS, scale=scale)
        value = round_half_even(exact, scale)
        return Parsed(value) if value == exact else refused("form.value.scale", scale=scale)

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        if not text.strip():
            return Parsed()
        number = number_in_text(text, decimal_comma=formats.decimal_comma)
        return refused("form.text.number", text=text.strip()[:40]) if number is None else Parsed(number)

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        if value is None:
            return Parsed()
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return refused("form.formula.type", expected=self.name)
        exact, scale = Decimal(value) or Decimal(0), self.scale(field)
        rounded = round_half_even(exact, scale) if _fits(exact, scale) else exact
        if not _fits(rounded, scale):
            return refused("form.formula.digits", digits=DIGITS, scale=scale)
        return Parsed(rounded)

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        if not isinstance(value, Decimal):
            return ""
        return f"{value:f}" if field.props.get("grouping") is False else f"{value:,f}"

    def widget(self, field: Field) -> Widget:
        return Widget(self.name, {**super().widget(field).props, "scale": self.scale(field)})

    def scale(self, field: Field) -> int:
        """Digits after the point."""
        given = field.props.get("scale", self.default_scale)
        return given if isinstance(given, int) else self.default_scale


def _fits(value: Decimal, scale: int) -> bool:
    """Whether the scaled integer has at most 15 digits, so that it is exact everywhere."""
    return value.is_finite() and (value == 0 or value.adjusted() + scale < DIGITS)


def number_in_text(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The number in a cell of an import file, or None.

    Accepts full-width digits, blanks, a currency sign, thousands separators in groups of three, and
    accounting negatives `(12.50)`; anything that could be read in two ways is no number.
    """
    plain = _CURRENCY.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-").strip()
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1].strip() if negative else plain
    if decimal_comma:
        plain = plain.translate(str.maketrans(",.", ".,"))
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[,' ]", "", plain)
    if len(plain) > 60 or not _PLAIN.fullmatch(plain) or (negative and plain[0] in "+-"):
        return None
    return -Decimal(plain) if negative else Decimal(plain)
