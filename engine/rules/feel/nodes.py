"""The syntax tree of FEEL: frozen nodes, each with the span of its text.

The closures (`compiler`), the JSON IR (`ir`) and the SQL compiler of the runtime read these nodes.
Chains of `and` and `or` are one node with many operands; brackets leave no node behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from engine.problems import Span
from engine.values import Date, DateTime, DayTimeDuration, Number, Time, YearMonthDuration


class Arithmetic(StrEnum):
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    POWER = "**"


class Order(StrEnum):
    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all nodes; `span` counts code points of the expression's text."""

    span: Span


@dataclass(frozen=True, slots=True)
class NumberLiteral(Node):
    value: Number


@dataclass(frozen=True, slots=True)
class StringLiteral(Node):
    value: str


@dataclass(frozen=True, slots=True)
class BooleanLiteral(Node):
    value: bool


@dataclass(frozen=True, slots=True)
class NullLiteral(Node):
    pass


@dataclass(frozen=True, slots=True)
class TemporalLiteral(Node):
    """`@"2026-01-31"`; value is None when the text is no date, time or duration."""

    text: str
    value: Date | Time | DateTime | YearMonthDuration | DayTimeDuration | None


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name that the scope or a surrounding construct declares; `?` and `item` are names too."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`target.name`; over a list it gives the list of that entry."""

    target: Node
    name: str


@dataclass(frozen=True, slots=True)
class Calculation(Node):
    operator: Arithmetic
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    operator: Order
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class RangeNode(Node):
    """`[low..high]` and its open forms; `(< high)` has `operator` "<" and low None."""

    low: Node | None
    high: Node | None
    low_included: bool
    high_included: bool
    operator: str = ""


@dataclass(frozen=True, slots=True)
class UnaryComparison(Node):
    """A test like `< 5`: its left side is the tested value. Stands in `In` and `UnaryTests` only."""

    operator: Order
    operand: Node


@dataclass(frozen=True, slots=True)
class AnyTest(Node):
    """The test `-`, which everything passes. Stands in `UnaryTests` only."""


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in (tests)`: true when one test holds."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """A decision table's cell: tests of the value named `?`; `negated` for `not(…)`."""

    tests: tuple[Node, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """`name in source`, or `name in source..end`, of a for, some or every. Not an expression."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    loops: tuple[Loop, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some` (every=False) or `every` … satisfies condition."""

    every: bool
    loops: tuple[Loop, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`target[condition]`; inside, an item's entries and `item` shadow outer names."""

    target: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(arguments)`; `names` has the parameter names when they are written, else it is empty."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A parameter of a function definition. Not an expression."""

    name: str
    type: TypeName | None


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    parameters: tuple[Parameter, ...]
    body: Node
    external: bool


@dataclass(frozen=True, slots=True)
class ListNode(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """`key: value` of a context. Not an expression."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class ContextNode(Node):
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TypeName(Node):
    """A type as written; resolved against the built-in types and the scope's. Not an expression.

    parts       the types in angle brackets, a function's result last
    keys        the names in `context<…>`
    has_result  whether `-> type` was written
    """

    name: str
    parts: tuple[TypeName, ...] = ()
    keys: tuple[str, ...] = ()
    has_result: bool = False


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: TypeName


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below, in the order of the text."""
    for part in fields(node):
        value = getattr(node, part.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(tuple(children(current))))


def depth_of(node: Node) -> int:
    """How many levels of nodes lie on top of each other."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        current, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(current))
    return deepest


def reads_tested(test: Node) -> bool:
    """Whether a unary test is a whole condition about `?` and not a value to compare with."""
    return any(isinstance(node, Name) and node.name == "?" for node in walk(test))


def literal_position(condition: Node) -> int | None:
    """The position that `[2]` or `[-1]` names outright; None for any other condition of a filter."""
    negative = isinstance(condition, Negation)
    number = condition.operand if isinstance(condition, Negation) else condition
    if not isinstance(number, NumberLiteral) or not isinstance(number.value, int):
        return None
    return -number.value if negative else number.value
