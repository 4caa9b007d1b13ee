"""What cannot run in the database is refused at publish, by name and place."""

from __future__ import annotations

import pytest

from engine.forms.compile import CompiledForm, compile_form
from engine.forms.model import Form
from engine.forms.read import read_form
from runtime.query.check import check_sql

BUYER = {
    "key": "buyer",
    "label": "B",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "N"},
        "agent": {"type": "relation", "label": "A", "to": "buyer"},
    },
}
ORDER = {
    "key": "order",
    "label": "O",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "N"},
        "amount": {"type": "money", "label": "A"},
        "day": {"type": "date", "label": "D"},
        "at": {"type": "datetime", "label": "T"},
        "hot": {"type": "checkbox", "label": "H"},
        "stage": {"type": "select", "label": "S", "options": [{"key": "new", "label": "N"}]},
        "buyer": {"type": "relation", "label": "B", "to": "buyer"},
        "age": {"type": "text", "label": "G", "formula": "string(today())"},
        "items": {"type": "subtable", "label": "I", "fields": {"qty": {"type": "number", "label": "Q"}}},
    },
}


@pytest.fixture(scope="module")
def forms() -> dict[str, CompiledForm]:
    read: dict[str, Form] = {}
    for document in (BUYER, ORDER):
        form = read_form(document, str(document["key"])).form
        assert form is not None
        read[form.key] = form
    return {key: compile_form(form, read) for key, form in read.items()}


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("amount / 2 > 5", "query.expression.operator", "amount / 2"),
        ("amount ** 2 > 5", "query.expression.operator", "amount ** 2"),
        ('name + "x" = "y"', "query.expression.operator", 'name + "x"'),
        ('upper case(name) = "A"', "query.expression.function", "upper case(name)"),
        ('matches(name, "a+")', "query.expression.function", 'matches(name, "a+")'),
        ('buyer.agent.name = "x"', "query.expression.hops", "buyer.agent.name"),
        ('age = "x"', "query.expression.no-column", "age"),
        ("items = null", "query.expression.no-column", "items"),
        ("if hot then true else false", "query.expression.construct", "if hot then true else false"),
        ("at = day", "query.expression.kinds", "at = day"),
        ("name", "query.expression.not-boolean", "name"),
        ("contains(name, name)", "query.expression.search", "contains(name, name)"),
        ("5 in (amount, 7)", "query.expression.construct", "5 in (amount, 7)"),
        ('day + duration("P1M") > today()', "query.expression.whole-days", 'day + duration("P1M")'),
        ('day + duration("P30D") > today()', None, ""),
    ],
)
def test_refused_with_code_and_place(
    forms: dict[str, CompiledForm], text: str, code: str | None, place: str
) -> None:
    found = check_sql(text, forms["order"], forms)

    shown = [
        (one.code, text[one.span.start : one.span.end]) for one in found if one.span and "query" in one.code
    ]
    assert shown == ([] if code is None else [(code, place)])


@pytest.mark.parametrize(
    "text",
    [
        "amount > 5",
        "not(hot) and amount between 1 and 2",
        'stage in ("new")',
        'buyer.name = "x"',
        "buyer.id = 7",
        "owner = user",
        "department.id in user.departments",
        "date(at) = today()",
        '(today() - day) > duration("P7D")',
        'starts with(name, "a") or ends with(name, user.name)',
        "amount * 2 - 1 >= 0.5",
        "created_at < now()",
        "hot = true",
    ],
)
def test_what_people_filter_by_is_accepted(forms: dict[str, CompiledForm], text: str) -> None:
    assert check_sql(text, forms["order"], forms) == ()


def test_all_reasons_are_told_at_once(forms: dict[str, CompiledForm]) -> None:
    found = check_sql('amount / 2 > 5 and upper case(name) = "A" or nothing = 1', forms["order"], forms)

    assert {one.code for one in found} >= {"query.expression.operator", "query.expression.function"}
    assert any(one.code.startswith("feel.name.unknown") for one in found)


def test_a_chain_longer_than_the_database_takes_is_refused(forms: dict[str, CompiledForm]) -> None:
    found = check_sql(" or ".join(["amount = 1"] * 300), forms["order"], forms)

    assert [one.code for one in found] == ["query.expression.too-large"]
