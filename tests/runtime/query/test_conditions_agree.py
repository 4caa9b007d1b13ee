"""The same condition selects the same rows in SQL and in Python FEEL, nulls included, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.forms.table_plan import Column, ColumnKind
from engine.rules.feel import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    NUMBER,
    STRING,
    ContextType,
    ListType,
    Scope,
    compile_expression,
)
from engine.values import from_python
from runtime.catalog.schema import column_type
from runtime.db.database import Database
from runtime.query.filter import Filter
from runtime.query.terms import Kind, Term, term_of

ZONE = ZoneInfo("Asia/Shanghai")
NOW = from_python(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), ZONE)
PLANS = {
    "amount": Column("amount", ColumnKind.NUMBER, scale=2),
    "rate": Column("rate", ColumnKind.NUMBER, scale=4),
    "qty": Column("qty", ColumnKind.NUMBER, scale=0),
    "name": Column("name", ColumnKind.TEXT),
    "flag": Column("flag", ColumnKind.BOOLEAN),
    "day": Column("day", ColumnKind.DATE),
    "due": Column("due", ColumnKind.DATE),
    "at": Column("at", ColumnKind.DATETIME),
}
TABLE = sa.Table(
    "deal",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    *(sa.Column(key, column_type(plan)) for key, plan in PLANS.items()),
)
USER = {"id": 7, "limit": Decimal("10.5"), "names": ["b", "客户"], "nobody": None}
SCOPE = Scope(
    {
        "amount": NUMBER,
        "rate": NUMBER,
        "qty": NUMBER,
        "name": STRING,
        "flag": BOOLEAN,
        "day": DATE,
        "due": DATE,
        "at": DATE_TIME,
        "user": ContextType(
            {"id": NUMBER, "limit": NUMBER, "names": ListType(item=STRING), "nobody": NUMBER}
        ),
    }
)


class Names:
    def __init__(self, dialect: str) -> None:
        self._dialect = dialect

    def field(self, name: str) -> Term | None:
        term = term_of(PLANS[name], TABLE.c[name], self._dialect)
        if term is not None and term.kind is Kind.BOOLEAN:
            return Term(Kind.BOOLEAN, sa.func.coalesce(TABLE.c[name], sa.false()))
        return term

    def hop(self, relation: str, name: str) -> Term | None:
        return None


TEXTS = ["", "a", "b", "B", "ab", "客户", "客户甲", "é", "z😀"]
DAYS = [date(2026, 2, 27) + timedelta(days=n) for n in range(6)]
MOMENTS = [datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC) + timedelta(hours=h) for h in (0, 1, 9, 30)]
ROWS = st.fixed_dictionaries(
    {
        "amount": st.none() | st.decimals(-20, 20, places=2),
        "rate": st.none() | st.sampled_from([Decimal("0.0000"), Decimal("0.1250"), Decimal("1.0001")]),
        "qty": st.none() | st.integers(-3, 12).map(Decimal),
        "name": st.none() | st.sampled_from(TEXTS[1:]),
        "flag": st.booleans(),
        "day": st.none() | st.sampled_from(DAYS),
        "due": st.none() | st.sampled_from(DAYS),
        "at": st.none() | st.sampled_from(MOMENTS),
    }
)


def _text(value: str) -> str:
    return f'"{value}"'


NUMBER_RANGES = st.sampled_from(
    [
        "[-3.5..0.125)",
        "(0..user.limit]",
        "[2.005..10.25]",
        "(5..5]",
        "[qty..user.limit]",
        "[rate..amount]",
        "[user.nobody..5]",
    ]
)
DATE_RANGES = st.sampled_from(['[@"2026-03-01"..today()]', '(date("2026-02-28")..@"2026-03-01")'])
"""With their ends in order: a range whose ends are not is null in FEEL, and `null in null` is true."""
DAY_FIELDS = st.sampled_from(["day", "due"])
FIELDS = st.sampled_from(["amount", "name", "day", "at"])
EQUALITY = st.sampled_from(["=", "!="])
ORDERS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
NUMBERS = st.sampled_from(["0", "5", "-3.5", "10.25", "0.125", "2.005", "user.limit", "user.id", "1 / 4"])
NUMBER_TERMS = st.sampled_from(
    [
        "amount",
        "qty",
        "rate",
        "amount + qty",
        "amount - 1.5",
        "qty * amount",
        "amount * rate",
        "-amount",
        "2 * qty + amount",
    ]
)
DATES = st.sampled_from(["today()", '@"2026-03-01"', 'date("2026-02-28")', 'today() - duration("P1D")'])
DATE_TERMS = st.sampled_from(["day", "due", "date(at)", 'day + duration("P2D")', 'due - duration("P1D")'])


@st.composite
def _comparison(draw: st.DrawFn) -> str:
    order = draw(ORDERS)
    kind = draw(st.integers(0, 9))
    texts = st.sampled_from(TEXTS).map(_text)
    pairs = {
        0: lambda: f"{draw(NUMBER_TERMS)} {order} {draw(NUMBERS)}",
        1: lambda: f"{draw(NUMBERS)} {order} {draw(NUMBER_TERMS)}",
        2: lambda: f"{draw(NUMBER_TERMS)} {order} {draw(NUMBER_TERMS)}",
        3: lambda: f"name {order} {draw(texts)}",
        4: lambda: f"{draw(DATE_TERMS)} {order} {draw(DATES)}",
        5: lambda: f"{draw(DAY_FIELDS)} {order} {draw(DAY_FIELDS)}",
        6: lambda: f'at {order} date and time("2026-03-02T00:59:59@Asia/Shanghai")',
        7: lambda: f"{draw(FIELDS)} {draw(EQUALITY)} null",
        8: lambda: f"amount {draw(st.sampled_from(['=', '!=', '<']))} user.nobody",
        9: lambda: f'(due - day) {order} duration("P1D")',
    }
    return pairs[kind]()


@st.composite
def _test(draw: st.DrawFn) -> str:
    texts = st.sampled_from(TEXTS).map(_text)
    kind = draw(st.integers(0, 8))
    parts = {
        0: lambda: f"amount between {draw(NUMBERS)} and {draw(NUMBERS)}",
        1: lambda: f"qty in ({draw(NUMBERS)}, < {draw(NUMBERS)}, {draw(NUMBER_RANGES)})",
        2: lambda: f"name in ({draw(texts)}, {draw(texts)})",
        3: lambda: "name in user.names",
        4: lambda: f"{draw(st.sampled_from(['contains', 'starts with', 'ends with']))}(name, {draw(texts)})",
        5: lambda: f"day in {draw(DATE_RANGES)}",
        8: lambda: f"amount in {draw(NUMBER_RANGES)}",
        6: lambda: "flag",
        7: lambda: f"date(at) between {draw(DATES)} and {draw(DATES)}",
    }
    return parts[kind]()


CONDITIONS = st.recursive(
    _comparison() | _test(),
    lambda inner: st.one_of(
        inner.map(lambda one: f"not({one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda three: f"({three[0]} {three[1]} {three[2]})"
        ),
    ),
    max_leaves=5,
)


@pytest.fixture
def table(database: Database) -> Iterator[Database]:
    database.write(TABLE.create)
    yield database
    database.write(TABLE.drop)


def _feel(row: dict[str, object]) -> dict[str, object]:
    values = {
        key: from_python(value, ZONE) if isinstance(value, date) else value for key, value in row.items()
    }
    return {**values, "user": USER}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=CONDITIONS, rows=st.lists(ROWS, min_size=1, max_size=6))
def test_sql_and_python_select_the_same_rows(
    table: Database, text: str, rows: list[dict[str, object]]
) -> None:
    compiled = compile_expression(text, SCOPE)
    condition = Filter(compiled, SCOPE, Names(table.dialect), frozenset(PLANS), dialect=table.dialect)
    assert condition.problems == ()

    def work(conn: sa.Connection) -> set[int]:
        conn.execute(TABLE.delete())
        conn.execute(TABLE.insert(), [{"id": number, **row} for number, row in enumerate(rows)])
        bound = condition.bind({"user": USER}, NOW, ZONE)
        return set(conn.execute(sa.select(TABLE.c.id).where(bound.clause), bound.params).scalars())

    expected = {n for n, row in enumerate(rows) if compiled.evaluate(_feel(row), now=NOW).value is True}
    assert table.write(work) == expected
