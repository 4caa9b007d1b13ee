"""What each rule of the grammar becomes; called while parsing, so that no second pass recurses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from lark import Token, Transformer

from engine.problems import Span
from engine.rules.feel import nodes
from engine.rules.feel.nodes import Node
from engine.values import (
    Number,
    date_from_text,
    date_time_from_text,
    duration_from_text,
    time_from_text,
)

Part = Node | Token
Kind = TypeVar("Kind", bound=Node)
_HALF_RANGES: Final = {
    "<": (False, False),
    "<=": (False, True),
    ">": (False, False),
    ">=": (True, False),
    "=": (True, True),
    "!=": (False, False),
}


class TreeBuilder(Transformer[Token, Node]):
    """One method per alias of `feel.lark`; every method gets the tokens too, for the span."""

    def number(self, parts: list[Token]) -> Node:
        value: Number = parts[0].value  # the lexer has read it
        return nodes.NumberLiteral(_span(parts), value)

    def string(self, parts: list[Token]) -> Node:
        return nodes.StringLiteral(_span(parts), str(parts[0].value))

    def temporal(self, parts: list[Token]) -> Node:
        text = str(parts[0].value)
        value = date_from_text(text) or time_from_text(text) or duration_from_text(text)
        if value is None and "T" in text:
            return nodes.TemporalLiteral(_span(parts), text, date_time_from_text(text))
        return nodes.TemporalLiteral(_span(parts), text, value)

    def true(self, parts: list[Token]) -> Node:
        return nodes.BooleanLiteral(_span(parts), True)

    def false(self, parts: list[Token]) -> Node:
        return nodes.BooleanLiteral(_span(parts), False)

    def null(self, parts: list[Token]) -> Node:
        return nodes.NullLiteral(_span(parts))

    def name(self, parts: list[Token]) -> Node:
        return nodes.Name(_span(parts), str(parts[0].value))

    def bracketed(self, parts: list[Part]) -> Node:
        return replace(_nodes(parts)[0], span=_span(parts))

    def or_(self, parts: list[Part]) -> Node:
        first, second = _nodes(parts)
        chain = first.operands if isinstance(first, nodes.Or) else (first,)
        return nodes.Or(_span(parts), (*chain, second))

    def and_(self, parts: list[Part]) -> Node:
        first, second = _nodes(parts)
        chain = first.operands if isinstance(first, nodes.And) else (first,)
        return nodes.And(_span(parts), (*chain, second))

    def order(self, parts: list[Token]) -> Token:
        return parts[0]

    def comparison(self, parts: list[Part]) -> Node:
        left, right = _nodes(parts)
        return nodes.Comparison(_span(parts), nodes.Order(_text(parts[1])), left, right)

    def between(self, parts: list[Part]) -> Node:
        return nodes.Between(_span(parts), *_nodes(parts))

    def in_value(self, parts: list[Part]) -> Node:
        value, test = _nodes(parts)
        return nodes.In(_span(parts), value, (test,))

    def in_order(self, parts: list[Part]) -> Node:
        value, operand = _nodes(parts)
        test = nodes.UnaryComparison(_span(parts[2:]), nodes.Order(_text(parts[2])), operand)
        return nodes.In(_span(parts), value, (test,))

    def in_tests(self, parts: list[Part]) -> Node:
        value, *tests = _nodes(parts)
        return nodes.In(_span(parts), value, tuple(tests))

    def calculation(self, parts: list[Part]) -> Node:
        left, right = _nodes(parts)
        return nodes.Calculation(_span(parts), nodes.Arithmetic(_text(parts[1])), left, right)

    def negation(self, parts: list[Part]) -> Node:
        return nodes.Negation(_span(parts), _nodes(parts)[0])

    def path(self, parts: list[Part]) -> Node:
        return nodes.Path(_span(parts), _nodes(parts)[0], _text(parts[2]))

    def filter_(self, parts: list[Part]) -> Node:
        return nodes.Filter(_span(parts), *_nodes(parts))

    def call(self, parts: list[Part]) -> Node:
        function, *arguments = _nodes(parts)
        names = tuple(argument.key for argument in arguments if isinstance(argument, nodes.Entry))
        values = tuple(a.value if isinstance(a, nodes.Entry) else a for a in arguments)
        return nodes.Call(_span(parts), function, values, names)

    def named(self, parts: list[Part]) -> Node:
        return nodes.Entry(_span(parts), _text(parts[0]), _nodes(parts)[0])

    def instance_of(self, parts: list[Part]) -> Node:
        value, kind = _nodes(parts)
        return nodes.InstanceOf(_span(parts), value, _type(kind))

    def half_range(self, parts: list[Part]) -> Node:
        sign = _text(parts[1])
        low_included, high_included = _HALF_RANGES[sign]
        end = _nodes(parts)[0]
        low = None if sign in ("<", "<=") else end
        high = None if sign in (">", ">=") else end
        return nodes.RangeNode(_span(parts), low, high, low_included, high_included, sign)

    def range_(self, parts: list[Part]) -> Node:
        low, high = _nodes(parts)
        opening, closing = _kind(parts[0]), _kind(parts[-1])
        return nodes.RangeNode(_span(parts), low, high, opening == "LSQB", closing == "RSQB")

    def list_(self, parts: list[Part]) -> Node:
        return nodes.ListNode(_span(parts), _nodes(parts))

    def context(self, parts: list[Part]) -> Node:
        return nodes.ContextNode(_span(parts), _of(nodes.Entry, parts))

    def entry(self, parts: list[Part]) -> Node:
        return nodes.Entry(_span(parts), _text(parts[0]), _nodes(parts)[0])

    def if_(self, parts: list[Part]) -> Node:
        return nodes.If(_span(parts), *_nodes(parts))

    def for_(self, parts: list[Part]) -> Node:
        return nodes.For(_span(parts), _of(nodes.Loop, parts), _nodes(parts)[-1])

    def quantified(self, parts: list[Part]) -> Node:
        every = _kind(parts[0]) == "EVERY"
        return nodes.Quantified(_span(parts), every, _of(nodes.Loop, parts), _nodes(parts)[-1])

    def loop(self, parts: list[Part]) -> Node:
        source, *end = _nodes(parts)
        return nodes.Loop(_span(parts), _text(parts[0]), source, end[0] if end else None)

    def function(self, parts: list[Part]) -> Node:
        external = any(_kind(part) == "EXTERNAL" for part in parts)
        return nodes.FunctionDefinition(
            _span(parts), _of(nodes.Parameter, parts), _nodes(parts)[-1], external
        )

    def parameter(self, parts: list[Part]) -> Node:
        kind = _of(nodes.TypeName, parts)
        return nodes.Parameter(_span(parts), _text(parts[0]), kind[0] if kind else None)

    def type_name(self, parts: list[Token]) -> Node:
        return nodes.TypeName(_span(parts), "".join(_text(part) for part in parts))

    def generic(self, parts: list[Part]) -> Node:
        """`list<number>`, `context<a: number>`, `function<number>->string` with the result last."""
        inner = _nodes(parts)
        keys = tuple(part.key for part in inner if isinstance(part, nodes.Entry))
        kinds = tuple(_type(part.value if isinstance(part, nodes.Entry) else part) for part in inner)
        has_result = any(_kind(part) == "ARROW" for part in parts)
        return nodes.TypeName(_span(parts), _text(parts[0]), kinds, keys, has_result)

    def type_entry(self, parts: list[Part]) -> Node:
        return nodes.Entry(_span(parts), _text(parts[0]), _nodes(parts)[0])

    def value_test(self, parts: list[Part]) -> Node:
        return _nodes(parts)[0]

    def order_test(self, parts: list[Part]) -> Node:
        return nodes.UnaryComparison(_span(parts), nodes.Order(_text(parts[0])), _nodes(parts)[0])

    def any_test(self, parts: list[Part]) -> Node:
        return nodes.UnaryTests(_span(parts), (nodes.AnyTest(_span(parts)),), negated=False)

    def unary_tests(self, parts: list[Part]) -> Node:
        return nodes.UnaryTests(_span(parts), _nodes(parts), _kind(parts[0]) == "NOT")


def _span(parts: Sequence[Part]) -> Span:
    return Span(_start(parts[0]), _end(parts[-1]))


def _start(part: Part) -> int:
    return part.span.start if isinstance(part, Node) else part.start_pos or 0


def _end(part: Part) -> int:
    return part.span.end if isinstance(part, Node) else part.end_pos or 0


def _nodes(parts: Sequence[Part]) -> tuple[Node, ...]:
    return tuple(part for part in parts if isinstance(part, Node))


def _of(kind: type[Kind], parts: Sequence[Part]) -> tuple[Kind, ...]:
    return tuple(part for part in parts if isinstance(part, kind))


def _kind(part: Part) -> str:
    return part.type if isinstance(part, Token) else ""


def _text(part: Part) -> str:
    return str(part.value) if isinstance(part, Token) else ""


def _type(node: Node) -> nodes.TypeName:
    if not isinstance(node, nodes.TypeName):
        raise TypeError("the grammar allows only types here")
    return node
