"""Rules in the phase `saving`."""

from __future__ import annotations

from runtime.db.statements import count_statements
from tests.runtime.automation.conftest import Shop


def test_saving_rules_set_what_depends_on_them_and_refuse_at_the_field(shop: Shop) -> None:
    shop.publish(
        least='rule "Least" on lead\nwhen saving\nwhere employees < 10\ndo set employees = 10\n',
        limit='rule "Limit" on lead priority 5\nwhen saving\nwhere double > 100 and source = "fair"\n'
        'do reject employees with message "Over 50 not from {source}"\n',
    )

    made = shop.create(name="Acme", employees=1)
    refused = shop["rep"].post("/forms/lead/records", {"values": {"employees": 60, "source": "fair"}})

    record = shop.record("lead", made["id"])
    assert (record["employees"], record["double"]) == (10, 20)
    problem = refused.json["problems"][0]
    assert (refused.status_code, problem["code"], problem["at"]) == (422, "actions.rejected", "/employees")
    assert problem["message"] == "Over 50 not from Fair"
    assert [(run["rule"], run["state"], run["event"]) for run in shop.runs()] == [("least", "done", "saving")]

    changed = shop["rep"].patch(f"/forms/lead/records/{made['id']}", {"values": {"employees": 3}})
    assert changed.json["values"]["employees"] == 10
    assert shop.runs(form="lead", record=made["id"])[0]["rule"] == "least"


def test_a_saving_rule_that_fails_is_logged_and_the_save_stays(shop: Shop) -> None:
    shop.publish(
        wrong='rule "Wrong" on lead\nwhen saving\ndo set employees = number(name)\n',
        strict='rule "Strict" on todo\nwhen saving\ndo set told = number(name)\non failure refuse\n',
    )

    made = shop.create(name="Acme", employees=7)
    refused = shop["rep"].post("/forms/todo/records", {"values": {"name": "x"}})

    assert shop.record("lead", made["id"])["employees"] == 7
    run = shop.runs(rule="wrong")[0]
    assert (run["state"], run["may_retry"]) == ("failed", False)
    assert refused.status_code == 422


def test_forms_without_rules_pay_nothing(shop: Shop) -> None:
    shop.create("todo", name="warm")
    with count_statements(shop.workspace.database) as before:
        shop.create("todo", name="a")
    shop.publish(other='rule "Other" on lead\nwhen created\ndo set note = "x"\n')
    shop.create("todo", name="warm")

    with count_statements(shop.workspace.database) as after:
        shop.create("todo", name="b")

    assert after.count == before.count, after.statements
