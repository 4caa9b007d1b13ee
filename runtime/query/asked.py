"""What a condition asks of stored records, row by row: `count(records("x")[…])` as a correlated subquery.

Inside the brackets a bare name is a field of the asked record first, then of the row outside; `record` is
that row. Other names are constants, as everywhere.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa

from engine.rules.feel.nodes import Name, Node
from engine.rules.feel.queries import Aggregate, Query
from runtime.query.lifted import check_measured
from runtime.query.terms import AskedRecords, Kind, Names, Term
from runtime.query.values import Values, refuse

_SPLIT: Final = 10**9
_MOST: Final = 2**62
"""Beyond every constant that is compared with (`bounds`)."""


class _Inside:
    """The names inside the brackets."""

    def __init__(self, asked: AskedRecords, outside: Names) -> None:
        self._asked = asked
        self._outside = outside

    def field(self, name: str) -> Term | None:
        return (self._asked.names if name in self._asked.fields else self._outside).field(name)

    def hop(self, relation: str, name: str) -> Term | None:
        return (self._asked.names if relation in self._asked.fields else self._outside).hop(relation, name)

    def asked(self, form: str) -> AskedRecords | None:
        return self._asked.names.asked(form)


class Asked(Values):
    """Queries as values and as conditions of the row."""

    @abstractmethod
    def _inner(self, node: Node) -> sa.ColumnElement[bool]:
        """The clause that holds where the condition in brackets is true."""

    def _answer(self, query: Query) -> Term:
        if query.aggregate is Aggregate.EXISTS:
            return Term(Kind.BOOLEAN, self._exists(query))
        asked = self._records(query)
        if query.aggregate is Aggregate.COUNT:
            return Term(Kind.NUMBER, self._of_rows(query, asked, sa.func.count()))
        check_measured(query, asked.names)
        term = asked.names.field(query.field)
        assert term is not None
        measured = self._measured(query.aggregate, term)
        complete = sa.case((sa.func.count() == sa.func.count(term.sql), measured))
        return Term(term.kind, self._of_rows(query, asked, complete), term.scale)

    def _exists(self, query: Query) -> sa.ColumnElement[bool]:
        asked = self._records(query)
        some: sa.Select[Any] = (
            sa.select(sa.literal_column("1")).select_from(asked.source).where(*self._chosen(query, asked))
        )
        return some.correlate_except(asked.source).exists()

    def _of_rows(self, query: Query, asked: AskedRecords, value: sa.ColumnElement[Any]) -> Any:
        rows = sa.select(value).select_from(asked.source).where(*self._chosen(query, asked))
        return rows.correlate_except(asked.source).scalar_subquery()

    def _records(self, query: Query) -> AskedRecords:
        asked = self._names.asked(query.form)
        if asked is None:
            raise refuse("form", Name(query.span, query.form), form=query.form)
        return asked

    def _chosen(self, query: Query, asked: AskedRecords) -> Iterator[sa.ColumnElement[bool]]:
        yield asked.chosen
        condition = query.condition
        if condition is not None:
            with self._within(asked):
                yield self._inner(condition)

    @contextmanager
    def _within(self, asked: AskedRecords) -> Iterator[None]:
        names, fields = self._names, self._fields
        self._names, self._fields = _Inside(asked, names), fields | asked.fields
        try:
            yield
        finally:
            self._names, self._fields = names, fields

    def _measured(self, aggregate: Aggregate, term: Term) -> sa.ColumnElement[Any]:
        match aggregate:
            case Aggregate.MIN:
                return sa.func.min(term.sql)
            case Aggregate.MAX:
                return sa.func.max(term.sql)
            case _:
                return _sum(term.sql) if self._sqlite else sa.func.sum(term.sql)


def _sum(units: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """SQLite stops with an error at 2^63: a sum beyond every constant stays just there."""
    split = sa.literal_column(str(_SPLIT), sa.BigInteger)
    high, low = sa.func.sum(units.op("/")(split)), sa.func.sum(units % split)
    most, edge = (sa.literal_column(str(one), sa.BigInteger) for one in (_MOST, _MOST // _SPLIT))
    return sa.case((high >= edge, most), (high <= -edge, -most), else_=high * split + low)
