"""Who reads what in the run log, in "why not" and in a dry run: the rights on fields and records decide."""

from __future__ import annotations

from typing import Any

from runtime.db.statements import count_statements
from tests.runtime.automation.conftest import Shop

SECRET = "7770777"
PAY = (
    'rule "Pay" on lead\nwhen saved\nwhere score > 700 and note != "no"\n'
    'do set tier = "T" + string(score)\n   set stage = "lost"\n'
)
PLAIN = 'rule "Plain" on lead\nwhen saved\nwhere note = "go"\ndo set tier = "go"\n   set score = 778\n'
BEHIND = 'rule "Behind" on lead\nwhen saved\nwhere customer.status = "s7770777"\ndo set source = "fair"\n'
ASKING = (
    'rule "Asking" on lead\nwhen saved\nwhere exists(records("todo")[lead = record])\n'
    'do set source = "phone"\n'
)
BROKEN = 'rule "Broken" on lead\nwhen saved\ndo set employees = score + 1000\n'


def _role(key: str, record_filter: str, *rights: str) -> dict[str, Any]:
    fields = {"*": "write", "score": "hidden", "tier": "mask"}
    grant = {"form": "lead", "actions": ["view", "edit"], "record_filter": record_filter, "fields": fields}
    return {"key": key, "label": key, "grants": [grant], "rights": list(rights)}


def _furnish(shop: Shop) -> int:
    """A clerk edits every lead, a maker builds rules; neither may see scores, tiers, customers, to-dos."""
    shop.publish(_role("clerk", "all"), _role("maker", "own", "builder"))
    shop.hire("clerk", "clerk")
    shop.hire("maker", "maker")
    customer = shop.create("customer", login="admin", name="Acme", status="s7770777")["id"]
    lead = shop.create(name="Lead", login="admin", score=int(SECRET), note="go", customer=customer)["id"]
    shop.create("todo", login="admin", name="Call", lead=lead)
    return int(lead)


def test_hidden_fields_never_show_in_the_log(shop: Shop) -> None:
    lead = _furnish(shop)
    shop.publish(pay=PAY, plain=PLAIN, behind=BEHIND, asking=ASKING, broken=BROKEN)
    shop.update("lead", lead, employees=5)
    place = f"/rule-runs?form=lead&record={lead}"

    answers = {
        login: [run for run in shop[login].get(place).json["items"] if run["state"] != "skipped"]
        for login in ("clerk", "maker", "admin")
    }
    single = [shop["clerk"].get(f"/rule-runs/{run['id']}") for run in answers["clerk"]]

    for login in ("clerk", "maker"):
        assert SECRET not in str(answers[login])
        assert "778" not in str(answers[login])
        assert "7771777" not in str(answers[login])
    assert all(SECRET not in one.get_data(as_text=True) for one in single)
    closed = {run["rule"]: run["closed"] for run in answers["clerk"]}
    assert closed == {"pay": True, "plain": True, "behind": True, "asking": True, "broken": True}
    plain = next(one.json for one in single if one.json["rule"] == "plain")
    assert plain["condition"]["text"] == 'Note = "go"'
    assert plain["actions"] == []
    assert [one["path"] for one in plain["reads"]] == ["note"]
    assert next(one.json for one in single if one.json["rule"] == "pay")["condition"] is None
    assert all(run["title"] is None and run["reads"] == [] for run in answers["maker"])
    admin = {run["rule"]: run for run in answers["admin"]}
    assert not any(run["closed"] for run in admin.values())
    assert admin["broken"]["state"] == "failed"
    assert admin["broken"]["problems"]
    assert admin["pay"]["title"] == "Lead"
    assert {run["may_retry"] for run in answers["clerk"]} == {False}
    assert shop["clerk"].post(f"/rule-runs/{admin['broken']['id']}/retry", {}).status_code == 403
    assert shop["rep"].get(f"/rule-runs/{admin['pay']['id']}").status_code == 404


def test_hidden_fields_never_show_in_answers_about_a_rule(shop: Shop) -> None:
    lead = _furnish(shop)
    shop.publish(pay=PAY, plain=PLAIN, behind=BEHIND, asking=ASKING, broken=BROKEN)
    asked = {"form": "lead", "record": lead}

    answers = {
        rule: shop["clerk"].post(f"/rules/{rule}/why-not", asked) for rule in ("pay", "behind", "asking")
    }
    plain = shop["clerk"].post("/rules/plain/why-not", asked).json
    broken = shop["clerk"].post("/rules/broken/why-not", asked).json

    assert {rule: one.status_code for rule, one in answers.items()} == {
        "pay": 403,
        "behind": 403,
        "asking": 403,
    }
    assert (plain["reason"], plain["closed"], plain["actions"]) == ("fires", True, [])
    assert (broken["closed"], broken["actions"], broken["problems"], broken["reads"]) == (True, [], [], [])
    assert shop["maker"].post("/rules/plain/why-not", asked).status_code == 404
    assert shop["maker"].post("/rules/pay/dry-run", {"text": PAY}).status_code == 403
    own = shop["maker"].post("/rules/plain/dry-run", {"text": PLAIN}).json
    assert own["items"] == []
    assert shop["clerk"].post("/rules/plain/dry-run", {}).status_code == 403


def test_a_rule_is_named_where_it_can_be_asked(shop: Shop) -> None:
    lead = _furnish(shop)
    shop.publish(plain=PLAIN, pay=PAY)
    shop.publish(
        {
            **_role("looker", "all"),
            "grants": [
                {"form": "lead", "actions": ["view"], "record_filter": "all", "fields": {"*": "read"}}
            ],
        }
    )
    shop.hire("looker", "looker")

    items = shop["clerk"].get("/forms/lead/rules").json["items"]

    assert [(one["key"], one["trigger"]) for one in items] == [("pay", "Saved"), ("plain", "Saved")]
    assert shop["looker"].get("/forms/lead/rules").status_code == 403
    assert shop["looker"].get(f"/rule-runs?form=lead&record={lead}").status_code == 403
    assert shop["clerk"].get("/forms/todo/rules").status_code == 404
    assert shop["maker"].get("/forms/lead/rules").json["items"] == items


def test_a_list_asks_as_much_for_many_runs_as_for_one(shop: Shop) -> None:
    shop.publish(note='rule "Note" on lead\nwhen created\ndo set note = "x"\n')
    counts = []
    shop.runs(rule="note")
    for more in (1, 4):
        for _ in range(more):
            shop.create(name="Acme")
        with count_statements(shop.workspace.database) as counter:
            assert len(shop.runs(rule="note")) >= more
        counts.append(counter.count)

    assert counts[0] == counts[1] <= 4, counter.statements


def test_only_the_last_days_are_listed_if_asked(shop: Shop) -> None:
    shop.publish(note='rule "Note" on lead\nwhen created\ndo set note = "x"\n')
    shop.create(name="Old")
    shop.work(days=3)
    shop["rep"].sign_in("rep", name="Rep")
    shop.create(name="New")

    assert [run["title"] for run in shop.runs(rule="note", days=2)] == ["New"]
    assert len(shop.runs(rule="note", days=4)) == 2
