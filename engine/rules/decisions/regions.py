"""The values of a column in places that all rows treat alike, and sets of them as a person writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from engine.rules.decisions.cells import Interval
from engine.rules.decisions.columns import Grid
from engine.rules.decisions.literals import feel_literal
from engine.rules.decisions.table import CompiledInput
from engine.rules.feel import BOOLEAN, NUMBER, Dialect, Scope, compile_expression
from engine.values import Date, DateTime, DayTimeDuration, Time, YearMonthDuration

_NO_MOMENT: Final = DateTime(Date(1970, 1, 1), Time(0, 0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class Place:
    """Values of one column that all rows treat alike: an example, rows that surely or perhaps accept it.

    values  where they lie; None for all that no other place of the column has
    """

    example: object
    sure: int
    maybe: int
    values: Interval | None = None


def places_of(one: CompiledInput, everything: int) -> list[Place]:
    """All values the column may have, place by place in order; null is none of them."""
    column = one.column
    grid = column.grids.get(one.kind.name) or next(iter(column.grids.values()), None)
    if one.choices:
        found = _chosen(one, grid)
    elif one.kind is BOOLEAN:
        found = [_at(value, grid, column.others) for value in (False, True)]
    elif grid is None:
        example = 0 if one.kind is NUMBER else "…"
        found = [Place(example, column.others, column.others)]
    else:
        found = _along(grid)
    return [Place(p.example, p.sure, (p.maybe | column.dynamic) & everything, p.values) for p in found]


def tests_of(some: Collection[Place], places: Sequence[Place]) -> str:
    """The unary tests that pass just the values in `some` of a column's places; `-` for all of them.

    >>> tests_of([below_ten], [below_ten, ten, above_ten])
    '< 10'
    """
    chosen = {id(place) for place in some}
    inside = [id(place) in chosen for place in places]
    if all(inside):
        return "-"
    if any(place.values is None for place in some):
        rest = (place.values for place, known in zip(places, inside, strict=True) if not known)
        return f"not({_listed_tests(one for one in rest if one is not None)})"
    runs: list[Interval] = []
    previous = False
    for place, known in zip(places, inside, strict=True):
        values = place.values
        if known and values is not None:
            joined = _joined(runs[-1], values) if previous else None
            runs[-1:] = [joined] if joined else [*runs[-1:], values]
        previous = known
    return _listed_tests(runs)


def _joined(one: Interval, following: Interval) -> Interval | None:
    """Both as one stretch, if nothing lies between them."""
    touches = one.high_included != following.low_included
    if one.high is None or one.high != following.low or not touches:
        return None
    return Interval(one.low, following.high, one.low_included, following.high_included)


def _listed_tests(intervals: Iterator[Interval] | Sequence[Interval]) -> str:
    return ", ".join(dict.fromkeys(map(_test, intervals)))


def _test(one: Interval) -> str:
    if one.low is None:
        return f"{'<=' if one.high_included else '<'} {feel_literal(one.high)}"
    if one.high is None:
        return f"{'>=' if one.low_included else '>'} {feel_literal(one.low)}"
    if one.low == one.high:
        return feel_literal(one.low)
    opening, closing = "[" if one.low_included else "(", "]" if one.high_included else ")"
    return f"{opening}{feel_literal(one.low)}..{feel_literal(one.high)}{closing}"


def _chosen(one: CompiledInput, grid: Grid | None) -> list[Place]:
    """Only allowed values: those that are listed, and the places of a grid that pass."""
    test = compile_expression(one.choices, Scope({"?": one.kind}), Dialect.UNARY_TESTS)
    listed = [_at(value, grid, one.column.others) for value in _listed(one.choices)]
    known = {place.example for place in listed}
    further = [] if grid is None else [place for place in _along(grid) if place.example not in known]
    candidates = [*listed, *further]
    return [p for p in candidates if test.evaluate({"?": p.example}, now=_NO_MOMENT).value is True]


def _listed(text: str) -> list[Any]:
    compiled = compile_expression(f"[{text}]", Scope())
    value = compiled.evaluate({}, now=_NO_MOMENT).value if not compiled.problems else None
    values = value if isinstance(value, list) else []
    return [item for item in values if isinstance(item, str | int | Decimal | Date)]


def _at(value: object, grid: Grid | None, others: int) -> Place:
    mask = grid.lookup()(value) if grid is not None else others
    return Place(value, mask, mask, Interval(value, value))


def _along(grid: Grid) -> list[Place]:
    """Every place of the grid with a value in it; between two neighbours without one there is none."""
    points = grid.points
    if grid.is_plain and not _is_ordered(points[-1]):
        places = [
            Place(point, mask, mask, Interval(point, point))
            for point, mask in zip(points, grid.masks[1::2], strict=True)
        ]
        return [*places, Place(_other(points), grid.masks[0], grid.masks[0])]
    places = []
    for index, mask in enumerate(grid.masks):
        example = points[index // 2] if index % 2 else _between(points, index // 2)
        if example is not None:
            places.append(Place(example, mask, mask, _stretch(points, index)))
    return places


def _is_ordered(value: object) -> bool:
    """Texts and truth values are compared with single values, as a rule; everything else lies on a line."""
    return not isinstance(value, str | bool)


def _stretch(points: tuple[Any, ...], index: int) -> Interval:
    if index % 2:
        return Interval(points[index // 2], points[index // 2])
    low = points[index // 2 - 1] if index else None
    high = points[index // 2] if index // 2 < len(points) else None
    return Interval(low, high, low_included=False, high_included=False)


def _other(points: tuple[Any, ...]) -> object:
    """A value that is none of the points."""
    return "…" if isinstance(points[-1], str) and "…" not in points else _between(points, len(points))


def _between(points: tuple[Any, ...], index: int) -> object:
    """A value below point `index` and above the one before it; None if there is none."""
    below = points[index - 1] if index else None
    above = points[index] if index < len(points) else None
    make = _BETWEEN.get(type(below if above is None else above))
    try:
        return make(below, above) if make is not None else None
    except ValueError:
        return None


def _number_between(below: Any, above: Any) -> object:
    if below is None:
        return above - 1
    if above is None:
        return below + 1
    return below + 1 if above - below > 1 else (Decimal(below) + Decimal(above)) / 2


def _date_between(below: Date | None, above: Date | None) -> object:
    if below is None:
        return Date.from_ordinal(above.ordinal - 1) if above is not None else None
    following = Date.from_ordinal(below.ordinal + 1)
    return following if above is None or following < above else None


def _duration_between(below: Any, above: Any) -> object:
    end = below if above is None else above
    if isinstance(end, DayTimeDuration):
        amount = _number_between(*(None if one is None else one.nanos for one in (below, above)))
        return DayTimeDuration(int(amount)) if isinstance(amount, int) else None
    amount = _number_between(*(None if one is None else one.months for one in (below, above)))
    return YearMonthDuration(amount) if isinstance(amount, int) else None


def _text_between(below: str | None, above: str | None) -> object:
    """Texts are compared with single values as a rule; any other text stands for all the rest."""
    if above is None:
        return (below or "") + "…"
    candidate = (below or "") + "\u0001" if below else ""
    return "…" if below is None and above > "…" else (candidate if candidate < above else None)


_BETWEEN: Final[Mapping[type, Callable[[Any, Any], object]]] = MappingProxyType(
    {
        int: _number_between,
        Decimal: _number_between,
        str: _text_between,
        Date: _date_between,
        DayTimeDuration: _duration_between,
        YearMonthDuration: _duration_between,
    }
)
