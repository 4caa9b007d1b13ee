"""What can be known before evaluation: types, unknown names, impossible comparisons, and what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.keys import nearest
from engine.problems import Problem, Severity, Span
from engine.rules.feel import nodes
from engine.rules.feel.binding import Bindings, Kind
from engine.rules.feel.calls import calls_built_in, check_call
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.nodes import Node, Order, reads_tested
from engine.rules.feel.operands import check_comparison, result_of
from engine.rules.feel.properties import PROPERTIES
from engine.rules.feel.type_names import resolve
from engine.rules.feel.types import (
    ANY,
    BOOLEAN,
    DAYS_DURATION,
    FUNCTION,
    NULL,
    NUMBER,
    RANGE,
    STRING,
    TYPE_OF_CLASS,
    YEARS_DURATION,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    Scope,
    common_type,
    item_type,
)

Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """type        of the whole expression
    types       of every node, by `id(node)`
    paths       everything it reads, each as far as the text names it
    ways        the path that a name or a path denotes, by `id(node)`
    """

    type: FeelType
    types: Mapping[int, FeelType]
    problems: tuple[Problem, ...]
    paths: frozenset[Way]
    reads_clock: bool
    ways: Mapping[int, Way]


@dataclass(frozen=True, slots=True)
class Local:
    """A name that the expression itself binds: its type, and the path its values come from, if any."""

    type: FeelType
    way: Way | None


def analyse(node: Node, scope: Scope) -> Analysis:
    """Never raises; the problems are those that evaluation would meet whatever the values are."""
    found = _Analyst(scope)
    kind = found.visit(node)
    problems = tuple(found.problems)
    return Analysis(kind, found.types, problems, frozenset(found.paths), found.reads_clock, found.ways)


class _Analyst:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.bindings: Bindings[Local] = Bindings()
        self.types: dict[int, FeelType] = {}
        self.ways: dict[int, Way] = {}
        self.problems: list[Problem] = []
        self.paths: set[Way] = set()
        self.reads_clock = False

    def visit(self, node: Node) -> FeelType:
        """The type of `node`, which the expression uses as it is: a path that ends here is read."""
        kind = self.infer(node)
        way = self.ways.get(id(node))
        if way is not None:
            self.paths.add(way)
        return kind

    def infer(self, node: Node) -> FeelType:
        self.types[id(node)] = kind = _RULES[type(node)](self, node)
        return kind

    def report(self, code: str, span: Span, severity: Severity = Severity.ERROR, **params: object) -> None:
        self.problems.append(Problem(code, params=params, severity=severity, span=span))

    # names and paths

    def name(self, node: nodes.Name) -> FeelType:
        found = self.bindings.find(node.name)
        if found is None:
            return self._outer_name(node)
        local = found.value
        if found.kind is Kind.NAME:
            return self._at(node, local.type, local.way)
        if found.kind is Kind.ENTRY:
            kind = self._entry(local.type, node.name)
            return self._at(node, kind, None if local.way is None else (*local.way, node.name))
        if local.way is not None:
            self.paths.add((*local.way, node.name))
        if node.name in self.scope.names:
            self.paths.add((node.name,))
        return ANY

    def _outer_name(self, node: nodes.Name) -> FeelType:
        kind = self.scope.names.get(node.name)
        if kind is not None:
            return self._at(node, kind, (node.name,))
        if node.name in FUNCTIONS:
            return FUNCTION
        if not self.scope.open:
            self._unknown("name", node.name, node.span, (*self.scope.names, *self.bindings.names()))
        return self._at(node, ANY, (node.name,) if self.scope.open else None)

    def _at(self, node: Node, kind: FeelType, way: Way | None) -> FeelType:
        if way is not None:
            self.ways[id(node)] = way
        return kind

    def _unknown(self, thing: str, name: str, span: Span, known: Iterable[str]) -> None:
        meant = nearest(name, tuple(known))
        if meant:
            self.report(f"feel.{thing}.unknown-near", span, name=name, meant=meant)
        else:
            self.report(f"feel.{thing}.unknown", span, name=name)

    def _entry(self, kind: FeelType, name: str) -> FeelType:
        return kind.fields.get(name, ANY) if isinstance(kind, ContextType) else ANY

    def path(self, node: nodes.Path) -> FeelType:
        target = self.infer(node.target)
        way = self.ways.get(id(node.target))
        inner = item_type(target)
        kind = self._property(node, inner)
        if way is not None and inner.name in ("context", "Any"):
            self.ways[id(node)] = (*way, node.name)
        elif way is not None:
            self.paths.add(way)
        return ListType(item=kind) if isinstance(target, ListType) else kind

    def _property(self, node: nodes.Path, kind: FeelType) -> FeelType:
        if isinstance(kind, ContextType):
            if node.name not in kind.fields and not kind.open:
                self._unknown("name", node.name, node.span, kind.fields)
            return kind.fields.get(node.name, ANY)
        if kind is ANY or kind is NULL:
            return ANY
        known = PROPERTIES.get(kind.name, {})
        if node.name not in known:
            self.report("feel.type.no-property", node.span, name=node.name, kind=str(kind))
            return ANY
        if isinstance(kind, RangeType) and node.name in ("start", "end"):
            return kind.item
        return known[node.name][0]

    # operators

    def calculation(self, node: nodes.Calculation) -> FeelType:
        left, right = self.visit(node.left), self.visit(node.right)
        kind = result_of(node.operator, left, right)
        if kind is None:
            operator = str(node.operator)
            self.report("feel.type.operands", node.span, operator=operator, left=str(left), right=str(right))
        return kind or ANY

    def negation(self, node: nodes.Negation) -> FeelType:
        kind = self.visit(node.operand)
        if kind.name not in {one.name for one in (NUMBER, DAYS_DURATION, YEARS_DURATION, ANY, NULL)}:
            self.report("feel.type.operand", node.span, operator="-", kind=str(kind))
        return kind

    def comparison(self, node: nodes.Comparison) -> FeelType:
        left, right = self.visit(node.left), self.visit(node.right)
        self.problems += check_comparison(node.operator, node.span, (node.left, left), (node.right, right))
        return BOOLEAN

    def logic(self, node: nodes.And | nodes.Or) -> FeelType:
        for operand in node.operands:
            kind = self.visit(operand)
            if kind not in (BOOLEAN, ANY, NULL):
                operator = "and" if isinstance(node, nodes.And) else "or"
                self.report("feel.type.operand", operand.span, operator=operator, kind=str(kind))
        return BOOLEAN

    def between(self, node: nodes.Between) -> FeelType:
        value, low, high = self.visit(node.value), self.visit(node.low), self.visit(node.high)
        self.problems += check_comparison(
            Order.GREATER_EQUAL, node.span, (node.value, value), (node.low, low)
        )
        self.problems += check_comparison(Order.LESS_EQUAL, node.span, (node.value, value), (node.high, high))
        return BOOLEAN

    def membership(self, node: nodes.In) -> FeelType:
        value = self.visit(node.value)
        for test in node.tests:
            self._test((node.value, value), test)
        return BOOLEAN

    def _test(self, value: tuple[Node, FeelType], test: Node) -> None:
        if isinstance(test, nodes.UnaryComparison):
            self.problems += check_comparison(
                test.operator, test.span, value, (test.operand, self.visit(test.operand))
            )
            self.types[id(test)] = BOOLEAN
            return
        kind = self.visit(test)
        items = test.items if isinstance(test, nodes.ListNode) else (test,)
        for item in items:
            inner = self.types.get(id(item), kind)
            if isinstance(inner, RangeType):
                if not isinstance(value[1], RangeType | ListType):
                    self.problems += check_comparison(Order.LESS, item.span, value, (item, inner.item))
                continue
            compared = inner if isinstance(test, nodes.ListNode) else item_type(inner)
            if value[1].name != "list":
                self.problems += check_comparison(Order.EQUAL, item.span, value, (item, compared))

    def unary_tests(self, node: nodes.UnaryTests) -> FeelType:
        tested = nodes.Name(node.span, "?")
        value = (tested, self.scope.names.get("?", ANY))
        for test in node.tests:
            if isinstance(test, nodes.AnyTest):
                self.types[id(test)] = BOOLEAN
            elif reads_tested(test):
                self.visit(test)
            else:
                self._test(value, test)
        return BOOLEAN

    def range(self, node: nodes.RangeNode) -> FeelType:
        kinds = [self.visit(end) for end in (node.low, node.high) if end is not None]
        if len(kinds) == 2 and common_type(*kinds) is ANY and ANY not in kinds:
            self.report("feel.type.range", node.span, left=str(kinds[0]), right=str(kinds[1]))
            return RANGE
        return RangeType(item=next((kind for kind in kinds if kind is not NULL), ANY))

    # constructs

    def if_(self, node: nodes.If) -> FeelType:
        condition = self.visit(node.condition)
        if condition not in (BOOLEAN, ANY, NULL):
            self.report("feel.type.operand", node.condition.span, operator="if", kind=str(condition))
        return common_type(self.visit(node.then), self.visit(node.otherwise))

    def for_(self, node: nodes.For) -> FeelType:
        depth = len(self.bindings)
        self._loops(node.loops)
        self.bindings.name("partial", Local(ListType(), None))
        kind = self.visit(node.body)
        self.bindings.cut(depth)
        return ListType(item=kind)

    def quantified(self, node: nodes.Quantified) -> FeelType:
        depth = len(self.bindings)
        self._loops(node.loops)
        self.visit(node.condition)
        self.bindings.cut(depth)
        return BOOLEAN

    def _loops(self, loops: tuple[nodes.Loop, ...]) -> None:
        for loop in loops:
            source = self.infer(loop.source)
            way = self.ways.get(id(loop.source))
            if loop.end is not None:
                self.visit(loop.end)
                local = Local(source, None)
            elif isinstance(source, RangeType):
                local = Local(source.item, None)
            else:
                local = Local(item_type(source), way)
            if way is not None:
                self.paths.add(way)
            self.bindings.name(loop.name, local)

    def filter(self, node: nodes.Filter) -> FeelType:
        target = self.infer(node.target)
        way = self.ways.get(id(node.target))
        item = item_type(target)
        depth = len(self.bindings)
        self.bindings.items(item, Local(item, way))
        condition = self.visit(node.condition)
        self.bindings.cut(depth)
        self._at(node, ANY, way)
        if condition is NUMBER:
            return item
        if condition not in (BOOLEAN, ANY, NULL):
            self.report("feel.type.operand", node.condition.span, operator="[ ]", kind=str(condition))
        return ListType(item=item) if condition is BOOLEAN else ANY

    def list(self, node: nodes.ListNode) -> FeelType:
        kind: FeelType = NULL
        for index, item in enumerate(node.items):
            found = self.visit(item)
            kind = found if index == 0 else common_type(kind, found)
        return ListType(item=ANY if kind is NULL else kind)

    def context(self, node: nodes.ContextNode) -> FeelType:
        depth = len(self.bindings)
        fields: dict[str, FeelType] = {}
        for entry in node.entries:
            if entry.key in fields:
                self.report("feel.context.duplicate", entry.span, name=entry.key)
            fields[entry.key] = self.visit(entry.value)
            self.bindings.name(entry.key, Local(fields[entry.key], None))
        self.bindings.cut(depth)
        return ContextType(fields)

    def function(self, node: nodes.FunctionDefinition) -> FeelType:
        if node.external:
            self.report("feel.function.external", node.span)
        depth = len(self.bindings)
        kinds = tuple(self._type(one.type) if one.type else ANY for one in node.parameters)
        for one, kind in zip(node.parameters, kinds, strict=True):
            self.bindings.name(one.name, Local(kind, None))
        result = self.visit(node.body)
        self.bindings.cut(depth)
        return FunctionType(kinds, result)

    def call(self, node: nodes.Call) -> FeelType:
        kinds = [self.visit(argument) for argument in node.arguments]
        callee = self._callee(node.function)
        if isinstance(callee, str):
            built_in = FUNCTIONS.get(callee)
            if built_in is None:
                self._unknown("function", callee, node.function.span, FUNCTIONS)
                return ANY
            self.reads_clock = self.reads_clock or not built_in.pure
            problems, result = check_call(built_in, node, kinds)
            self.problems.extend(problems)
            return result
        if isinstance(callee, FunctionType):
            return callee.result
        if callee not in (ANY, NULL):
            self.report("feel.function.not-callable", node.function.span, value="", kind=str(callee))
        return ANY

    def _callee(self, function: Node) -> FeelType | str:
        """A built-in's name, or the type of the value that is called."""
        if isinstance(function, nodes.Name):
            found = self.bindings.find(function.name)
            if not calls_built_in(function.name, found is not None, self.scope):
                return self.visit(function)
            return function.name
        return self.visit(function)

    def instance_of(self, node: nodes.InstanceOf) -> FeelType:
        self.visit(node.value)
        self._type(node.type)
        return BOOLEAN

    def _type(self, written: nodes.TypeName) -> FeelType:
        kind = resolve(written, self.scope)
        if kind is None:
            self.report("feel.type.unknown", written.span, name=written.name)
        return kind or ANY

    def temporal(self, node: nodes.TemporalLiteral) -> FeelType:
        if node.value is None:
            self.report("feel.value.text", node.span, value=node.text[:60], kind="date, time or duration")
        return TYPE_OF_CLASS.get(type(node.value), NULL)


