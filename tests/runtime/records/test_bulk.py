"""Many records at once: the same result as one by one, row by row, with few statements."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from runtime.db.statements import count_statements
from runtime.http.errors import Forbidden
from runtime.records.model import (
    AggregateQuery,
    Function,
    ListQuery,
    Measure,
    Mode,
    NewRow,
    Origin,
    OriginKind,
)
from tests.support.forms import House

LIVE = Origin(OriginKind.IMPORT, batch_id="b1")
PAST = Origin(OriginKind.IMPORT, batch_id="b2", mode=Mode.HISTORY)


def _import(house: House, actor, rows: list[NewRow], origin: Origin = LIVE, *, dry_run: bool = False):
    scene = house.scene(actor)
    return house.workspace.database.write(
        lambda conn: list(
            house.records.create_many(conn, scene, "deal", rows, origin=origin, dry_run=dry_run)
        )
    )


def _count(house: House, actor) -> int:
    scene = house.scene(actor)
    with house.workspace.database.read() as conn:
        return house.records.list(conn, scene, "deal", ListQuery()).count.value


def test_good_rows_are_written_and_bad_ones_say_why(house: House, people) -> None:
    customer = house.create(people.manager, "customer", name="Acme", level="a")
    house.create(people.manager, "deal", name="old", external_no="E1")
    rows = [
        {"name": "a", "customer": customer.id, "amount": 10, "external_no": "E2"},
        {"name": "b", "customer": 999},
        {"amount": 5},
        {"name": "d", "external_no": "E1"},
        {"name": "e", "external_no": "E2"},
        {"name": "f", "stage": "lost"},
        {"name": "g", "lines": [{"values": {"product": "x", "price": 2}}]},
    ]

    results = _import(house, people.manager, [NewRow(one) for one in rows])

    problems = [[(p.code, p.at) for p in one.problems if p.is_error] for one in results]
    assert [one.record is not None for one in results] == [True, False, False, False, False, False, True]
    assert problems == [
        [],
        [("records.reference.unknown", "/customer")],
        [("form.value.required", "/name")],
        [("records.value.taken", "/external_no")],
        [("records.value.taken", "/external_no")],
        [("form.value.required", "/lost_reason")],
        [],
    ]
    written = house.get(people.manager, "deal", results[0].record or 0)
    assert (written.values["rank"], written.values["net"], written.values["no"]) == (
        "a",
        Decimal(10),
        "D202603-0002",
    )
    assert house.get(people.manager, "deal", results[6].record or 0).values["total"] == Decimal(2)


def test_a_dry_run_says_the_same_and_writes_nothing(house: House, people) -> None:
    rows = [
        NewRow({"name": "a", "external_no": "E1"}),
        NewRow({"name": "b", "external_no": "E1"}),
        NewRow({}),
    ]

    dry = _import(house, people.manager, rows, dry_run=True)
    before = _count(house, people.manager)
    real = _import(house, people.manager, rows)

    assert before == 0
    assert [one.problems for one in dry] == [one.problems for one in real]
    assert all(one.record is None for one in dry)


def test_history_brings_its_own_stamps_and_owner_by_the_right_alone(house: House, people) -> None:
    when = datetime(2019, 5, 1, tzinfo=UTC)
    row = NewRow({"name": "old"}, created_at=when, owner=people.other.id)

    results = _import(house, people.manager, [row], PAST)
    with pytest.raises(Forbidden):
        _import(house, people.rep, [row], PAST)

    made = house.get(people.manager, "deal", results[0].record or 0)
    assert (made.values["created_at"], made.values["owner"]) == (when, people.other.id)
    assert made.values["department"] == people.other.main_department


@pytest.mark.thorough
def test_a_thousand_rows_take_a_handful_of_statements(house: House, people) -> None:
    customers = [house.create(people.manager, "customer", name=f"C{n}").id for n in range(20)]
    rows = [
        NewRow({"name": f"n{n}", "customer": customers[n % 20], "external_no": f"E{n}", "amount": n})
        for n in range(1000)
    ]

    with count_statements(house.workspace.database) as counter:
        results = _import(house, people.manager, rows)

    assert all(one.record for one in results)
    assert counter.count <= 12, counter.statements


def test_aggregates_give_the_numbers_back(house: House, people) -> None:
    rows = [
        *(NewRow({"name": "w", "stage": "won", "amount": Decimal("0.10")}) for _ in range(300)),
        *(NewRow({"name": "l", "stage": "lost", "amount": 5, "lost_reason": "x"}) for _ in range(100)),
    ]
    _import(house, people.manager, rows)
    scene = house.scene(people.manager)
    query = AggregateQuery(
        (
            Measure("n", Function.COUNT),
            Measure("won", Function.COUNT, where='stage = "won"'),
            Measure("money", Function.SUM, "amount", where='stage = "won"'),
            Measure("mean", Function.AVG, "amount"),
            Measure("most", Function.MAX, "amount"),
            Measure("rate", Function.RATIO, numerator="won", denominator="n"),
        ),
        where='stage in ("won", "lost")',
    )

    with house.workspace.database.read() as conn:
        whole = house.records.aggregate(conn, scene, "deal", query)[0].values
        stages = house.records.aggregate(conn, scene, "deal", AggregateQuery(query.measures[:1], ("stage",)))

    assert whole == {
        "n": 400,
        "won": 300,
        "money": Decimal("30.00"),
        "mean": Decimal("1.325000"),
        "most": Decimal("5.00"),
        "rate": Decimal("0.750000"),
    }
    assert {group.key["stage"]: group.values["n"] for group in stages} == {"won": 300, "lost": 100}


def test_aggregates_count_only_what_the_reader_sees(house: House, people) -> None:
    house.create(people.rep, "deal", name="mine", amount=1)
    house.create(people.other, "deal", name="theirs", amount=2)
    scene = house.scene(people.rep)
    query = AggregateQuery((Measure("sum", Function.SUM, "amount"),), ("owner",))

    with house.workspace.database.read() as conn:
        groups = house.records.aggregate(conn, scene, "deal", query)

    assert [(group.key, group.values) for group in groups] == [
        ({"owner": people.rep.id}, {"sum": Decimal("1.00")})
    ]
    assert groups[0].titles["user", people.rep.id] == "Rep"
