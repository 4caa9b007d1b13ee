"""Linking: what points nowhere is named with its place, what points somewhere can be found again."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from engine.apps.kinds import Kind, Ref
from engine.apps.link import Linked, link
from tests.engine.apps.small_house import APP, CUSTOMER, DEAL, FLOW, MAPPING, ROLE, VIEW, definitions


def faults(linked: Linked) -> set[tuple[str, str, str]]:
    return {(problem.document, problem.code, problem.at) for problem in linked.problems}


def used(linked: Linked, key: str, field: str = "") -> set[tuple[str, str]]:
    return {(str(one.source), one.at) for one in linked.where_used(Kind.FORM, key, field)}


def without(document: dict[str, Any], field: str) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    del changed["fields"][field]
    return changed


def test_definitions_that_fit_have_no_problems_and_are_compiled() -> None:
    linked = link(definitions())

    assert linked.problems == ()
    assert set(linked.forms) == {"customer", "deal"}
    assert linked.flows["approval"].graph is not None


def test_every_use_of_a_field_is_found() -> None:
    linked = link(definitions())

    assert used(linked, "customer", "level") == {
        ("form/deal", "/fields/customer/pick/where"),
        ("form/deal", "/fields/big/formula"),
        ("role/rep", "/grants/0/record_filter"),
    }
    assert used(linked, "deal", "total") == {
        ("form/deal", "/fields/big/formula"),
        ("view/big_deals", "/columns/1"),
        ("view/big_deals", "/where"),
        ("flow/approval", "f2"),
    }
    assert used(linked, "deal", "lines.amount") == {("form/deal", "/fields/total/formula")}
    assert used(linked, "deal", "city") == {
        ("form/deal", "/fields/customer/fill/city"),
        ("form/deal", "/fields/customer/pick/where"),
        ("flow/approval", "ask"),
    }
    assert ("app/sales", "/items/1/form") in used(linked, "customer")
    assert ("flow/approval", "approval") in used(linked, "deal")


def test_roles_and_views_are_found_too() -> None:
    linked = link(definitions())

    assert [str(one.source) for one in linked.where_used(Kind.ROLE, "rep")] == ["flow/approval"]
    assert [str(one.source) for one in linked.where_used(Kind.VIEW, "big_deals")] == ["app/sales"]


def test_a_field_that_goes_breaks_exactly_what_used_it() -> None:
    linked = link(definitions(form_deal=without(without(DEAL, "big"), "total")))

    broken = {(document, at) for document, _code, at in faults(linked)}
    assert broken == {("view/big_deals", "/columns/1"), ("view/big_deals", "/where"), ("flow/approval", "f2")}


def test_a_form_that_goes_breaks_everything_over_it() -> None:
    linked = link(definitions(form_deal=None))

    assert {document for document, _code, _at in faults(linked)} == {
        "view/big_deals",
        "role/rep",
        "app/sales",
        "mapping/deals",
        "flow/approval",
    }
    assert "approval" not in linked.flows


def test_problems_can_be_asked_for_some_definitions() -> None:
    linked = link(definitions(form_customer=without(CUSTOMER, "level")))

    only = linked.problems_of([Ref(Kind.ROLE, "rep")])

    assert only
    assert {problem.document for problem in only} == {"role/rep"}


@pytest.mark.parametrize(
    ("name", "document", "code", "at", "meant"),
    [
        (
            "app_sales",
            {**APP, "items": [{"form": "custommer"}]},
            "apps.link.unknown-form",
            "/items/0/form",
            "customer",
        ),
        (
            "app_sales",
            {**APP, "items": [{"form": "customer", "view": "big_deal"}]},
            "apps.link.unknown-view",
            "/items/0/view",
            "big_deals",
        ),
        (
            "flow_approval",
            FLOW.replace('ref="rep"', 'ref="reps"'),
            "apps.link.unknown-role",
            "ask",
            "rep",
        ),
        (
            "mapping_deals",
            {**MAPPING, "columns": [{"from": "N", "to": "nmae"}]},
            "apps.link.unknown-field",
            "/columns/0/to",
            "name",
        ),
        (
            "mapping_deals",
            {**MAPPING, "columns": [{"from": "C", "to": "customer"}]},
            "apps.link.match-missing",
            "/columns/0",
            "name",
        ),
        (
            "mapping_deals",
            {**MAPPING, "columns": [{"from": "C", "to": "customer", "match": "city"}]},
            "apps.link.no-match-field",
            "/columns/0/match",
            "name",
        ),
        (
            "mapping_deals",
            {
                **MAPPING,
                "form": "customer",
                "columns": [{"from": "L", "to": "level", "replace": {"gold": "aa", "none": ""}}],
            },
            "apps.link.unknown-option",
            "/columns/0/replace/gold",
            "a",
        ),
    ],
)
def test_what_points_nowhere_is_guessed(name: str, document: object, code: str, at: str, meant: str) -> None:
    linked = link(definitions(**{name: document}))

    [problem] = linked.problems
    assert (problem.code, problem.at, problem.params["meant"]) == (code, at, meant)
    assert problem.document == name.replace("_", "/", 1)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ({"from": "T", "to": "total"}, "apps.link.computed-target"),
        ({"from": "L", "to": "lines"}, "apps.link.computed-target"),
        ({"from": "N", "to": "name", "match": "name"}, "apps.link.match-without-relation"),
        ({"from": "N", "to": "name", "format": "%Y"}, "apps.link.format-without-date"),
        ({"from": "N", "to": "name", "times": 2}, "apps.link.times-without-number"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(column: dict[str, object], code: str) -> None:
    linked = link(definitions(mapping_deals={**MAPPING, "columns": [column]}))

    assert [problem.code for problem in linked.problems] == [code]


def test_an_app_opens_a_form_with_a_view_of_that_form() -> None:
    linked = link(definitions(app_sales={**APP, "items": [{"form": "customer", "view": "big_deals"}]}))

    assert [problem.code for problem in linked.problems] == ["apps.link.other-form"]


@pytest.mark.parametrize(
    ("name", "document", "at"),
    [
        ("view_big_deals", {**VIEW, "where": "total + 1"}, "/where"),
        (
            "role_rep",
            {**ROLE, "grants": [{**ROLE["grants"][0], "record_filter": "=name"}]},  # type: ignore[index, dict-item]
            "/grants/0/record_filter",
        ),
    ],
)
def test_a_condition_must_say_yes_or_no(name: str, document: object, at: str) -> None:
    linked = link(definitions(**{name: document}))

    assert [(problem.code, problem.at) for problem in linked.problems] == [("apps.link.not-boolean", at)]


def test_a_flow_must_name_its_form() -> None:
    linked = link(definitions(flow_approval=FLOW.replace('<dg:flow form="deal"/>', "")))

    assert [problem.code for problem in linked.problems] == ["apps.link.flow-without-form"]
