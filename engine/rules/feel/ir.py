"""The tree as JSON arrays for the browser, which has no parser of its own.

What a browser does not claim (function values, regular expressions, `instance of`, named arguments that
choose among ways to call) gives None for the whole expression; it then asks the server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.rules.feel import nodes
from engine.rules.feel.calls import arranged
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.nodes import Node
from engine.rules.feel.types import NUMBER, FeelType
from engine.values import Date, DateTime, DayTimeDuration, Time, YearMonthDuration, number_text, temporal_text

CLAIMED: Final = frozenset(
    [
        "abs",
        "all",
        "any",
        "append",
        "ceiling",
        "concatenate",
        "contains",
        "count",
        "date",
        "date and time",
        "day of week",
        "day of year",
        "decimal",
        "distinct values",
        "duration",
        "ends with",
        "even",
        "flatten",
        "floor",
        "get value",
        "index of",
        "is",
        "list contains",
        "lower case",
        "max",
        "mean",
        "median",
        "min",
        "modulo",
        "month of year",
        "not",
        "now",
        "number",
        "odd",
        "product",
        "remove",
        "reverse",
        "round down",
        "round half down",
        "round half up",
        "round up",
        "sqrt",
        "starts with",
        "string",
        "string join",
        "string length",
        "sublist",
        "substring",
        "substring after",
        "substring before",
        "sum",
        "today",
        "union",
        "upper case",
        "week of year",
        "years and months duration",
    ]
)
_KINDS: Final[dict[type, str]] = {
    Date: "date",
    Time: "time",
    DateTime: "datetime",
    DayTimeDuration: "days",
    YearMonthDuration: "months",
}


class _NotClaimedError(Exception):
    """The browser asks the server."""


def ir_of(node: Node, types: Mapping[int, FeelType]) -> object:
    """JSON arrays, or None.

    types   of every node by `id(node)`, as the analysis found them
    """
    try:
        return _Writer(types).write(node)
    except _NotClaimedError:
        return None


class _Writer:
    def __init__(self, types: Mapping[int, FeelType]) -> None:
        self.types = types

    def write(self, node: Node) -> object:
        rule = _RULES.get(type(node))
        if rule is None:
            raise _NotClaimedError
        return rule(self, node)

    def all(self, items: tuple[Node, ...]) -> list[object]:
        return [self.write(item) for item in items]

    def maybe(self, node: Node | None) -> object:
        return None if node is None else self.write(node)

    def call(self, node: nodes.Call) -> object:
        if not isinstance(node.function, nodes.Name) or node.function.name not in CLAIMED:
            raise _NotClaimedError
        name = node.function.name
        placed = arranged(FUNCTIONS[name], node)
        if placed.names:
            raise _NotClaimedError
        return ["call", name, self.all(placed.arguments)]

    def filter(self, node: nodes.Filter) -> object:
        """A condition that is a number is a position, which the browser cannot see in an empty list."""
        by_number = self.types.get(id(node.condition)) is NUMBER
        return ["item" if by_number else "filter", self.write(node.target), self.write(node.condition)]

    def loops(self, loops: tuple[nodes.Loop, ...]) -> list[object]:
        return [[loop.name, self.write(loop.source), self.maybe(loop.end)] for loop in loops]

    def range(self, node: nodes.RangeNode) -> object:
        brackets = ("[" if node.low_included else "(") + ("]" if node.high_included else ")")
        return ["range", node.operator or brackets, self.maybe(node.low), self.maybe(node.high)]


def _temporal(node: nodes.TemporalLiteral) -> object:
    kind = _KINDS.get(type(node.value))
    if node.value is None or kind is None:
        raise _NotClaimedError
    return ["at", kind, temporal_text(node.value)]


_RULES: Final[dict[type[Node], Callable[[_Writer, Any], object]]] = {
    nodes.NumberLiteral: lambda _, n: ["num", number_text(n.value)],
    nodes.StringLiteral: lambda _, n: ["str", n.value],
    nodes.BooleanLiteral: lambda _, n: ["bool", n.value],
    nodes.NullLiteral: lambda _, __: ["null"],
    nodes.TemporalLiteral: lambda _, n: _temporal(n),
    nodes.Name: lambda _, n: ["name", n.name],
    nodes.Path: lambda w, n: ["path", w.write(n.target), n.name],
    nodes.Calculation: lambda w, n: ["bin", str(n.operator), w.write(n.left), w.write(n.right)],
    nodes.Negation: lambda w, n: ["neg", w.write(n.operand)],
    nodes.Comparison: lambda w, n: ["cmp", str(n.operator), w.write(n.left), w.write(n.right)],
    nodes.And: lambda w, n: ["and", *w.all(n.operands)],
    nodes.Or: lambda w, n: ["or", *w.all(n.operands)],
    nodes.Between: lambda w, n: ["between", w.write(n.value), w.write(n.low), w.write(n.high)],
    nodes.In: lambda w, n: ["in", w.write(n.value), w.all(n.tests)],
    nodes.UnaryComparison: lambda w, n: ["test", str(n.operator), w.write(n.operand)],
    nodes.RangeNode: _Writer.range,
    nodes.If: lambda w, n: ["if", w.write(n.condition), w.write(n.then), w.write(n.otherwise)],
    nodes.For: lambda w, n: ["for", w.loops(n.loops), w.write(n.body)],
    nodes.Quantified: lambda w, n: ["every" if n.every else "some", w.loops(n.loops), w.write(n.condition)],
    nodes.Filter: _Writer.filter,
    nodes.ListNode: lambda w, n: ["list", w.all(n.items)],
    nodes.ContextNode: lambda w, n: ["ctx", [[entry.key, w.write(entry.value)] for entry in n.entries]],
    nodes.Call: _Writer.call,
}
