"""Rules that ask other records: in conditions, in values, before a save, and for each record they change."""

from __future__ import annotations

import pytest

from engine.problems import DefinitionError
from engine.rules.decisions import new_decision_xml
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
