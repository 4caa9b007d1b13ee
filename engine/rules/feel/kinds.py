"""The kind of a value at run time, its text, and the coercions of DMN 1.5, 10.3.2.9.4."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.rules.feel.machine import FunctionValue, Lambda
from engine.rules.feel.strings import quoted
from engine.rules.feel.types import (
    ANY,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    conforms,
)
from engine.values import (
    Date,
    DateTime,
    DayTimeDuration,
    Range,
    Reference,
    Time,
    YearMonthDuration,
    number_text,
    temporal_text,
)

KINDS: Final[dict[type, str]] = {
    type(None): "Null",
    int: "number",
    Decimal: "number",
    bool: "boolean",
    str: "string",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DayTimeDuration: "days and time duration",
    YearMonthDuration: "years and months duration",
    list: "list",
    dict: "context",
    Reference: "context",
    Range: "range",
    Lambda: "function",
}
_SHOWN: Final = 60


def kind_of(value: object) -> str:
    """The FEEL name of the value's type; built-in functions are functions, anything foreign is "unknown"."""
    return KINDS.get(type(value)) or ("function" if isinstance(value, FunctionValue) else "unknown")


def text_of(value: object) -> str:
    """What `string(value)` gives; strings inside lists and contexts are quoted."""
    if isinstance(value, str):
        return value
    return _nested_text(value)


def _nested_text(value: object) -> str:
    write = _TEXTS.get(type(value))
    return write(value) if write else str(value)


def _list_text(value: list[object]) -> str:
    return "[" + ", ".join(map(_nested_text, value)) + "]"


def _context_text(value: dict[str, object]) -> str:
    return "{" + ", ".join(f"{key}: {_nested_text(item)}" for key, item in value.items()) + "}"


def _range_text(value: Range) -> str:
    if value.operator:
        end = value.high if value.low is None else value.low
        return f"({value.operator} {_nested_text(end)})"
    opening, closing = "[" if value.low_included else "(", "]" if value.high_included else ")"
    return f"{opening}{_nested_text(value.low)}..{_nested_text(value.high)}{closing}"


_TEXTS: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: number_text,
    Decimal: number_text,
    str: quoted,
    list: _list_text,
    dict: _context_text,
    Reference: _context_text,
    Range: _range_text,
    Date: temporal_text,
    Time: temporal_text,
    DateTime: temporal_text,
    DayTimeDuration: temporal_text,
    YearMonthDuration: temporal_text,
}


def shown(value: object) -> str:
    """A value as a problem names it: short, strings in quotes."""
    if isinstance(value, list | dict) and len(value) > _SHOWN:
        return f"{kind_of(value)} ({len(value)})"
    if isinstance(value, str):
        value = value[:_SHOWN]
    text = _nested_text(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def is_instance(value: object, kind: FeelType) -> bool:
    """`value instance of kind`; null is an instance of Null only, and of Any it is none."""
    if value is None or kind is ANY:
        return value is not None if kind is ANY else kind.name == "Null"
    return kind_of(value) == kind.name and _has_parts(value, kind)


def _has_parts(value: object, kind: FeelType) -> bool:
    """Items, entries and ends are instances of the parts of the type, or null."""
    if isinstance(kind, ListType) and isinstance(value, list):
        return kind.item is ANY or all(_fits(item, kind.item) for item in value)
    if isinstance(kind, ContextType) and isinstance(value, dict):
        return all(key in value and _fits(value[key], item) for key, item in kind.fields.items())
    if isinstance(kind, RangeType) and isinstance(value, Range):
        return _fits(value.low, kind.item) and _fits(value.high, kind.item)
    return not isinstance(kind, FunctionType) or _is_function(value, kind)


def _fits(value: object, kind: FeelType) -> bool:
    return value is None or is_instance(value, kind)


def _is_function(value: object, kind: FunctionType) -> bool:
    if kind == FunctionType() or not isinstance(value, Lambda):
        return True
    return conforms(FunctionType(value.types, value.result), kind)


def coerce(value: object, kind: FeelType) -> tuple[bool, object]:
    """Whether `value` can stand where `kind` is wanted, and the value that then stands there."""
    if value is None or is_instance(value, kind):
        return True, value
    if isinstance(kind, ListType) and not isinstance(value, list):
        fits, item = coerce(value, kind.item)
        return fits, [item] if fits else None
    if isinstance(value, list) and len(value) == 1 and not isinstance(kind, ListType):
        return coerce(value[0], kind)
    if isinstance(value, Date) and kind.name == "date and time":
        return True, DateTime(value, Time(0, 0, 0, 0, 0))
    return False, None
