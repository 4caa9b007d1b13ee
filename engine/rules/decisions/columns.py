"""An input column as an index: from a value to the bit mask of the rows whose cell accepts it.

The ends of all cells of one kind of value, sorted, divide its values into places: 2 i is between two ends,
2 i + 1 is end i itself. Every place has a mask. Where all cells are single values a hash is enough.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.problems import Severity
from engine.rules.decisions.cells import Accepts, Interval
from engine.rules.decisions.model import Cell
from engine.rules.decisions.parts import DecisionMachine
from engine.rules.feel import Compiled
from engine.rules.feel.kinds import KINDS, kind_of, shown

Lookup = Callable[[Any], int]


@dataclass(frozen=True, slots=True)
class Grid:
    """All values of one kind: `points` sorted, and a mask for each of the 2 n + 1 places."""

    points: tuple[Any, ...]
    masks: tuple[int, ...]

    @property
    def is_plain(self) -> bool:
        """Whether all values that are no point are alike."""
        return len({*self.masks[::2]}) == 1

    def lookup(self) -> Lookup:
        """From a value of the kind to its mask, by the cheapest way that tells all places apart."""
        between, at = self.masks[::2], self.masks[1::2]
        if self.is_plain:
            return _Known(between[0], dict(zip(self.points, at, strict=True))).__getitem__
        if at == between[1:]:
            return _searched(bisect_right, self.points, between)
        if at == between[:-1]:
            return _searched(bisect_left, self.points, between)
        return _bisected(self.points, self.masks)


class _Known(dict[Any, int]):
    """Values that cells name; every other value has the mask `other`."""

    __slots__ = ("other",)

    def __init__(self, other: int, known: Mapping[Any, int]) -> None:
        super().__init__(known)
        self.other = other

    def __missing__(self, value: object) -> int:
        return self.other


def _searched(
    search: Callable[[Sequence[Any], Any], int], points: Sequence[Any], masks: Sequence[int]
) -> Lookup:
    return lambda value: masks[search(points, value)]


def _bisected(points: Sequence[Any], masks: Sequence[int]) -> Lookup:
    left, right = bisect_left, bisect_right
    return lambda value: masks[left(points, value) + right(points, value)]


@dataclass(frozen=True, slots=True)
class Row:
    """One cell: its tests compiled, and what they accept if that is constant."""

    cell: Cell
    compiled: Compiled
    accepts: Accepts | None


@dataclass(frozen=True, slots=True)
class Column:
    """grids    by kind of value; a kind without one is accepted by `others` only
    others   rows that accept every value;  null  rows that accept null
    dynamic  rows whose cell has to be evaluated
    """

    number: int
    label: str
    rows: tuple[Row, ...]
    grids: Mapping[str, Grid]
    lookups: Mapping[type, Lookup]
    others: int
    null: int
    dynamic: int

    @property
    def is_constant(self) -> bool:
        return not self.dynamic

    def mask(self, machine: DecisionMachine, value: object, wanted: int) -> int:
        """The rows of `wanted` whose cell accepts the value; what cannot be decided is a problem."""
        find = self.lookups.get(type(value))
        if find is not None:
            fixed = find(value)
        elif value is None:
            fixed = self._null(machine, wanted)
        elif kind_of(value) in _COMPARABLE:
            fixed = self._other_kind(machine, value, wanted)
        else:
            return self._evaluated(machine, value, wanted & ~self.others) | (wanted & self.others)
        if wanted & self.dynamic:
            fixed |= self._evaluated(machine, value, wanted & self.dynamic)
        return fixed & wanted

    def _null(self, machine: DecisionMachine, wanted: int) -> int:
        if wanted & ~self.null & ~self.dynamic:
            machine.note(
                "decision.table.null-input", "", Severity.WARNING, column=self.number, label=self.label
            )
        return self.null

    def _other_kind(self, machine: DecisionMachine, value: object, wanted: int) -> int:
        if wanted & ~self.others & ~self.dynamic:
            expected = ", ".join(self.grids) or "null"
            params = {"value": shown(value), "kind": kind_of(value), "expected": expected}
            machine.note(
                "decision.table.input-kind",
                "",
                Severity.ERROR,
                column=self.number,
                label=self.label,
                **params,
            )
        return self.others

    def _evaluated(self, machine: DecisionMachine, value: object, wanted: int) -> int:
        """Rows of `wanted` whose compiled cell is true."""
        context = {**machine.context, "?": value}
        mask = 0
        while wanted:
            bit = wanted & -wanted
            wanted ^= bit
            row = self.rows[bit.bit_length() - 1]
            known = len(machine.problems)
            if row.compiled.run(machine, context) is True:
                mask |= bit
            if len(machine.problems) > known:
                machine.place(known, row.cell.id, row=bit.bit_length(), column=self.number)
        return mask


_COMPARABLE: Final = frozenset(
    {"number", "string", "boolean", "date", "days and time duration", "years and months duration"}
)


def index_column(number: int, label: str, rows: tuple[Row, ...]) -> Column:
    others = _mask(
        i for i, row in enumerate(rows) if row.accepts and (row.accepts.anything or row.accepts.not_null)
    )
    null = _mask(
        i for i, row in enumerate(rows) if row.accepts and (row.accepts.anything or row.accepts.null)
    )
    dynamic = _mask(i for i, row in enumerate(rows) if row.accepts is None)
    kinds = sorted({kind for row in rows if row.accepts for kind in row.accepts.intervals})
    grids = {kind: _grid(rows, kind, others) for kind in kinds}
    lookups = {
        python: grids[kind].lookup()
        for python, kind in KINDS.items()
        if kind in grids and kind in _COMPARABLE
    }
    return Column(number, label, rows, grids, lookups, others, null, dynamic)


def _mask(numbers: Iterable[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def _grid(rows: tuple[Row, ...], kind: str, others: int) -> Grid:
    intervals = [
        (1 << number, row.accepts.intervals.get(kind, ())) for number, row in enumerate(rows) if row.accepts
    ]
    points = sorted(
        {end for _, some in intervals for one in some for end in (one.low, one.high) if end is not None}
    )
    changes = [0] * (2 * len(points) + 2)
    for bit, some in intervals:
        for first, last in _joined(_places(one, points) for one in some):
            changes[first] ^= bit
            changes[last + 1] ^= bit
    masks, current = [], 0
    for change in changes[:-1]:
        current ^= change
        masks.append(current | others)
    return Grid(tuple(points), tuple(masks))


def _places(one: Interval, points: list[Any]) -> tuple[int, int]:
    """The first and the last place inside; the last is before the first if there is none."""
    first, last = 0, 2 * len(points)
    if one.low is not None:
        first = 2 * bisect_left(points, one.low) + (1 if one.low_included else 2)
    if one.high is not None:
        last = 2 * bisect_left(points, one.high) + (1 if one.high_included else 0)
    return first, last


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of places that do not touch, so that each is entered and left once."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(one for one in places if one[0] <= one[1]):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
