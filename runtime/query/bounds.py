"""Constants of a filter as parameters, in the units of what they are compared with.

A comparison is built once per *pattern*: which constants are null, or fall between two storable values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from engine.problems import InputError, Problem, Span
from engine.rules.feel.nodes import Order
from engine.values import CONTEXT, Date, DateTime, DayTimeDuration, to_python
from runtime.query.terms import Kind

DAY_NANOS: Final = 86_400_000_000_000


class Shape(StrEnum):
    """VALUE is bound · NULL: FEEL null · OTHER: of another kind · BETWEEN: equal to no stored value."""

    VALUE = "value"
    NULL = "null"
    OTHER = "other"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Bound:
    shape: Shape
    value: object = None


NULL: Final = Bound(Shape.NULL)
OTHER: Final = Bound(Shape.OTHER)


def bind(kind: Kind, scale: int, order: Order, value: object, zone: ZoneInfo, *, integers: bool) -> Bound:
    """The parameter that stands for `value` on the right of `<term> order value`.

    scale     decimals of the term · integers: numbers are stored as scaled integers (SQLite)
    A number or duration finer than the term's units is moved to the neighbouring unit, so that ordering
    stays exact.
    """
    if value is None:
        return NULL
    if kind is Kind.NUMBER:
        return _number(value, scale, order, integers=integers)
    return _BINDERS[kind](value, order, zone)


def _number(value: object, scale: int, order: Order, *, integers: bool) -> Bound:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return OTHER
    if not integers:
        return Bound(Shape.VALUE, Decimal(value))
    return _units(CONTEXT.scaleb(Decimal(value), scale), order)


def _days(value: object, order: Order, _zone: ZoneInfo) -> Bound:
    if not isinstance(value, DayTimeDuration):
        return OTHER
    return _units(CONTEXT.divide(Decimal(value.nanos), Decimal(DAY_NANOS)), order)


_BIGGEST: Final = 2**62


def _units(number: Decimal, order: Order) -> Bound:
    """`term < 2.5` is `term < 3`, `term <= 2.5` is `term <= 2`, for terms that are integers."""
    if abs(number) >= _BIGGEST:
        number = Decimal(_BIGGEST if number > 0 else -_BIGGEST)
    lower = int(number.to_integral_value(rounding="ROUND_FLOOR"))
    if lower == number:
        return Bound(Shape.VALUE, lower)
    if order in (Order.EQUAL, Order.NOT_EQUAL):
        return Bound(Shape.BETWEEN)
    return Bound(Shape.VALUE, lower + (order in (Order.LESS, Order.GREATER_EQUAL)))


def _text(value: object, _order: Order, _zone: ZoneInfo) -> Bound:
    return Bound(Shape.VALUE, value) if isinstance(value, str) else OTHER


def _boolean(value: object, _order: Order, _zone: ZoneInfo) -> Bound:
    return Bound(Shape.VALUE, value) if isinstance(value, bool) else OTHER


def _reference(value: object, _order: Order, _zone: ZoneInfo) -> Bound:
    identity = value.get("id") if isinstance(value, Mapping) else value
    whole = isinstance(identity, int) and not isinstance(identity, bool)
    return Bound(Shape.VALUE, identity) if whole else OTHER


def _day(value: object, _order: Order, _zone: ZoneInfo) -> Bound:
    return Bound(Shape.VALUE, _python_day(value)) if isinstance(value, Date) else OTHER


def _instant(value: object, _order: Order, zone: ZoneInfo) -> Bound:
    if not isinstance(value, DateTime):
        return OTHER
    try:
        return Bound(Shape.VALUE, to_python(value, zone))
    except ValueError:
        raise _out_of_range(value.date.year) from None


def _start_of_day(value: object, order: Order, zone: ZoneInfo) -> Bound:
    """The instant at which a day begins; `date(at) <= d` is `at < start of d + 1`, so is `date(at) > d`."""
    if not isinstance(value, Date):
        return OTHER
    day = _python_day(value) + timedelta(days=order in (Order.LESS_EQUAL, Order.GREATER))
    return Bound(Shape.VALUE, datetime.combine(day, time(), tzinfo=zone))


def _python_day(value: Date) -> date:
    if not 1 <= value.year < 9999:
        raise _out_of_range(value.year)
    return date(value.year, value.month, value.day)


def _out_of_range(year: int) -> InputError:
    return InputError((Problem("query.value.year", params={"year": year}, span=Span(0, 0)),))


_BINDERS: Final[Mapping[Kind, Callable[[object, Order, ZoneInfo], Bound]]] = MappingProxyType(
    {
        Kind.TEXT: _text,
        Kind.BOOLEAN: _boolean,
        Kind.REFERENCE: _reference,
        Kind.DAYS: _days,
        Kind.DAY: _day,
        Kind.INSTANT: _instant,
        Kind.INSTANT_DAY: _start_of_day,
    }
)
