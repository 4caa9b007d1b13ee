"""JSON whose numbers are exact: Decimals are written digit by digit and read back as Decimals.

orjson writes; the standard library reads, because orjson would read `0.1` as a binary float.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Final

import orjson

_OPTIONS: Final = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def dumps(value: object) -> bytes:
    """JSON of plain data; dates, aware times (with `Z`), enums, dataclasses and Decimals included."""
    return orjson.dumps(value, default=_plain, option=_OPTIONS)


def loads(text: str | bytes) -> object:
    """Our own stored JSON. Text from outside is read by `engine.json_text.parse_json`."""
    return json.loads(text, parse_float=Decimal)


def canonical(value: object) -> bytes:
    """The same bytes for equal values: keys sorted. For hashes and signatures."""
    return orjson.dumps(value, default=_plain, option=_OPTIONS | orjson.OPT_SORT_KEYS)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypeError(f"{value} is not a JSON number")
        return orjson.Fragment(format(value, "f"))
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if hasattr(value, "items"):
        return dict(value.items())
    raise TypeError(f"{type(value).__name__} has no JSON form")
