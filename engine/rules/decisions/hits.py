"""Hit policies: from the rows that matched to the value of the table.

Source: DMN 1.5, clause 8.2.8 (hit policies) and 8.2.9 (aggregation).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from engine.problems import Severity
from engine.rules.decisions.model import Aggregation, HitPolicy
from engine.rules.decisions.parts import DecisionMachine, Run
from engine.rules.feel import Compiled
from engine.rules.feel.equality import equal
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.machine import NOWHERE, Fault

LISTS: Final = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})
_FUNCTIONS: Final = {Aggregation.SUM: "sum", Aggregation.MIN: "min", Aggregation.MAX: "max"}


@dataclass(frozen=True, slots=True)
class Outputs:
    """names     of the output columns; one column gives its value, several give a context
    rows      per row and column
    defaults  None if the table has none
    order     per column the unary tests of its values, most important first
    """

    at: str
    names: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]
    defaults: tuple[Run, ...] | None
    order: tuple[tuple[Compiled, ...], ...] = field(default=())

    def values(self, machine: DecisionMachine, row: int) -> tuple[object, ...]:
        return tuple(run(machine) for run in self.rows[row])

    def shaped(self, values: tuple[object, ...]) -> object:
        return values[0] if len(self.names) == 1 else dict(zip(self.names, values, strict=True))

    def value(self, machine: DecisionMachine, row: int) -> object:
        return self.shaped(self.values(machine, row))

    def default(self, machine: DecisionMachine) -> object:
        return None if self.defaults is None else self.shaped(tuple(run(machine) for run in self.defaults))


def result_of(
    machine: DecisionMachine, policy: HitPolicy, aggregation: Aggregation | None, outputs: Outputs, mask: int
) -> object:
    """The table's value when the rows of `mask` match."""
    rows = rows_of(mask)
    if not rows:
        return _no_match(machine, policy, aggregation, outputs)
    if aggregation is not None:
        return _aggregated(machine, aggregation, [outputs.value(machine, row) for row in rows], outputs.at)
    return _POLICIES[policy](machine, outputs, rows)


def rows_of(mask: int) -> list[int]:
    """The numbers of the set bits, lowest first."""
    rows = []
    while mask:
        bit = mask & -mask
        rows.append(bit.bit_length() - 1)
        mask ^= bit
    return rows


def _no_match(
    machine: DecisionMachine, policy: HitPolicy, aggregation: Aggregation | None, outputs: Outputs
) -> object:
    """The default outputs; else nothing collected is an empty list, its count zero, anything else null."""
    if outputs.defaults is not None:
        return outputs.default(machine)
    if aggregation is Aggregation.COUNT:
        return 0
    if policy in LISTS and aggregation is None:
        return []
    machine.note("decision.table.no-match", outputs.at, Severity.WARNING)
    return None


def _aggregated(machine: DecisionMachine, aggregation: Aggregation, values: list[object], at: str) -> object:
    if aggregation is Aggregation.COUNT:
        return len(values)
    known = len(machine.problems)
    try:
        return FUNCTIONS[_FUNCTIONS[aggregation]].call(machine, [values])
    except Fault as fault:
        machine.fail_with(fault, NOWHERE)
        machine.place(known, at)
        return None


def _unique(machine: DecisionMachine, outputs: Outputs, rows: list[int]) -> object:
    if len(rows) > 1:
        machine.note("decision.table.several-match", outputs.at, rows=[row + 1 for row in rows])
        return None
    return outputs.value(machine, rows[0])


def _first(machine: DecisionMachine, outputs: Outputs, rows: list[int]) -> object:
    return outputs.value(machine, rows[0])


def _any(machine: DecisionMachine, outputs: Outputs, rows: list[int]) -> object:
    value = outputs.value(machine, rows[0])
    for row in rows[1:]:
        if equal(value, outputs.value(machine, row)) is not True:
            machine.note("decision.table.any-differs", outputs.at, rows=[rows[0] + 1, row + 1])
            return None
    return value


def _collected(machine: DecisionMachine, outputs: Outputs, rows: list[int]) -> object:
    return [outputs.value(machine, row) for row in rows]


def _ordered(machine: DecisionMachine, outputs: Outputs, rows: list[int]) -> list[object]:
    found = [outputs.values(machine, row) for row in rows]
    found.sort(key=lambda values: _rank(machine, outputs, values))
    return [outputs.shaped(values) for values in found]


def _rank(machine: DecisionMachine, outputs: Outputs, values: tuple[object, ...]) -> tuple[int, ...]:
    return tuple(_position(machine, tests, value) for tests, value in zip(outputs.order, values, strict=True))


def _position(machine: DecisionMachine, tests: tuple[Compiled, ...], value: object) -> int:
    """Where the value stands among those that the column allows; anything else comes last."""
    context = {"?": value}
    return next((i for i, test in enumerate(tests) if test.run(machine, context) is True), len(tests))


def _priority(machine: DecisionMachine, outputs: Outputs, rows: list[int]) -> object:
    return _ordered(machine, outputs, rows)[0]


_POLICIES: Final[Mapping[HitPolicy, Callable[[DecisionMachine, Outputs, list[int]], object]]] = (
    MappingProxyType(
        {
            HitPolicy.UNIQUE: _unique,
            HitPolicy.FIRST: _first,
            HitPolicy.ANY: _any,
            HitPolicy.PRIORITY: _priority,
            HitPolicy.COLLECT: _collected,
            HitPolicy.RULE_ORDER: _collected,
            HitPolicy.OUTPUT_ORDER: _ordered,
        }
    )
)
