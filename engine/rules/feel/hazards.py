"""Where an empty field makes a calculation empty: operands that may be null and are not tested before.

Not every such place is wrong, so hazards stand apart from the problems of an expression.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from engine.problems import Problem, Severity
from engine.rules.feel import nodes
from engine.rules.feel.analysis import Analysis, Way
from engine.rules.feel.nodes import Node, Order, children
from engine.rules.feel.types import (
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    NUMBER,
    STRING,
    TIME,
    YEARS_DURATION,
    FeelType,
)

Facts = frozenset[Way]
"""What is known to hold a value."""
_OPERANDS: Final = frozenset(
    kind.name for kind in (NUMBER, STRING, DATE, TIME, DATE_TIME, DAYS_DURATION, YEARS_DURATION)
)


def null_hazards(node: Node, analysis: Analysis, filled: Collection[Way] = ()) -> tuple[Problem, ...]:
    """Warnings in the order of the text.

    filled   paths that are never null, as required fields are
    """
    finder = _Finder(analysis.ways, analysis.types)
    found = finder.visit(node, frozenset(filled))
    return tuple(sorted(found, key=lambda one: one.span.start if one.span else 0))


class _Finder:
    def __init__(self, ways: Mapping[int, Way], types: Mapping[int, FeelType]) -> None:
        self.ways = ways
        self.types = types

    def visit(self, node: Node, facts: Facts) -> Iterator[Problem]:
        match node:
            case nodes.If():
                yield from self.visit(node.condition, facts)
                yield from self.visit(node.then, facts | self.known(node.condition, verdict=True))
                yield from self.visit(node.otherwise, facts | self.known(node.condition, verdict=False))
            case nodes.And() | nodes.Or():
                for operand in node.operands:
                    yield from self.visit(operand, facts)
                    facts |= self.known(operand, verdict=isinstance(node, nodes.And))
            case nodes.Calculation(operator=operator, left=left, right=right):
                yield from self._operands(str(operator), (left, right), facts)
            case nodes.Negation(operand=operand):
                yield from self._operands("-", (operand,), facts)
            case _:
                for child in children(node):
                    yield from self.visit(child, facts)

    def _operands(self, operator: str, operands: tuple[Node, ...], facts: Facts) -> Iterator[Problem]:
        for operand in operands:
            yield from self.visit(operand, facts)
            way = self.ways.get(id(operand))
            kind = self.types.get(id(operand))
            if way is None or way in facts or kind is None or kind.name not in _OPERANDS:
                continue
            params = {"name": ".".join(way), "operator": operator}
            yield Problem("feel.null.operand", params=params, severity=Severity.WARNING, span=operand.span)

    def known(self, condition: Node, *, verdict: bool) -> Facts:
        """What holds a value once the condition came out as `verdict` (false: as anything but true)."""
        match condition:
            case nodes.And(operands=operands) if verdict:
                return frozenset().union(*(self.known(one, verdict=True) for one in operands))
            case nodes.Or(operands=operands) if not verdict:
                return frozenset().union(*(self.known(one, verdict=False) for one in operands))
            case nodes.Comparison():
                return self._compared(condition, verdict=verdict)
            case nodes.Between(value=value) if verdict:
                return self._way(value)
            case nodes.Call(function=nodes.Name(name="not"), arguments=(nodes.Comparison() as inner,)):
                return self._compared(inner, verdict=not verdict)
        return frozenset()

    def _compared(self, node: nodes.Comparison, *, verdict: bool) -> Facts:
        """A comparison with null is never null itself; an order that is true has values on both sides."""
        for tested, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(other, nodes.NullLiteral):
                holds = node.operator is (Order.NOT_EQUAL if verdict else Order.EQUAL)
                return self._way(tested) if holds else frozenset()
        if not verdict or node.operator is Order.NOT_EQUAL:
            return frozenset()
        if node.operator is not Order.EQUAL:
            return self._way(node.left) | self._way(node.right)
        literals = (nodes.NumberLiteral, nodes.StringLiteral, nodes.TemporalLiteral)
        if isinstance(node.right, literals) or isinstance(node.left, literals):
            return self._way(node.left) | self._way(node.right)
        return frozenset()

    def _way(self, node: Node) -> Facts:
        way = self.ways.get(id(node))
        return frozenset() if way is None else frozenset({way})
