"""Points and ranges in relation to each other (DMN 1.5, 10.3.4.9; after Allen's interval algebra)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine.rules.feel.equality import compare, equal, in_range
from engine.rules.feel.functions.signature import BuiltIn, Overload, p
from engine.rules.feel.kinds import shown
from engine.rules.feel.machine import Fault
from engine.rules.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    NUMBER,
    RANGE,
    STRING,
    TIME,
    YEARS_DURATION,
)
from engine.values import Range


def order(left: object, right: object) -> int:
    """-1, 0 or 1; raises Fault for values without an order."""
    result = compare(left, right)
    if result is None:
        raise Fault("feel.value.no-order", left=shown(left), right=shown(right))
    return result


def _range(value: object) -> Range:
    """A point is the range of itself alone."""
    return value if isinstance(value, Range) else Range(value, value)


def before(first: object, second: object) -> bool:
    a, b = _range(first), _range(second)
    place = order(a.high, b.low)
    return place < 0 or (place == 0 and not (a.high_included and b.low_included))


def after(first: object, second: object) -> bool:
    return before(second, first)


def meets(a: Range, b: Range) -> bool:
    return a.high_included and b.low_included and order(a.high, b.low) == 0


def overlaps(a: Range, b: Range) -> bool:
    return not before(a, b) and not before(b, a)


def overlaps_before(a: Range, b: Range) -> bool:
    """`a` begins first, and ends inside `b` or together with it."""
    start, end = _low(a, b), _high(a, b)
    return overlaps(a, b) and start < 0 and end <= 0


def _low(a: Range, b: Range) -> int:
    """Which of two ranges begins first."""
    return order(a.low, b.low) or int(b.low_included) - int(a.low_included)


def _high(a: Range, b: Range) -> int:
    """Which of two ranges ends first."""
    return order(a.high, b.high) or int(a.high_included) - int(b.high_included)


def finishes(first: object, b: Range) -> bool:
    if not isinstance(first, Range):
        return b.high_included and order(first, b.high) == 0
    return _high(first, b) == 0 and _low(first, b) >= 0


def includes(a: Range, second: object) -> bool:
    if not isinstance(second, Range):
        inside = in_range(second, a)
        if inside is None:
            raise Fault("feel.value.no-order", left=shown(a), right=shown(second))
        return inside
    return _low(a, second) <= 0 and _high(a, second) >= 0


def starts(first: object, b: Range) -> bool:
    if not isinstance(first, Range):
        return b.low_included and order(first, b.low) == 0
    return _low(first, b) == 0 and _high(first, b) <= 0


def coincides(first: object, second: object) -> bool:
    if isinstance(first, Range) and isinstance(second, Range):
        return _low(first, second) == 0 and _high(first, second) == 0
    return equal(first, second) is True


def _flipped(body: Callable[..., bool]) -> Callable[..., bool]:
    return lambda first, second: body(second, first)


POINTS: Final = (NUMBER, STRING, DATE, TIME, DATE_TIME, DAYS_DURATION, YEARS_DURATION)


def _relation(title: str, body: Callable[..., bool], *forms: tuple[str, str]) -> BuiltIn:
    """`forms` are the parameter names of each overload; a name that begins with `range` takes a range."""
    overloads = tuple(
        Overload(
            tuple(p(name, *([RANGE] if name.startswith("range") else POINTS)) for name in form),
            BOOLEAN,
            body,
        )
        for form in forms
    )
    return BuiltIn(title, overloads)


_RANGES: Final = ("range1", "range2")
_BOTH: Final = (("range1", "range2"), ("point", "range"), ("range", "point"), ("point1", "point2"))
_POINT_FIRST: Final = (_RANGES, ("point", "range"))
_RANGE_FIRST: Final = (_RANGES, ("range", "point"))
RANGE_FUNCTIONS: Final = (
    _relation("before", before, *_BOTH),
    _relation("after", after, *_BOTH),
    _relation("meets", meets, _RANGES),
    _relation("met by", _flipped(meets), _RANGES),
    _relation("overlaps", overlaps, _RANGES),
    _relation("overlaps before", overlaps_before, _RANGES),
    _relation("overlaps after", _flipped(overlaps_before), _RANGES),
    _relation("finishes", finishes, *_POINT_FIRST),
    _relation("finished by", _flipped(finishes), *_RANGE_FIRST),
    _relation("includes", includes, *_RANGE_FIRST),
    _relation("during", _flipped(includes), *_POINT_FIRST),
    _relation("starts", starts, *_POINT_FIRST),
    _relation("started by", _flipped(starts), *_RANGE_FIRST),
    _relation("coincides", coincides, _RANGES, ("point1", "point2")),
)
