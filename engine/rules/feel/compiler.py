"""The tree to closures, once. Names become slots, literal calls become constants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from engine.rules.feel import nodes
from engine.rules.feel.analysis import Analysis
from engine.rules.feel.binding import Bindings, Kind
from engine.rules.feel.calls import arranged, calls_built_in
from engine.rules.feel.closures import functions as calls
from engine.rules.feel.closures import logic, loops, names, operators
from engine.rules.feel.folding import folded
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.functions.signature import BuiltIn
from engine.rules.feel.kinds import is_instance
from engine.rules.feel.machine import Closure
from engine.rules.feel.nodes import Node, literal_position, reads_tested
from engine.rules.feel.tracing import recorded
from engine.rules.feel.type_names import resolve
from engine.rules.feel.types import ANY, NUMBER, ContextType, FunctionType, Scope, item_type


def compile_closure(
    node: Node, text: str, scope: Scope, analysis: Analysis, *, traced: bool = False
) -> tuple[Closure, int]:
    """The closure of the whole and the number of slots it needs.

    traced   every node's value is recorded in the machine's trace
    """
    compiler = ClosureCompiler(text, scope, analysis, traced=traced)
    closure = compiler.compile(node)
    return closure, compiler.slots


class ClosureCompiler:
    """Compiles nodes of one expression; `slots` is how many local names they need together."""

    def __init__(self, text: str, scope: Scope, analysis: Analysis, *, traced: bool) -> None:
        self.text = text
        self.scope = scope
        self.analysis = analysis
        self.traced = traced
        self.bindings: Bindings[int] = Bindings()
        self.slots = 0

    def compile(self, node: Node) -> Closure:
        closure = _BUILD[type(node)](self, node)
        return recorded(closure, node, self.text) if self.traced else closure

    def _slot(self) -> int:
        self.slots += 1
        return self.slots - 1

    def _bind(self, name: str) -> int:
        slot = self._slot()
        self.bindings.name(name, slot)
        return slot

    # names

    def name(self, node: nodes.Name) -> Closure:
        maybe: list[int] = []
        base: Closure | None = None
        for found in self.bindings.all(node.name):
            if found.kind is Kind.MAYBE:
                maybe.append(found.value)
            elif found.kind is Kind.ENTRY:
                base = names.path(names.local(found.value), node.name, node.span)
            elif node.name == "partial":
                base = names.growing(found.value, node.span)
            else:
                base = names.local(found.value)
        closure = base or self._outer(node)
        for slot in reversed(maybe):
            closure = names.entry_or(slot, node.name, closure)
        return closure

    def _outer(self, node: nodes.Name) -> Closure:
        """A name outside the scope stays unreadable, even if the context happens to hold it."""
        if node.name in self.scope.names:
            return names.root(node.name, node.span)
        if node.name in FUNCTIONS:
            return names.constant(FUNCTIONS[node.name])
        if self.scope.open:
            return names.root(node.name, node.span)
        return names.failing("feel.name.unknown", node.span, name=node.name)

    def path(self, node: nodes.Path) -> Closure:
        target = self.compile(node.target)
        kind = item_type(self.analysis.types.get(id(node.target), ANY))
        if isinstance(kind, ContextType) and not kind.open and node.name not in kind.fields:
            return names.unknown_entry(target, node.name, kind.name, node.span)
        return names.path(target, node.name, node.span)

    # operators

    def comparison(self, node: nodes.Comparison) -> Closure:
        left = self.compile(node.left)
        if isinstance(node.right, nodes.NumberLiteral | nodes.StringLiteral):
            return operators.comparison_with(node.operator, left, node.right.value, node.span)
        return operators.comparison(node.operator, left, self.compile(node.right), node.span)

    def logic(self, node: nodes.And | nodes.Or) -> Closure:
        closures = tuple(self.compile(operand) for operand in node.operands)
        spans = tuple(operand.span for operand in node.operands)
        make = logic.conjunction if isinstance(node, nodes.And) else logic.disjunction
        return make(closures, spans)

    def negation(self, node: nodes.Negation) -> Closure:
        if isinstance(node.operand, nodes.NumberLiteral):
            return names.constant(-node.operand.value)
        return operators.negation(self.compile(node.operand), node.span)

    def membership(self, node: nodes.In) -> Closure:
        first, again = self._once(node.value, len(node.tests))
        tested = [first, *[again] * (len(node.tests) - 1)]
        return logic.tests([self._test(test, one) for test, one in zip(node.tests, tested, strict=True)])

    def _once(self, value: Node, uses: int) -> tuple[Closure, Closure]:
        """The value when it is needed first, and again."""
        first = self.compile(value)
        if uses < 2:
            return first, first
        slot = self._slot()
        return names.kept(slot, first), names.local(slot)

    def _test(self, test: Node, tested: Closure) -> Closure:
        if isinstance(test, nodes.UnaryComparison):
            operand = self.compile(test.operand)
            return operators.comparison(test.operator, tested, operand, test.span)
        return logic.equality_test(self.compile(test), tested, test.span)

    def unary_tests(self, node: nodes.UnaryTests) -> Closure:
        tested = self.compile(nodes.Name(node.span, "?"))
        verdict = logic.tests([self._cell(test, tested) for test in node.tests])
        return logic.opposite(verdict) if node.negated else verdict

    def _cell(self, test: Node, tested: Closure) -> Closure:
        if isinstance(test, nodes.AnyTest):
            return names.constant(True)
        if reads_tested(test) and not isinstance(test, nodes.UnaryComparison):
            return logic.whole_test(self.compile(test), tested, test.span)
        return self._test(test, tested)

    def range(self, node: nodes.RangeNode) -> Closure:
        included = (node.low_included, node.high_included)
        low = self.compile(node.low) if node.low else None
        both = node.high is node.low
        high = low if both else (self.compile(node.high) if node.high else None)
        return logic.interval(low, high, included, node.operator, node.span)

    # constructs

    def _domains(self, written: tuple[nodes.Loop, ...]) -> list[loops.Domain]:
        domains = []
        for loop in written:
            source = self.compile(loop.source)
            end = self.compile(loop.end) if loop.end else None
            domains.append(loops.Domain(self._bind(loop.name), source, end, loop.span))
        return domains

    def for_(self, node: nodes.For) -> Closure:
        depth = len(self.bindings)
        domains = self._domains(node.loops)
        partial = self._bind("partial")
        body = self.compile(node.body)
        self.bindings.cut(depth)
        return loops.collected(domains, partial, body, node.span)

    def quantified(self, node: nodes.Quantified) -> Closure:
        depth = len(self.bindings)
        domains = self._domains(node.loops)
        condition = self.compile(node.condition)
        self.bindings.cut(depth)
        return loops.quantified(domains, condition, every=node.every)

    def filter(self, node: nodes.Filter) -> Closure:
        target = self.compile(node.target)
        position = literal_position(node.condition)
        if position is not None:
            return loops.indexed(target, position, node.span)
        depth = len(self.bindings)
        slot = self._slot()
        self.bindings.items(item_type(self.analysis.types.get(id(node.target), ANY)), slot)
        condition = self.compile(node.condition)
        self.bindings.cut(depth)
        by_number = self.analysis.types.get(id(node.condition)) is NUMBER
        return loops.filtered(target, slot, condition, node.span, by_number=by_number)

    def context(self, node: nodes.ContextNode) -> Closure:
        depth = len(self.bindings)
        entries = []
        for entry in node.entries:
            value = self.compile(entry.value)
            entries.append((entry.key, self._bind(entry.key), value))
        self.bindings.cut(depth)
        return names.made_context(entries, node.span)

    def function(self, node: nodes.FunctionDefinition) -> Closure:
        if node.external:
            return names.failing("feel.function.external", node.span)
        depth = len(self.bindings)
        parameters = tuple(
            (p.name, (resolve(p.type, self.scope) if p.type else None) or ANY, self._bind(p.name))
            for p in node.parameters
        )
        body = self.compile(node.body)
        self.bindings.cut(depth)
        kind = self.analysis.types.get(id(node), ANY)
        result = kind.result if isinstance(kind, FunctionType) else ANY
        return calls.definition(parameters, body, node.span, result)

    def call(self, node: nodes.Call) -> Closure:
        if isinstance(node.function, nodes.Name):
            name = node.function.name
            built_in = FUNCTIONS.get(name)
            if calls_built_in(name, self.bindings.find(name) is not None, self.scope):
                return self._built_in(node, built_in)
            arguments = [self.compile(argument) for argument in node.arguments]
            callee = self.compile(node.function)
            return calls.value_call(callee, built_in, arguments, node.names, node.span)
        arguments = [self.compile(argument) for argument in node.arguments]
        return calls.value_call(self.compile(node.function), None, arguments, node.names, node.span)

    def _built_in(self, node: nodes.Call, built_in: BuiltIn | None) -> Closure:
        if built_in is None:
            name = node.function.name if isinstance(node.function, nodes.Name) else ""
            return names.failing("feel.function.unknown", node.span, name=name)
        node = arranged(built_in, node)
        constant = folded(node)
        if constant is not None:
            return names.constant(constant.value)
        arguments = [self.compile(argument) for argument in node.arguments]
        return calls.built_in_call(built_in, arguments, node.names, node.span)

    def instance_of(self, node: nodes.InstanceOf) -> Closure:
        value = self.compile(node.value)
        kind = resolve(node.type, self.scope)
        if kind is None:
            return names.failing("feel.type.unknown", node.span, name=node.type.name)
        return lambda machine: is_instance(value(machine), kind)

    def temporal(self, node: nodes.TemporalLiteral) -> Closure:
        if node.value is None:
            params = {"value": node.text[:60], "kind": "date, time or duration"}
            return names.failing("feel.value.text", node.span, **params)
        return names.constant(node.value)


_BUILD: Final[dict[type[Node], Callable[[ClosureCompiler, Any], Closure]]] = {
    nodes.NumberLiteral: lambda _, node: names.constant(node.value),
    nodes.StringLiteral: lambda _, node: names.constant(node.value),
    nodes.BooleanLiteral: lambda _, node: names.constant(node.value),
    nodes.NullLiteral: lambda _, __: names.constant(None),
    nodes.TemporalLiteral: ClosureCompiler.temporal,
    nodes.Name: ClosureCompiler.name,
    nodes.Path: ClosureCompiler.path,
    nodes.Calculation: lambda c, node: operators.calculation(
        node.operator, c.compile(node.left), c.compile(node.right), node.span
    ),
    nodes.Negation: ClosureCompiler.negation,
    nodes.Comparison: ClosureCompiler.comparison,
    nodes.And: ClosureCompiler.logic,
    nodes.Or: ClosureCompiler.logic,
    nodes.Between: lambda c, node: logic.between(
        c.compile(node.value), c.compile(node.low), c.compile(node.high), node.span
    ),
    nodes.In: ClosureCompiler.membership,
    nodes.UnaryTests: ClosureCompiler.unary_tests,
    nodes.RangeNode: ClosureCompiler.range,
    nodes.If: lambda c, node: logic.choice(
        c.compile(node.condition), c.compile(node.then), c.compile(node.otherwise), node.condition.span
    ),
    nodes.For: ClosureCompiler.for_,
    nodes.Quantified: ClosureCompiler.quantified,
    nodes.Filter: ClosureCompiler.filter,
    nodes.ListNode: lambda c, node: names.made_list([c.compile(item) for item in node.items], node.span),
    nodes.ContextNode: ClosureCompiler.context,
    nodes.FunctionDefinition: ClosureCompiler.function,
    nodes.Call: ClosureCompiler.call,
    nodes.InstanceOf: ClosureCompiler.instance_of,
}
