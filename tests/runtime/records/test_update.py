"""A change: only what differs is written; two people disturb each other only at the same field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.problems import InputError
from runtime.db.statements import count_statements
from runtime.http.errors import Conflict, Forbidden, NotFound, Stale
from runtime.records.model import Origin, OriginKind
from runtime.records.update import Patch
from tests.support.forms import House


def _history(house: House, actor, record: int):
    scene = house.scene(actor)
    with house.workspace.database.read() as conn:
        return house.records.history(conn, scene, "deal", record)


def test_a_change_settles_formulas_and_writes_history(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x", amount=100)

    changed = house.update(people.rep, "deal", deal.id, deal.rev, amount=200)

    entry = _history(house, people.rep, deal.id)[0]
    assert changed.rev == 2
    assert changed.values["net"] == Decimal("200.00")
    assert [(one.field, one.old, one.new) for one in entry.changes] == [
        ("amount", Decimal(100), Decimal(200))
    ]
    assert (entry.action, entry.actor_name, entry.rev) == ("update", "Rep", 2)


def test_two_tabs_that_change_different_fields_are_merged(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x", amount=1)
    house.update(people.manager, "deal", deal.id, deal.rev, amount=2)

    merged = house.update(people.rep, "deal", deal.id, deal.rev, hot=True)

    assert merged.values["amount"] == Decimal(2)
    assert merged.values["hot"] is True
    assert merged.rev == 3


def test_two_tabs_that_change_the_same_field_conflict_with_who_and_what(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x", amount=1)
    house.update(people.manager, "deal", deal.id, deal.rev, amount=2)

    with pytest.raises(Conflict) as error:
        house.update(people.rep, "deal", deal.id, deal.rev, amount=3)

    problem = error.value.problems[0]
    assert (problem.code, problem.at) == ("records.conflict.field", "/values/amount")
    assert (problem.params["by"], problem.params["value"]) == ("Manager", 2)
    assert house.get(people.rep, "deal", deal.id).values["amount"] == Decimal(2)


def test_the_same_value_is_no_conflict_and_no_change(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x", amount=1)
    house.update(people.manager, "deal", deal.id, deal.rev, amount=2)

    again = house.update(people.rep, "deal", deal.id, deal.rev, amount=2)

    assert again.rev == 2


def test_zero_in_an_empty_field_is_a_change(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x")

    changed = house.update(people.rep, "deal", deal.id, deal.rev, amount=0)

    assert (changed.rev, changed.values["amount"]) == (2, Decimal(0))
    assert house.get(people.rep, "deal", deal.id).values["net"] == Decimal(0)
    assert house.update(people.rep, "deal", deal.id, 2, hot=False).rev == 2


def test_if_match_is_strict(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x")
    house.update(people.rep, "deal", deal.id, hot=True)
    scene = house.scene(people.rep)

    patch = Patch(deal.id, {"name": "y"}, deal.rev, strict=True)
    with pytest.raises(Stale):
        house.workspace.database.write(lambda conn: house.records.update(conn, scene, "deal", patch))


def test_rows_change_by_operations_and_keep_their_ids(house: House, people) -> None:
    deal = house.create(
        people.rep, "deal", name="x", lines=[{"values": {"product": name, "price": 1}} for name in "abc"]
    )
    first, second, third = (row.id for row in deal.values["lines"])

    changed = house.update(
        people.rep,
        "deal",
        deal.id,
        deal.rev,
        lines={
            "create": [{"values": {"product": "d", "price": 1}}],
            "update": [{"id": second, "values": {"qty": 5}}],
            "delete": [first],
            "order": [third, -1, second],
        },
    )

    rows = changed.values["lines"]
    assert [row.values["product"] for row in rows] == ["c", "d", "b"]
    assert (rows[0].id, rows[2].id) == (third, second)
    assert rows[1].id not in (first, second, third)
    assert changed.values["total"] == Decimal(7)
    assert house.get(people.rep, "deal", deal.id).values["lines"] == rows


def test_different_rows_never_conflict(house: House, people) -> None:
    deal = house.create(
        people.rep, "deal", name="x", lines=[{"values": {"product": "a"}}, {"values": {"product": "b"}}]
    )
    first, second = (row.id for row in deal.values["lines"])
    house.update(
        people.manager, "deal", deal.id, deal.rev, lines={"update": [{"id": first, "values": {"qty": 5}}]}
    )

    merged = house.update(
        people.rep, "deal", deal.id, deal.rev, lines={"update": [{"id": second, "values": {"qty": 7}}]}
    )
    with pytest.raises(Conflict):
        house.update(
            people.rep, "deal", deal.id, deal.rev, lines={"update": [{"id": first, "values": {"qty": 9}}]}
        )

    assert [row.values["qty"] for row in merged.values["lines"]] == [5, 7]


def test_a_row_of_another_record_is_unknown(house: House, people) -> None:
    mine = house.create(people.rep, "deal", name="x")
    theirs = house.create(people.rep, "deal", name="y", lines=[{"values": {"product": "a"}}])

    with pytest.raises(InputError) as error:
        house.update(people.rep, "deal", mine.id, lines={"delete": [theirs.values["lines"][0].id]})

    assert [one.code for one in error.value.problems] == ["form.value.row-unknown"]


def test_a_conditionally_read_only_field_is_refused(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x", amount=1, locked="a")
    house.update(people.rep, "deal", deal.id, stage="won")

    with pytest.raises(InputError) as error:
        house.update(people.rep, "deal", deal.id, locked="b")

    assert [(one.code, one.at) for one in error.value.problems] == [("form.value.readonly", "/locked")]


def test_what_cannot_be_seen_does_not_exist_and_what_can_be_seen_may_be_closed(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x")

    with pytest.raises(NotFound):
        house.update(people.other, "deal", deal.id, name="y")
    with pytest.raises(Forbidden):
        house.update(people.analyst, "deal", deal.id, name="y")


def test_the_owner_changes_by_transfer_alone(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x")

    with pytest.raises(InputError):
        house.update(people.rep, "deal", deal.id, owner=people.other.id)
    moved = house.update(people.manager, "deal", deal.id, owner=people.other.id)

    assert moved.values["owner"] == people.other.id
    assert moved.values["department"] == people.rep.main_department
    assert moved.titles["user", people.other.id] == "Other"


def test_a_flow_opens_exactly_its_fields(house: House, people) -> None:
    deal = house.create(people.other, "deal", name="x")
    scene = house.scene(people.rep)
    origin = Origin(OriginKind.FLOW, process_id=3, allow=frozenset({"note"}))

    def patch(**values: object):
        work = Patch(deal.id, values)
        return house.workspace.database.write(
            lambda conn: house.records.update(conn, scene, "deal", work, origin=origin)
        )

    opened = patch(note="seen")
    with pytest.raises(InputError):
        patch(amount=5)

    assert opened.values["note"] == "seen"
    assert _history(house, people.other, deal.id)[0].cause == "process:3"


def test_a_flow_itself_is_exempt_from_rights_but_not_from_checks(house: House, people) -> None:
    deal = house.create(people.other, "deal", name="x")
    scene = house.scene(people.rep)

    def patch(**values: object):
        origin = Origin(OriginKind.FLOW, process_id=3)
        return house.workspace.database.write(
            lambda conn: house.records.update(conn, scene, "deal", Patch(deal.id, values), origin=origin)
        )

    assert patch(note="by flow").rev == 2
    with pytest.raises(InputError) as error:
        patch(stage="won")

    assert [one.at for one in error.value.problems if one.is_error] == ["/amount"]


def test_a_change_of_formulas_alone_bumps_no_revision(house: House, people) -> None:
    customer = house.create(people.rep, "customer", name="Acme", level="a")
    deal = house.create(people.rep, "deal", name="x", customer=customer.id)
    house.update(people.rep, "customer", customer.id, level="b")

    touched = house.update(people.rep, "deal", deal.id, name="x")

    assert touched.values["rank"] == "b"
    assert touched.rev == 1
    assert len(_history(house, people.rep, deal.id)) == 1


def test_an_update_takes_five_statements_and_a_read_one(house: House, people) -> None:
    house.install(
        PLAIN,
        role__plain={
            "$schema": "role/1",
            "key": "plain",
            "label": "P",
            "grants": [
                {"form": "plain", "actions": ["*"], "record_filter": "own", "fields": {"*": "write"}},
                {"form": "customer", "actions": ["*"], "record_filter": "all"},
            ],
        },
    )
    actor = house.person("plain", "plain")
    customer, other = (
        house.create(people.admin, "customer", name="A"),
        house.create(people.admin, "customer", name="B"),
    )
    made = house.create(actor, "plain", f0="x", customer=customer.id)
    house.update(actor, "plain", made.id, f1="y")
    scene = house.scene(actor)
    database = house.workspace.database

    with count_statements(database) as updating:
        patch = Patch(made.id, {"f2": "z", "customer": other.id}, made.rev)
        database.write(lambda conn: house.records.update(conn, scene, "plain", patch))
    with count_statements(database) as reading, database.read() as conn:
        house.records.get(conn, scene, "plain", made.id)
    with count_statements(database) as creating:
        data = {"f0": "q", "customer": customer.id, "partner": other.id, "code": "c"}
        database.write(lambda conn: house.records.create(conn, scene, "plain", data))

    assert updating.count <= 5, updating.statements
    assert reading.count == 1, reading.statements
    assert creating.count <= 5, creating.statements


PLAIN = {
    "$schema": "form/1",
    "key": "plain",
    "label": "Plain",
    "title": "{f0}",
    "fields": {
        "no": {"type": "auto_number", "label": "No.", "pattern": "P{seq:4}"},
        "code": {"type": "text", "label": "Code", "unique": True},
        "customer": {"type": "relation", "label": "Customer", "to": "customer"},
        "partner": {"type": "relation", "label": "Partner", "to": "customer"},
        **{f"f{n}": {"type": "text", "label": f"F{n}"} for n in range(16)},
    },
}


def test_a_row_is_one_conflict_however_many_of_its_fields_both_changed(house: House, people) -> None:
    rows = [{"values": {"product": name, "qty": 1, "price": 1}} for name in "abc"]
    deal = house.create(people.rep, "deal", name="x", lines=rows)
    first, second, third = (row.id for row in deal.values["lines"])
    theirs = {"update": [{"id": first, "values": {"qty": 5, "price": 5}}], "delete": [second, third]}
    house.update(people.manager, "deal", deal.id, deal.rev, lines=theirs)

    mine = {
        "update": [{"id": first, "values": {"qty": 7, "price": 7}}, {"id": second, "values": {"qty": 7}}],
        "delete": [third],
    }
    with pytest.raises(Conflict) as error:
        house.update(people.rep, "deal", deal.id, deal.rev, lines=mine)

    told = [(one.code, one.at, one.params["row"], one.params["by"]) for one in error.value.problems]
    assert told == [
        ("records.conflict.row", "/values/lines", first, "Manager"),
        ("records.conflict.row-removed", "/values/lines", second, "Manager"),
    ]
    assert sorted(error.value.problems[0].params["columns"]) == ["price", "qty"]


def test_removing_or_ordering_a_row_that_is_gone_already_is_no_conflict(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x", lines=[{"values": {"product": name}} for name in "abc"])
    first, second, third = (row.id for row in deal.values["lines"])
    theirs = {"create": [{"values": {"product": "d"}}], "delete": [second]}
    house.update(people.manager, "deal", deal.id, deal.rev, lines=theirs)

    mine = {"delete": [second], "order": [third, first]}
    kept = house.update(people.rep, "deal", deal.id, deal.rev, lines=mine)

    assert [row.values["product"] for row in kept.values["lines"]] == ["c", "a", "d"]
