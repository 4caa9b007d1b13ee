"""Asking rules without effect, buttons, and who may read the log."""

from __future__ import annotations

import pytest

from engine.problems import DefinitionError
from tests.runtime.automation.conftest import Shop

BIG = (
    'rule "Big" on lead\nwhen saved\nwhere employees > 10 and source = "fair"\n'
    'do set tier = "big"\n   set note = tier\n'
)


def test_why_not_shows_every_part_of_the_condition_and_changes_nothing(shop: Shop) -> None:
    made = shop.create(name="Acme", employees=50, source="website")
    shop.publish(big=BIG)

    answer = shop["rep"].post("/rules/big/why-not", {"form": "lead", "record": made["id"]})

    assert answer.json["reason"] == "condition"
    assert answer.json["reads"] == {"employees": 50, "source": "website"}
    parts = {part["text"]: part["value"] for part in answer.json["trace"]["children"]}
    assert parts == {"employees > 10": True, 'source = "fair"': False}
    assert shop.runs() == []
    assert shop["ann"].post("/rules/big/why-not", {"form": "lead", "record": made["id"]}).status_code == 404
    assert shop["rep"].post("/rules/x/why-not", {"form": "lead", "record": made["id"]}).status_code == 404


def test_a_draft_is_tried_on_the_last_records_in_words(shop: Shop) -> None:
    for employees in (5, 20, 30):
        shop.create(name="Acme", employees=employees, source="fair")

    answer = shop["admin"].post("/rules/big/dry-run", {"text": BIG, "limit": 2})
    wrong = shop["admin"].post("/rules/big/dry-run", {"text": BIG.replace("employees", "employes")})

    assert answer.json["totals"] == {"fires": 2}
    words = [word["text"] for one in answer.json["items"][0]["actions"] for word in one["words"]]
    assert words == ["Tier: big", "Note: big"]
    assert all(one["tier"] is None for one in shop.records("lead"))
    assert wrong.status_code == 422
    assert wrong.json["problems"][0]["span"]
    assert shop["rep"].post("/rules/big/dry-run", {}).status_code == 403
    assert shop["admin"].post("/rules/big/dry-run", {}).status_code == 404


def test_a_button_is_offered_and_pressed_where_its_condition_holds(shop: Shop) -> None:
    shop.publish(
        win='rule "Win" on lead\nwhen button "We won"\nwhere stage = "open"\ndo set stage = "won"\n'
        '   create todo with { name: "Contract", lead: record } unless exists todo where lead = record\n'
    )
    made = shop.create(name="Acme", stage="open")
    place = f"/forms/lead/records/{made['id']}/buttons"

    offered = shop["rep"].get(place).json
    pressed = shop["rep"].post(f"{place}/win", {})

    assert offered == {"items": [{"rule": "win", "label": "We won"}]}
    assert pressed.json["state"] == "done", pressed.json
    assert shop.record("lead", made["id"])["stage"] == "won"
    assert [one["name"] for one in shop.records("todo")] == ["Contract"]
    assert shop["rep"].get(place).json == {"items": []}
    assert shop["rep"].post(f"{place}/win", {}).status_code == 409
    assert shop["rep"].post(f"{place}/lose", {}).status_code == 404
    assert shop["ann"].post(f"{place}/win", {}).status_code == 404


def test_the_log_of_a_record_is_for_who_may_edit_it_and_pages(shop: Shop) -> None:
    shop.publish(note='rule "Note" on lead\nwhen saved\nwhere note = null\ndo set note = "x"\n')
    made = shop.create(name="Acme")
    place = f"/rule-runs?form=lead&record={made['id']}"
    shop.update("lead", made["id"], name="Beta")

    first = shop["rep"].get(f"{place}&limit=1").json
    rest = shop["rep"].get(f"{place}&limit=1&cursor={first['next']}").json

    assert [run["state"] for run in (*first["items"], *rest["items"])] == ["skipped", "done"]
    assert rest["next"] is None
    assert first["items"][0]["reads"] == {"note": "x"}
    assert shop["rep"].get("/rule-runs").status_code == 403
    assert shop["ann"].get(place).status_code == 404
    assert shop["rep"].get("/rule-runs/99999").status_code == 404


def test_a_selection_that_sql_cannot_do_is_refused_at_publish(shop: Shop) -> None:
    text = 'rule "All" on lead\nwhen saved\ndo update todo where {} set told = 1\n'

    with pytest.raises(DefinitionError) as refused:
        shop.publish(all=text.format("lead = record and told / 2 > record.employees"))
    shop.publish(all=text.format("lead = record and told < record.employees"))

    assert [(one.at, one.document) for one in refused.value.problems] == [("actions/0", "rule/all")]
