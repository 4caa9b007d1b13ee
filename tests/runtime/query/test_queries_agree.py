"""What an expression asks of other records: the same in SQL and in Python FEEL, on both databases.

Twice: inside a condition, as a subquery of the row, and as an answer that is given to the expression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.forms.table_plan import Column, ColumnKind
from engine.problems import errors
from engine.rules.feel import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    NUMBER,
    STRING,
    Compiled,
    ContextType,
    Scope,
    compile_expression,
)
from engine.rules.feel.queries import Aggregate, Query
from engine.values import Reference, from_python
from runtime.catalog.schema import column_type
from runtime.db.database import Database
from runtime.query.filter import Filter
from runtime.query.lifted import answer_columns, read_answer
from runtime.query.terms import AskedRecords, Kind, Term, term_of

ZONE = ZoneInfo("Asia/Shanghai")
NOW = from_python(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), ZONE)
PLANS = {
    "deal": {
        "amount": Column("amount", ColumnKind.NUMBER, scale=2),
        "name": Column("name", ColumnKind.TEXT),
        "day": Column("day", ColumnKind.DATE),
    },
    "visit": {
        "of": Column("of", ColumnKind.REFERENCE, target="deal"),
        "cost": Column("cost", ColumnKind.NUMBER, scale=3),
        "page": Column("page", ColumnKind.TEXT),
        "on": Column("on", ColumnKind.DATE),
        "at": Column("at", ColumnKind.DATETIME),
        "done": Column("done", ColumnKind.BOOLEAN),
    },
}
META = sa.MetaData()
TABLES = {
    key: sa.Table(
        key,
        META,
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, column_type(plan)) for name, plan in plans.items()),
    )
    for key, plans in PLANS.items()
}
DEAL = ContextType({"id": NUMBER, "amount": NUMBER, "name": STRING, "day": DATE})
VISIT = ContextType(
    {"of": DEAL, "cost": NUMBER, "page": STRING, "on": DATE, "at": DATE_TIME, "done": BOOLEAN}
)
SCOPE = Scope(
    {**DEAL.fields, "record": DEAL, "user": ContextType({"page": STRING})}, records={"visit": VISIT}
)
USER = {"page": "b"}


class Names:
    """Names over one of the two tables."""

    def __init__(self, form: str, dialect: str, source: sa.FromClause | None = None) -> None:
        self._form, self._dialect = form, dialect
        self._source = TABLES[form] if source is None else source

    def field(self, name: str) -> Term | None:
        if name == "record":
            return Term(Kind.REFERENCE, self._source.c.id, filled=True)
        term = term_of(PLANS[self._form][name], self._source.c[name], self._dialect)
        if term is not None and term.kind is Kind.BOOLEAN:
            return Term(Kind.BOOLEAN, sa.func.coalesce(term.sql, sa.false()))
        return term

    def hop(self, relation: str, name: str) -> Term | None:
        if relation == "record":
            return self.field(name)
        there = TABLES["deal"].alias()
        wanted = term_of(PLANS["deal"][name], there.c[name], self._dialect)
        assert wanted is not None
        found = sa.select(wanted.sql).where(there.c.id == self._source.c[relation])
        return Term(wanted.kind, found.correlate_except(there).scalar_subquery(), wanted.scale)

    def asked(self, form: str) -> AskedRecords | None:
        there = TABLES[form].alias()
        return AskedRecords(there, Names(form, self._dialect, there), frozenset(PLANS[form]), sa.true())


DAYS = [date(2026, 2, 27) + timedelta(days=n) for n in range(5)]
MOMENTS = [datetime(2026, 3, 1, 16, tzinfo=UTC), datetime(2026, 2, 27, tzinfo=UTC)]
PAGES = ["a", "b", "客户"]
AMOUNTS = [Decimal("-1.50"), Decimal("0.00"), Decimal("2.50"), Decimal("10.00")]
DEALS = st.fixed_dictionaries(
    {
        "amount": st.none() | st.sampled_from(AMOUNTS),
        "name": st.none() | st.sampled_from(PAGES),
        "day": st.none() | st.sampled_from(DAYS),
    }
)
VISITS = st.fixed_dictionaries(
    {
        "of": st.sampled_from([None, 0, 1, 2]),
        "cost": st.none() | st.sampled_from([Decimal("2.500"), Decimal("0.125"), Decimal("10.000")]),
        "page": st.none() | st.sampled_from(PAGES),
        "on": st.none() | st.sampled_from(DAYS),
        "at": st.none()
        | st.sampled_from([datetime(2026, 3, 1, 16, tzinfo=UTC), datetime(2026, 2, 27, tzinfo=UTC)]),
        "done": st.booleans(),
    }
)
INSIDE = st.recursive(
    st.sampled_from(
        [
            "of = record",
            "of != record",
            "of = null",
            "done",
            "cost >= record.amount",
            "cost * 2 > amount + 1",
            "cost = null",
            "page = name",
            "page in (user.page, record.name)",
            'page = "a"',
            "contains(page, user.page)",
            "of.amount > 1",
            "of.name = page",
            "on between day and today()",
            'on - date(day) > duration("P1D")',
            'on >= today() - duration("P2D")',
            'at >= now() - duration("P2D")',
            "date(at) <= today()",
        ]
    ),
    lambda inner: st.one_of(
        inner.map(lambda one: f"not({one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    ),
    max_leaves=3,
)
ORDERS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


@st.composite
def _asking(draw: st.DrawFn) -> str:
    rows = 'records("visit")' + draw(st.just("") | INSIDE.map(lambda one: f"[{one}]"))
    order = draw(ORDERS)
    shapes = [
        f"count({rows}) {order} {draw(st.sampled_from(['0', '1', 'amount']))}",
        f"exists({rows})",
        f"sum({rows}.cost) {order} {draw(st.sampled_from(['2.5', 'amount', 'null']))}",
        f"amount {order} min({rows}.cost)",
        f"max({rows}.on) {order} {draw(st.sampled_from(['day', 'today()']))}",
        f"min({rows}.page) {order} name",
        f'max({rows}.at) >= now() - duration("P3D")',
    ]
    return draw(st.sampled_from(shapes))


CONDITIONS = st.recursive(
    _asking() | st.sampled_from(["amount > 1", 'record.name = "a"']),
    lambda inner: st.one_of(
        inner.map(lambda one: f"not({one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    ),
    max_leaves=3,
)


@pytest.fixture
def database_with_tables(database: Database) -> Iterator[Database]:
    database.write(META.create_all)
    yield database
    database.write(META.drop_all)


Rows = list[dict[str, object]]


def _feel(rows: Rows, deals: list[dict[str, object]] | None = None) -> list[dict[str, object]]:
    found = []
    for number, row in enumerate(rows):
        values = {
            key: from_python(value, ZONE) if isinstance(value, date) else value for key, value in row.items()
        }
        if deals is not None and (of := row["of"]) is not None:
            values["of"] = Reference(deals[of] if of < len(deals) else {"id": of})  # type: ignore[operator, index, arg-type]
        found.append({"id": number, **values})
    return found


def _python(query: Query, text: str, around: Mapping[str, object], visits: Rows) -> object:
    """FEEL over the list of all rows."""
    where = "true" if query.where is None else text[query.where.span.start : query.where.span.end]
    scope = Scope({**SCOPE.names, **VISIT.fields})
    chosen = [one for one in visits if _value(where, scope, {**around, **one}) is True]
    if query.aggregate is Aggregate.EXISTS:
        return bool(chosen)
    listed = chosen if query.aggregate is Aggregate.COUNT else [one[query.field] for one in chosen]
    return _value(f"{query.aggregate}(rows)", Scope({"rows": ANY}), {"rows": listed})


def _value(text: str, scope: Scope, context: Mapping[str, object]) -> object:
    return compile_expression(text, scope).evaluate(context, now=NOW).value


def _answer(
    conn: sa.Connection, dialect: str, compiled: Compiled, query: Query, around: Mapping[str, object]
) -> object:
    column = TABLES["visit"].c[query.field] if query.field else None
    columns = answer_columns(query, column, dialect)
    statement, params = sa.select(*columns).select_from(TABLES["visit"]), {}
    if query.condition is not None:
        asked = replace(compiled, node=query.condition, queries=())
        scope = Scope(dict.fromkeys({*around, *VISIT.fields}, ANY))
        inside = Filter(asked, scope, Names("visit", dialect), frozenset(VISIT.fields), dialect=dialect)
        assert not errors(inside.problems)
        bound = inside.bind(around, NOW, ZONE)
        statement, params = statement.where(bound.clause), dict(bound.params)
    return read_answer(query, list(conn.execute(statement, params).one()), column, dialect, ZONE)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=CONDITIONS,
    deals=st.lists(DEALS, min_size=1, max_size=3),
    visits=st.lists(VISITS, max_size=5),
)
def test_sql_and_python_find_the_same(
    database_with_tables: Database, text: str, deals: Rows, visits: Rows
) -> None:
    database = database_with_tables
    compiled = compile_expression(text, SCOPE)
    fields = frozenset({*DEAL.fields, "record"})
    condition = Filter(compiled, SCOPE, Names("deal", database.dialect), fields, dialect=database.dialect)
    assert not errors(condition.problems), text
    rows = _feel(deals)
    asked = _feel(visits, rows)
    contexts = [{**row, "record": Reference(row), "user": USER} for row in rows]
    expected = [{one.name: _python(one, text, row, asked) for one in compiled.queries} for row in contexts]

    def work(conn: sa.Connection) -> tuple[set[int], list[dict[str, object]]]:
        for key, stored in (("deal", deals), ("visit", visits)):
            conn.execute(TABLES[key].delete())
            if stored:
                conn.execute(TABLES[key].insert(), [{"id": n, **row} for n, row in enumerate(stored)])
        bound = condition.bind({"user": USER}, NOW, ZONE)
        selected = sa.select(TABLES["deal"].c.id).where(bound.clause)
        answers = [
            {one.name: _answer(conn, database.dialect, compiled, one, row) for one in compiled.queries}
            for row in contexts
        ]
        return set(conn.execute(selected, bound.params).scalars()), answers

    found, answers = database.write(work)
    assert answers == expected
    true = {
        number
        for number, row in enumerate(contexts)
        if compiled.evaluate({**row, **expected[number]}, now=NOW).value is True
    }
    assert found == true
