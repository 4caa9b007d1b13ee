"""The number of a resident identity card of China."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from types import MappingProxyType
from typing import ClassVar, Final

from engine.forms.fields.protocol import Parsed
from engine.forms.fields.written import WrittenType, half_width, misspelt
from engine.forms.model import Field

_NUMBER: Final = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)[0-9]{15}[0-9X]",  # provinces
    re.ASCII,
)
_CHECK_DIGITS: Final = "10X98765432"


class IdNumberType(WrittenType):
    """mask   lists and records show the middle as stars until someone asks; no permission, rights mask fields

    Semantics: GB 11643, check digit by ISO 7064 MOD 11-2.
    """

    name: ClassVar[str] = "id_number"
    longest: ClassVar[int] = 40
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType({"mask": {"type": "boolean"}})

    def canonical(self, field: Field, text: str) -> str | Parsed:
        number = re.sub(r"[\s-]", "", half_width(text)).upper()
        if not _NUMBER.fullmatch(number) or not _is_day(number[6:14]):
            return misspelt("form.value.id-number", text)
        weighted = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
        fits = number[17] == _CHECK_DIGITS[weighted % 11]
        return number if fits else misspelt("form.value.check-digit", text)

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        text = value if isinstance(value, str) else ""
        return masked(text) if field.props.get("mask") is True else text


def masked(number: str) -> str:
    """Region and last four characters stay readable."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else number


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1800
    except ValueError:
        return False
