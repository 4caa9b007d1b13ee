"""Filters, sorting, paging and measures as an attacker writes them (Q01–Q13), and FEEL in them (E01–E18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

DEALS = "/forms/deal/records"
BOMBS = {
    "E01 python": '"".__class__.__mro__',
    "E02 javascript": '{}.constructor.constructor("return 1")()',
    "E03 tower of powers": "10**10**10",
    "E04 exponent": "floor(1E+99999999) = 1",
    "E05 endless loop": "count(for i in 1..1000000000 return i) > 1",
    "E06 three loops": "count(for a in 1..10000, b in 1..10000, c in 1..10000 return 1) > 1",
    "E07 doubling": "string length(string join(for i in 1..1000000 return name)) > 1",
    "E08 regex": 'matches(name, "(a+)+$")',
    "E09 replace": 'replace(name, "", "' + "x" * 3000 + '") = ""',
    "E10 recursion": "{f: function(x) x(x)}.f(function(x) x(x)) = 1",
    "E11 long number": "amount = " + "9" * 3000,
    "E12 far date": 'day = date("9999999-01-01")',
    "E12 long duration": 'day + duration("P999999999Y") = day',
    "E13 context": "count({" + ",".join(f"k{n}: {n}" for n in range(300)) + "}) = 1",
    "E15 unknown": "nobody = 1",
    "E18 open quote": 'name = "',
    "R02 parentheses": "(" * 1900 + "1" + ")" * 1900,
    "R03 minus": "-" * 3900 + "1 = 1",
    "empty brackets": "()",
    "NUL": "name = \x00",
    "comment": "/* name = 1",
    "Q05 clauses": " or ".join(["hot"] * 700),
    "Q06 list": "amount in (" + ",".join(["1"] * 1900) + ")",
    "Q09 many relations": "customer" + ".agent" * 12 + ".name = 1",
    "Q11 mongo": '{"$where": "1"}',
    "Q11 raw": "_raw(1)",
    "Q11 sql": "1=1; drop table deal",
    "Q11 sql comment": "hot -- and",
    "division": "amount / 0 = 1",
    "no condition": "amount",
}
BY_BUDGET = {
    "E03 tower of powers",
    "E04 exponent",
    "E05 endless loop",
    "E06 three loops",
    "E10 recursion",
    "E11 long number",
    "E12 far date",
    "Q06 list",
    "R03 minus",
}
"""What has no field in it is evaluated before the question is asked, within the budget: null, no record."""


@pytest.mark.parametrize("name", BOMBS)
def test_a_condition_is_refused_or_answered_at_once(target: Target, name: str) -> None:
    allowed = (200, 422) if name in BY_BUDGET else (422,)
    answer = target.attack("rep", "GET", DEALS, *allowed, query_string={"where": BOMBS[name]})

    if answer.status_code == 422:
        assert all(one["at"] for one in answer.json["problems"]), answer.json


@pytest.mark.parametrize("name", BOMBS)
def test_a_builders_free_text_ends_at_once(target: Target, name: str) -> None:
    body = {"scope": {"form": "deal"}, "expression": BOMBS[name], "values": {}}
    target.attack("admin", "POST", "/evaluate", 200, 400, 422, json=body)


@pytest.mark.parametrize("name", BOMBS)
def test_a_formula_of_a_draft_is_read_and_measured(target: Target, name: str) -> None:
    fields = {
        "name": {"type": "text", "label": "N"},
        "f": {"type": "text", "label": "F", "formula": BOMBS[name]},
    }
    document = {"key": "bomb", "label": "B", "title": "{name}", "fields": fields}
    body = {"document": document}
    target.attack("admin", "POST", "/drafts/form/bomb/preview", 200, 400, 422, json=body)


def test_free_text_is_for_builders(target: Target) -> None:
    body = {"scope": {"form": "deal"}, "expression": "1 + 1", "values": {}}
    target.attack("rep", "POST", "/evaluate", 403, json=body)


LISTS: dict[str, tuple[dict[str, Any], tuple[int, ...]]] = {
    "Q01 sort by sql": ({"sort": "name; drop table deal"}, (422,)),
    "Q01 sort by nothing": ({"sort": ",,"}, (200, 422)),
    "Q02 sort by a hidden field": ({"sort": "secret"}, (403, 422)),
    "Q02 sort by a masked field": ({"sort": "amount"}, (403, 422)),
    "Q03 filter on a hidden field": ({"where": 'starts with(secret, "C")'}, (403, 422)),
    "Q03 filter on a masked field": ({"where": "amount > 1"}, (403, 422)),
    "Q08 limit -1": ({"limit": "-1"}, (422,)),
    "Q08 limit 1e9": ({"limit": "1e9"}, (422,)),
    "Q08 limit huge": ({"limit": "1000000000"}, (422,)),
    "Q08 offset": ({"offset": "1000000000000"}, (422,)),
    "Q12 cursor": ({"cursor": "eyJhIjoxfQ"}, (422,)),
    "Q12 cursor of zeros": ({"cursor": "A" * 3000}, (422,)),
    "unknown column": ({"fields": "name,password"}, (422,)),
    "hidden column": ({"fields": "name,secret"}, (403, 422)),
    "unknown view": ({"view": "nope"}, (404, 422)),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_nobody_may_ask_for_is_refused(target: Target, name: str) -> None:
    query, allowed = LISTS[name]
    target.attack("clerk", "GET", DEALS, *allowed, query_string=query)


@pytest.mark.parametrize("text", ["((((", "a:*&!", "%_%_%", "'", '"', "\\", "*" * 200])
def test_a_search_takes_any_text_as_text(target: Target, text: str) -> None:
    """Other attacks may have left names with such text in them; nothing else may be found."""
    answer = target["rep"].get(DEALS, query_string={"search": text})

    assert answer.status_code == 200
    assert all(text in one["title"] for one in answer.json["items"])


def test_a_cursor_of_somebody_else_opens_nothing(target: Target) -> None:
    for number in range(3):
        target.create("admin", name=f"page {number}")
    cursor = target["admin"].get(DEALS, query_string={"limit": 1}).json["next"]
    answer = target["rep"].get(DEALS, query_string={"limit": 50, "cursor": cursor})

    mine = {one["id"] for one in target["rep"].get(DEALS, query_string={"limit": 200}).json["items"]}
    assert answer.status_code in {200, 422}
    assert answer.status_code == 422 or {one["id"] for one in answer.json["items"]} <= mine


MEASURES = [
    {"group": ["secret"], "measures": [{"key": "n", "fn": "count"}]},
    {"measures": [{"key": "s", "fn": "sum", "field": "amount"}]},
    {"measures": [{"key": "s", "fn": "max", "field": "secret"}]},
    {"measures": [{"key": "n", "fn": "count", "where": 'secret = "x"'}]},
    {"measures": [{"key": "n", "fn": "count"}], "where": 'secret = "x"'},
    {"measures": [{"key": "n", "fn": "count", "where": "1 / 0"}]},
    {"measures": [{"key": 'n"; drop table deal', "fn": "sum", "field": "name"}]},
    {"measures": [{"key": "n", "fn": "ratio", "numerator": "n", "denominator": "n"}]},
    {"group": ["lines"], "measures": [{"key": "n", "fn": "count"}]},
    {"group": ["name; drop"], "measures": [{"key": "n", "fn": "count"}]},
]


@pytest.mark.parametrize("body", MEASURES)
def test_a_measure_over_what_she_may_not_see_is_refused(target: Target, body: dict[str, Any]) -> None:
    answer = target.attack("clerk", "POST", "/forms/deal/aggregate", 403, 422, json=body)

    assert "CANARY" not in answer.get_data(as_text=True)


def test_measures_count_only_the_records_she_sees(target: Target) -> None:
    body = {"measures": [{"key": "n", "fn": "count"}]}
    count = target["rep"].post("/forms/deal/aggregate", body).json
    listed = target["rep"].get(DEALS, query_string={"limit": 200}).json["items"]

    assert str(len(listed)) in str(count)


@pytest.mark.parametrize(
    "query", [{"where": "{} = null"}, {"sort": "{}"}, {"fields": "name,{}"}], ids=["where", "sort", "fields"]
)
def test_a_hidden_field_is_refused_like_one_that_does_not_exist(
    target: Target, query: dict[str, str]
) -> None:
    answers = [
        target["clerk"].get(DEALS, query_string={key: text.format(name) for key, text in query.items()})
        for name in ("secret", "nobody")
    ]

    assert answers[0].status_code == answers[1].status_code
    codes = [answer.json["code"].removesuffix("-near") for answer in answers]
    assert codes[0] == codes[1]
    assert all(one.json["problems"][0]["params"].get("nearest") != "secret" for one in answers)
