"""A gap says which values no row takes, as cells of a row for them; a sheet keeps the file in step."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules.decisions import inspect_table, read_decisions, sheet_from_json, sheet_to_json
from engine.rules.decisions.literals import feel_literal
from engine.rules.feel import Scope, compile_expression
from engine.values import Date, DayTimeDuration
from tests.engine.rules.decisions.sheets import NOW, compiled, sheet

NUMBERS = st.sampled_from(
    ["-", "< 5", "<= 5", "> 5", ">= 10", "5", "[5..10]", "(5..10)", "]0..5]", "not(5)", "1,2"]
)
TEXTS = st.sampled_from(["-", '"A"', '"B"', '"A","B"', 'not("A")', '"C"'])
DAYS = st.sampled_from(["-", '< date("2026-01-05")', '[date("2026-01-01")..date("2026-01-05")]'])
FLAGS = st.sampled_from(["-", "true", "false"])
COLUMNS = (("amount", "number"), ("level", "string"), ("day", "date"), ("flag", "boolean"))


def lint(rows: list[list[str]]):
    [table] = compiled(sheet([[*row, "1"] for row in rows], columns=COLUMNS)).tables.values()
    return inspect_table(table)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(NUMBERS, TEXTS, DAYS, FLAGS).map(list), min_size=1, max_size=4))
def test_a_row_for_every_gap_covers_everything_and_meets_no_other(rows):
    before = lint(rows)
    gaps = [problem for problem in before.problems if problem.code == "decision.lint.gap"]
    filled = [*rows, *(list(gap.params["cells"]) for gap in gaps)]

    after = lint(filled)

    if len(gaps) < 20:
        assert after.covered == pytest.approx(1)
        assert not [problem for problem in after.problems if problem.code == "decision.lint.gap"]
    meeting = [p for p in after.problems if p.code == "decision.lint.overlap"]
    assert all(p.params["second"] <= len(rows) for p in meeting)
    assert (before.covered == 1) == (not gaps)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        'a"b\\',
        [1, "x"],
        {"a": 1, "two words": None},
        Date(2026, 1, 31),
        DayTimeDuration(10**9),
    ],
)
def test_a_value_reads_back_from_its_text(value):
    assert compile_expression(feel_literal(value), Scope()).evaluate({}, now=NOW).value == value


def test_cells_stay_with_a_column_that_moves_and_a_shared_input_stays_for_others():
    text = sheet([["1", '"A"', "x"]]).decode()
    other = (
        re.sub(r'.*(<decision id="d".*</decision>).*', r"\1", text)
        .replace('"d"', '"e"')
        .replace('id="', 'id="e_')
    )
    shared = read_decisions(text.replace("</definitions>", other + "</definitions>").encode()).model
    document = sheet_to_json(shared, "d")
    moved = document | {
        "inputs": document["inputs"][1:],
        "rows": [row | {"inputs": row["inputs"][1:]} for row in document["rows"]],
        "data": document["data"][1:],
    }

    changed = sheet_from_json(shared, "d", moved)

    assert sheet_to_json(changed.model, "d")["data"] == [{"name": "level", "type": "string"}]
    assert "in_amount" in changed.model.elements
    assert changed.model.elements["d"].expression.rules[0].inputs[0].id == "r0c1"
    assert changed.model.elements["e_e"] == shared.elements["e_e"]
