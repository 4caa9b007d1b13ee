from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from runtime.db import exact_json
from runtime.db.ddl import operations
from runtime.db.types import ExactNumber, JsonText, RowId, UtcDateTime

thing = sa.Table(
    "thing",
    sa.MetaData(),
    sa.Column("id", RowId, primary_key=True),
    sa.Column("amount", ExactNumber(2)),
    sa.Column("at", UtcDateTime),
    sa.Column("data", JsonText),
    sqlite_autoincrement=True,
)


@pytest.fixture
def store(database):
    """Stores one value and reads it back."""
    database.write(thing.create)

    def round_trip(**values: object):
        def work(connection):
            row_id = connection.execute(sa.insert(thing).values(**values).returning(thing.c.id)).scalar_one()
            return connection.execute(sa.select(thing).where(thing.c.id == row_id)).one()

        return database.write(work)

    return round_trip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(-(10**15), 10**15).map(lambda cents: Decimal(cents).scaleb(-2)))
def test_a_number_comes_back_digit_by_digit(store, number) -> None:
    back = store(amount=number).amount

    assert back == number
    assert back.as_tuple() == number.quantize(Decimal("0.01")).as_tuple()


def test_sums_and_comparisons_are_exact(database, store) -> None:
    for cents in ("0.10", "0.20", "-0.30", "1234567890123.45"):
        store(amount=Decimal(cents))

    with database.read() as connection:
        total = connection.execute(sa.select(sa.func.sum(thing.c.amount))).scalar_one()
        above = connection.execute(sa.select(thing.c.id).where(thing.c.amount > Decimal("0.1"))).all()

    assert total == Decimal("1234567890123.45")
    assert len(above) == 2


def test_a_number_that_does_not_fit_the_scale_is_refused_not_rounded(store) -> None:
    with pytest.raises(StatementError, match="more than 2 decimals"):
        store(amount=Decimal("0.005"))


def test_an_instant_comes_back_in_utc_whatever_its_zone(store) -> None:
    in_shanghai = datetime(2026, 3, 1, 7, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))

    back = store(at=in_shanghai).at

    assert back == in_shanghai
    assert back.tzinfo == UTC


def test_a_time_without_zone_is_refused(store) -> None:
    with pytest.raises(StatementError, match="time zone"):
        store(at=datetime(2026, 3, 1))  # noqa: DTZ001


def test_instants_sort_by_time(database, store) -> None:
    base = datetime(2026, 3, 1, tzinfo=UTC)
    for step in (3, 1, 2):
        store(at=base + timedelta(microseconds=step))

    with database.read() as connection:
        found = list(connection.execute(sa.select(thing.c.at).order_by(thing.c.at)).scalars())

    assert found == [base + timedelta(microseconds=step) for step in (1, 2, 3)]


def test_json_keeps_exact_numbers_and_chinese(store) -> None:
    data = {"金额": Decimal("0.10"), "big": 10**17, "list": [None, True, "斗拱"]}

    assert store(data=data).data == data
    assert exact_json.dumps(Decimal("1E+3")) == b"1000"


def test_ids_are_never_used_again(database, store) -> None:
    first = store(amount=1).id
    database.write(lambda connection: connection.execute(sa.delete(thing)))

    assert store(amount=1).id > first


@pytest.mark.parametrize("backend", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_ddl_does_not_queue_for_long_behind_a_reader(database) -> None:
    database.write(thing.create)
    reader = database.db_engines[0].connect()
    reader.begin()
    reader.execute(sa.select(thing)).all()
    try:
        with pytest.raises(Exception, match=r"db\.busy"):
            database.write(lambda c: operations(c).add_column("thing", sa.Column("late", sa.Text)))
    finally:
        reader.close()

    database.write(lambda c: operations(c).add_column("thing", sa.Column("late", sa.Text)))
