"""Auto-number patterns and record titles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms.model import Form
from engine.forms.numbering import NumberPattern
from engine.forms.read import read_form
from engine.forms.title import record_title, title_fields

DAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("pattern", "reset", "number", "period"),
    [
        ("SJ{yyyy}{MM}-{seq:5}", "month", "SJ202601-00042", "2026-01"),
        ("{yy}{MM}{dd}/{seq:3}", "day", "260105/042", "2026-01-05"),
        ("C{seq}", "none", "C42", ""),
        ("{yyyy}年第{seq:4}号", "year", "2026年第0042号", "2026"),
        ("{seq:1}", "none", "42", ""),
    ],
)
def test_patterns_make_numbers(pattern: str, reset: str, number: str, period: str) -> None:
    found = NumberPattern.read(pattern, reset)

    assert found is not None
    assert found.is_unambiguous
    assert found.render(DAY, 42) == number
    assert found.period(DAY) == period


NO_PATTERNS = ["", "A", "{seq:3}{seq:3}", "{seq:0}", "{seq:13}", "{year}-{seq}", "{seq", "}{seq}", "{}"]


@pytest.mark.parametrize("pattern", [*NO_PATTERNS, "{seq}" + "x" * 60])
def test_other_texts_are_no_patterns(pattern: str) -> None:
    assert NumberPattern.read(pattern) is None


def test_a_pattern_must_tell_its_periods_apart() -> None:
    pattern = NumberPattern.read("{yyyy}-{seq:3}", "month")

    assert pattern is not None
    assert not pattern.is_unambiguous


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SEQUENCES = st.integers(1, 10**6)


@given(DAYS, DAYS, SEQUENCES, SEQUENCES)
def test_numbers_are_alike_only_within_a_period(one: date, other: date, first: int, second: int) -> None:
    pattern = NumberPattern.read("{yyyy}{MM}-{seq:5}", "month")
    assert pattern is not None

    same = (pattern.period(one), first) == (pattern.period(other), second)

    assert (pattern.render(one, first) == pattern.render(other, second)) is same


def test_titles_are_made_of_shown_values(forms: Mapping[str, Form]) -> None:
    opportunity = forms["opportunity"]

    assert title_fields(opportunity.title) == ("no", "name")
    assert record_title(opportunity, {"id": 7, "no": "SJ1", "name": "Desks"}, "en") == "SJ1 Desks"
    assert record_title(opportunity, {"id": 7, "no": None, "name": "Desks"}, "en") == "Desks"
    assert record_title(opportunity, {"id": 7}, "en") == "#7"


def test_titles_show_references_selects_and_numbers() -> None:
    options = [{"key": "a", "label": {"zh-CN": "甲", "en": "First"}}]
    fields = {
        "who": {"type": "relation", "label": "W", "to": "customer"},
        "kind": {"type": "select", "label": "K", "options": options},
        "sum": {"type": "money", "label": "S"},
        "at": {"type": "datetime", "label": "A"},
    }
    title = "{who}: {kind} {sum} {at} {owner}"
    form = read_form({"key": "f", "label": "F", "title": title, "fields": fields}).form
    assert form is not None
    values = {"id": 1, "who": 3, "kind": "a", "sum": Decimal("1000.00"), "owner": 4}
    values |= {"at": datetime(2026, 1, 1, tzinfo=UTC)}

    text = record_title(form, values, "en", references={"who": "Ada", "owner": "Mei"})

    assert text == "Ada: First 1,000.00 2026-01-01 00:00 Mei"
