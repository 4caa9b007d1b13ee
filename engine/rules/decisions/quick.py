"""The usual table — constant cells over input data, one row decides — as a function that only looks up.

Whatever is unusual in the values (missing, of another type, no or several rows) is left to the full
evaluation, which also says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from engine.rules.decisions.columns import Lookup
from engine.rules.decisions.model import HitPolicy
from engine.rules.decisions.table import CompiledTable
from engine.rules.decisions.types import Typed
from engine.rules.feel import Result, compile_expression
from engine.rules.feel.nodes import Name
from engine.rules.feel.types import Scope
from engine.values import Date, DateTime, Time

Prepared = Callable[[Mapping[str, object], DateTime], Result]
_NO_MOMENT: Final = DateTime(Date(1970, 1, 1), Time(0, 0, 0, 0, 0))
_SINGLE: Final = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST})


def quick_table(
    table: CompiledTable, classes: Mapping[str, frozenset[type] | None], typed: Typed, full: Prepared
) -> Prepared | None:
    """The function; None if the table is not of the usual kind.

    classes  the input data that the decision requires, with the classes its type allows without a look
    """
    columns = _columns(table, classes)
    results = _results(table, typed)
    if columns is None or results is None or {name for name, _ in columns} != classes.keys():
        return None
    if table.source.hit_policy is HitPolicy.FIRST:
        return _first(table.everything, columns, results, full)
    return _only(table.everything, columns, results, full)


_Columns = tuple[tuple[str, Mapping[type, Lookup]], ...]


def _columns(table: CompiledTable, classes: Mapping[str, frozenset[type] | None]) -> _Columns | None:
    found = []
    for one, written in zip(table.inputs, table.source.inputs, strict=True):
        node = compile_expression(written.expression.text, Scope(open=True)).node
        if (
            one.column.dynamic
            or one.allowed is not None
            or written.expression.type not in ("", one.kind.name)
        ):
            return None
        if not isinstance(node, Name) or node.name not in classes:
            return None
        allowed = classes[node.name]
        found.append(
            (
                node.name,
                {c: find for c, find in one.column.lookups.items() if allowed is None or c in allowed},
            )
        )
    return tuple(found)


def _results(table: CompiledTable, typed: Typed) -> list[Result] | None:
    """The result of each row, at its number counted from 1."""
    if table.source.hit_policy not in _SINGLE:
        return None
    results = [Result(None)]
    for rule in table.source.rules:
        compiled = [compile_expression(cell.text, Scope()) for cell in rule.outputs]
        if any(one.problems or one.paths or one.reads_clock for one in compiled):
            return None
        values = [one.evaluate({}, now=_NO_MOMENT) for one in compiled]
        fits, value = typed.fit(table.outputs.shaped(tuple(one.value for one in values)), _NO_MOMENT)
        if not fits or any(one.problems for one in values):
            return None
        results.append(Result(value))
    return results


def _only(everything: int, columns: _Columns, results: list[Result], full: Prepared) -> Prepared:
    def decided(inputs: Mapping[str, object], now: DateTime) -> Result:
        mask = everything
        try:
            for name, lookups in columns:
                value = inputs[name]
                mask &= lookups[type(value)](value)
        except KeyError:
            return full(inputs, now)
        if not mask or mask & (mask - 1):
            return full(inputs, now)
        return results[mask.bit_length()]

    return decided


def _first(everything: int, columns: _Columns, results: list[Result], full: Prepared) -> Prepared:
    def decided(inputs: Mapping[str, object], now: DateTime) -> Result:
        mask = everything
        try:
            for name, lookups in columns:
                value = inputs[name]
                mask &= lookups[type(value)](value)
        except KeyError:
            return full(inputs, now)
        if not mask:
            return full(inputs, now)
        return results[(mask & -mask).bit_length()]

    return decided
