"""One row of inputs, decided by a decision that is being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.problems import Problem
from engine.rules.decisions import CompiledDecisions, TableTrace
from engine.rules.decisions.evaluation import Node, Outcome
from engine.rules.decisions.grid import table_of
from engine.rules.decisions.literals import feel_literal
from engine.rules.feel import Scope, compile_expression
from engine.values import DateTime


@dataclass(frozen=True, slots=True)
class Trial:
    """How it went; values are FEEL text.

    value    of the whole decision
    matched  rows of its table that matched, counted from 1
    inputs   values that the columns compared
    passed   per column the rows, counted from 1, whose cell was passed
    outputs  per output column; of several rows a list
    """

    value: str
    problems: tuple[Problem, ...]
    matched: tuple[int, ...] = ()
    inputs: tuple[str, ...] = ()
    passed: tuple[tuple[int, ...], ...] = ()
    outputs: tuple[str, ...] = ()


def try_decision(compiled: CompiledDecisions, node: Node, given: Mapping[str, str], now: DateTime) -> Trial:
    """Decide by the inputs, each a FEEL text that names nothing; one that cannot be read is null."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, text in given.items():
        one = compile_expression(text or "null", Scope())
        result = one.evaluate({}, now=now)
        values[name] = result.value
        problems += [problem.within(at=f"/trial/{name}") for problem in (*one.problems, *result.problems)]
    outcome = compiled.evaluate(node.key[1], values, now)
    problems += outcome.problems
    value = feel_literal(outcome.value)
    table = table_of(compiled.model, node.key[1])
    trace = None if table is None else _trace(outcome, table.id)
    if table is None or trace is None:
        return Trial(value, tuple(problems))
    names = tuple(one.name or one.label for one in table.outputs)
    return Trial(
        value,
        tuple(problems),
        trace.matched,
        tuple(map(feel_literal, trace.values)),
        tuple(tuple(row + 1 for row in range(len(table.rules)) if mask >> row & 1) for mask in trace.masks),
        tuple(_outputs(outcome.value, names)),
    )


def _trace(outcome: Outcome, table: str) -> TableTrace | None:
    """The last evaluation of the table: a function may be called more than once."""
    found = [one for element in outcome.trace for one in element.tables if one.table == table]
    return found[-1] if found else None


def _outputs(value: object, names: tuple[str, ...]) -> list[str]:
    if len(names) == 1:
        return [feel_literal(value)]
    if isinstance(value, list):
        rows = [one if isinstance(one, Mapping) else {} for one in value]
        return [feel_literal([row.get(name) for row in rows]) for name in names]
    entries = value if isinstance(value, Mapping) else {}
    return [feel_literal(entries.get(name)) for name in names]
