"""Values of an expression in SQL: fields, one relation hop, `+ - *`, dates, and the constants they meet."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Problem
from engine.rules.feel.nodes import (
    Arithmetic,
    Calculation,
    Call,
    Name,
    Negation,
    Node,
    NumberLiteral,
    Order,
    Path,
    StringLiteral,
    TemporalLiteral,
    children,
)
from engine.rules.feel.queries import Query
from engine.values import Date, DayTimeDuration, duration_from_text
from runtime.db.types import UtcDateTime
from runtime.query.bounds import DAY_NANOS, Shape
from runtime.query.terms import Constant, Kind, Names, Term

CONSTANT_DECIMALS: Final = 6
"""Decimals of a constant inside a calculation that is not written as a number."""
MAX_DECIMALS: Final = 12
"""Beyond it a product of two fields of 15 digits would no longer be comparable exactly on SQLite."""
MAX_ITEMS: Final = 1000
"""Of a list that a value is looked for in."""
_INTEGER: Final = sa.BigInteger()
_DATE_FUNCTIONS: Final = frozenset({"date", "today"})
_EXACT_TYPES: Final[Mapping[Kind, sa.types.TypeEngine[Any]]] = MappingProxyType(
    {
        Kind.NUMBER: sa.Numeric(),
        Kind.TEXT: sa.String(),
        Kind.BOOLEAN: sa.Boolean(),
        Kind.DAY: sa.Date(),
        Kind.INSTANT: UtcDateTime(),
        Kind.INSTANT_DAY: UtcDateTime(),
        Kind.DAYS: sa.Integer(),
        Kind.REFERENCE: sa.BigInteger(),
    }
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One use of a constant: it is bound as the right side of `<term of kind and scale> order constant`.

    many   the constant may be a list, and then stands for each of its items
    """

    node: Node
    kind: Kind
    scale: int
    order: Order
    many: bool = False


Shapes = Sequence[frozenset[Shape]]
"""Per slot the shapes of its bound values, in the order in which slots are met."""


