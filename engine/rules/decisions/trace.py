"""How a decision came about, for the person who wrote the table: which rows matched, why others did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.problems import Problem
from engine.rules.feel.kinds import text_of


@dataclass(frozen=True, slots=True)
class FailedCell:
    """The first cell of a row that its input did not pass.

    row, column  counted from 1
    text         of the cell;  value  the input as FEEL writes it
    """

    row: int
    column: int
    label: str
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class TableTrace:
    """One evaluation of one decision table.

    labels, values  of the inputs, in order
    masks           per input: bit n is set if its cell in row n + 1 is passed
    matched         rows that matched, counted from 1
    cells           texts of the input cells, by row
    """

    table: str
    labels: tuple[str, ...]
    values: tuple[object, ...]
    masks: tuple[int, ...]
    matched: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]

    def failures(self) -> Iterator[FailedCell]:
        """For each row that did not match, the first cell that says no."""
        for row in range(len(self.cells)):
            for column, mask in enumerate(self.masks):
                if not mask >> row & 1:
                    yield self._failed(row, column)
                    break

    def _failed(self, row: int, column: int) -> FailedCell:
        shown = text_of(self.values[column])
        return FailedCell(row + 1, column + 1, self.labels[column], self.cells[row][column], shown)


@dataclass(frozen=True, slots=True)
class ElementTrace:
    """One element that was evaluated: input data, a decision, a called service or knowledge model."""

    id: str
    name: str
    value: object
    problems: tuple[Problem, ...] = ()
    tables: tuple[TableTrace, ...] = ()
