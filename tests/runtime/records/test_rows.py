"""Rows of sub-tables that point to other records."""

from __future__ import annotations

from runtime.db.statements import count_statements
from runtime.records.model import ListQuery
from tests.support.forms import House

VISIT = {
    "$schema": "form/1",
    "key": "visit",
    "label": "Visit",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "stops": {
            "type": "subtable",
            "label": "Stops",
            "fields": {
                "customer": {"type": "relation", "label": "Customer", "to": "customer"},
                "level": {"type": "text", "label": "Level", "formula": "customer.level"},
            },
        },
    },
}


def _planner(house: House):
    every = {"actions": ["*"], "record_filter": "all", "fields": {"*": "write"}}
    grants = [{"form": "visit", **every}, {"form": "customer", **every}]
    house.install(
        VISIT, role__planner={"$schema": "role/1", "key": "planner", "label": "P", "grants": grants}
    )
    return house.person("planner", "planner")


def test_references_in_rows_carry_titles_without_a_further_statement(house: House) -> None:
    planner = _planner(house)
    customer = house.create(planner, "customer", name="Northwind")
    made = house.create(planner, "visit", name="May", stops=[{"values": {"customer": customer.id}}])
    scene, database = house.scene(planner), house.workspace.database

    with count_statements(database) as reading, database.read() as conn:
        shown = house.records.get(conn, scene, "visit", made.id)
    with count_statements(database) as listing, database.read() as conn:
        page = house.records.list(conn, scene, "visit", ListQuery(fields=("name", "stops")))

    assert shown.titles["customer", customer.id] == "Northwind"
    assert page.items[0].titles["customer", customer.id] == "Northwind"
    assert (reading.count, listing.count) == (2, 2)


def test_formulas_of_rows_still_read_through_their_references(house: House) -> None:
    planner = _planner(house)
    customer = house.create(planner, "customer", name="Northwind", level="a")
    made = house.create(planner, "visit", name="May", stops=[{"values": {"customer": customer.id}}])

    changed = house.update(planner, "visit", made.id, name="June")

    (row,) = changed.values["stops"]
    assert row.values["level"] == "a"
