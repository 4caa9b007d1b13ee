"""Rules and calendars among the other definitions: read, linked, and found where they are used."""

from __future__ import annotations

import json

from engine.apps.definitions import Definition, read_definition
from engine.apps.kinds import Kind, Ref
from engine.apps.link import Linked, link
from engine.problems import errors

FORM = {
    "$schema": "form/1",
    "key": "lead",
    "label": {"zh-CN": "线索", "en": "Lead"},
    "title": "{company}",
    "fields": {
        "company": {"type": "text", "label": "Company"},
        "size": {"type": "number", "label": "Size"},
        "due_on": {"type": "date", "label": "Due on"},
        "twice": {"type": "number", "label": "Twice", "formula": "size * 2"},
    },
}
CALENDAR = {"key": "office", "label": "Office", "hours": {"monday": ["09:00-18:00"]}}
RULE = """rule "Due soon" on lead
when  3 working days before due_on at 09:00 by calendar office
where size > 3 and owner != null
do    set company = "x"
      notify owner with message "{company} is due"
"""


def definition(kind: Kind, key: str, document: object) -> Definition:
    text = document if isinstance(document, str) else json.dumps(document)
    reading = read_definition(kind, key, text)
    assert reading.definition is not None, errors(reading.problems)
    return reading.definition


def linked(rule: str) -> Linked:
    found = (
        definition(Kind.FORM, "lead", FORM),
        definition(Kind.CALENDAR, "office", CALENDAR),
        definition(Kind.RULE, "due_soon", rule),
    )
    return link({one.ref: one for one in found})


def test_a_rule_is_compiled_and_found_wherever_it_names_something() -> None:
    house = linked(RULE)

    assert house.problems == ()
    assert house.rules["due_soon"].form == "lead"
    assert house.definitions[Ref(Kind.RULE, "due_soon")].label == "Due soon"
    assert [one.at for one in house.where_used(Kind.CALENDAR, "office")] == ["triggers/0"]
    used = {(one.at, one.field) for one in house.where_used(Kind.FORM, "lead")}
    assert {("triggers/0", "due_on"), ("where", "size"), ("actions/0", "company")} <= used


def test_problems_of_a_rule_name_its_line() -> None:
    house = linked(RULE.replace("size > 3", "sise > 3").replace("set company", "set twice"))

    assert [(one.document, one.at, one.code) for one in house.problems] == [
        ("rule/due_soon", "line 3", "feel.name.unknown-near"),
        ("rule/due_soon", "line 4", "language.field.not-writable"),
        ("rule/due_soon", "line 4", "language.type"),
    ]


def test_a_rule_or_calendar_that_cannot_be_read_is_refused_with_all_its_problems() -> None:
    rule = read_definition(Kind.RULE, "r", 'rule "r" on lead\nwhen savd\ndo sett a = 1\n')
    calendar = read_definition(
        Kind.CALENDAR, "c", json.dumps({"key": "c", "label": "C", "hours": {"mon": []}})
    )

    assert rule.definition is None
    assert [(one.at, one.code) for one in rule.problems] == [
        ("line 2", "language.syntax.unexpected"),
        ("line 3", "language.word.unknown-near"),
    ]
    assert calendar.definition is None
    assert calendar.problems[0].code.startswith("apps.document.unknown")
