"""Rules that ask other records: in conditions, in values, before a save, and for each record they change."""

from __future__ import annotations

import pytest

from engine.problems import DefinitionError
from engine.rules.decisions import new_decision_xml
from runtime.db.statements import count_statements
from tests.runtime.automation.conftest import Shop

BUSY = (
    'rule "Busy" on lead\nwhen saved\nwhere count(records("todo")[lead = record and state = "open"]) > 1\n'
    'do set tier = "busy"\n   set score = count(records("todo")[lead = record])\n'
    'otherwise set tier = "calm"\n'
)


def test_a_condition_and_a_value_count_other_records(shop: Shop) -> None:
    shop.publish(busy=BUSY)
    lead = shop.create(name="Acme")["id"]
    for state in ("open", "open", "done"):
        shop.create("todo", name="Call", lead=lead, state=state)
    other = shop.create(name="Beta")["id"]

    shop.update("lead", lead, note="x")

    assert [shop.record("lead", one)[key] for one in (lead, other) for key in ("tier", "score")] == [
        *("busy", 3),
        *("calm", None),
    ]


def test_a_rule_before_the_save_asks_too(shop: Shop) -> None:
    shop.publish(
        once='rule "Once" on todo\nwhen saving\n'
        'where old = null and exists(records("todo")[lead = record.lead])\n'
        'do reject lead with message "One is enough"\n'
    )
    lead = shop.create(name="Acme")["id"]
    shop.create("todo", name="Call", lead=lead)

    refused = shop["rep"].post("/forms/todo/records", {"values": {"name": "Again", "lead": lead}})

    assert refused.status_code == 422
    assert refused.json["problems"][0]["at"] == "/lead"


def test_each_record_that_is_changed_asks_for_itself(shop: Shop) -> None:
    shop.publish(
        number='rule "Number" on lead\nwhen changed note\n'
        'do update todo where lead = record set told = count(records("todo")[lead = record])\n'
    )
    lead = shop.create(name="Acme")["id"]
    first, second = (shop.create("todo", name=name, lead=lead)["id"] for name in ("A", "B"))

    shop.update("lead", lead, note="x")

    assert [shop.record("todo", one)["told"] for one in (first, second)] == [2, 2]


def test_why_not_shows_what_was_asked(shop: Shop) -> None:
    lead = shop.create(name="Acme")["id"]
    for name in ("A", "B"):
        shop.create("todo", name=name, lead=lead, state="open")
    shop.publish(busy=BUSY)

    answer = shop["admin"].post("/rules/busy/why-not", {"form": "lead", "record": lead}).json

    assert answer["reason"] == "fires"
    assert [word["text"] for one in answer["actions"] for word in one["words"]] == ["Tier: busy", "Score: 2"]


def test_a_rule_whose_own_test_fails_is_not_published(shop: Shop) -> None:
    wrong = BUSY + 'test "calm" given { id: 3, records: { todo: [] } } expect tier = "busy"\n'
    right = wrong.replace('expect tier = "busy"', 'expect tier = "calm"')

    with pytest.raises(DefinitionError) as refused:
        shop.publish(busy=wrong)
    shop.publish(busy=right)

    problem = refused.value.problems[0]
    assert (problem.code, problem.document, problem.at) == ("language.test.value", "rule/busy", "line 7")


def test_a_draft_that_decides_by_a_table_can_be_tried(shop: Shop) -> None:
    shop.publish(decisions={"tier": new_decision_xml("tier", "Tier", [("employees", "number")])})
    shop.create(name="Acme", employees=5)
    text = 'rule "Decide" on lead\nwhen saved\ndo decide tier by table tier\n'

    answer = shop["admin"].post("/rules/decide/dry-run", {"text": text, "limit": 1})

    assert answer.status_code == 200, answer.json


def test_a_schedule_over_records_that_no_database_can_select_is_not_published(shop: Shop) -> None:
    with pytest.raises(DefinitionError) as refused:
        shop.publish(
            half='rule "Half"\nevery day at 09:00\nfor each lead where employees / 2 > 1\ndo set tier = "a"\n'
        )

    problem = refused.value.problems[0]
    assert (problem.code, problem.document, problem.at) == (
        "query.expression.operator",
        "rule/half",
        "for_each",
    )


MANY = {
    "done": 'rule "Done" on lead\nwhen saving\n'
    'where exists(records("todo")[name = record.name and state = "done"])\ndo set source = "phone"\n',
    "large": 'rule "Large" on lead\nwhen created\n'
    'where sum(records("todo")[told > record.employees and state = "open"].told) > 3\n'
    '   or min(records("todo")[name = record.note].due_on) < @"2026-03-01"\n'
    'do set tier = "large", score = count(records("todo")[lead = record or told = record.employees])\n'
    "otherwise set tier = customer.status\n",
}


def test_many_records_at_once_ask_together_what_each_would_ask(shop: Shop) -> None:
    shop.publish(**MANY)
    for name, told, due_on in (("a", 1, "2026-01-01"), ("b", 4, None), ("c", 2, "2026-03-05")):
        state = "done" if told == 2 else "open"
        shop.create("todo", login="admin", name=name, told=told, due_on=due_on, state=state)
    customers = [shop.create("customer", login="admin", status=one)["id"] for one in ("x", "y")]
    rows = [
        {"name": name, "employees": employees, "note": note, "customer": customers[place % 2]}
        for place, (name, employees, note) in enumerate(
            [("a", 0, None), ("c", 1, "c"), (None, None, "a"), ("d", 5, "b"), ("c", 3, "a"), ("e", 4, "")] * 3
        )
    ]
    with count_statements(shop.workspace.database) as counter:
        shop.create_many("lead", rows)
    for row in rows:
        shop.create(login="admin", **row)

    made = [(one["source"], one["tier"], one["score"]) for one in reversed(shop.records("lead"))]
    assert made[: len(rows)] == made[len(rows) :]
    assert len(set(made)) >= 4
    asked = [one for one in counter.statements if "f_todo" in one and "asked" in one]
    assert len(asked) == 3
    fired = sum(one[0] == "phone" for one in made[: len(rows)])
    runs = sum("rule_run" in one for one in counter.statements)
    assert runs == 2 * fired + 1  # "Done" before either save, "Large" of all rows at once


def test_what_a_rule_writes_is_seen_by_the_rules_of_the_next_record(shop: Shop) -> None:
    shop.publish(
        one='rule "One" on lead\nwhen created\nwhere not(exists(records("todo")[name = "first"]))\n'
        'do create todo with { name: "first", lead: record }\n',
        up='rule "Up" on lead\nwhen created\ndo update customer set status = customer.status + "!"\n'
        "   set note = customer.status\n",
    )
    customer = shop.create("customer", login="admin", name="C", status="c")["id"]

    shop.create_many("lead", ({"name": name, "customer": customer} for name in "abc"))

    assert [one["name"] for one in shop.records("todo")] == ["first"]
    assert [one["note"] for one in reversed(shop.records("lead"))] == ["c!", "c!!", "c!!!"]
