"""What comes in: the same problems whichever JSON Schema validator looks, with places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.validators import extend

from engine.forms.compile import CompiledForm
from engine.forms.fields.protocol import Schema
from engine.forms.json_schema import create_schema, patch_schema
from engine.forms.model import Form, Row, RowChanges
from engine.forms.validate import Finder, Validators
from engine.forms.violations import Violation, by_jsonschema
from engine.problems import ENGINE_LOCALE, Register


def faults(problems: Any) -> list[tuple[str, str]]:
    return sorted((problem.code, problem.at) for problem in problems)


def test_bad_values_are_refused_with_code_and_place(
    values_case: Mapping[str, Any], compiled: Mapping[str, CompiledForm]
) -> None:
    found = compiled[values_case["form"]].validators.create(values_case["data"])

    assert faults(found.problems) == sorted((one["code"], one["at"]) for one in values_case["problems"])


def test_problems_name_the_field_as_its_author_did(compiled: Mapping[str, CompiledForm]) -> None:
    data = {"name": "x", "customer": 1, "lines": [{"values": {"product": 1, "qty": Decimal("1.001")}}]}

    (problem,) = compiled["quote"].validators.create(data).problems

    assert problem.params == {"field": "qty", "label": {"zh-CN": "数量", "en": "Quantity"}, "scale": 2}
    assert Register.read(ENGINE_LOCALE).message(problem, "zh-CN") == "“数量”最多 2 位小数。"


def test_good_values_become_stored_values(compiled: Mapping[str, CompiledForm]) -> None:
    data: dict[str, object] = {"name": "Ada", "credit": 100, "vip": None}
    data |= {"keeper": {"id": 3, "title": "Mei"}, "last_call": "2026-01-31T08:00:00+08:00"}

    values = compiled["customer"].validators.create(data).values

    assert values["credit"] == Decimal("100.00")
    assert (values["vip"], values["keeper"]) == (False, 3)
    assert values["last_call"] == datetime.fromisoformat("2026-01-31T00:00:00+00:00")
    assert "founded" not in values


def test_rows_of_a_new_record_have_no_ids(compiled: Mapping[str, CompiledForm]) -> None:
    data = {"name": "x", "customer": 1, "lines": [{"values": {"product": {"id": 7}, "qty": 2, "price": 5}}]}

    found = compiled["quote"].validators.create(data)

    assert not found.problems
    assert found.values["lines"] == (
        Row(None, {"product": 7, "qty": Decimal("2.00"), "price": Decimal("5.00")}),
    )


def test_a_patch_changes_rows_by_operations(compiled: Mapping[str, CompiledForm]) -> None:
    lines = {
        "create": [{"values": {"product": 1, "price": 5}}],
        "update": [{"id": 4, "values": {"qty": 3}}],
        "delete": [9],
        "order": [-1, 4],
    }

    found = compiled["quote"].validators.patch({"lines": lines})

    assert not found.problems
    changes = found.values["lines"]
    assert isinstance(changes, RowChanges)
    assert changes.create == ({"product": 1, "price": Decimal("5.00")},)
    assert changes.update == {4: {"qty": Decimal("3.00")}}
    assert (set(changes.delete), changes.order) == ({9}, (-1, 4))


def test_row_operations_need_their_parts(compiled: Mapping[str, CompiledForm]) -> None:
    updates = [{"id": 4, "values": {"qty": 0}}, {"values": {}}]
    lines = {"create": [{"values": {"qty": 1}}], "update": updates}

    found = compiled["quote"].validators.patch({"lines": lines})

    assert faults(found.problems) == [
        ("form.value.part-missing", "/lines/update/1"),
        ("form.value.required", "/lines/create/0/values/product"),
        ("form.value.too-small", "/lines/update/0/values/qty"),
    ]


def test_row_operations_that_contradict_each_other_are_refused(compiled: Mapping[str, CompiledForm]) -> None:
    updates = [{"id": 4, "values": {}}, {"id": 4, "values": {}}]
    lines = {
        "create": [{"values": {"product": 1}}],
        "update": updates,
        "delete": [4],
        "order": [-2, 0, 4, 5, 5],
    }

    found = compiled["quote"].validators.patch({"lines": lines})

    assert [problem.params["id"] for problem in found.problems] == [4, -2, 0, 4, 5]
    assert {problem.code for problem in found.problems} == {"form.value.row-twice", "form.value.row-order"}


def test_a_patch_needs_nothing_but_empties_nothing_required(
    compiled: Mapping[str, CompiledForm],
) -> None:
    validators = compiled["customer"].validators

    assert not validators.patch({}).problems
    assert faults(validators.patch({"name": None}).problems) == [("form.value.required", "/name")]
    assert faults(validators.patch({"no": "1", "rev": 2, "x": 1}).problems) == [
        ("form.value.computed", "/no"),
        ("form.value.system", "/rev"),
        ("form.value.unknown", "/x"),
    ]


def test_exempt_fields_may_be_given_but_are_still_checked(compiled: Mapping[str, CompiledForm]) -> None:
    validators = compiled["quote"].validators
    exempt = frozenset({"state"})

    assert validators.patch({"state": "approved"}, exempt=exempt).values == {"state": "approved"}
    assert faults(validators.patch({"state": "x"}, exempt=exempt).problems) == [
        ("form.value.option", "/state")
    ]
    assert faults(validators.patch({"state": "approved"}).problems) == [("form.value.readonly", "/state")]


def test_fields_may_be_called_like_the_parts_of_a_row_operation(make: Any) -> None:
    inner = {"values": {"type": "number", "label": "V", "max": 3}}
    form = make(
        {
            "create": {"type": "number", "label": "C", "max": 3},
            "w": {"type": "subtable", "label": "W", "fields": inner},
        }
    )

    found = form.validators.patch({"create": 9, "w": {"create": [{"values": {"values": 9}}]}})

    assert faults(found.problems) == [
        ("form.value.too-large", "/create"),
        ("form.value.too-large", "/w/create/0/values/values"),
    ]


# --- both validators -----------------------------------------------------------------------------

_FORMATS = FormatChecker(formats=["date"])


@_FORMATS.checks("date-time")
def _is_instant(value: object) -> bool:
    """RFC 3339, which `jsonschema` alone does not check."""
    if not isinstance(value, str):
        return True
    try:
        return "T" in value and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_integer(_: object, value: object) -> bool:
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return (isinstance(value, int) and not isinstance(value, bool)) or whole


_Oracle: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


def oracle(schema: Schema) -> Finder:
    validator = _Oracle(schema, format_checker=_FORMATS)

    def find(document: object) -> tuple[Violation, ...]:
        return by_jsonschema(validator.iter_errors(document))

    return find


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 10**6)
    | st.decimals(-10, 10, places=3)
    | st.sampled_from(
        ["", "a", "b", "draft", "won", "2026-01-31", "2026-02-30", "2026-01-31T08:00:00Z", "x" * 50]
    )
    | st.builds(lambda number: {"id": number}, st.integers(0, 9))
)
ROW_KEYS = ["product", "qty", "price", "discount", "why", "amount", "other"]
ROWS = st.lists(
    st.builds(
        lambda values: {"values": values}, st.dictionaries(st.sampled_from(ROW_KEYS), LEAVES, max_size=4)
    )
    | LEAVES
    | st.just({"id": 3, "values": {}}),
    max_size=6,
)
OPERATIONS = st.fixed_dictionaries(
    {},
    optional={
        "create": ROWS,
        "update": ROWS,
        "delete": st.lists(st.integers(0, 5)),
        "order": st.lists(LEAVES, max_size=3),
    },
)
CUSTOMER = ["name", "level", "credit", "founded", "first_met", "last_call", "vip", "keeper", "no", "zz"]
QUOTE = ["name", "customer", "state", "valid_until", "gifts", "lines", "extras", "total", "owner"]
KEYS = {"customer": CUSTOMER, "quote": QUOTE}


def records(form: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(KEYS[form]), LEAVES | ROWS | OPERATIONS, max_size=8)


@settings(deadline=None)
@given(data=st.data())
def test_both_validators_find_the_same_problems(data: st.DataObject, forms: Mapping[str, Form]) -> None:
    form = forms[data.draw(st.sampled_from(sorted(KEYS)))]
    document = data.draw(records(form.key))
    fast = Validators(form)
    slow = Validators(form, oracle(create_schema(form)), oracle(patch_schema(form)))

    for ours, theirs in (
        (fast.create(document), slow.create(document)),
        (fast.patch(document), slow.patch(document)),
    ):
        assert faults(ours.problems) == faults(theirs.problems)
        assert ours.values == theirs.values


def test_the_schemas_are_valid_json_schemas(compiled: Mapping[str, CompiledForm]) -> None:
    for form in compiled.values():
        for schema in (form.create_schema, form.patch_schema, form.output_schema):
            Draft202012Validator.check_schema(dict(schema))


def test_computed_fields_are_read_only_in_the_output_schema(compiled: Mapping[str, CompiledForm]) -> None:
    schema: Any = compiled["quote"].output_schema

    assert schema["properties"]["total"]["readOnly"] is True
    assert "readOnly" not in schema["properties"]["name"]
    assert "total" not in compiled["quote"].create_schema["properties"]  # type: ignore[operator]
