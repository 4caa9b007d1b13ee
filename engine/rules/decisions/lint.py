"""What a table's rows leave open, decide twice or never decide, with the rows and an example of the input.

The values of a column fall into the places of its index; a table is looked through place by place, column by
column, only as far as rows are left, and within a budget. A cell that only FEEL can decide may match or not:
it closes gaps and makes no overlaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.problems import Problem, Severity
from engine.rules.decisions.compile import CompiledDecisions
from engine.rules.decisions.hits import rows_of
from engine.rules.decisions.model import HitPolicy
from engine.rules.decisions.regions import Place, places_of, tests_of
from engine.rules.decisions.table import CompiledTable
from engine.rules.feel.kinds import text_of

BUDGET: Final = 20_000
LOOKS: Final = 2_000_000
SHOWN: Final = 20
MERGED: Final = 100
_EXCLUSIVE: Final = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY})
Gap = tuple[tuple[Place, ...], ...]
"""Places of every column whose combinations no row may match."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """problems  at a row or the table; `cells` among their params are unary tests of the values concerned
    covered   share of the combinations of values that some row may match, 0 to 1; None if it is not known
    """

    problems: tuple[Problem, ...]
    covered: float | None


def lint_decisions(compiled: CompiledDecisions) -> tuple[Problem, ...]:
    """All tables of the model; each problem is at a row or the table, `row` and `column` counted from 1."""
    return tuple(problem for table in compiled.tables.values() for problem in lint_table(table))


def lint_table(table: CompiledTable) -> tuple[Problem, ...]:
    return inspect_table(table).problems


def inspect_table(table: CompiledTable) -> Inspection:
    """Everything the rows say about each other, and how much they leave open."""
    linter = _Linter(table)
    return Inspection(tuple(linter.run()), linter.covered)


class _Linter:
    def __init__(self, table: CompiledTable) -> None:
        self.table = table
        self.columns = [places_of(one, table.everything) for one in table.inputs]
        self.covered: float | None = None
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
        cells = [tests_of([p for p in places if p.sure & both == both], places) for places in self.columns]
        params = {"row": other + 1, "first": row + 1, "second": other + 1, **self._shown(example)}
        params["cells"] = cells
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
        """What no row may match, in as few pieces as people need to see it."""
        columns = [_groups(places) for places in self.columns]
        found: list[Gap] = []
        open_share = 0.0
        for gap in self._empty(columns, 0, self.table.everything, ()):
            open_share += self._share(gap)
            if len(found) < MERGED:
                found.append(gap)
        if self.budget >= 0:
            self.covered = 1 - open_share
        for gap in _merged(found)[:SHOWN]:
            example = [places[0].example for places in gap]
            cells = [tests_of(some, places) for some, places in zip(gap, self.columns, strict=True)]
            params = {**self._shown(example), "cells": cells, "after": self._nearest(gap)}
            yield self._problem("decision.lint.gap", self.table.source.id, Severity.WARNING, **params)

    def _empty(self, columns: list[list[list[Place]]], column: int, left: int, gap: Gap) -> Iterator[Gap]:
        """Combinations of places that no row may match; the rest of the columns is any once none is left."""
        self.budget -= 1
        if self.budget < 0:
            return
        if not left:
            yield (*gap, *(tuple(places) for places in self.columns[column:]))
        elif column < len(columns):
            for group in columns[column]:
                yield from self._empty(columns, column + 1, left & group[0].maybe, (*gap, tuple(group)))

    def _share(self, gap: Gap) -> float:
        """How much of all combinations of places a gap is."""
        share = 1.0
        for some, places in zip(gap, self.columns, strict=True):
            share *= len(some) / len(places)
        return share

    def _nearest(self, gap: Gap) -> int:
        """The row that is most like the gap, the last of them."""
        rows = range(len(self.table.source.rules))
        return max(rows, key=lambda row: (self._likeness(gap, row), row)) + 1

    def _likeness(self, gap: Gap, row: int) -> int:
        """A cell that says something about the values of the gap counts most; one that takes any, less."""
        total = 0
        for some, places, one in zip(gap, self.columns, self.table.inputs, strict=True):
            if one.column.others >> row & 1:
                total += 1
            elif len(some) < len(places) and any(place.maybe >> row & 1 for place in some):
                total += 2
        return total

    def _search(self, columns: list[list[Place]], column: int, left: int) -> bool | None:
        """True if some combination of places is matched by none of the rows `left`."""
        self.budget -= 1
        if self.budget < 0 or not left:
            return True
        if column == len(columns):
            return None
        for group in _groups(columns[column]):
            if self._search(columns, column + 1, left & group[0].sure):
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


def _groups(places: list[Place]) -> list[list[Place]]:
    """The places of a column, those that the rows treat alike together."""
    groups: dict[tuple[int, int], list[Place]] = {}
    for place in places:
        groups.setdefault((place.sure, place.maybe), []).append(place)
    return [*groups.values()]


def _merged(gaps: list[Gap]) -> list[Gap]:
    """Gaps that differ in one column only are one gap."""
    merged: list[Gap] = []
    for gap in gaps:
        for index, other in enumerate(merged):
            apart = [at for at, (one, its) in enumerate(zip(gap, other, strict=True)) if one != its]
            if len(apart) == 1:
                at = apart[0]
                merged[index] = (*other[:at], (*other[at], *gap[at]), *other[at + 1 :])
                break
        else:
            merged.append(gap)
    return merged if len(merged) == len(gaps) else _merged(merged)
