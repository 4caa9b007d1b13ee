from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, MultipleResultsFound

from runtime.db.prepared import Prepared
from runtime.db.statements import count_statements
from runtime.db.types import ExactNumber, JsonText, RowId, UtcDateTime

offer = sa.Table(
    "offer",
    sa.MetaData(),
    sa.Column("id", RowId, primary_key=True),
    sa.Column("label", sa.String(20), unique=True),
    sa.Column("amount", ExactNumber(2)),
    sa.Column("at", UtcDateTime),
    sa.Column("data", JsonText),
    sqlite_autoincrement=True,
)
AT = datetime(2026, 3, 1, 12, 30, 15, 250000, UTC)
COLUMNS = ("label", "amount", "at", "data")
INSERT = Prepared(offer.insert().returning(offer.c.id), COLUMNS)
CHOSEN = Prepared(
    sa.select(offer.c.label, offer.c.amount, offer.c.at, offer.c.data, sa.literal("100 %").label("share"))
    .where(
        offer.c.label.in_(sa.bindparam("labels", expanding=True)),
        offer.c.amount > sa.bindparam("above", type_=ExactNumber(2)),
        offer.c.label.not_in(["never", "neither"]),
    )
    .order_by(offer.c.id)
)


def row(label: str, amount: str = "1.50") -> dict[str, object]:
    return {"label": label, "amount": Decimal(amount), "at": AT, "data": {"n": [Decimal("0.10")]}}


@pytest.fixture
def offers(database):
    database.write(offer.create)
    return database


def test_values_go_in_and_come_back_as_with_sqlalchemy_for_lists_of_any_length(offers) -> None:
    first = offers.write(lambda conn: INSERT.value(conn, row("a")))
    offers.write(lambda conn: Prepared(offer.insert().inline(), COLUMNS).send(conn, [row("b"), row("never")]))

    with offers.read() as conn:
        found = [
            CHOSEN.rows(conn, {"labels": labels, "above": Decimal("1.49")})
            for labels in (["a", "b", "never"], [], ["b"])
        ]
        none = CHOSEN.mapping(conn, {"labels": ["a"], "above": Decimal("1.50")})
        whole = conn.execute(sa.select(offer.c["label", "amount", "at", "data"]).order_by(offer.c.id)).all()

    assert first == 1
    assert [[one[0] for one in rows] for rows in found] == [["a", "b"], [], ["b"]]
    assert tuple(found[0][0]) == ("a", Decimal("1.50"), AT, {"n": [Decimal("0.10")]}, "100 %")
    assert [tuple(one[:4]) for one in found[0]] == [tuple(one) for one in whole[:2]]
    assert none is None


def test_two_rows_where_one_was_expected_are_a_fault(offers) -> None:
    offers.write(lambda conn: [INSERT.value(conn, row(label)) for label in "ab"])

    with offers.read() as conn, pytest.raises(MultipleResultsFound):
        CHOSEN.row(conn, {"labels": ["a", "b"], "above": Decimal(0)})


def test_errors_of_the_driver_arrive_as_sqlalchemys_and_undo_the_unit(offers) -> None:
    with pytest.raises(IntegrityError) as raised:
        offers.write(lambda conn: [INSERT.value(conn, row("a")) for _ in range(2)])

    with offers.read() as conn:
        assert CHOSEN.rows(conn, {"labels": ["a"], "above": Decimal(0)}) == []
    assert raised.value.orig is not None


def test_a_lost_connection_does_not_come_back_from_the_pool(offers) -> None:
    if offers.dialect == "sqlite":
        pytest.skip("SQLite has no connection to lose")
    end = sa.text("SELECT pg_terminate_backend(pg_backend_pid())")
    gone = Prepared(sa.select(sa.func.pg_terminate_backend(sa.func.pg_backend_pid())))

    from_prepared, from_text = [], []
    for seen, act in ((from_prepared, lambda c: gone.rows(c, {})), (from_text, lambda c: c.execute(end))):
        with pytest.raises(Exception) as raised:
            offers.write(act)
        seen.append([problem.code for problem in raised.value.problems])

    assert from_prepared == from_text == [["db.unreachable"]]
    assert offers.write(lambda conn: INSERT.value(conn, row("a"))) == 1


def test_each_execution_is_counted_once(offers) -> None:
    with count_statements(offers) as counter:
        offers.write(lambda conn: INSERT.value(conn, row("a")))
        offers.write(lambda conn: Prepared(offer.insert().inline(), COLUMNS).send(conn, [row("b"), row("c")]))

    assert counter.count == 2, counter.statements
