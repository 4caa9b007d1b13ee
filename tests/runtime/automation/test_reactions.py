"""Rules that answer to changes, in the transaction of the change."""

from __future__ import annotations

import pytest

from runtime.actions.doing import Budget
from runtime.automation import reactions
from tests.runtime.automation.conftest import LEAD, Shop


def test_rules_run_in_order_and_each_action_sees_what_the_one_before_left(shop: Shop) -> None:
    shop.publish(
        size='rule "Size" on lead priority 2\nwhen created\nwhere employees > 10 and tier = null\n'
        'do set tier = "big"\n   set note = tier + "!"\n',
        first='rule "First" on lead priority 1\nwhen created\ndo set note = "first"\n',
    )

    made = shop.create(name="Acme", employees=50)
    small = shop.create(name="Tiny", employees=1)

    assert shop.record("lead", made["id"])["note"] == "big!"
    assert shop.record("lead", small["id"])["note"] == "first"
    runs = shop.runs(form="lead", record=made["id"])
    assert [(run["rule"], run["state"]) for run in runs] == [("first", "done"), ("size", "done")]
    assert {"employees": 50}.items() <= {one["path"]: one["value"] for one in runs[1]["reads"]}.items()
    assert [word["text"] for one in runs[1]["actions"] for word in one["words"]] == [
        "Tier: big",
        "Note: big!",
    ]
    assert shop.runs(record=small["id"], form="lead", rule="size")[0]["state"] == "skipped"
    history = shop["admin"].get(f"/forms/lead/records/{made['id']}/history").json["items"]
    assert [one["cause"] for one in history] == ["rule:size", "rule:size", "rule:first", ""]


def test_a_failing_rule_is_undone_and_can_be_repeated_while_the_save_stays(shop: Shop) -> None:
    shop.publish(
        raiser='rule "Raise" on lead\nwhen created\n'
        'do set note = "begun"\n   set employees = employees * 100\n',
        after='rule "After" on lead priority 5\nwhen created\ndo set tier = "ok"\n',
    )

    made = shop.create(name="Acme", employees=50)

    record = shop.record("lead", made["id"])
    assert (record["note"], record["employees"], record["tier"]) == (None, 50, "ok")
    failed = shop.runs(rule="raiser")[0]
    assert (failed["state"], failed["may_retry"], failed["actions"]) == ("failed", True, [])
    assert failed["problems"][0]["code"] == "form.check.rejected"

    shop.update("lead", made["id"], employees=5)
    answer = shop["admin"].post(f"/rule-runs/{failed['id']}/retry")

    again = shop["admin"].get(f"/rule-runs/{answer.json['run']}").json
    assert (again["state"], again["retry_of"]) == ("done", failed["id"])
    assert shop.record("lead", made["id"])["employees"] == 500
    assert shop["rep"].post(f"/rule-runs/{failed['id']}/retry").status_code == 403
    assert shop["admin"].post(f"/rule-runs/{again['id']}/retry").status_code == 409


def test_a_rule_may_refuse_the_save_when_it_fails(shop: Shop) -> None:
    shop.publish(
        raiser='rule "Raise" on lead\nwhen created\ndo set employees = 5000\non failure refuse\n',
    )

    answer = shop["rep"].post("/forms/lead/records", {"values": {"name": "Acme"}})

    assert answer.status_code == 422, answer.json
    assert shop.records("lead") == []


def test_a_loop_is_cut_visibly_and_a_rule_does_not_answer_itself(shop: Shop) -> None:
    shop.publish(
        ping='rule "Ping" on lead\nwhen changed employees\n'
        "do set score = (if score = null then 0 else score) + 1\n",
        pong='rule "Pong" on lead\nwhen changed score\ndo set employees = employees + 1\n',
    )
    made = shop.create(name="Acme", employees=1)

    shop.update("lead", made["id"], employees=2)

    record = shop.record("lead", made["id"])
    assert (record["employees"], record["score"]) == (3, 1)
    assert [(run["rule"], run["state"]) for run in shop.runs()] == [
        ("ping", "done"), ("pong", "done"), ("ping", "cut"),
    ]  # fmt: skip


def test_what_is_too_much_for_a_save_goes_on_as_a_visible_job(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reactions, "budget_of", lambda _conn, limits: Budget(limits.records - 190, 2.0))
    shop.create_many("todo", ({"name": f"t{number}", "state": "open"} for number in range(11)))
    shop.publish(
        all='rule "All" on lead\nwhen changed stage\ndo update todo where state = "open" set told = 1\n',
        late='rule "Late" on lead priority 3\nwhen changed stage\ndo set note = "late"\n',
    )
    made = shop.create(name="Acme", stage="open")

    shop.update("lead", made["id"], stage="won")

    assert shop.record("lead", made["id"])["note"] is None
    assert [(run["rule"], run["state"]) for run in shop.runs()] == [("all", "deferred")]
    assert _told(shop) == {None}
    shop.work(seconds=1)
    assert _told(shop) == {1}
    assert shop.record("lead", made["id"])["note"] == "late"


def _told(shop: Shop) -> set[object]:
    return {one["told"] for one in shop.records("todo")}


def test_a_rule_on_a_field_that_was_retyped_fails_and_is_repeated_safely(shop: Shop) -> None:
    shop.publish(
        tell='rule "Tell" on lead\nwhen changed tier\nwhere old.tier = "a"\ndo set employees = 5000\n'
    )
    made = shop.create(name="Acme", tier="a")
    shop.update("lead", made["id"], tier="b")
    failed = shop.runs(rule="tell")[0]
    retyped = {**LEAD, "fields": {**LEAD["fields"], "tier": {"type": "number", "label": "Tier", "scale": 0}}}
    shop.publish(
        retyped, tell='rule "Tell" on lead\nwhen changed tier\nwhere old.tier = 1\ndo set note = "x"\n'
    )

    answer = shop["admin"].post(f"/rule-runs/{failed['id']}/retry")

    again = shop["admin"].get(f"/rule-runs/{answer.json['run']}").json
    assert (again["state"], again["reason"]) == ("skipped", "condition")


def test_rules_left_over_for_a_job_that_are_gone_by_then_are_passed_over(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reactions, "budget_of", lambda _conn, _limits: Budget(0, 2.0))
    text = 'rule "{}" on {}\nwhen changed {}\ndo set note = "{}"\n'
    shop.publish(a=text.format("A", "lead", "stage", "a"), b=text.format("B", "lead", "stage", "a"))
    made = shop.create(name="Acme", stage="open")
    shop.update("lead", made["id"], stage="won")

    shop.publish(a='rule "A" on todo\nwhen changed state\ndo set told = 1\n')
    shop.work(seconds=1)

    assert [(run["rule"], run["state"]) for run in shop.runs()] == [("a", "deferred"), ("b", "done")]
    assert shop.record("lead", made["id"])["note"] == "a"


def test_a_retry_of_a_rule_that_was_renamed_says_so(shop: Shop) -> None:
    shop.publish(gone='rule "Gone" on lead\nwhen created\ndo set employees = 5000\n')
    shop.create(name="Acme")
    failed = shop.runs(rule="gone")[0]
    shop.publish(gone='rule "Gone" on todo\nwhen created\ndo set told = 1\n')

    answer = shop["admin"].post(f"/rule-runs/{failed['id']}/retry")

    assert answer.status_code == 409
    assert answer.json["code"] == "automation.rule.gone"
