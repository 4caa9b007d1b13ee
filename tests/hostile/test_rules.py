"""Expressions (E), rules (R) and decision tables (D) of people who mean harm: every row has its test.

Most are played here, in 200 ms of processor time each; the others need a running product, and are named.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.hostile import LIMIT_MS, Case, cases, milliseconds

ROOT = Path(__file__).parents[2]
ROWS = (
    {f"E{n:02}" for n in range(1, 19)} | {f"R{n:02}" for n in range(1, 9)} | {f"D{n:02}" for n in range(1, 7)}
)
ELSEWHERE = {
    "E15": "tests/runtime/records/test_list.py::test_hidden_fields_answer_like_fields_that_do_not_exist",
    "E16": "tests/engine/rules/feel/test_browser.py::"
    "test_the_browser_answers_the_suites_expressions_as_the_server_does",
    "E17": "tests/engine/rules/feel/test_compiled.py::test_the_clock_is_an_argument",
    "R04": "tests/runtime/automation/test_reactions.py::"
    "test_a_loop_is_cut_visibly_and_a_rule_does_not_answer_itself",
    "R05": "tests/runtime/automation/test_reactions.py::"
    "test_a_loop_is_cut_visibly_and_a_rule_does_not_answer_itself",
    "D02": "tests/engine/rules/decisions/test_files.py::test_the_linter_names_the_rows_and_an_example",
    "D04": "tests/engine/apps/test_decisions.py::"
    "test_a_decision_that_cannot_be_relied_on_is_refused_with_all_its_problems",
    "D05": "tests/engine/rules/decisions/test_files.py::test_an_expensive_cell_fails_alone_and_in_time",
    "D06": "tests/runtime/automation/test_actions.py::test_a_table_without_a_row_for_it_loses_no_save",
}


def test_every_row_of_the_list_has_its_test() -> None:
    for place in ELSEWHERE.values():
        file, _, name = place.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), place

    assert {case.row for case in cases()} | set(ELSEWHERE) == ROWS


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.row)
def test_what_is_hostile_comes_to_nothing_at_once_and_says_why(case: Case) -> None:
    assert min(milliseconds(case) for _ in range(3)) < LIMIT_MS
