"""Decision tables: compiled once; an index per input column, and a hit policy over the rows that are left.

Source: DMN 1.5, clause 8 (decision table).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.problems import Problem, Severity
from engine.rules.decisions import model
from engine.rules.decisions.boxed import Compiler
from engine.rules.decisions.cells import accepts
from engine.rules.decisions.columns import Column, Row, index_column
from engine.rules.decisions.hits import LISTS, Outputs, result_of, rows_of
from engine.rules.decisions.model import Aggregation, HitPolicy
from engine.rules.decisions.parts import DecisionMachine, Part, Run
from engine.rules.decisions.trace import TableTrace
from engine.rules.decisions.types import ANYTHING, Typed
from engine.rules.feel import (
    ANY,
    NUMBER,
    Compiled,
    ContextType,
    Dialect,
    FeelType,
    ListType,
    Scope,
    compile_expression,
)
from engine.rules.feel.kinds import shown
from engine.rules.feel.nodes import UnaryTests
from engine.rules.feel.types import common_type

_ORDERED: Final = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


@dataclass(frozen=True, slots=True)
class CompiledInput:
    """An input column: its expression, its index, what its values have to pass, and its type's choices."""

    part: Part
    column: Column
    allowed: Compiled | None
    kind: FeelType
    choices: str


@dataclass(frozen=True, slots=True)
class CompiledTable:
    """A table ready to run; the linter reads it too."""

    source: model.DecisionTable
    inputs: tuple[CompiledInput, ...]
    outputs: Outputs
    everything: int
    texts: tuple[tuple[str, ...], ...]

    def run(self, machine: DecisionMachine) -> object:
        policy, aggregation = self.source.hit_policy, self.source.aggregation
        mask, values, masks = self.everything, [], []
        for one in self.inputs:
            value = one.part.run(machine)
            if not self._allowed(machine, one, value):
                return None
            known = len(machine.problems)
            found = one.column.mask(machine, value, self.everything)
            if len(machine.problems) > known:
                machine.place(known, self.source.inputs[one.column.number - 1].id)
            values.append(value)
            masks.append(found)
            mask &= found
        labels = tuple(one.column.label for one in self.inputs)
        matched = tuple(row + 1 for row in rows_of(mask))
        machine.tables.append(
            TableTrace(self.source.id, labels, tuple(values), tuple(masks), matched, self.texts)
        )
        return result_of(machine, policy, aggregation, self.outputs, mask)

    def _allowed(self, machine: DecisionMachine, one: CompiledInput, value: object) -> bool:
        if one.allowed is None or value is None:
            return True
        if one.allowed.run(machine, {**machine.context, "?": value}) is True:
            return True
        at = self.source.inputs[one.column.number - 1].id
        params = {"label": one.column.label, "value": shown(value), "allowed": one.allowed.text}
        machine.note("decision.table.not-allowed", at, Severity.ERROR, column=one.column.number, **params)
        return False


@dataclass(slots=True)
class TableCompiler:
    """Compiles the tables of a model and keeps them for the linter, by the id of the table."""

    tables: dict[str, CompiledTable]

    def __call__(self, compiler: Compiler, source: model.DecisionTable, scope: Scope) -> Part:
        inputs = tuple(_input(compiler, source, number, scope) for number in range(len(source.inputs)))
        typed = [compiler.types.of(one.type, one.id, one.line) for one in source.outputs]
        outputs, kinds, reads = _outputs(compiler, source, scope, typed)
        table = CompiledTable(
            source,
            inputs,
            outputs,
            (1 << len(source.rules)) - 1,
            tuple(tuple(cell.text for cell in rule.inputs) for rule in source.rules),
        )
        self.tables[source.id] = table
        reads = reads.union(*(one.part.reads for one in inputs))
        return Part(table.run, _type(source, kinds), reads)


