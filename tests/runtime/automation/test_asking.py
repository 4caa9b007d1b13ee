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
    assert [(one["label"], one["value"]) for one in answer.json["reads"]] == [
        ("Employees", 50),
        ("Source", "Website"),
    ]
    condition = answer.json["condition"]
    assert condition["joint"] == "and"
    parts = {part["text"]: part["value"] for part in condition["parts"]}
    assert parts == {"Employees > 10": True, 'Source = "Fair"': False}
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


def test_a_draft_is_compared_with_the_rule_in_force_and_reads_what_no_other_rule_reads(shop: Shop) -> None:
    customer = shop.create("customer", login="admin", name="Acme", status="key")["id"]
    for name, of in (("First", None), ("Second", customer)):
        shop.create(name=name, login="admin", employees=20, source="fair", customer=of)
    shop.publish(big=BIG)

    draft = BIG.replace("employees > 10", 'customer.status = "key"')
    answer = shop["admin"].post("/rules/big/dry-run", {"text": draft}).json

    assert (answer["totals"], answer["before"]) == ({"fires": 1, "condition": 1}, {"fires": 2})
    assert [(one["title"], one["before"], one["reason"]) for one in answer["items"]] == [
        ("Second", "fires", "fires"),
        ("First", "fires", "condition"),
    ]
    [first, _] = answer["items"][0]["condition"]["parts"]
    assert first["text"] == 'Customer.Status = "key"'
    assert {"label": "Customer · Status", "value": "key", "old": False, "path": "customer.status"} in answer[
        "items"
    ][0]["reads"]


def test_a_schedule_is_tried_with_the_condition_that_selects_its_records(shop: Shop) -> None:
    shop.group("east")
    for source in ("fair", "phone"):
        shop.create(name=source, login="admin", source=source)
    text = (
        'rule "Daily"\nevery day at 09:00\nfor each lead where source = "fair"\n'
        'do assign salesperson round robin among group("east")\n   notify manager(user) with message "x"\n'
    )

    answer = shop["admin"].post("/rules/daily/dry-run", {"text": text}).json

    assert [(one["title"], one["reason"]) for one in answer["items"]] == [
        ("phone", "condition"),
        ("fair", "fires"),
    ]
    assert answer["items"][0]["condition"]["text"] == 'Source = "Fair"'
    words = [word["text"] for one in answer["items"][1]["actions"] for word in one["words"]]
    assert words == ["Salesperson: one of east (in turn)", "Notifies: manager of Admin"]


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
    assert [(one["path"], one["value"]) for one in first["items"][0]["reads"]] == [("note", "x")]
    assert shop["rep"].get("/rule-runs").status_code == 403
    assert shop["ann"].get(place).status_code == 404
    assert shop["rep"].get("/rule-runs/99999").status_code == 404


def test_a_selection_that_sql_cannot_do_is_refused_at_publish(shop: Shop) -> None:
    text = 'rule "All" on lead\nwhen saved\ndo update todo where {} set told = 1\n'

    with pytest.raises(DefinitionError) as refused:
        shop.publish(all=text.format("lead = record and told / 2 > record.employees"))
    shop.publish(all=text.format("lead = record and told < record.employees"))

    assert [(one.at, one.document) for one in refused.value.problems] == [("actions/0", "rule/all")]
