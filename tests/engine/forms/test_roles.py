"""Roles, record filters and views: what is read, and what they name that does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms.compile import CompiledForm
from engine.forms.conditions import check_filter, check_where
from engine.forms.filters import FilterKind, RecordFilter, read_filter
from engine.forms.model import Form
from engine.forms.roles import ACTIONS, FieldAccess, Level, check_role, read_role
from engine.forms.views import SortKey, View, ViewColumn, check_view, read_view

DEALS = {"form": "opportunity", "actions": ["view", "edit"], "record_filter": "own"}
CUSTOMERS = {"form": "customer", "actions": ["*"], "record_filter": '=level = "a"'}
REP: Mapping[str, Any] = {
    "$schema": "role/1",
    "key": "sales_rep",
    "label": {"zh-CN": "销售", "en": "Sales rep"},
    "grants": [
        {**DEALS, "fields": {"*": "write", "amount": "read"}},
        {**CUSTOMERS, "fields": {"*": "read", "email": "mask"}},
    ],
}


def faults(problems: Any) -> list[tuple[str, str]]:
    return [(problem.code, problem.at) for problem in problems]


def test_a_role_is_read(forms: Mapping[str, Form]) -> None:
    reading = read_role(REP)

    assert not reading.problems
    assert reading.role is not None
    deals, customers = reading.role.grants
    assert deals.actions == {"view", "edit"}
    assert (deals.fields.level("amount"), deals.fields.level("name")) == (Level.READ, Level.WRITE)
    assert customers.actions == set(ACTIONS)
    assert customers.record_filter == RecordFilter(FilterKind.FEEL, 'level = "a"')
    assert check_role(reading.role, forms) == ()


def test_a_broken_role_names_every_fault() -> None:
    broken = {"form": "customer", "actions": ["look"], "record_filter": "mine"}
    grants = [broken, {"form": "customer", "actions": []}]

    reading = read_role({"key": "A", "label": "A", "rights": ["root"], "grants": grants})

    assert reading.role is None
    assert faults(reading.problems) == [
        ("role.key.invalid", "/key"),
        ("role.right-unknown", "/rights"),
        ("role.action-unknown", "/grants/0/actions"),
        ("role.filter-unknown", "/grants/0/record_filter"),
        ("role.grant-twice", "/grants/1/form"),
    ]


def test_what_a_role_names_must_exist(forms: Mapping[str, Form]) -> None:
    levels = {"lines.price": "hidden", "lines.prise": "read", "owner": "read"}
    grants = [
        {"form": "customr", "actions": ["view"]},
        {"form": "quote", "actions": ["view"], "fields": levels},
    ]
    role = read_role({"key": "a", "label": "A", "grants": grants}).role
    assert role is not None

    problems = check_role(role, forms)

    assert faults(problems) == [
        ("role.form-unknown", "/grants/0/form"),
        ("role.field-unknown", "/grants/1/fields/lines.prise"),
    ]
    assert problems[1].params["nearest"] == "lines.price"


NO_ROLES: list[object] = [
    None,
    [],
    {},
    {"key": 1, "label": [], "grants": {}},
    {"key": "a", "label": "A", "x": 1},
]


@pytest.mark.parametrize("document", NO_ROLES)
def test_documents_that_are_no_roles_or_views_are_refused(document: object) -> None:
    assert read_role(document).role is None
    assert read_view(document).view is None
    assert read_role(document).problems
    assert read_view(document).problems


def test_filters_are_words_or_feel(compiled: Mapping[str, CompiledForm]) -> None:
    good = read_filter('=owner.id = user.id or level = "a"')
    bad = read_filter('= levl = "a"')
    number = read_filter("=credit")

    assert read_filter("department_tree").kind is FilterKind.DEPARTMENT_TREE
    assert check_filter(good, compiled["customer"]) == ()
    assert [problem.code for problem in check_filter(bad, compiled["customer"])] == ["feel.name.unknown-near"]
    assert [problem.code for problem in check_filter(number, compiled["customer"])] == [
        "form.expression.type"
    ]


LEVELS = st.sampled_from(list(Level))
ACCESS = st.builds(FieldAccess, st.dictionaries(st.sampled_from(["a", "w", "w.x"]), LEVELS), LEVELS)


@given(ACCESS, ACCESS)
def test_two_roles_together_allow_what_either_allows(first: FieldAccess, second: FieldAccess) -> None:
    both = first.union(second)

    for place in (("a",), ("other",), ("w",), ("w", "x"), ("w", "y")):
        either = max(first.level(*place), second.level(*place), key=lambda level: level.rank)
        assert both.level(*place) is either


def test_a_field_of_a_row_is_never_more_open_than_its_table() -> None:
    access = FieldAccess({"w": Level.READ, "w.x": Level.WRITE, "w.y": Level.HIDDEN})

    assert [access.level("w", inner) for inner in "xyz"] == [Level.READ, Level.HIDDEN, Level.READ]


def test_a_view_is_read(forms: Mapping[str, Form], compiled: Mapping[str, CompiledForm]) -> None:
    document = {
        "$schema": "view/1",
        "key": "open_deals",
        "label": "Open",
        "form": "opportunity",
        "columns": ["no", {"field": "amount", "width": 120}, "owner"],
        "where": 'not(stage in ("won", "lost"))',
        "sort": ["-amount", "name"],
        "count": "exact",
    }

    view = read_view(document).view

    assert view == View(
        "open_deals",
        "Open",
        "opportunity",
        (ViewColumn("no"), ViewColumn("amount", 120), ViewColumn("owner")),
        'not(stage in ("won", "lost"))',
        (SortKey("amount", descending=True), SortKey("name")),
        exact_count=True,
    )
    assert check_view(view, forms) == ()
    assert check_where(view, compiled["opportunity"]) == ()


def test_what_a_view_names_must_exist(
    forms: Mapping[str, Form], compiled: Mapping[str, CompiledForm]
) -> None:
    view = View("v", "V", "quote", (ViewColumn("nam"),), "stat = 1", (SortKey("lines"), SortKey("x")))

    assert faults(check_view(view, forms)) == [
        ("view.field-unknown", "/columns/0"),
        ("view.field-unsortable", "/sort/0"),
        ("view.field-unknown", "/sort/1"),
    ]
    assert [problem.at for problem in check_where(view, compiled["quote"])] == ["/where"]
    assert faults(check_view(View("v", "V", "x", ()), forms)) == [("view.form-unknown", "/form")]
