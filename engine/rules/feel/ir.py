"""The tree as JSON arrays for the browser, which has no parser of its own.

What a browser does not claim (function values, named zones in literals, regular expressions, `instance of`)
gives None for the whole expression; it then asks the server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from engine.rules.feel import nodes
from engine.rules.feel.nodes import Node
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


def ir_of(node: Node) -> object:
    """JSON arrays, or None."""
    try:
        return _write(node)
    except _NotClaimedError:
        return None


def _write(node: Node) -> object:
    rule = _RULES.get(type(node))
    if rule is None:
        raise _NotClaimedError
    return rule(node)


def _all(items: tuple[Node, ...]) -> list[object]:
    return [_write(item) for item in items]


def _maybe(node: Node | None) -> object:
    return None if node is None else _write(node)


def _temporal(node: nodes.TemporalLiteral) -> object:
    kind = _KINDS.get(type(node.value))
    if node.value is None or kind is None or "@" in node.text:
        raise _NotClaimedError
    return ["at", kind, temporal_text(node.value)]


def _call(node: nodes.Call) -> object:
    if not isinstance(node.function, nodes.Name) or node.names or node.function.name not in CLAIMED:
        raise _NotClaimedError
    return ["call", node.function.name, _all(node.arguments)]


def _loops(loops: tuple[nodes.Loop, ...]) -> list[object]:
    return [[loop.name, _write(loop.source), _maybe(loop.end)] for loop in loops]


def _range(node: nodes.RangeNode) -> object:
    kind = node.operator or f"{'[' if node.low_included else '('}{']' if node.high_included else ')'}"
    return ["range", kind, _maybe(node.low), _maybe(node.high)]


_RULES: Final[dict[type[Node], Callable[[Any], object]]] = {
    nodes.NumberLiteral: lambda n: ["num", number_text(n.value)],
    nodes.StringLiteral: lambda n: ["str", n.value],
    nodes.BooleanLiteral: lambda n: ["bool", n.value],
    nodes.NullLiteral: lambda _: ["null"],
    nodes.TemporalLiteral: _temporal,
    nodes.Name: lambda n: ["name", n.name],
    nodes.Path: lambda n: ["path", _write(n.target), n.name],
    nodes.Calculation: lambda n: ["bin", str(n.operator), _write(n.left), _write(n.right)],
    nodes.Negation: lambda n: ["neg", _write(n.operand)],
    nodes.Comparison: lambda n: ["cmp", str(n.operator), _write(n.left), _write(n.right)],
    nodes.And: lambda n: ["and", *_all(n.operands)],
    nodes.Or: lambda n: ["or", *_all(n.operands)],
    nodes.Between: lambda n: ["between", _write(n.value), _write(n.low), _write(n.high)],
    nodes.In: lambda n: ["in", _write(n.value), _all(n.tests)],
    nodes.UnaryComparison: lambda n: ["test", str(n.operator), _write(n.operand)],
    nodes.RangeNode: _range,
    nodes.If: lambda n: ["if", _write(n.condition), _write(n.then), _write(n.otherwise)],
    nodes.For: lambda n: ["for", _loops(n.loops), _write(n.body)],
    nodes.Quantified: lambda n: ["every" if n.every else "some", _loops(n.loops), _write(n.condition)],
    nodes.Filter: lambda n: ["filter", _write(n.target), _write(n.condition)],
    nodes.ListNode: lambda n: ["list", _all(n.items)],
    nodes.ContextNode: lambda n: ["ctx", [[entry.key, _write(entry.value)] for entry in n.entries]],
    nodes.Call: _call,
}
