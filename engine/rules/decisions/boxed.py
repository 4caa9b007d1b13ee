"""Boxed expressions to parts; the loops and calls are FEEL's own.

Source: DMN 1.5, clause 10.2.2 (boxed expressions) and 10.3.2.13 (functions).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final, cast

from engine.problems import Problem, Severity, Span
from engine.rules.decisions import model
from engine.rules.decisions.parts import DecisionMachine, Part, Run, nothing, text_part, with_slots
from engine.rules.decisions.types import ANYTHING, Typed, TypeTable
from engine.rules.feel import (
    ANY,
    BOOLEAN,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    Scope,
    compile_expression,
)
from engine.rules.feel.closures import loops
from engine.rules.feel.functions.signature import call_value
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Closure, Fault, Lambda, Machine
from engine.rules.feel.types import FUNCTION, common_type, item_type

_NOWHERE: Final = Span(0, 0)


@dataclass(slots=True)
class Compiler:
    """Compiles the logic of one model.

    problems  what is wrong whatever the values are, with the element's id and line
    table     compiles decision tables; they stand in a module of their own
    """

    types: TypeTable
    table: Callable[[Compiler, model.DecisionTable, Scope], Part]
    named: Mapping[str, FeelType] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def compile(self, expression: model.Expression | None, scope: Scope, at: str) -> Part:
        if expression is None:
            self.problems.append(Problem("decision.expression.missing", at))
            return nothing("decision.expression.missing", at)
        part = _COMPILE[type(expression)](self, expression, scope)
        if not expression.type or isinstance(expression, model.FunctionDefinition):
            return part
        return self._declared(part, expression)

    def _declared(self, part: Part, expression: model.Expression) -> Part:
        """An expression that names the type of its value is null where the value does not fit."""
        typed = self.types.of(expression.type, expression.id, expression.line)
        if typed is ANYTHING:
            return part
        run = part.run

        def fitting(machine: DecisionMachine) -> object:
            return fitted(machine, expression.id, typed.name, run(machine), typed)

        return Part(fitting, typed.feel, part.reads)

    def text(self, element: model.Element, text: str, scope: Scope) -> Part:
        """FEEL text; its static problems are the model's."""
        compiled = compile_expression(text, scope)
        self.report(compiled.problems, element)
        return text_part(compiled, element.id)

    def report(self, problems: Iterable[Problem], element: model.Element, **params: object) -> None:
        self.problems.extend(
            replace(problem, at=element.id, params={**problem.params, "line": element.line, **params})
            for problem in problems
        )

    def typed(self, variable: model.Variable) -> Typed:
        return self.types.of(variable.type, variable.id, variable.line)

    # boxed expressions

    def literal(self, expression: model.Literal, scope: Scope) -> Part:
        return self.text(expression, expression.text, scope)

    def context(self, expression: model.Context, scope: Scope) -> Part:
        entries: list[tuple[str, Run, Typed | None]] = []
        kinds: dict[str, FeelType] = {}
        names = dict(scope.names)
        result: Part | None = None
        reads: set[str] = set()
        for entry in expression.entries:
            name = entry.variable.name if entry.variable is not None else ""
            if name and _defines_function(entry.value):
                names[name] = FUNCTION
            part = self.compile(entry.value, Scope(names, scope.open, scope.types), entry.id)
            reads |= part.reads - kinds.keys()
            if entry.variable is None or not name:
                result = part
                continue
            typed = self.typed(entry.variable) if entry.variable.type else None
            kinds[name] = names[name] = typed.feel if typed is not None else part.type
            entries.append((name, part.run, typed))
        run = _context(entries, result, expression.id)
        return Part(run, result.type if result else ContextType(kinds), frozenset(reads))

    def relation(self, expression: model.Relation, scope: Scope) -> Part:
        names = [column.name for column in expression.columns]
        rows = [[self.compile(cell, scope, expression.id) for cell in row] for row in expression.rows]
        kinds = {
            name: _one_type(row[index].type for row in rows if index < len(row))
            for index, name in enumerate(names)
        }

        def run(machine: DecisionMachine) -> object:
            machine.spend(len(rows) * len(names), _NOWHERE)
            return [{name: part.run(machine) for name, part in zip(names, row, strict=False)} for row in rows]

        reads = frozenset(name for row in rows for part in row for name in part.reads)
        return Part(run, ListType(item=ContextType(kinds)), reads)

    def list(self, expression: model.BoxedList, scope: Scope) -> Part:
        items = [self.compile(item, scope, expression.id) for item in expression.items]

        def run(machine: DecisionMachine) -> object:
            machine.spend(len(items), _NOWHERE)
            return [item.run(machine) for item in items]

        kind = ListType(item=_one_type(item.type for item in items))
        return Part(run, kind, frozenset(name for item in items for name in item.reads))

    def invocation(self, expression: model.Invocation, scope: Scope) -> Part:
        function = self.compile(expression.function, scope, expression.id)
        bound = [
            (binding.parameter.name, self.compile(binding.value, scope, binding.id))
            for binding in expression.bindings
        ]
        names = tuple(name for name, _ in bound)

        def run(machine: DecisionMachine) -> object:
            callee = function.run(machine)
            known = len(machine.problems)
            values = [part.run(machine) for _, part in bound]
            try:
                return call_value(machine, callee, values, names)
            except Fault as fault:
                machine.fail_with(fault, _NOWHERE)
                machine.place(known, expression.id)
                return None

        kind = function.type.result if isinstance(function.type, FunctionType) else ANY
        reads = function.reads.union(*(part.reads for _, part in bound))
        return Part(run, kind, reads)

    def function(self, expression: model.FunctionDefinition, scope: Scope) -> Part:
        if expression.kind is not model.FunctionKind.FEEL:
            return nothing(
                "decision.function.kind", expression.id, kind=str(expression.kind), line=expression.line
            )
        typed = tuple(self.typed(parameter) for parameter in expression.parameters)
        names = tuple(parameter.name for parameter in expression.parameters)
        kinds = tuple(kind.feel for kind in typed)
        inner = Scope({**scope.names, **dict(zip(names, kinds, strict=True))}, scope.open, scope.types)
        body = self.compile(expression.body, inner, expression.id)
        result = self.types.of(expression.type, expression.id, expression.line).feel
        feel = FunctionType(kinds, body.type if result is ANY or isinstance(result, FunctionType) else result)

        def run(machine: DecisionMachine) -> object:
            return function_value(names, typed, body.run, machine.context, feel.result, expression.id)

        return Part(run, feel, body.reads - {*names})

    def conditional(self, expression: model.Conditional, scope: Scope) -> Part:
        """Unlike the `if` of FEEL text, a condition that is no boolean gives null."""
        condition, then, otherwise = (
            self.compile(part, scope, expression.id)
            for part in (expression.condition, expression.then, expression.otherwise)
        )

        def run(machine: DecisionMachine) -> object:
            verdict = condition.run(machine)
            if verdict is None or isinstance(verdict, bool):
                return then.run(machine) if verdict else otherwise.run(machine)
            params = {"value": shown(verdict), "kind": kind_of(verdict)}
            machine.note("decision.conditional.not-boolean", expression.id, Severity.ERROR, **params)
            return None

        kind = common_type(then.type, otherwise.type)
        return Part(run, kind, condition.reads | then.reads | otherwise.reads)

    def filter(self, expression: model.Filter, scope: Scope) -> Part:
        source = self.compile(expression.source, scope, expression.id)
        item = item_type(source.type)
        entries = item.fields if isinstance(item, ContextType) else {}
        inner = Scope({**scope.names, **entries, "item": item}, scope.open, scope.types)
        match = self.compile(expression.match, inner, expression.id)

        def tested(machine: Machine) -> object:
            one = machine.slots[0]
            names = {**machine.context, **one} if isinstance(one, dict) else {**machine.context}
            names["item"] = one
            return _within(match, machine, names)

        closure = loops.filtered(_closure(source), 0, tested, _NOWHERE, by_number=match.type.name == "number")
        kind = ListType(item=item) if match.type is BOOLEAN else ANY
        return Part(_placed(with_slots(closure, 1), expression.id), kind, source.reads | match.reads)

    def for_(self, expression: model.For, scope: Scope) -> Part:
        source = self.compile(expression.source, scope, expression.id)
        names = {expression.name: _loop_type(source.type), "partial": ListType()}
        inner = Scope({**scope.names, **names}, scope.open, scope.types)
        body = self.compile(expression.body, inner, expression.id)
        partial = "partial" in body.reads

        def turn(machine: Machine) -> object:
            names = {**machine.context, expression.name: machine.slots[0]}
            results = machine.slots[1]
            if partial and isinstance(results, list):
                machine.spend(len(results) // 16, _NOWHERE)
                names["partial"] = [*results]
            return _within(body, machine, names)

        domain = loops.Domain(0, _closure(source), None, _NOWHERE)
        closure = loops.collected([domain], 1, turn, _NOWHERE)
        kind = ListType(item=body.type)
        return Part(_placed(with_slots(closure, 2), expression.id), kind, source.reads | body.reads)

    def quantified(self, expression: model.Quantified, scope: Scope) -> Part:
        source = self.compile(expression.source, scope, expression.id)
        inner = Scope({**scope.names, expression.name: _loop_type(source.type)}, scope.open, scope.types)
        condition = self.compile(expression.condition, inner, expression.id)

        def turn(machine: Machine) -> object:
            return _within(condition, machine, {**machine.context, expression.name: machine.slots[0]})

        domain = loops.Domain(0, _closure(source), None, _NOWHERE)
        closure = loops.quantified([domain], turn, every=expression.every)
        return Part(_placed(with_slots(closure, 1), expression.id), BOOLEAN, source.reads | condition.reads)

    def decision_table(self, expression: model.DecisionTable, scope: Scope) -> Part:
        return self.table(self, expression, scope)


def function_value(
    names: tuple[str, ...],
    typed: tuple[Typed, ...],
    body: Run,
    context: Mapping[str, object],
    result: FeelType,
    at: str,
) -> Lambda:
    """A function whose body is a part; it sees `context` as it is when it is called, and its parameters."""

    def called(machine: Machine) -> object:
        own = cast("DecisionMachine", machine)
        arguments = dict(zip(names, machine.slots, strict=False))
        for name, kind in zip(names, typed, strict=True):
            fits, value = kind.fit(arguments[name], machine.now)
            if not fits:
                misfit(own, at, name, arguments[name], kind)
                return None
            arguments[name] = value
        own.context = {**context, **arguments}
        return body(own)

    slots = tuple(range(len(names)))
    kinds = tuple(kind.feel for kind in typed)
    return Lambda(names, kinds, called, context, slots, [None] * len(names), _NOWHERE, result)


def misfit(machine: DecisionMachine, at: str, name: str, value: object, typed: Typed) -> None:
    """A value that its type does not allow; null stands in its place."""
    machine.note(
        "decision.value.type", at, name=name, value=shown(value), kind=kind_of(value), type=typed.name
    )


def fitted(machine: DecisionMachine, at: str, name: str, value: object, typed: Typed) -> object:
    """The value made to fit its type, or null and a problem."""
    fits, result = typed.fit(value, machine.now)
    if not fits:
        misfit(machine, at, name, value, typed)
    return result


def _context(entries: list[tuple[str, Run, Typed | None]], result: Part | None, at: str) -> Run:
    """Each entry sees those before it, and a function also itself: it keeps the names, not a copy of them."""

    def run(machine: DecisionMachine) -> object:
        machine.spend(len(entries), _NOWHERE)
        outer = machine.context
        names = {**outer}
        made: dict[str, object] = {}
        machine.context = names
        try:
            for name, entry, typed in entries:
                value = entry(machine)
                if typed is not None:
                    value = fitted(machine, at, name, value, typed)
                made[name] = names[name] = value
            return result.run(machine) if result is not None else made
        finally:
            machine.context = outer

    return run


def _defines_function(expression: model.Expression | None) -> bool:
    if isinstance(expression, model.Literal):
        return expression.text.lstrip().startswith("function")
    return isinstance(expression, model.FunctionDefinition)


def _closure(part: Part) -> Closure:
    return cast("Closure", part.run)


def _placed(run: Run, at: str) -> Run:
    def placed(machine: DecisionMachine) -> object:
        known = len(machine.problems)
        value = run(machine)
        if len(machine.problems) > known:
            machine.place(known, at)
        return value

    return placed


def _within(part: Part, machine: Machine, names: Mapping[str, object]) -> object:
    outer = machine.context
    machine.context = names
    try:
        return part.run(cast("DecisionMachine", machine))
    finally:
        machine.context = outer


def _loop_type(source: FeelType) -> FeelType:
    return source.item if source.name in ("list", "range") and hasattr(source, "item") else source


def _one_type(kinds: Iterable[FeelType]) -> FeelType:
    found: FeelType | None = None
    for kind in kinds:
        found = kind if found is None else common_type(found, kind)
    return found or ANY


_COMPILE: Final[Mapping[type, Callable[[Compiler, Any, Scope], Part]]] = MappingProxyType(
    {
        model.Literal: Compiler.literal,
        model.Context: Compiler.context,
        model.Relation: Compiler.relation,
        model.BoxedList: Compiler.list,
        model.Invocation: Compiler.invocation,
        model.FunctionDefinition: Compiler.function,
        model.Conditional: Compiler.conditional,
        model.Filter: Compiler.filter,
        model.For: Compiler.for_,
        model.Quantified: Compiler.quantified,
        model.DecisionTable: Compiler.decision_table,
    }
)
