"""Forms among other forms: expressions, order of evaluation, what is read elsewhere, columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.forms.compile import CompiledForm, compile_form
from engine.forms.expressions import Purpose
from engine.forms.model import Form
from engine.forms.read import read_form
from engine.forms.table_plan import ColumnKind


def test_bad_forms_are_refused_with_code_and_place(
    compiled_case: Mapping[str, Any], forms: Mapping[str, Form]
) -> None:
    more = {key: compiled_case[key] for key in ("title", "checks", "layout") if key in compiled_case}
    reading = read_form({"key": "case", "label": "Case", "fields": compiled_case["fields"], **more})
    assert reading.form is not None
    assert not reading.problems

    problems = compile_form(reading.form, forms).problems

    found = sorted((problem.code, problem.at) for problem in problems)
    wanted = sorted((problem["code"], problem["at"]) for problem in compiled_case["problems"])
    assert [at for _, at in found] == [at for _, at in wanted]
    assert all(code.startswith(stem) for (code, _), (stem, _) in zip(found, wanted, strict=True))
    cycles = [problem.params["cycle"] for problem in problems if "cycle" in problem.params]
    assert cycles == [one["cycle"] for one in compiled_case["problems"] if "cycle" in one]
    assert all(problem.document == "form/case" for problem in problems)


def test_good_forms_have_no_problems(compiled: Mapping[str, CompiledForm]) -> None:
    assert {key: form.problems for key, form in compiled.items()} == dict.fromkeys(compiled, ())


def test_expressions_are_known_by_id(compiled: Mapping[str, CompiledForm]) -> None:
    assert set(compiled["opportunity"].expressions) >= {
        "probability.formula",
        "close_date.required",
        "lost_reason.visible",
        "customer.pick.where",
        "checks.0.reject",
        "layout.2.visible",
    }
    assert {"lines.amount.formula", "lines.why.visible", "valid_until.default"} <= set(
        compiled["quote"].expressions
    )


def test_a_bad_expression_has_its_span(make: Callable[..., CompiledForm]) -> None:
    form = make({"a": {"type": "number", "label": "A", "formula": "1 + nothing"}})

    (problem,) = form.problems
    assert problem.span is not None
    assert (problem.span.start, problem.span.end) == (4, 11)


def test_the_order_respects_what_is_read(compiled: Mapping[str, CompiledForm]) -> None:
    order = compiled["quote"].order

    assert order.index(("lines", "amount")) < order.index(("total",)) < order.index(("lines", "share"))
    assert order.index(("total",)) < order.index(("over_credit",))


def test_what_other_records_must_lend_is_known(compiled: Mapping[str, CompiledForm]) -> None:
    assert compiled["opportunity"].relation_reads["customer"] == {"level"}
    assert compiled["quote"].relation_reads["customer"] == {"credit"}
    assert compiled["quote"].relation_reads["opportunity"] == {"customer", "name"}
    assert compiled["quote"].relation_reads["lines.product"] == {"list_price"}


def test_what_a_picker_reads_is_the_other_forms(make: Callable[..., CompiledForm]) -> None:
    where = 'parent_customer.level = "a" and level = record.level'
    form = make(
        {
            "level": {"type": "select", "label": "L", "options": [{"key": "a", "label": "A"}]},
            "parent_customer": {"type": "relation", "label": "P", "to": "customer"},
            "c": {"type": "relation", "label": "C", "to": "customer", "pick": {"where": where}},
        }
    )

    assert not form.problems
    assert form.relation_reads == {}


def test_paths_over_several_relations_are_followed(make: Callable[..., CompiledForm]) -> None:
    form = make(
        {
            "c": {"type": "relation", "label": "C", "to": "customer"},
            "a": {"type": "money", "label": "A", "formula": "c.parent_customer.credit"},
            "t": {"type": "text", "label": "T", "formula": "c.parent_customer.title"},
        }
    )

    assert not form.problems
    assert form.relation_reads == {"c": {"parent_customer"}, "c.parent_customer": {"credit"}}


def test_a_field_called_title_is_meant_where_there_is_one() -> None:
    job = {"title": {"type": "text", "label": "Job"}}
    fields = {
        "contact": {"type": "relation", "label": "C", "to": "contact"},
        "job": {"type": "text", "label": "J", "formula": "contact.title"},
    }
    contact = read_form({"key": "contact", "label": "C", "fields": job}).form
    deal = read_form({"key": "deal", "label": "D", "fields": fields}).form
    assert contact is not None
    assert deal is not None

    assert compile_form(deal, {"contact": contact}).relation_reads == {"contact": {"title"}}


def test_formulas_that_read_the_clock_have_no_column(
    compiled: Mapping[str, CompiledForm], make: Callable[..., CompiledForm]
) -> None:
    form = make(
        {
            "day": {"type": "date", "label": "D", "formula": "today()"},
            "year": {"type": "number", "label": "Y", "formula": "day.year"},
            "plain": {"type": "number", "label": "P", "formula": "1"},
        }
    )

    assert compiled["customer"].time_dependent == {"age_days"}
    assert form.time_dependent == {"day", "year"}
    assert list(form.table_plan.columns) == ["plain"]


def test_the_table_plan_has_a_column_for_what_is_stored(compiled: Mapping[str, CompiledForm]) -> None:
    plan = compiled["quote"].table_plan
    columns = plan.subtables["lines"].columns

    assert "lines" not in plan.columns
    assert (columns["discount"].kind, columns["discount"].scale) == (ColumnKind.NUMBER, 4)
    assert (columns["product"].kind, columns["product"].target) == (ColumnKind.REFERENCE, "product")
    assert columns["product"].indexed
    assert compiled["customer"].table_plan.columns["name"].unique
    assert compiled["customer"].table_plan.columns["keeper"].target == "user"


def test_uniqueness_is_collected_from_fields_and_checks(compiled: Mapping[str, CompiledForm]) -> None:
    assert [one.fields for one in compiled["customer"].uniques] == [("name",)]
    (composite,) = compiled["opportunity"].uniques
    assert (composite.fields, composite.at, composite.check) == (("customer", "name"), "customer", 3)


def test_a_long_chain_of_formulas_is_put_in_order(make: Callable[..., CompiledForm]) -> None:
    chain = {f"f{n}": {"type": "number", "label": "F", "formula": f"f{n + 1} + 1"} for n in range(480)}

    form = make({**chain, "f480": {"type": "number", "label": "F"}})

    assert not form.problems
    assert form.order[0] == ("f479",)


def test_an_expression_knows_what_it_is_for(compiled: Mapping[str, CompiledForm]) -> None:
    expression = compiled["quote"].expression(("lines", "why"), Purpose.REQUIRED)

    assert expression is not None
    assert expression.at == "/fields/lines/fields/why/required"
    assert compiled["opportunity"].places["boss_note.visible"].reads_user
