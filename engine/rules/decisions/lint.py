"""What a table's rows leave open, decide twice or never decide, with the rows and an example of the input.

The values of a column fall into the places of its index; a table is looked through place by place, column by
column, only as far as rows are left, and within a budget. A cell that only FEEL can decide may match or not:
it closes gaps and makes no overlaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from engine.problems import Problem, Severity
from engine.rules.decisions.columns import Grid
from engine.rules.decisions.compile import CompiledDecisions
from engine.rules.decisions.hits import rows_of
from engine.rules.decisions.model import HitPolicy
from engine.rules.decisions.table import CompiledInput, CompiledTable
from engine.rules.feel import BOOLEAN, NUMBER, Dialect, Scope, compile_expression
from engine.rules.feel.kinds import text_of
from engine.values import Date, DateTime, DayTimeDuration, Time, YearMonthDuration

BUDGET: Final = 20_000
LOOKS: Final = 2_000_000
SHOWN: Final = 20
_NO_MOMENT: Final = DateTime(Date(1970, 1, 1), Time(0, 0, 0, 0, 0))
_EXCLUSIVE: Final = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY})


@dataclass(frozen=True, slots=True)
class Place:
    """Values of one column that all rows treat alike: an example, rows that surely or perhaps accept it."""

    example: object
    sure: int
    maybe: int


def lint_decisions(compiled: CompiledDecisions) -> tuple[Problem, ...]:
    """All tables of the model; each problem is at a row or the table, `row` and `column` counted from 1."""
    return tuple(problem for table in compiled.tables.values() for problem in lint_table(table))


def lint_table(table: CompiledTable) -> tuple[Problem, ...]:
    return tuple(_Linter(table).run())


class _Linter:
    def __init__(self, table: CompiledTable) -> None:
        self.table = table
        self.columns = [_places(one, table.everything) for one in table.inputs]
        self.budget = BUDGET
        self.looks = LOOKS

    def run(self) -> Iterator[Problem]:
        if not self.table.inputs or not self.table.everything:
            return
        yield from self._never()
        policy = self.table.source.hit_policy
        if policy in _EXCLUSIVE:
            yield from self._overlaps(policy)
        if policy is HitPolicy.FIRST:
            yield from self._unreachable()
        if self.table.outputs.defaults is None:
            yield from self._gaps()
        if self.budget < 0 or self.looks < 0:
            yield self._problem("decision.lint.large", self.table.source.id, Severity.WARNING)

    def _problem(self, code: str, at: str, severity: Severity, **params: object) -> Problem:
        return Problem(code, at, {"line": self.table.source.line, **params}, severity)

    def _never(self) -> Iterator[Problem]:
        """Cells that no value passes, such as `[5..1]`."""
        for column, places in zip(self.table.inputs, self.columns, strict=True):
            reached = column.column.null
            for place in places:
                reached |= place.maybe
            for row in rows_of(self.table.everything & ~reached)[:SHOWN]:
                cell = self.table.source.rules[row].inputs[column.column.number - 1]
                params = {"row": row + 1, "column": column.column.number, "text": cell.text}
                yield self._problem("decision.lint.never", cell.id, Severity.WARNING, **params)

    def _overlaps(self, policy: HitPolicy) -> Iterator[Problem]:
        """Pairs of rows that some input matches at once."""
        found = 0
        for row in range(len(self.table.source.rules)):
            others = self._meeting(row)
            for other in rows_of(others):
                if policy is HitPolicy.ANY and self._same_output(row, other):
                    continue
                yield self._overlap(row, other, policy)
                found += 1
                if found >= SHOWN:
                    return

    def _meeting(self, row: int) -> int:
        """Later rows that share a place with `row` in every column."""
        bit, later = 1 << row, self.table.everything & -(2 << row)
        for places in self.columns:
            self.looks -= len(places)
            if not later or self.looks < 0:
                return 0
            shared = 0
            for place in places:
                if place.sure & bit:
                    shared |= place.sure
            later &= shared
        return later

    def _overlap(self, row: int, other: int, policy: HitPolicy) -> Problem:
        both = 1 << row | 1 << other
        example = [next(p.example for p in places if p.sure & both == both) for places in self.columns]
        code = "decision.lint.overlap" if policy is HitPolicy.UNIQUE else "decision.lint.any-conflict"
        params = {"row": other + 1, "first": row + 1, "second": other + 1, **self._shown(example)}
        return self._problem(code, self.table.source.rules[other].id, Severity.ERROR, **params)

    def _same_output(self, row: int, other: int) -> bool:
        rules = self.table.source.rules
        return [c.text.strip() for c in rules[row].outputs] == [c.text.strip() for c in rules[other].outputs]

    def _unreachable(self) -> Iterator[Problem]:
        """Rows of which every input is taken by an earlier one."""
        for row in range(1, len(self.table.source.rules)):
            bit = 1 << row
            own = [[p for p in places if p.maybe & bit] for places in self.columns]
            if all(own) and self._search(own, 0, bit - 1) is None and self.budget >= 0:
                params = {"row": row + 1}
                at = self.table.source.rules[row].id
                yield self._problem("decision.lint.unreachable", at, Severity.WARNING, **params)

    def _gaps(self) -> Iterator[Problem]:
        columns = [_distinct(places) for places in self.columns]
        for count, example in enumerate(self._empty(columns, 0, self.table.everything, [])):
            if count >= SHOWN:
                return
            params = self._shown(example)
            yield self._problem("decision.lint.gap", self.table.source.id, Severity.WARNING, **params)

    def _empty(
        self, columns: list[list[Place]], column: int, left: int, example: list[object]
    ) -> Iterator[list[object]]:
        """Combinations of places that no row may match; the rest of the columns is any once none is left."""
        self.budget -= 1
        if self.budget < 0:
            return
        if not left:
            yield [*example, *(places[0].example for places in columns[column:])]
        elif column < len(columns):
            for place in columns[column]:
                yield from self._empty(columns, column + 1, left & place.maybe, [*example, place.example])

    def _search(self, columns: list[list[Place]], column: int, left: int) -> bool | None:
        """True if some combination of places is matched by none of the rows `left`."""
        self.budget -= 1
        if self.budget < 0 or not left:
            return True
        if column == len(columns):
            return None
        for place in _distinct(columns[column]):
            if self._search(columns, column + 1, left & place.sure):
                return True
        return None

    def _shown(self, example: list[object]) -> dict[str, object]:
        pairs = [
            f"{one.column.label} = {_text(value)}"
            for one, value in zip(self.table.inputs, example, strict=True)
        ]
        return {"example": ", ".join(pairs), "inputs": [_text(value) for value in example]}


def _text(value: object) -> str:
    return text_of([value])[1:-1]


def _distinct(places: list[Place]) -> list[Place]:
    """One place for all that the rows treat alike."""
    return list({(place.sure, place.maybe): place for place in reversed(places)}.values())[::-1]


def _places(one: CompiledInput, everything: int) -> list[Place]:
    """All values the column may have, place by place; null is none of them."""
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
    return [Place(p.example, p.sure, (p.maybe | column.dynamic) & everything) for p in found]


def _chosen(one: CompiledInput, grid: Grid | None) -> list[Place]:
    """Only allowed values: those that are listed, and the places of a grid that pass."""
    test = compile_expression(one.choices, Scope({"?": one.kind}), Dialect.UNARY_TESTS)
    listed = _listed(one.choices, one)
    candidates = [_at(value, grid, one.column.others) for value in listed]
    if grid is not None:
        candidates += _along(grid)
    return [p for p in candidates if test.evaluate({"?": p.example}, now=_NO_MOMENT).value is True]


def _listed(text: str, one: CompiledInput) -> list[object]:
    compiled = compile_expression(f"[{text}]", Scope())
    value = compiled.evaluate({}, now=_NO_MOMENT).value if not compiled.problems else None
    values = value if isinstance(value, list) else []
    return [item for item in values if isinstance(item, str | int | Decimal | Date)]


def _at(value: object, grid: Grid | None, others: int) -> Place:
    mask = grid.lookup()(value) if grid is not None else others
    return Place(value, mask, mask)


def _along(grid: Grid) -> list[Place]:
    """Every place of the grid with a value in it; between two neighbours without one there is none."""
    if grid.is_plain:
        places = [Place(point, mask, mask) for point, mask in zip(grid.points, grid.masks[1::2], strict=True)]
        return [*places, Place(_other(grid.points), grid.masks[0], grid.masks[0])]
    places = []
    for index, mask in enumerate(grid.masks):
        example = grid.points[index // 2] if index % 2 else _between(grid.points, index // 2)
        if example is not None:
            places.append(Place(example, mask, mask))
    return places


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