class Refused(Exception):
    """The expression is outside the subset."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.code for problem in problems))


def refuse(code: str, node: Node, **params: object) -> Refused:
    return Refused(Problem(f"query.expression.{code}", params=params, span=node.span))


class Values(ABC):
    """Compiles values for one pattern of constants; `slots` lists the constants in the order they are met.

    fields    the names that stand for something of the record; what reads none of them is a constant
    queries   what the expression asks of stored records, by name
    shapes    None while slots are only being found · prefix: of the names of parameters
    """

    def __init__(
        self,
        names: Names,
        fields: frozenset[str],
        queries: Mapping[str, Query],
        dialect: str,
        prefix: str,
        shapes: Shapes | None = None,
    ) -> None:
        self._names = names
        self._fields = fields
        self._queries = queries
        self._dialect = dialect
        self._sqlite = dialect == "sqlite"
        self._prefix = prefix
        self._shapes = shapes
        self.slots: list[Slot] = []

    def _constant(self, node: Node) -> bool:
        """Whether no field is read; a name before `(` is a function, also if a field has the same key."""
        if isinstance(node, Name):
            return node.name not in self._fields and node.name not in self._queries
        if isinstance(node, Call) and isinstance(node.function, Name):
            return all(self._constant(argument) for argument in node.arguments)
        return all(self._constant(child) for child in children(node))

    def _term(self, node: Node) -> Term | Constant:
        if self._constant(node):
            return Constant(node)
        if isinstance(node, Name) and node.name in self._queries:
            return self._answer(self._queries[node.name])
        return self._varying(node)

    def _varying(self, node: Node) -> Term:
        match node:
            case Name(name=name):
                return self._found(self._names.field(name), node, name)
            case Path(target=Name(name=relation), name=name):
                return self._found(self._names.hop(relation, name), node, f"{relation}.{name}")
            case Path():
                raise refuse("hops", node)
            case Negation(operand=operand):
                term = self._number(operand)
                return Term(Kind.NUMBER, -term.sql, term.scale)
            case Calculation():
                return self._calculation(node)
            case Call(function=Name(name="date"), arguments=(argument,)):
                return self._day(node, argument)
            case Call(function=Name(name=name)):
                raise refuse("function", node, function=name)
            case _:
                raise refuse("construct", node)

    @abstractmethod
    def _answer(self, query: Query) -> Term:
        """What a query finds: a value that may differ from row to row."""

    def _found(self, term: Term | None, node: Node, name: str) -> Term:
        if term is None:
            raise refuse("no-column", node, field=name)
        return term

    def _day(self, node: Node, argument: Node) -> Term:
        term = self._term(argument)
        assert isinstance(term, Term)
        if term.kind is Kind.DAY:
            return term
        if term.kind is not Kind.INSTANT:
            raise refuse("function", node, function="date")
        return Term(Kind.INSTANT_DAY, term.sql)

    def _calculation(self, node: Calculation) -> Term:
        if node.operator not in (Arithmetic.ADD, Arithmetic.SUBTRACT, Arithmetic.MULTIPLY):
            raise refuse("operator", node, operator=str(node.operator))
        left, right = self._term(node.left), self._term(node.right)
        if Kind.DAY in (_kind(left), _kind(right)):
            return self._dates(node, left, right)
        if {_kind(left), _kind(right)} - {Kind.NUMBER, None}:
            raise refuse("operator", node, operator=str(node.operator))
        first, second = self._operand(left, right), self._operand(right, left)
        if node.operator is Arithmetic.MULTIPLY:
            return Term(Kind.NUMBER, first.sql * second.sql, first.scale + second.scale)
        one, other = self._aligned(first, second)
        result = one + other if node.operator is Arithmetic.ADD else one - other
        return Term(Kind.NUMBER, result, max(first.scale, second.scale))

    def _number(self, node: Node) -> Term:
        term = self._term(node)
        if isinstance(term, Constant) or term.kind is not Kind.NUMBER:
            raise refuse("operator", node, operator="-")
        return term

    def _operand(self, term: Term | Constant, beside: Term | Constant) -> Term:
        """A number of a calculation; a constant gets as many decimals as it is written with."""
        if isinstance(term, Term):
            return term
        scale = _decimals(term.node)
        shapes, value = self._slot(Slot(term.node, Kind.NUMBER, scale, Order.EQUAL))
        if Shape.BETWEEN in shapes:
            raise refuse("decimals", term.node, limit=scale)
        sql: sa.ColumnElement[Any] = value if Shape.VALUE in shapes else sa.null()
        return Term(Kind.NUMBER, sql, scale)

    def _dates(self, node: Calculation, left: Term | Constant, right: Term | Constant) -> Term:
        """`date - date` in days, and `date ± duration` in whole days."""
        adding = node.operator is Arithmetic.ADD
        if isinstance(left, Term) and isinstance(right, Constant) and not _is_date(right.node):
            return self._shifted(node, left, right.node, 1 if adding else -1)
        if adding or node.operator is Arithmetic.MULTIPLY:
            raise refuse("operator", node, operator=str(node.operator))
        first, second = self._day_number(node.left, left), self._day_number(node.right, right)
        return Term(Kind.DAYS, first - second)

    def _shifted(self, node: Node, term: Term, duration: Node, sign: int) -> Term:
        shapes, days = self._slot(Slot(duration, Kind.DAYS, 0, Order.EQUAL))
        if Shape.VALUE not in shapes or not _may_be_days(duration):
            raise refuse("whole-days", node)
        if self._sqlite:
            signed = days if sign > 0 else -days
            return Term(Kind.DAY, sa.type_coerce(sa.func.date(term.sql, signed.concat(" days")), sa.Date()))
        moved = term.sql + days if sign > 0 else term.sql - days
        return Term(Kind.DAY, sa.type_coerce(moved, sa.Date()))

    def _day_number(self, node: Node, term: Term | Constant) -> sa.ColumnElement[int]:
        """A day as a number that differences can be taken of."""
        if isinstance(term, Constant):
            shapes, sql = self._slot(Slot(term.node, Kind.DAY, 0, Order.EQUAL))
            day: sa.ColumnElement[Any] = sql if Shape.VALUE in shapes else sa.null()
        elif term.kind is Kind.DAY:
            day = term.sql
        else:
            raise refuse("kinds", node, left=term.kind, right=Kind.DAY)
        if self._sqlite:
            return sa.cast(sa.func.julianday(day), sa.BigInteger)
        return sa.type_coerce(sa.cast(day, sa.Date), sa.Integer())

    def _aligned(self, first: Term, second: Term) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
        """Both in the same unit: on SQLite numbers are integers of their own scale."""
        if not self._sqlite or first.kind is not Kind.NUMBER or first.scale == second.scale:
            return first.sql, second.sql
        factor = sa.literal_column(str(10 ** abs(first.scale - second.scale)), sa.BigInteger)
        if first.scale < second.scale:
            return first.sql * factor, second.sql
        return first.sql, second.sql * factor

    def _slot(self, slot: Slot) -> tuple[frozenset[Shape], Any]:
        number = len(self.slots)
        self.slots.append(slot)
        shapes = frozenset({Shape.VALUE}) if self._shapes is None else self._shapes[number]
        return shapes, sa.bindparam(
            f"{self._prefix}{number}",
            type_=_INTEGER if self._sqlite and slot.kind is Kind.NUMBER else _EXACT_TYPES[slot.kind],
            expanding=slot.many,
        )


def _kind(term: Term | Constant) -> Kind | None:
    return term.kind if isinstance(term, Term) else None


def _is_date(constant: Node) -> bool:
    """Whether a constant beside a date is a date itself; otherwise it is a duration."""
    if isinstance(constant, TemporalLiteral):
        return isinstance(constant.value, Date)
    return (
        isinstance(constant, Call)
        and isinstance(constant.function, Name)
        and constant.function.name in _DATE_FUNCTIONS
    )


def _may_be_days(duration: Node) -> bool:
    """False for a duration that is written out and is no number of whole days, such as `P1M`."""
    match duration:
        case TemporalLiteral(value=value):
            pass
        case Call(function=Name(name="duration"), arguments=(StringLiteral(value=text),)):
            value = duration_from_text(text)
        case _:
            return True
    return isinstance(value, DayTimeDuration) and value.nanos % DAY_NANOS == 0


def _decimals(constant: Node) -> int:
    if not isinstance(constant, NumberLiteral):
        return CONSTANT_DECIMALS
    exponent = Decimal(constant.value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
