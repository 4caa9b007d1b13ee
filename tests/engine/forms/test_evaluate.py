"""What a form says about a record: defaults, settle, required, checks, states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms.compile import CompiledForm
from engine.forms.defaults import apply_defaults, apply_row_defaults
from engine.forms.evaluate import FieldState, Settled, check, read_timed, settle, states
from engine.forms.facts import Facts
from engine.forms.merge import merge
from engine.forms.model import Row, RowChanges
from engine.problems import Severity
from engine.values import Reference


def stored(form: CompiledForm, data: Mapping[str, Any]) -> Mapping[str, object]:
    """Stored values of JSON values that need not be complete."""
    found = form.validators.create(data)
    assert {problem.code for problem in found.problems} <= {"form.value.required"}
    return found.values


def shown(form: CompiledForm, values: Mapping[str, object], key: str) -> object:
    value = values[key]
    return value.isoformat() if isinstance(value, date) else value


def test_records_as_data(
    records_case: Mapping[str, Any], compiled: Mapping[str, CompiledForm], facts: Facts
) -> None:
    form = compiled[records_case["form"]]
    given_data = form.validators.create(records_case["data"])
    if "refused" in records_case:
        expected = [(one["code"], one["at"]) for one in records_case["refused"]]
        assert [(problem.code, problem.at) for problem in given_data.problems] == expected
        return
    old = stored(form, records_case["old"]) if "old" in records_case else None

    values = apply_defaults(form, given_data.values, facts)
    settled = settle(form, values, old, facts)
    problems = check(form, settled.values, old, facts)

    for key, expected_value in records_case.get("values", {}).items():
        assert shown(form, settled.values, key) == expected_value, key
    for key, expected_rows in records_case.get("rows", {}).items():
        rows: Any = settled.values[key]
        assert len(rows) == len(expected_rows)
        for row, expected_row in zip(rows, expected_rows, strict=True):
            assert {name: row.values[name] for name in expected_row} == expected_row
    assert list(settled.cleared) == records_case.get("cleared", [])
    expected_problems = [(p["code"], p["at"], p.get("severity", "error")) for p in records_case["problems"]]
    assert [(p.code, p.at, p.severity.value) for p in problems] == expected_problems


def test_the_message_of_a_check_is_its_authors(compiled: Mapping[str, CompiledForm], facts: Facts) -> None:
    form = compiled["opportunity"]
    values = {"name": "x", "customer": 2, "stage": "won", "close_date": date(2026, 12, 1)}

    (problem,) = check(form, settle(form, values, None, facts).values, None, facts)

    assert problem.params["message"] == {
        "zh-CN": "谈判或赢单的商机必须有金额",
        "en": "A deal in negotiation or won needs an amount",
    }


def test_only_a_false_visible_clears(make: Callable[..., CompiledForm], facts: Facts) -> None:
    form = make(
        {
            "n": {"type": "number", "label": "N"},
            "unknown": {"type": "text", "label": "U", "visible": "n > 5", "required": True},
            "never": {"type": "text", "label": "V", "visible": False},
        }
    )

    settled = settle(form, {"n": None, "unknown": "x", "never": "y"}, None, facts)
    low = settle(form, {"n": Decimal(1), "unknown": "x", "never": "y"}, None, facts)

    assert (settled.values["unknown"], settled.values["never"]) == ("x", "y")
    assert (low.values["unknown"], low.values["never"]) == (None, "y")
    assert states(form, {"unknown": None}, facts).fields["unknown"] == FieldState(False, False, False)
    assert check(form, {"n": None}, None, facts) == ()


def test_a_failing_formula_is_null_and_says_why(make: Callable[..., CompiledForm], facts: Facts) -> None:
    form = make(
        {
            "a": {"type": "number", "label": "A"},
            "b": {"type": "number", "label": "B", "scale": 2, "formula": "1 / a"},
        }
    )

    settled = settle(form, {"a": Decimal(0)}, None, facts)

    assert settled.values["b"] is None
    assert [(problem.at, problem.severity) for problem in settled.problems] == [("/b", Severity.WARNING)]
    assert settled.problems[0].code.startswith("feel.")


def test_a_result_too_great_for_its_field_is_refused(make: Callable[..., CompiledForm], facts: Facts) -> None:
    form = make({"a": {"type": "money", "label": "A", "formula": "10 ** 20"}})

    settled = settle(form, {}, None, facts)

    assert [(p.code, p.at, p.is_error) for p in settled.problems] == [("form.formula.digits", "/a", True)]
    assert settled.problems[0].params["label"] == "A"


def test_an_override_keeps_what_was_entered(compiled: Mapping[str, CompiledForm], facts: Facts) -> None:
    form = compiled["opportunity"]
    base: dict[str, object] = {"name": "x", "customer": 2, "stage": "negotiation"}

    followed = settle(form, base, None, facts).values
    entered = settle(form, {**base, "probability": Decimal("0.55")}, None, facts).values
    moved = settle(form, {**followed, "stage": "won"}, followed, facts).values
    kept = settle(form, {**entered, "stage": "won"}, entered, facts).values
    emptied = settle(form, {**kept, "probability": None}, kept, facts).values

    assert followed["probability"] == Decimal("0.80")
    assert entered["probability"] == Decimal("0.55")
    assert moved["probability"] == Decimal("1.00")
    assert kept["probability"] == Decimal("0.55")
    assert emptied["probability"] == Decimal("1.00")


def test_old_is_the_stored_record_or_null(make: Callable[..., CompiledForm], facts: Facts) -> None:
    form = make(
        {
            "a": {"type": "number", "label": "A"},
            "grown": {"type": "number", "label": "G", "formula": "if old.a = null then 0 else a - old.a"},
        }
    )

    new = settle(form, {"a": Decimal(5)}, None, facts)
    changed = settle(form, {"a": Decimal(5)}, {"a": Decimal(2)}, facts)

    assert (new.values["grown"], changed.values["grown"]) == (Decimal(0), Decimal(3))


def test_formulas_over_the_clock_are_computed_when_read(
    compiled: Mapping[str, CompiledForm], facts: Facts
) -> None:
    form = compiled["customer"]
    values = settle(form, {"name": "x", "first_met": date(2026, 11, 20)}, None, facts).values
    later = Facts.at(datetime(2026, 11, 30, tzinfo=UTC), facts.zone, facts.user)

    assert "age_days" not in values
    assert read_timed(form, values, facts)["age_days"] == Decimal(4)
    assert read_timed(form, values, later)["age_days"] == Decimal(10)


def test_checks_see_time_dependent_formulas(make: Callable[..., CompiledForm], facts: Facts) -> None:
    form = make(
        {
            "day": {"type": "date", "label": "D"},
            "left": {"type": "number", "label": "L", "formula": "(day - today()).days"},
        },
        checks=[{"reject": "left < 0", "at": "day", "message": "too late"}],
    )

    assert [one.at for one in check(form, {"day": date(2026, 1, 1)}, None, facts)] == ["/day"]
    assert check(form, {"day": date(2027, 1, 1)}, None, facts) == ()


def test_states_show_rows_too(compiled: Mapping[str, CompiledForm], facts: Facts) -> None:
    form = compiled["quote"]
    rows = (Row(1, {"discount": Decimal("0.4")}), Row(2, {"discount": Decimal(0)}))

    found = states(form, {"name": "x", "lines": rows, "free_discount": Decimal("0.3")}, facts)

    assert found.fields["total"] == FieldState(visible=True, required=False, readonly=True)
    assert found.fields["state"].readonly
    assert not found.fields["extras"].visible
    assert [row["why"] for row in found.rows["lines"]] == [
        FieldState(visible=True, required=True, readonly=False),
        FieldState(visible=False, required=False, readonly=False),
    ]


def test_new_rows_of_a_stored_record_get_defaults(compiled: Mapping[str, CompiledForm], facts: Facts) -> None:
    form = compiled["quote"]
    old: dict[str, object] = {
        "name": "x",
        "free_discount": None,
        "lines": (Row(4, {"product": 7, "qty": None}),),
    }
    changes = RowChanges(create=({"product": 7},))

    merged = merge(form.form, old, {"lines": changes})
    values = apply_row_defaults(form, merged.values, old, facts)

    rows: Any = values["lines"]
    assert rows[0].values["qty"] is None
    assert (rows[1].values["qty"], rows[1].values["price"]) == (Decimal(1), Decimal("50.00"))
    assert values["free_discount"] is None


def test_a_change_does_not_repeat_the_defaults(compiled: Mapping[str, CompiledForm], facts: Facts) -> None:
    form = compiled["quote"]
    old: dict[str, object] = {"name": "x", "valid_until": None}

    assert apply_row_defaults(form, old, old, facts)["valid_until"] is None


def test_defaults_follow_each_other(make: Callable[..., CompiledForm], facts: Facts) -> None:
    form = make(
        {
            "c": {"type": "number", "label": "C", "default": "=b + 1"},
            "b": {"type": "number", "label": "B", "default": "=a + 1"},
            "a": {"type": "number", "label": "A", "default": 1},
            "w": {
                "type": "subtable",
                "label": "W",
                "fields": {"x": {"type": "number", "label": "X", "default": "=record.c + 1"}},
            },
        }
    )

    values = apply_defaults(form, {"w": (Row(None, {}), Row(None, {"x": None}))}, facts)

    assert [values[key] for key in "abc"] == [1, 2, 3]
    assert values["w"] == (Row(None, {"x": Decimal(4)}), Row(None, {"x": None}))


def test_system_fields_pass_through_and_can_be_read(make: Callable[..., CompiledForm], facts: Facts) -> None:
    form = make({"mine": {"type": "checkbox", "label": "M", "formula": "owner.id = user.id"}})
    values = {"owner": 3, "id": 9, "created_at": datetime(2026, 1, 1, tzinfo=UTC)}

    settled = settle(form, values, None, facts)

    assert settled.values == {**values, "mine": True}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("owner = user", True),
        ("owner != user", False),
        ("keeper = user", False),
        ("customer = record.customer", True),
        ("customer = other", False),
        ("other in (customer, record.other)", True),
        ("customer in (other, null)", False),
        ("customer.parent_customer = other", True),
        ("department = user.department", True),
        ("keeper = user.manager", True),
    ],
)
def test_references_are_equal_by_id_however_much_of_them_was_loaded(
    text: str, expected: bool, make: Callable[..., CompiledForm], facts: Facts
) -> None:
    relation = {"type": "relation", "label": "R", "to": "customer"}
    fields = {"customer": relation, "other": relation, "keeper": {"type": "member", "label": "K"}}
    form = make({**fields, "holds": {"type": "checkbox", "label": "H", "formula": text}})
    user = {**facts.user, "department": Reference(id=2, title=None), "manager": Reference(id=8, title=None)}
    values = {"customer": 1, "other": 2, "keeper": 8, "owner": 3, "department": 2}

    settled = settle(form, values, None, replace(facts, user=user))

    assert settled.values["holds"] is expected


MONEY = st.none() | st.decimals(0, 10**6, places=2)
ROW_VALUES = st.fixed_dictionaries(
    {
        "product": st.just(7),
        "qty": MONEY,
        "price": MONEY,
        "discount": st.none() | st.decimals(0, 1, places=4),
        "why": st.none() | st.just("because"),
    }
)
ROW = ROW_VALUES.map(lambda values: Row(None, values))
QUOTES = st.fixed_dictionaries(
    {
        "name": st.just("x"),
        "customer": st.sampled_from([None, 1, 2]),
        "gifts": st.booleans(),
        "lines": st.lists(ROW, max_size=4).map(tuple),
        "extras": st.lists(st.just(Row(None, {"what": "pen"})), max_size=2).map(tuple),
        "free_discount": st.none() | st.decimals(0, 1, places=4),
    }
)
DEALS = st.fixed_dictionaries(
    {
        "name": st.just("x"),
        "customer": st.sampled_from([None, 1, 2]),
        "stage": st.sampled_from([None, "first_contact", "negotiation", "won", "lost"]),
        "probability": st.none() | st.decimals(0, 1, places=2),
        "amount": MONEY,
        "lost_reason": st.sampled_from([None, "price", "other"]),
        "lost_note": st.none() | st.just("note"),
        "vip_terms": st.none() | st.just("terms"),
    }
)


@pytest.mark.thorough
@given(data=st.data())
@pytest.mark.parametrize(
    ("form", "records"), [("quote", QUOTES), ("opportunity", DEALS)], ids=["quote", "opportunity"]
)
def test_settling_twice_changes_nothing(
    data: st.DataObject,
    form: str,
    records: st.SearchStrategy[dict[str, object]],
    compiled: Mapping[str, CompiledForm],
    facts: Facts,
) -> None:
    old = data.draw(st.none() | records)
    once = settle(compiled[form], data.draw(records), old, facts)

    twice = settle(compiled[form], once.values, old, facts)

    assert twice == replace(once, cleared=())
    assert isinstance(once, Settled)
