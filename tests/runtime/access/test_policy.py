"""One policy: the union of roles, record filters, field rights down to columns of rows, shares that end."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.problems import InputError
from runtime.access.shares import Level, Share, end_shares, give_shares, user_subject
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.errors import Forbidden, NotFound
from runtime.records.model import ListQuery
from tests.support.clock import Clock
from tests.support.forms import House

ORDER = {
    "$schema": "form/1",
    "key": "order",
    "label": "Order",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "amount": {"type": "money", "label": "Amount"},
        "buyer": {"type": "relation", "label": "Buyer", "to": "buyer"},
        "items": {
            "type": "subtable",
            "label": "Items",
            "fields": {
                "qty": {"type": "number", "label": "Quantity"},
                "cost": {"type": "money", "label": "Cost"},
            },
        },
    },
}
BUYER = {
    "$schema": "form/1",
    "key": "buyer",
    "label": "Buyer",
    "title": "{name}",
    "fields": {"name": {"type": "text", "label": "Name"}, "level": {"type": "text", "label": "Level"}},
}


def _role(
    key: str, actions: str, record_filter: str, form: str = "order", **fields: str
) -> dict[str, object]:
    levels = {name.replace("every", "*").replace("__", "."): level for name, level in fields.items()}
    grant = {"form": form, "actions": actions.split(), "record_filter": record_filter, "fields": levels}
    return {"$schema": "role/1", "key": key, "label": key, "grants": [grant]}


ROLES = {
    "role__clerk": _role("clerk", "view create edit", "own", every="write", items__cost="hidden"),
    "role__reader": _role("reader", "view", "all", every="read", amount="hidden"),
    "role__finance": _role("finance", "view export", '=amount > 100 and buyer.level = "a"', every="read"),
    "role__mine": _role("mine", "view", "=owner = user or department.id in user.departments", every="read"),
    "role__unit": _role("unit", "view", "department", every="read"),
    "role__sender": _role("sender", "create", "own", every="write"),
    "role__broken": _role("broken", "view", "=amount / 2 > 1", every="read"),
    "role__masker": _role("masker", "view edit", "all", every="write", items__cost="mask"),
}


@pytest.fixture
def house(workspace: Workspace) -> House:
    house = House(workspace)
    house.install(ORDER, BUYER, **ROLES)
    return house


@pytest.fixture
def admin(house: House) -> Actor:
    return house.person("admin", "admin")


def _names(house: House, actor: Actor) -> list[object]:
    scene = house.scene(actor)
    with house.workspace.database.read() as conn:
        page = house.records.list(conn, scene, "order", ListQuery(sort=("name",)))
    return [one.values["name"] for one in page.items]


def test_a_filter_in_feel_reads_fields_the_reader_may_not(house: House, admin: Actor) -> None:
    good, bad = (house.create(admin, "buyer", name=level, level=level).id for level in "ab")
    house.create(admin, "order", name="in", amount=200, buyer=good)
    house.create(admin, "order", name="small", amount=50, buyer=good)
    house.create(admin, "order", name="other", amount=200, buyer=bad)

    assert _names(house, house.person("finance", "finance")) == ["in"]


def test_a_filter_compares_with_settings_and_sees_the_record(house: House, admin: Actor) -> None:
    large = {"type": "number", "label": "Large", "default": 100}
    house.install(
        settings__sales={"key": "sales", "label": "Sales", "parameters": {"large": large}},
        role__big=_role("big", "view", "=record.amount > settings.sales.large", every="read"),
    )
    for amount in (50, 200):
        house.create(admin, "order", name=str(amount), amount=amount)

    assert _names(house, house.person("ann", "big")) == ["200"]


def test_filters_compare_with_the_user_and_her_departments(house: House, admin: Actor) -> None:
    here, there = house.department("Here"), house.department("There")
    actor = house.person("ann", "mine", department=here)
    house.create(admin, "order", name="of her department", department=here)
    house.create(admin, "order", name="hers", owner=actor.id, department=there)
    house.create(admin, "order", name="of others", department=there)

    assert _names(house, actor) == ["hers", "of her department"]
    assert _names(house, house.person("bob", "unit", department=there)) == ["hers", "of others"]


def test_several_roles_give_the_union_of_records_and_fields(house: House, admin: Actor) -> None:
    actor = house.person("ann", "clerk", "reader")
    house.create(actor, "order", name="mine", amount=1)
    theirs = house.create(admin, "order", name="theirs", amount=2)

    shown = house.get(actor, "order", theirs.id)

    assert _names(house, actor) == ["mine", "theirs"]
    assert shown.values["amount"] == Decimal("2.00")
    with pytest.raises(Forbidden):
        house.update(actor, "order", theirs.id, name="x")


def test_who_may_only_create_sees_nothing_not_even_her_own(house: House) -> None:
    actor = house.person("sender", "sender")

    made = house.create(actor, "order", name="sent")

    assert made.values["name"] == "sent"
    with pytest.raises(Forbidden):
        _names(house, actor)


def test_a_filter_that_cannot_run_in_sql_shows_nothing(house: House, admin: Actor) -> None:
    house.create(admin, "order", name="x", amount=100)

    assert _names(house, house.person("broken", "broken")) == []


def test_without_a_role_a_form_does_not_exist(house: House) -> None:
    nobody = house.person("nobody")

    with pytest.raises(NotFound):
        _names(house, nobody)


def test_columns_of_rows_have_rights_of_their_own(house: House, admin: Actor) -> None:
    clerk, masker = house.person("clerk", "clerk"), house.person("masker", "masker")
    made = house.create(clerk, "order", name="x", items=[{"values": {"qty": 1}}])
    row = made.values["items"][0].id
    house.update(admin, "order", made.id, items={"update": [{"id": row, "values": {"cost": 9}}]})

    seen = house.get(clerk, "order", made.id).values["items"][0].values
    with pytest.raises(InputError) as hidden:
        house.update(clerk, "order", made.id, items={"update": [{"id": row, "values": {"cost": 1}}]})
    with pytest.raises(InputError) as masked:
        house.update(masker, "order", made.id, items={"create": [{"values": {"cost": 1}}]})
    house.update(clerk, "order", made.id, items={"update": [{"id": row, "values": {"qty": 2}}]})

    kept = house.get(admin, "order", made.id).values["items"][0].values
    assert seen == {"qty": 1}
    assert [(p.code, p.at) for p in hidden.value.problems] == [
        ("form.value.unknown", "/items/update/0/values/cost")
    ]
    assert [(p.code, p.at) for p in masked.value.problems] == [
        ("records.field.closed", "/items/create/0/values/cost")
    ]
    assert kept == {"qty": 2, "cost": Decimal("9.00")}


def test_a_share_opens_a_record_until_its_end(house: House, admin: Actor, clock: Clock) -> None:
    clerk = house.person("clerk", "clerk")
    made = house.create(admin, "order", name="x")
    until = clock.now + timedelta(hours=1)
    share = Share("order", made.id, user_subject(clerk.id), Level.EDIT, source="task:1", until=until)
    house.workspace.database.write(lambda conn: give_shares(conn, [share], at=clock.now, by=None))

    house.update(clerk, "order", made.id, name="y")
    house.workspace.database.write(lambda conn: end_shares(conn, "task:1", keep_reading=True))
    reading = _names(house, clerk)
    with pytest.raises(Forbidden):
        house.update(clerk, "order", made.id, name="z")
    clock.advance(hours=2)

    assert reading == ["y"]
    assert _names(house, clerk) == []


def test_a_share_opens_no_field_that_the_roles_keep_closed(house: House, admin: Actor, clock: Clock) -> None:
    clerk = house.person("clerk", "clerk")
    made = house.create(admin, "order", name="x", items=[{"values": {"qty": 1, "cost": 5}}])
    share = Share("order", made.id, user_subject(clerk.id), Level.READ)
    house.workspace.database.write(lambda conn: give_shares(conn, [share], at=clock.now, by=admin.id))

    assert house.get(clerk, "order", made.id).values["items"][0].values == {"qty": 1}
