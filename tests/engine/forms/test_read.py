"""Form documents: what is read, and that everything wrong is named at once with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.forms.model import Form, GroupNode, TabsNode
from engine.forms.read import read_form


def faults(problems: Any) -> list[tuple[str, str]]:
    return sorted((problem.code, problem.at) for problem in problems)


def expected(case: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((problem["code"], problem["at"]) for problem in case["problems"])


def test_bad_documents_name_every_fault_and_its_place(documents_case: Mapping[str, Any]) -> None:
    reading = read_form(documents_case["document"])

    assert faults(reading.problems) == expected(documents_case)


def test_a_form_is_read_with_its_defaults(forms: Mapping[str, Form]) -> None:
    quote = forms["quote"]

    assert list(quote.fields)[:3] == ["no", "name", "opportunity"]
    assert quote.fields["lines"].fields["qty"].props == {"scale": 2, "min": Decimal("0.01")}
    assert quote.fields["valid_until"].default_expression == 'today() + duration("P30D")'
    assert quote.fields["name"].visible is True
    assert quote.checks[0].severity.value == "warning"


def test_layout_is_read_as_groups_tabs_and_texts(forms: Mapping[str, Form]) -> None:
    layout = forms["opportunity"].layout

    assert isinstance(layout[0], GroupNode)
    assert [type(node).__name__ for node in layout] == ["GroupNode", "GroupNode", "GroupNode", "TabsNode"]
    assert isinstance(layout[3], TabsNode)
    assert layout[3].tabs[0].label == {"zh-CN": "备注", "en": "Notes"}


def test_the_first_text_is_the_title_unless_one_is_given(forms: Mapping[str, Form]) -> None:
    assert forms["product"].title == "{name}"


def test_a_broken_document_still_gives_what_could_be_read() -> None:
    fields = {"good": {"type": "text", "label": "Good"}, "bad": {"type": "stage", "label": "Bad"}}

    reading = read_form({"key": "f", "label": "F", "fields": fields})

    assert reading.form is not None
    assert list(reading.form.fields) == ["good"]
    assert not reading.ok


def test_an_unknown_type_names_the_known_ones() -> None:
    reading = read_form({"key": "f", "label": "F", "fields": {"a": {"type": "texts", "label": "A"}}})

    (problem,) = reading.problems
    assert problem.params["nearest"] == "text"
    assert set(problem.params["known"]) >= {"text", "subtable", "auto_number", "department"}  # type: ignore[call-overload]


def test_problems_name_the_definition() -> None:
    (problem,) = read_form(None, "order").problems

    assert problem.document == "form/order"


def test_floats_of_a_document_are_taken_as_they_were_written() -> None:
    reading = read_form(
        {"key": "f", "label": "F", "fields": {"n": {"type": "number", "label": "N", "min": 0.1}}}
    )

    assert reading.form is not None
    assert reading.form.fields["n"].props["min"] == Decimal("0.1")


def test_deep_and_wide_documents_are_refused_without_recursion() -> None:
    node: Any = {"items": []}
    for _ in range(5000):
        node = {"items": [node]}
    many = {f"f{n}": {"type": "text", "label": "F"} for n in range(501)}

    deep = read_form({"key": "f", "label": "F", "fields": {}, "layout": [node]})
    wide = read_form({"key": "f", "label": "F", "fields": many})

    assert faults(deep.problems) == [("form.document.depth", "")]
    assert {problem.code for problem in wide.problems} == {"form.document.too-large", "form.fields.too-many"}


def test_a_select_has_at_most_1000_options() -> None:
    options = [{"key": f"o{n}", "label": "O"} for n in range(1001)]
    fields = {"s": {"type": "select", "label": "S", "options": options}}

    reading = read_form({"key": "f", "label": "F", "fields": fields})

    assert faults(reading.problems) == [("form.document.too-large", "/fields/s/options")]


def test_problems_of_rows_count_fields_of_sub_tables() -> None:
    inner = {f"f{n}": {"type": "text", "label": "F"} for n in range(200)}
    fields = {f"w{n}": {"type": "subtable", "label": "W", "fields": inner} for n in range(3)}

    reading = read_form({"key": "f", "label": "F", "fields": fields})

    assert faults(reading.problems) == [("form.fields.too-many", "/fields")]


def test_the_document_is_kept_as_it_was_written(forms: Mapping[str, Form]) -> None:
    document = forms["customer"].document

    assert json.loads(json.dumps(document, default=str))["fields"]["level"]["options"][0]["key"] == "a"
