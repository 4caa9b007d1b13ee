"""A share of a whole, stored as a fraction: 13 % is 0.13 (SEMANTICS §1)."""

from __future__ import annotations

import unicodedata
from datetime import UTC, tzinfo
from decimal import Decimal
from typing import ClassVar

from engine.forms.fields.number import NumberType, number_in_text
from engine.forms.fields.protocol import Parsed, TextFormats
from engine.forms.model import Field


class PercentType(NumberType):
    """scale   digits of the fraction (default 2: whole percents; 4 shows 13.25 %)"""

    name: ClassVar[str] = "percent"
    default_scale: ClassVar[int] = 2

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain.endswith("%"):
            return super().parse_text(field, text, formats)
        number = number_in_text(plain[:-1], decimal_comma=formats.decimal_comma)
        return super().parse_text(field, text, formats) if number is None else Parsed(number.scaleb(-2))

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        if not isinstance(value, Decimal):
            return ""
        shown = f"{value.scaleb(2):,f}"
        return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"
