"""Equality and order of values (DMN 1.5, tables 42 and 50 to 54).

`equal` and `compare` give None where FEEL gives null: different kinds are neither equal nor unequal.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any, Final

from engine.rules.feel.kinds import kind_of
from engine.rules.feel.nodes import Order
from engine.values import Date, DateTime, DayTimeDuration, Range, Reference, Time, YearMonthDuration
from engine.values.temporal import NANOS

NUMERIC: Final = frozenset({int, Decimal})
PLAIN: Final = frozenset({int, Decimal, str, Date, DayTimeDuration, YearMonthDuration})
"""Classes whose Python comparison is FEEL's."""
PYTHON_ORDER: Final[dict[Order, Callable[[Any, Any], bool]]] = {
    Order.LESS: lt,
    Order.LESS_EQUAL: le,
    Order.GREATER: gt,
    Order.GREATER_EQUAL: ge,
}


def equal(left: object, right: object) -> bool | None:
    """`left = right`, three-valued."""
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind != kind_of(right) or kind in ("function", "unknown"):
        return None
    special = _EQUALITIES.get(kind)
    return special(left, right) if special else left == right


def _equal_lists(left: list[object], right: list[object]) -> bool:
    return len(left) == len(right) and all(equal(a, b) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, object], right: dict[str, object]) -> bool:
    """By entries; where one is a reference, by their ids alone."""
    if isinstance(left, Reference) or isinstance(right, Reference):
        return "id" in left and "id" in right and equal(left["id"], right["id"]) is True
    return left.keys() == right.keys() and all(equal(left[key], right[key]) is True for key in left)


def _same_moment(left: DateTime, right: DateTime) -> bool:
    """Equal by the second, as the suite of the standard has it; the order sees fractions."""
    return left.is_local == right.is_local and left.instant // NANOS == right.instant // NANOS


def _same_time(left: Time, right: Time) -> bool:
    return left.is_local == right.is_local and left.utc_nanos // NANOS == right.utc_nanos // NANOS


def _equal_ranges(left: Range, right: Range) -> bool:
    same_form = (left.low_included, left.high_included, left.operator in ("=", "!=")) == (
        right.low_included,
        right.high_included,
        right.operator in ("=", "!="),
    )
    half = bool(left.operator) == bool(right.operator)
    return same_form and half and bool(equal(left.low, right.low)) and bool(equal(left.high, right.high))


_EQUALITIES: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "list": _equal_lists,
    "context": _equal_contexts,
    "range": _equal_ranges,
    "time": _same_time,
    "date and time": _same_moment,
}


def compare(left: object, right: object) -> int | None:
    """-1, 0 or 1; None if the two have no order."""
    if type(left) in NUMERIC and type(right) in NUMERIC:
        return _sign(left, right)
    if type(left) is not type(right):
        return None
    if type(left) in PLAIN:
        return _sign(left, right)
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        return None if left.is_local != right.is_local else _sign(left.instant, right.instant)
    if isinstance(left, Time) and isinstance(right, Time):
        return None if left.is_local != right.is_local else _sign(left.utc_nanos, right.utc_nanos)
    return None


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def in_order(operator: Order, left: object, right: object) -> bool | None:
    """`left operator right` for every comparison operator."""
    if operator is Order.EQUAL:
        return equal(left, right)
    if operator is Order.NOT_EQUAL:
        same = equal(left, right)
        return None if same is None else not same
    order = compare(left, right)
    return None if order is None else PYTHON_ORDER[operator](order, 0)


def same(left: object, right: object) -> bool:
    """Membership in lists: null equals null, everything else as `=`."""
    return equal(left, right) is True


def in_range(value: object, interval: Range) -> bool | None:
    """Whether `value` lies inside; None if it has no order with an end."""
    if interval.operator == "!=":
        return in_order(Order.NOT_EQUAL, value, interval.low)
    if interval.operator == "=":
        return equal(value, interval.low)
    if value is None or (not interval.operator and None in (interval.low, interval.high)):
        return None
    above = _beyond(value, interval.low, included=interval.low_included, direction=1)
    below = _beyond(value, interval.high, included=interval.high_included, direction=-1)
    if above is None or below is None:
        return None
    return above and below


def _beyond(value: object, end: object, *, included: bool, direction: int) -> bool | None:
    if end is None:
        return True
    order = compare(value, end)
    return None if order is None else order == direction or (included and order == 0)


def contains(value: object, test: object) -> bool | None:
    """`value in test` for a test that was evaluated: a range, a list of values and ranges, or a value."""
    if isinstance(test, Range):
        return in_range(value, test)
    if isinstance(test, list):
        return _in_list(value, test)
    return equal(value, test)


def _in_list(value: object, tests: list[object]) -> bool | None:
    if isinstance(value, list) and equal(value, tests) is True:
        return True
    results = [
        same(value, test) or (isinstance(test, list) and isinstance(value, list) and value == test)
        if not isinstance(test, Range)
        else in_range(value, test)
        for test in tests
    ]
    return True if True in results else (False if None not in results else None)
