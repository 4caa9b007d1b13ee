"""The recycle bin: restrict, clear, cascade; restored together; unique values may be used again."""

from __future__ import annotations

import pytest

from runtime.http.errors import Conflict, Forbidden, NotFound
from runtime.records.model import ListQuery
from tests.support.forms import House

PROJECT = {
    "$schema": "form/1",
    "key": "project",
    "label": "Project",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name", "unique": True},
        "customer": {"type": "relation", "label": "Customer", "to": "customer", "on_delete": "cascade"},
        "above": {"type": "relation", "label": "Parent", "to": "project", "on_delete": "cascade"},
    },
}


def _delete(house: House, actor, form: str, record: int) -> None:
    scene = house.scene(actor)
    house.workspace.database.write(lambda conn: house.records.delete(conn, scene, form, record))


def _restore(house: House, actor, form: str, record: int):
    scene = house.scene(actor)
    return house.workspace.database.write(lambda conn: house.records.restore(conn, scene, form, record))


def _listed(house: House, actor, form: str, *, deleted: bool = False) -> set[int]:
    scene = house.scene(actor)
    with house.workspace.database.read() as conn:
        return {one.id for one in house.records.list(conn, scene, form, ListQuery(deleted=deleted)).items}


def test_a_deleted_record_leaves_lists_and_comes_back(house: House, people) -> None:
    deal = house.create(people.manager, "deal", name="x", external_no="E1")

    _delete(house, people.manager, "deal", deal.id)
    gone, bin_ = _listed(house, people.manager, "deal"), _listed(house, people.manager, "deal", deleted=True)
    with pytest.raises(NotFound):
        house.get(people.manager, "deal", deal.id)
    back = _restore(house, people.manager, "deal", deal.id)

    assert (gone, bin_) == (set(), {deal.id})
    assert back.rev == 3
    assert house.get(people.manager, "deal", deal.id).values["name"] == "x"


def test_a_unique_value_in_the_bin_may_be_used_again_but_then_blocks_the_way_back(
    house: House, people
) -> None:
    first = house.create(people.manager, "deal", name="x", external_no="E1")
    _delete(house, people.manager, "deal", first.id)
    house.create(people.manager, "deal", name="y", external_no="E1")

    with pytest.raises(Conflict) as error:
        _restore(house, people.manager, "deal", first.id)

    assert [one.at for one in error.value.problems] == ["/external_no"]


def test_a_record_in_use_is_kept_with_the_reason(house: House, people) -> None:
    customer = house.create(people.manager, "customer", name="Acme")
    house.create(people.manager, "deal", name="x", customer=customer.id)

    with pytest.raises(Conflict) as error:
        _delete(house, people.manager, "customer", customer.id)

    problem = error.value.problems[0]
    assert (problem.code, problem.params["form"], problem.params["count"]) == (
        "records.delete.restricted",
        "Deal",
        1,
    )


def test_a_clearing_relation_is_emptied_with_the_cause_in_the_history(house: House, people) -> None:
    customer = house.create(people.manager, "customer", name="Acme")
    deal = house.create(people.manager, "deal", name="x", partner=customer.id)

    _delete(house, people.manager, "customer", customer.id)

    scene = house.scene(people.manager)
    with house.workspace.database.read() as conn:
        entry = house.records.history(conn, scene, "deal", deal.id)[0]
    assert house.get(people.manager, "deal", deal.id).values["partner"] is None
    assert entry.cause == f"delete:customer/{customer.id}"
    assert entry.changes[0].old == {"id": customer.id, "title": "Acme"}


def test_a_cascade_goes_and_returns_together(house: House, people) -> None:
    house.install(PROJECT)
    customer = house.create(people.admin, "customer", name="Acme")
    top = house.create(people.admin, "project", name="top", customer=customer.id)
    low = house.create(people.admin, "project", name="low", above=top.id)
    alone = house.create(people.admin, "project", name="alone")

    _delete(house, people.admin, "customer", customer.id)
    without = _listed(house, people.admin, "project")
    _restore(house, people.admin, "customer", customer.id)

    assert without == {alone.id}
    assert _listed(house, people.admin, "project") == {top.id, low.id, alone.id}


def test_nobody_deletes_without_the_action(house: House, people) -> None:
    deal = house.create(people.rep, "deal", name="x")

    with pytest.raises(Forbidden):
        _delete(house, people.rep, "deal", deal.id)
    with pytest.raises(NotFound):
        _delete(house, people.other, "deal", deal.id)
