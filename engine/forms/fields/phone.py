"""A telephone number: of China as it is dialled there, of elsewhere with `+` and country code.

Semantics: the numbering plan of China (mobile, landline with area code, 400/800, short service numbers);
E.164 for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from types import MappingProxyType
from typing import ClassVar, Final

from engine.forms.fields.protocol import Parsed
from engine.forms.fields.written import WrittenType, half_width, misspelt
from engine.forms.model import Field

_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
_AREA: Final = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE: Final = re.compile(rf"({_AREA})([2-8][0-9]{{6,7}})(?:x([0-9]{{1,6}}))?", re.ASCII)
_FREE: Final = re.compile(r"[48]00[0-9]{7}", re.ASCII)
_SERVICE: Final = re.compile(r"9[56][0-9]{3,6}|1[0126][0-9]{1,3}", re.ASCII)
_FOREIGN: Final = re.compile(r"\+(?!86)[1-9][0-9]{6,14}", re.ASCII)
_EXTENSION: Final = re.compile(r"(?:转|分机号?|ext\.?|#|x|(?<=[0-9]{7})-)[ :]*(?=[0-9]{1,6}$)", re.IGNORECASE)
_MARKS: Final = re.compile(r"[\s()\-–—.·/]", re.ASCII)
_COUNTRY: Final = re.compile(r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3}", re.ASCII)


class PhoneType(WrittenType):
    """mobile   only mobile numbers of China"""

    name: ClassVar[str] = "phone"
    longest: ClassVar[int] = 60
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType({"mobile": {"type": "boolean"}})

    def canonical(self, field: Field, text: str) -> str | Parsed:
        number = _dialled(text)
        if field.props.get("mobile") is True:
            return number if _MOBILE.fullmatch(number) else misspelt("form.value.mobile", text)
        known = (_MOBILE, _LANDLINE, _FREE, _SERVICE, _FOREIGN)
        fits = any(one.fullmatch(number) for one in known)
        return number if fits else misspelt("form.value.phone", text)

    def sought(self, field: Field, text: str) -> str:
        """Also a part of a number is looked for without the marks between its digits."""
        number = _dialled(text)
        return number if re.fullmatch(r"\+?[0-9]+(?:x[0-9]+)?", number, re.ASCII) else text

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        return grouped(value) if isinstance(value, str) else ""


def _dialled(text: str) -> str:
    """Digits alone, `+` before a foreign number, `x` before an extension."""
    plain = _MARKS.sub("", _EXTENSION.sub("x", half_width(text)))
    plain = re.sub(r"^00(?=[1-9])", "+", plain).replace("+(0)", "+")
    home = re.fullmatch(r"(?:\+86|86(?=1[3-9][0-9]{9}$))([0-9x]+)", plain, re.ASCII)
    if home is None:
        return plain
    inside = home[1]
    needs_trunk = not (inside.startswith("0") or _MOBILE.fullmatch(inside) or _FREE.fullmatch(inside))
    return f"0{inside}" if needs_trunk else inside


def grouped(number: str) -> str:
    """A stored number as people read it: `138 0013 8000`, `0571-88776655-802`, `+1 415 555 2671`."""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    if _FREE.fullmatch(number):
        return f"{number[:3]}-{number[3:6]}-{number[6:]}"
    if landline := _LANDLINE.fullmatch(number):
        return "-".join(part for part in landline.groups() if part is not None)
    return _foreign(number) if _FOREIGN.fullmatch(number) else number


def _foreign(number: str) -> str:
    digits = number[1:]
    code = _COUNTRY.match(digits)
    size = code.end() if code else 0
    country, head, tail = digits[:size], digits[size:-4], digits[-4:]
    step = 4 if len(head) == 4 else 3
    parts = [head[start : start + step] for start in range(0, len(head), step)]
    return " ".join([f"+{country}", *parts, tail])
