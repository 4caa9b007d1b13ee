"""FEEL → SQL: the subset of SEMANTICS §5, refused by name and place outside it.

A condition has two clauses: `truth` holds exactly where FEEL gives true, `falsity` where it gives false;
where FEEL gives null neither holds. So `not`, `and`, `or` and null-safe `=` need no three-valued logic in
SQL, and a plain `column = :value` stays plain and uses its index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Problem
from engine.rules.feel.nodes import (
    And,
    AnyTest,
    Between,
    BooleanLiteral,
    Call,
    Comparison,
    In,
    ListNode,
    Name,
    Node,
    NumberLiteral,
    Or,
    Order,
    RangeNode,
    UnaryComparison,
    walk,
)
from engine.rules.feel.queries import Aggregate, Query
from runtime.query.asked import Asked
from runtime.query.bounds import Shape
from runtime.query.terms import Constant, Kind, Term
from runtime.query.values import Refused, Slot, refuse

Clause = sa.ColumnElement[bool]
MAX_NODES: Final = 500
"""SQLite's parser stops at a depth of 1000; a chain of n conditions has depth n."""
MAX_QUERIES: Final = 10
"""That one expression may ask of stored records."""

_NEGATED: Final = {
    Order.LESS: Order.GREATER_EQUAL,
    Order.LESS_EQUAL: Order.GREATER,
    Order.GREATER: Order.LESS_EQUAL,
    Order.GREATER_EQUAL: Order.LESS,
    Order.EQUAL: Order.NOT_EQUAL,
    Order.NOT_EQUAL: Order.EQUAL,
}
_SOME: Final = {
    (Order.GREATER, "0"): True,
    (Order.NOT_EQUAL, "0"): True,
    (Order.GREATER_EQUAL, "1"): True,
    (Order.EQUAL, "0"): False,
    (Order.LESS_EQUAL, "0"): False,
    (Order.LESS, "1"): False,
}
_MIRRORED: Final = {
    Order.LESS: Order.GREATER,
    Order.LESS_EQUAL: Order.GREATER_EQUAL,
    Order.GREATER: Order.LESS,
    Order.GREATER_EQUAL: Order.LESS_EQUAL,
    Order.EQUAL: Order.EQUAL,
    Order.NOT_EQUAL: Order.NOT_EQUAL,
}