_RULES: Final[dict[type[Node], Callable[[_Analyst, Any], FeelType]]] = {
    nodes.NumberLiteral: lambda _, __: NUMBER,
    nodes.StringLiteral: lambda _, __: STRING,
    nodes.BooleanLiteral: lambda _, __: BOOLEAN,
    nodes.NullLiteral: lambda _, __: NULL,
    nodes.TemporalLiteral: _Analyst.temporal,
    nodes.Name: _Analyst.name,
    nodes.Path: _Analyst.path,
    nodes.Calculation: _Analyst.calculation,
    nodes.Negation: _Analyst.negation,
    nodes.Comparison: _Analyst.comparison,
    nodes.And: _Analyst.logic,
    nodes.Or: _Analyst.logic,
    nodes.Between: _Analyst.between,
    nodes.In: _Analyst.membership,
    nodes.UnaryTests: _Analyst.unary_tests,
    nodes.RangeNode: _Analyst.range,
    nodes.If: _Analyst.if_,
    nodes.For: _Analyst.for_,
    nodes.Quantified: _Analyst.quantified,
    nodes.Filter: _Analyst.filter,
    nodes.ListNode: _Analyst.list,
    nodes.ContextNode: _Analyst.context,
    nodes.FunctionDefinition: _Analyst.function,
    nodes.Call: _Analyst.call,
    nodes.InstanceOf: _Analyst.instance_of,
}
