"""What people read about the functions is complete, in both languages, and its examples are true."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

from engine.problems import LANGUAGES
from engine.rules.feel import Scope, compile_expression
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.functions.reference import descriptions
from engine.values import Date, DateTime, Time

NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
ROOT = Path(__file__).parents[4]
SOURCE = ROOT / "engine" / "rules" / "feel" / "functions" / "descriptions.json"


def test_every_function_is_described_once_in_both_languages() -> None:
    entries = json.loads(SOURCE.read_text(encoding="utf-8"))

    assert entries.keys() == FUNCTIONS.keys()
    assert [name for name, entry in entries.items() if entry.keys() != {*LANGUAGES, "example"}] == []
    assert [name for name, entry in entries.items() if not all(text.strip() for text in entry.values())] == []


def test_every_example_calls_its_function_and_evaluates_without_a_problem() -> None:
    for one in descriptions():
        compiled = compile_expression(one.example, Scope())
        result = compiled.evaluate({}, now=NOW)

        assert f"{one.name}(" in one.example
        assert (compiled.problems, result.problems) == ((), ()), one.name
        assert result.value is not None, one.name


def test_signatures_say_what_may_be_left_out_and_what_may_be_repeated() -> None:
    signatures = {one.name: one.signatures for one in descriptions()}

    assert signatures["substring"] == ("substring(string, start position, length?)",)
    assert signatures["sum"] == ("sum(list)", "sum(n…)")
    assert signatures["date"] == ("date(from)", "date(year, month, day)")


def test_the_page_of_the_reference_is_fresh() -> None:
    page = ROOT / "docs" / "reference" / "feel.md"
    made = runpy.run_path(str(page.with_name("make_feel.py")))["page"]()

    assert page.read_text(encoding="utf-8") == made, "run python docs/reference/make_feel.py"