class Conditions(Asked):
    """Compiles one condition for one pattern of constants."""

    def where(self, node: Node) -> Clause:
        """The clause that holds where `node` is true. Raises Refused with all reasons."""
        inside = [query.condition for query in self._queries.values()]
        if sum(1 for one in (node, *inside) if one is not None for _ in walk(one)) > MAX_NODES:
            raise refuse("too-large", node, limit=MAX_NODES)
        if len(inside) > MAX_QUERIES:
            raise refuse("too-many-queries", node, limit=MAX_QUERIES)
        return self._condition(node, truth=True)

    def _condition(self, node: Node, *, truth: bool) -> Clause:
        match node:
            case And(operands=operands):
                return _join(self._each(operands, truth=truth), all_of=truth)
            case Or(operands=operands):
                return _join(self._each(operands, truth=truth), all_of=not truth)
            case Call(function=Name(name="not"), arguments=(operand,)):
                return self._condition(operand, truth=not truth)
            case _:
                return self._predicate(node, truth=truth)

    def _predicate(self, node: Node, *, truth: bool) -> Clause:
        match node:
            case Comparison(operator=order, left=left, right=right):
                return self._comparison(node, order, left, right, truth=truth)
            case Between(value=value, low=low, high=high):
                self._refuse_constant(value, node)
                ends = (Comparison(node.span, Order.GREATER_EQUAL, value, low),
                        Comparison(node.span, Order.LESS_EQUAL, value, high))  # fmt: skip
                return _join(self._each(ends, truth=truth), all_of=truth)
            case In(value=value, tests=tests):
                return self._in(node, value, tests, truth=truth)
            case Call(
                function=Name(name=("contains" | "starts with" | "ends with") as name), arguments=(a, b)
            ):
                return self._text_search(node, name, a, b, truth=truth)
            case _:
                return self._boolean(node, truth=truth)

    def _each(self, nodes: Sequence[Node], *, truth: bool) -> list[Clause]:
        clauses: list[Clause] = []
        problems: list[Problem] = []
        for node in nodes:
            try:
                clauses.append(self._condition(node, truth=truth))
            except Refused as refused:
                problems += refused.problems
        if problems:
            raise Refused(*problems)
        return clauses

    def _boolean(self, node: Node, *, truth: bool) -> Clause:
        """A checkbox, or a condition about the user only."""
        if isinstance(node, BooleanLiteral):
            return sa.true() if node.value is truth else sa.false()
        term = self._term(node)
        if isinstance(term, Constant):
            return self._against(_always_true(), Order.EQUAL, term.node, truth=truth)
        if term.kind is not Kind.BOOLEAN:
            raise refuse("not-boolean", node, kind=term.kind)
        return term.sql if truth else sa.not_(term.sql)

    def _inner(self, node: Node) -> Clause:
        return self._condition(node, truth=True)

    def _comparison(self, node: Node, order: Order, left: Node, right: Node, *, truth: bool) -> Clause:
        some = self._whether_some(order, left, right)
        if some is not None:
            query, wanted = some
            return self._exists(query) if wanted is truth else sa.not_(self._exists(query))
        first, second = self._term(left), self._term(right)
        if isinstance(first, Constant) and isinstance(second, Constant):
            return self._against(_always_true(), Order.EQUAL, node, truth=truth)
        if isinstance(first, Constant):
            assert isinstance(second, Term)
            return self._against(second, _MIRRORED[order], first.node, truth=truth)
        if isinstance(second, Constant):
            return self._against(first, order, second.node, truth=truth)
        return self._between_terms(node, first, order, second, truth=truth)

    def _whether_some(self, order: Order, left: Node, right: Node) -> tuple[Query, bool] | None:
        """`count(…) > 0` and the like: the database need not count to the end."""
        query = self._queries.get(left.name) if isinstance(left, Name) else None
        if query is None or query.aggregate is not Aggregate.COUNT or not isinstance(right, NumberLiteral):
            return None
        wanted = _SOME.get((order, str(right.value)))
        return None if wanted is None else (query, wanted)

    def _between_terms(self, node: Node, first: Term, order: Order, second: Term, *, truth: bool) -> Clause:
        if first.kind is not second.kind or first.kind is Kind.INSTANT_DAY:
            raise refuse("kinds", node, left=first.kind, right=second.kind)
        left, right = self._aligned(first, second)
        if order in (Order.EQUAL, Order.NOT_EQUAL):
            same = truth is (order is Order.EQUAL)
            if same and (first.filled or second.filled):
                return left == right
            return left.is_not_distinct_from(right) if same else left.is_distinct_from(right)
        return _ordered(left, order if truth else _NEGATED[order], right)

    def _against(self, term: Term, order: Order, constant: Node, *, truth: bool) -> Clause:
        """`term order constant`, for a constant that is bound when the statement runs."""
        if order in (Order.EQUAL, Order.NOT_EQUAL):
            positive = truth is (order is Order.EQUAL)
            return self._equals(term, constant) if positive else self._differs(term, constant)
        wanted = order if truth else _NEGATED[order]
        shapes, value = self._slot(Slot(constant, term.kind, term.scale, wanted))
        if Shape.VALUE not in shapes:
            return sa.false()
        return _compared(term, wanted, value)

    def _equals(self, term: Term, constant: Node) -> Clause:
        if term.kind is Kind.INSTANT_DAY:
            return sa.and_(
                self._against(term, Order.GREATER_EQUAL, constant, truth=True),
                self._against(term, Order.LESS_EQUAL, constant, truth=True),
            )
        shapes, value = self._slot(Slot(constant, term.kind, term.scale, Order.EQUAL))
        if Shape.NULL in shapes:
            return term.sql.is_(None)
        return term.sql == value if Shape.VALUE in shapes else sa.false()

    def _differs(self, term: Term, constant: Node) -> Clause:
        if term.kind is Kind.INSTANT_DAY:
            return sa.or_(
                self._against(term, Order.LESS, constant, truth=True),
                self._against(term, Order.GREATER, constant, truth=True),
                term.sql.is_(None),
            )
        shapes, value = self._slot(Slot(constant, term.kind, term.scale, Order.EQUAL))
        if Shape.NULL in shapes:
            return term.sql.is_not(None)
        if Shape.OTHER in shapes:
            return sa.false()
        return sa.or_(term.sql != value, term.sql.is_(None)) if Shape.VALUE in shapes else sa.true()

    def _in(self, node: Node, value: Node, tests: Sequence[Node], *, truth: bool) -> Clause:
        if self._constant(node):
            return self._against(_always_true(), Order.EQUAL, node, truth=truth)
        self._refuse_constant(value, node)
        clauses = [self._test(node, value, test, truth=truth) for test in _flat(tests)]
        return _join(clauses, all_of=not truth)

    def _refuse_constant(self, value: Node, node: Node) -> None:
        """`5 in (amount, …)` reads better, and compiles, the other way round."""
        if self._constant(value) and not self._constant(node):
            raise refuse("construct", node)

    def _test(self, node: Node, value: Node, test: Node, *, truth: bool) -> Clause:
        match test:
            case AnyTest():
                return sa.true() if truth else sa.false()
            case UnaryComparison(operator=order, operand=operand):
                return self._comparison(node, order, value, operand, truth=truth)
            case RangeNode():
                return self._range(value, test, truth=truth)
            case _:
                return self._member(node, value, test, truth=truth)

    def _range(self, value: Node, test: RangeNode, *, truth: bool) -> Clause:
        """Inside both ends; where an end is null there is no verdict.

        A range whose ends are in the wrong order is null itself, and null is in null.
        """
        ends = [Comparison(test.span, order, value, end) for order, end in _range_ends(test)]
        clause = _join([self._end(one, truth=truth) for one in ends], all_of=truth)
        if truth:
            return sa.or_(clause, *self._null_in_null(value, ends))
        known = [self._known(one.right) for one in ends]
        return sa.and_(clause, *known)

    def _null_in_null(self, value: Node, ends: Sequence[Comparison]) -> list[Clause]:
        """Only where an end differs from row to row; constant ends are in order, or the author's mistake."""
        if len(ends) < 2 or all(self._constant(one.right) for one in ends):
            return []
        low, high = (one.right for one in ends)
        wrong_order = self._comparison(ends[0], Order.GREATER, low, high, truth=True)
        term = self._term(value)
        return [sa.and_(term.sql.is_(None), wrong_order)] if isinstance(term, Term) else []

    def _end(self, end: Comparison, *, truth: bool) -> Clause:
        return self._comparison(end, end.operator, end.left, end.right, truth=truth)

    def _known(self, node: Node) -> Clause:
        """Whether a value is there; of a constant that is bound as it would be compared."""
        term = self._term(node)
        if isinstance(term, Term):
            return term.sql.is_not(None)
        shapes, _ = self._slot(Slot(node, Kind.BOOLEAN, 0, Order.EQUAL))
        return sa.false() if Shape.NULL in shapes else sa.true()

    def _member(self, node: Node, value: Node, test: Node, *, truth: bool) -> Clause:
        """Equality with `test`, or with one of its items if it is a list about the user."""
        term, other = self._term(value), self._term(test)
        if isinstance(term, Constant) or isinstance(other, Term):
            return self._comparison(node, Order.EQUAL, value, test, truth=truth)
        if term.kind is Kind.INSTANT_DAY:
            return self._against(term, Order.EQUAL, test, truth=truth)
        shapes, values = self._slot(Slot(test, term.kind, term.scale, Order.EQUAL, many=True))
        member = term.sql.in_(values) if Shape.VALUE in shapes else sa.false()
        missing = term.sql.is_(None)
        if truth:
            return sa.or_(member, missing) if Shape.NULL in shapes else member
        if Shape.NULL in shapes:
            return sa.and_(sa.not_(member), term.sql.is_not(None))
        return sa.or_(sa.not_(member), missing)

    def _text_search(self, node: Node, name: str, text: Node, part: Node, *, truth: bool) -> Clause:
        term = self._term(text)
        if isinstance(term, Constant) or not self._constant(part):
            if self._constant(node):
                return self._against(_always_true(), Order.EQUAL, node, truth=truth)
            raise refuse("search", node, function=name)
        if term.kind is not Kind.TEXT:
            raise refuse("kinds", node, left=term.kind, right=Kind.TEXT)
        shapes, value = self._slot(Slot(part, Kind.TEXT, 0, Order.EQUAL))
        if Shape.VALUE not in shapes:
            return sa.false()
        found = _search(name, term.sql, value, sqlite=self._sqlite)
        return found if truth else sa.and_(sa.not_(found), term.sql.is_not(None))


