"""Static checks of operators: which pairs of types can work at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.keys import nearest
from engine.problems import Problem, Span
from engine.rules.feel.arithmetic import OPERATIONS
from engine.rules.feel.nodes import Arithmetic, Node, Order, StringLiteral
from engine.rules.feel.types import (
    ANY,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    NULL,
    NUMBER,
    STRING,
    TIME,
    YEARS_DURATION,
    FeelType,
    SelectType,
)

_ORDERED: Final = frozenset(
    kind.name for kind in (NUMBER, STRING, DATE, TIME, DATE_TIME, DAYS_DURATION, YEARS_DURATION)
)
_UNKNOWN: Final = (ANY, NULL)
_POINTS: Final = {DATE.name, TIME.name, DATE_TIME.name}


def result_of(operator: Arithmetic, left: FeelType, right: FeelType) -> FeelType | None:
    """The type of the result, ANY if it depends on the values, None if there is none."""
    if left in _UNKNOWN or right in _UNKNOWN:
        return ANY
    if (left.name, right.name) not in OPERATIONS[operator]:
        return None
    return STRING if left.name == "string" else _result(operator, left, right)


def _result(operator: Arithmetic, left: FeelType, right: FeelType) -> FeelType:
    if operator is Arithmetic.SUBTRACT and {left.name, right.name} <= _POINTS:
        return DAYS_DURATION
    if operator is Arithmetic.DIVIDE:
        return NUMBER if left.name == right.name else left
    return right if left is NUMBER or right.name in _POINTS else left


def check_comparison(
    operator: Order, span: Span, left: tuple[Node, FeelType], right: tuple[Node, FeelType]
) -> Iterator[Problem]:
    """A comparison that is null whatever the values, or names a key that is no option."""
    (left_node, left_type), (right_node, right_type) = left, right
    if left_type in _UNKNOWN or right_type in _UNKNOWN:
        return
    orders = operator not in (Order.EQUAL, Order.NOT_EQUAL)
    if left_type.name != right_type.name or (orders and left_type.name not in _ORDERED):
        params = {"operator": str(operator), "left": str(left_type), "right": str(right_type)}
        yield Problem("feel.type.comparison", params=params, span=span)
        return
    if not orders:
        yield from _check_key(left_type, right_node)
        yield from _check_key(right_type, left_node)


def _check_key(kind: FeelType, node: Node) -> Iterator[Problem]:
    if not isinstance(kind, SelectType) or not isinstance(node, StringLiteral) or node.value in kind.keys:
        return
    meant = nearest(node.value, kind.keys)
    params: dict[str, object] = {"key": node.value, "keys": list(kind.keys)}
    if meant:
        yield Problem("feel.select.unknown-near", params=params | {"meant": meant}, span=node.span)
    else:
        yield Problem("feel.select.unknown", params=params, span=node.span)
