"""The filters a template may use: the closed list, with what each accepts and what it makes of a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from engine.templates.amounts import capitals
from engine.templates.shown import day_of, days_text, plain_text
from engine.values import CONTEXT, DateTime, round_half_even

Arguments = tuple[str | int | bool | None, ...]
Options = Mapping[str, str | Mapping[str, str]]
"""Labels of the options of one field, by key."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a value is to appear: for whom, and where it comes from.

    options   of the field that the value was read from; empty if it has none
    """

    language: str
    zone: ZoneInfo
    options: Options = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Filter:
    """takes    its arguments, as a hint shows them · kinds: FEEL types of values it is made for; () = all
    accepts  whether it can do something with these arguments
    """

    takes: str
    kinds: tuple[str, ...]
    accepts: Callable[[Arguments], bool]
    apply: Callable[[object, Arguments, Look], object]


def _money(value: object, arguments: Arguments, look: Look) -> object:
    if not isinstance(value, (int, Decimal)):
        return value
    currency = str(arguments[0]).upper() if arguments else ""
    number = f"{round_half_even(value, 2):,f}"
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    return f"-{sign}{number[1:]}" if number.startswith("-") else f"{sign}{number}"


def _date(value: object, arguments: Arguments, look: Look) -> object:
    if isinstance(value, DateTime) and arguments == ("time",):
        return plain_text(value, look.language, look.zone)
    day = day_of(value, look.zone)
    return value if day is None else days_text(day, look.language, long=arguments == ("long",))


def _percent(value: object, arguments: Arguments, look: Look) -> object:
    if not isinstance(value, (int, Decimal)):
        return value
    hundredths = CONTEXT.multiply(Decimal(value), Decimal(100))
    if arguments:
        return f"{round_half_even(hundredths, int(arguments[0] or 0)):,f}%"
    shown = f"{hundredths:,f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"


def _capitals(value: object, arguments: Arguments, look: Look) -> object:
    return capitals(Decimal(value)) if isinstance(value, (int, Decimal)) else value


def _default(value: object, arguments: Arguments, look: Look) -> object:
    return arguments[0] if value is None or value in ("", []) else value


def _label(value: object, arguments: Arguments, look: Look) -> object:
    """The option's label; a list of keys becomes a list of labels."""
    if isinstance(value, list):
        return [_label(one, arguments, look) for one in value]
    label = look.options.get(value) if isinstance(value, str) else None
    if isinstance(label, Mapping):
        return label.get(look.language) or next(iter(label.values()), value)
    return value if label is None else label


def _none(arguments: Arguments) -> bool:
    return not arguments


def _currency(arguments: Arguments) -> bool:
    return len(arguments) <= 1 and all(isinstance(one, str) and len(one) == 3 for one in arguments)


def _dates(arguments: Arguments) -> bool:
    return arguments in ((), ("long",), ("time",))


def _decimals(arguments: Arguments) -> bool:
    return len(arguments) <= 1 and all(type(one) is int and 0 <= one <= 6 for one in arguments)


def _one_text(arguments: Arguments) -> bool:
    return len(arguments) == 1 and isinstance(arguments[0], (str, int))


_SIGNS: Final[Mapping[str, str]] = MappingProxyType({"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£"})
_NUMBERS: Final = ("number",)
_DAYS: Final = ("date", "date and time")
FILTERS: Final[Mapping[str, Filter]] = MappingProxyType(
    {
        "money": Filter('money("CNY")', _NUMBERS, _currency, _money),
        "date": Filter('date, date("long"), date("time")', _DAYS, _dates, _date),
        "大写": Filter("大写", _NUMBERS, _none, _capitals),
        "percent": Filter("percent(1)", _NUMBERS, _decimals, _percent),
        "default": Filter('default("-")', (), _one_text, _default),
        "label": Filter("label", ("string", "list"), _none, _label),
    }
)