def _join(clauses: Sequence[Clause], *, all_of: bool) -> Clause:
    return sa.and_(*clauses) if all_of else sa.or_(*clauses)


def _ordered(left: sa.ColumnElement[Any], order: Order, right: sa.ColumnElement[Any]) -> Clause:
    comparisons: dict[Order, Clause] = {
        Order.LESS: left < right,
        Order.LESS_EQUAL: left <= right,
        Order.GREATER: left > right,
        Order.GREATER_EQUAL: left >= right,
    }
    return comparisons[order]


def _compared(term: Term, order: Order, value: sa.ColumnElement[Any]) -> Clause:
    """With a bound constant. That of a day is the instant where it begins, or where the next one does."""
    if term.kind is Kind.INSTANT_DAY:
        order = Order.LESS if order in (Order.LESS, Order.LESS_EQUAL) else Order.GREATER_EQUAL
    return _ordered(term.sql, order, value)


def _always_true() -> Term:
    """What a condition that reads no field is compared with."""
    return Term(Kind.BOOLEAN, sa.true())


def _flat(tests: Sequence[Node]) -> list[Node]:
    """`x in [a, b]` with fields inside the list is `x in (a, b)`."""
    return [item for test in tests for item in (test.items if isinstance(test, ListNode) else (test,))]


def _range_ends(test: RangeNode) -> list[tuple[Order, Node]]:
    if test.operator and test.low is None and test.high is not None:
        return [(Order(test.operator), test.high)]
    if test.low is None or test.high is None:
        raise refuse("construct", test)
    low = Order.GREATER_EQUAL if test.low_included else Order.GREATER
    high = Order.LESS_EQUAL if test.high_included else Order.LESS
    return [(low, test.low), (high, test.high)]


def _search(name: str, text: sa.ColumnElement[Any], part: sa.ColumnElement[Any], *, sqlite: bool) -> Clause:
    """Text search by code points; no LIKE, whose wildcards and case folding FEEL does not know."""
    length = sa.func.length(part)
    if name == "contains":
        return (sa.func.instr if sqlite else sa.func.strpos)(text, part) > 0
    if name == "starts with":
        return sa.func.substr(text, 1, length) == part
    if not sqlite:
        return sa.func.right(text, length) == part
    empty = sa.and_(length == 0, text.is_not(None))
    return sa.or_(sa.func.substr(text, -length) == part, empty)
