"""What a cell accepts, as far as it can be known before evaluation: intervals of values of one kind.

`"A"`, `1, 2`, `[1..5)`, `< 3`, `not("B")`, `date("2026-01-01")` are constant; a cell that reads a name, the
clock or `?` in an expression of its own is not, and is left to FEEL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from engine.rules.feel import Compiled, Scope, compile_expression
from engine.rules.feel.kinds import kind_of
from engine.rules.feel.nodes import (
    AnyTest,
    BooleanLiteral,
    Node,
    NumberLiteral,
    Order,
    RangeNode,
    StringLiteral,
    UnaryComparison,
    UnaryTests,
    reads_tested,
)
from engine.values import Date, DateTime, Range, Time

KINDS: Final = frozenset(
    {"number", "string", "boolean", "date", "days and time duration", "years and months duration"}
)
_NO_MOMENT: Final = DateTime(Date(1970, 1, 1), Time(0, 0, 0, 0, 0))
_NOT_CONSTANT: Final = object()


@dataclass(frozen=True, slots=True)
class Interval:
    """Values of one kind from `low` to `high`; None is no end."""

    low: Any
    high: Any
    low_included: bool = True
    high_included: bool = True


EVERYTHING: Final = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Accepts:
    """anything    every value, null included
    not_null    every value but null
    null        null
    intervals   by kind of value
    """

    anything: bool = False
    not_null: bool = False
    null: bool = False
    intervals: dict[str, tuple[Interval, ...]] = field(default_factory=dict)


def accepts(compiled: Compiled) -> Accepts | None:
    """What the unary tests accept; None if that depends on more than the tested value."""
    node = compiled.node
    if not isinstance(node, UnaryTests) or compiled.reads_clock:
        return None
    if any(isinstance(test, AnyTest) for test in node.tests):
        return Accepts(anything=not node.negated)
    found: dict[str, list[Interval]] = {}
    null = False
    for test in node.tests:
        for value in _constants(test, compiled.text):
            if value is _NOT_CONSTANT:
                return None
            if value is None:
                null = True
            elif not _add(found, value):
                return None
    return _negated(found, null=null) if node.negated else Accepts(null=null, intervals=_frozen(found))


def _constants(test: Node, text: str) -> Iterable[object]:
    """The values and ranges that the test compares with."""
    if isinstance(test, UnaryComparison):
        value = _constant(test.operand, text)
        return [value if value is _NOT_CONSTANT else _compared(test.operator, value)]
    if reads_tested(test):
        return [_NOT_CONSTANT]
    value = _constant(test, text)
    return value if isinstance(value, list) else [value]


def _constant(node: Node, text: str) -> object:
    if isinstance(node, NumberLiteral | StringLiteral | BooleanLiteral):
        return node.value
    if isinstance(node, RangeNode) and not node.operator and node.low is not None and node.high is not None:
        return _constant_range(node, node.low, node.high, text)
    compiled = compile_expression(text[node.span.start : node.span.end], Scope())
    if compiled.problems or compiled.paths or compiled.reads_clock:
        return _NOT_CONSTANT
    value, problems = compiled.evaluate({}, now=_NO_MOMENT)
    return _NOT_CONSTANT if problems else value


def _constant_range(node: RangeNode, low: Node, high: Node, text: str) -> object:
    """Kept even where its ends are in the wrong order, so that it can be said that nothing passes it."""
    ends = [_constant(end, text) for end in (low, high)]
    if _NOT_CONSTANT in ends or None in ends:
        return _NOT_CONSTANT
    return Range(ends[0], ends[1], node.low_included, node.high_included)


def _compared(operator: Order, value: object) -> object:
    if operator is Order.EQUAL:
        return value
    if value is None:
        return _NOT_CONSTANT
    below = operator in (Order.LESS, Order.LESS_EQUAL)
    included = operator in (Order.LESS_EQUAL, Order.GREATER_EQUAL)
    if operator is Order.NOT_EQUAL:
        return Range(value, value, operator="!=")
    return Range(None, value, False, included, "<") if below else Range(value, None, included, False, ">")


def _add(found: dict[str, list[Interval]], value: object) -> bool:
    """Whether the value, or the ends of the range, are of a kind that Python orders as FEEL does."""
    intervals = _range(value) if isinstance(value, Range) else [Interval(value, value)]
    ends = [end for one in intervals for end in (one.low, one.high) if end is not None]
    kinds = {kind_of(end) for end in ends}
    if len(kinds) != 1 or not kinds <= KINDS:
        return False
    kind = kinds.pop()
    if kind == "boolean" and isinstance(value, Range):
        return False
    found.setdefault(kind, []).extend(intervals)
    return True


def _range(value: Range) -> list[Interval]:
    if value.operator in ("=", "!="):
        end = value.low
        if value.operator == "=":
            return [Interval(end, end)]
        return [Interval(None, end, True, False), Interval(end, None, False, True)]
    if not value.operator and None in (value.low, value.high):
        return []
    return [Interval(value.low, value.high, value.low_included, value.high_included)]


def _frozen(found: dict[str, list[Interval]]) -> dict[str, tuple[Interval, ...]]:
    return {kind: tuple(intervals) for kind, intervals in found.items()}


def _negated(found: dict[str, list[Interval]], *, null: bool) -> Accepts | None:
    """`not(null)` is any value; `not("A")` the other values of that kind, as another kind gives null."""
    if null:
        return None if found else Accepts(not_null=True)
    if len(found) != 1:
        return None
    kind, intervals = next(iter(found.items()))
    return Accepts(intervals={kind: tuple(_complement(intervals))})


def _complement(intervals: list[Interval]) -> list[Interval]:
    left = [EVERYTHING]
    for cut in intervals:
        left = [part for one in left for part in _without(one, cut)]
    return left


def _without(one: Interval, cut: Interval) -> list[Interval]:
    """What `one` keeps below and above `cut`; pieces that hold nothing are dropped by the index."""
    pieces = []
    if cut.low is not None:
        pieces.append(_lower(one, cut.low, included=not cut.low_included))
    if cut.high is not None:
        pieces.append(_upper(one, cut.high, included=not cut.high_included))
    return pieces


def _lower(one: Interval, end: Any, *, included: bool) -> Interval:
    """The part of `one` up to `end`."""
    if one.high is not None and (one.high < end or (one.high == end and not one.high_included)):
        return one
    return Interval(one.low, end, one.low_included, included)


def _upper(one: Interval, end: Any, *, included: bool) -> Interval:
    if one.low is not None and (one.low > end or (one.low == end and not one.low_included)):
        return one
    return Interval(end, one.high, included, one.high_included)