def _input(compiler: Compiler, source: model.DecisionTable, index: int, scope: Scope) -> CompiledInput:
    written = source.inputs[index]
    part = compiler.text(written.expression, written.expression.text, scope)
    declared = compiler.types.of(written.expression.type, written.expression.id, written.line)
    kind = declared.feel if declared is not ANYTHING else part.type
    inner = Scope({**scope.names, "?": kind}, scope.open, scope.types)
    label = written.label or written.expression.text.strip()
    rows = tuple(
        Row(rule.inputs[index], compiled, accepts(compiled))
        for number, rule in enumerate(source.rules)
        for compiled in (_cell(compiler, rule.inputs[index], inner, number + 1, index + 1),)
    )
    allowed = None
    if written.allowed:
        allowed = compile_expression(written.allowed, inner, Dialect.UNARY_TESTS)
        compiler.report(allowed.problems, written)
    column = index_column(index + 1, label, rows)
    return CompiledInput(part, column, allowed, kind, written.allowed or declared.allowed)


def _cell(compiler: Compiler, cell: model.Cell, scope: Scope, row: int, column: int) -> Compiled:
    """An empty cell is `-`, as many editors leave it."""
    compiled = compile_expression(cell.text if cell.text.strip() else "-", scope, Dialect.UNARY_TESTS)
    compiler.report(compiled.problems, cell, row=row, column=column)
    return compiled


def _outputs(
    compiler: Compiler, source: model.DecisionTable, scope: Scope, typed: list[Typed]
) -> tuple[Outputs, list[FeelType], frozenset[str]]:
    parts = [
        [_output(compiler, cell, scope, number + 1, column + 1) for column, cell in enumerate(rule.outputs)]
        for number, rule in enumerate(source.rules)
    ]
    kinds = [
        kind.feel if kind is not ANYTHING else _common([row[column].type for row in parts])
        for column, kind in enumerate(typed)
    ]
    outputs = Outputs(
        source.id,
        tuple(one.name or one.label for one in source.outputs),
        tuple(tuple(part.run for part in row) for row in parts),
        _defaults(compiler, source, scope),
        tuple(
            _order(compiler, source, one, kind, scope)
            for one, kind in zip(source.outputs, typed, strict=True)
        ),
    )
    return outputs, kinds, frozenset(name for row in parts for part in row for name in part.reads)


def _output(compiler: Compiler, cell: model.Cell, scope: Scope, row: int, column: int) -> Part:
    known = len(compiler.problems)
    part = compiler.text(cell, cell.text if cell.text.strip() not in ("", "-") else "null", scope)
    found = compiler.problems[known:]
    del compiler.problems[known:]
    compiler.report(found, cell, row=row, output=column)
    return part


def _defaults(compiler: Compiler, source: model.DecisionTable, scope: Scope) -> tuple[Run, ...] | None:
    if all(one.default is None for one in source.outputs):
        return None
    return tuple(
        compiler.text(one.default, one.default.text, scope).run if one.default is not None else _null
        for one in source.outputs
    )


def _null(_machine: DecisionMachine) -> None:
    return None


def _order(
    compiler: Compiler, source: model.DecisionTable, output: model.Output, typed: Typed, scope: Scope
) -> tuple[Compiled, ...]:
    """The output's allowed values, one test each, most important first."""
    text = output.allowed or typed.allowed
    if source.hit_policy not in _ORDERED:
        return ()
    if not text:
        params = {"name": output.name or output.label, "policy": str(source.hit_policy)}
        compiler.report([Problem("decision.table.no-order", params=params)], output)
        return ()
    inner = Scope({**scope.names, "?": typed.feel}, scope.open, scope.types)
    whole = compile_expression(text, inner, Dialect.UNARY_TESTS)
    compiler.report(whole.problems, output)
    if not isinstance(whole.node, UnaryTests):
        return ()
    slices = [text[test.span.start : test.span.end] for test in whole.node.tests]
    return tuple(compile_expression(one, inner, Dialect.UNARY_TESTS) for one in slices)


def _type(source: model.DecisionTable, kinds: list[FeelType]) -> FeelType:
    if source.aggregation in (Aggregation.SUM, Aggregation.COUNT):
        return NUMBER
    names = [one.name or one.label for one in source.outputs]
    one = kinds[0] if len(kinds) == 1 else ContextType(dict(zip(names, kinds, strict=True)))
    if source.aggregation is not None or source.hit_policy not in LISTS:
        return one
    return ListType(item=one)


def _common(kinds: list[FeelType]) -> FeelType:
    found = kinds[0] if kinds else ANY
    for kind in kinds[1:]:
        found = common_type(found, kind)
    return found
