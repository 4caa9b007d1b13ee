"""Decision tables: every hit policy, the index against cell by cell, and what is said when nothing fits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules.feel import Dialect, Scope, compile_expression
from engine.values import Date
from tests.engine.rules.decisions.sheets import NOW, codes, compiled, sheet

ORDER = '"high", "mid", "low"'
ORDERED = f"<output id='o' name='r'><outputValues><text>{ORDER}</text></outputValues></output>"
ROWS = [["< 10", "-", '"low"'], ["< 20", '"A", "B"', '"high"'], [">= 5", 'not("C")', '"mid"']]


@pytest.mark.parametrize(
    ("hit", "amount", "level", "expected"),
    [
        ("UNIQUE", 3, "C", "low"),
        ("UNIQUE", 3, "A", None),
        ("FIRST", 7, "A", "low"),
        ("PRIORITY", 7, "A", "high"),
        ("ANY", 3, "A", None),
        ("COLLECT", 7, "B", ["low", "high", "mid"]),
        ("RULE ORDER", 7, "B", ["low", "high", "mid"]),
        ("OUTPUT ORDER", 7, "B", ["high", "mid", "low"]),
        ("COLLECT", 50, "C", []),
        ("FIRST", 50, "C", None),
    ],
)
def test_every_hit_policy_decides_as_the_standard_says(hit, amount, level, expected):
    outcome = compiled(sheet(ROWS, hit, outputs=[ORDERED])).evaluate(
        "d", {"amount": amount, "level": level}, NOW
    )

    assert outcome.value == expected
    assert bool(outcome.problems) == (expected is None)


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("SUM", Decimal("7.5")), ("COUNT", 3), ("MIN", 1), ("MAX", 4)]
)
def test_collected_numbers_are_aggregated(aggregation, expected):
    rows = [["-", "-", "1"], ["> 0", "-", "2.5"], ["-", "-", "4"], ["< 0", "-", "99"]]

    table = compiled(sheet(rows, "COLLECT", aggregation=aggregation))

    assert table.evaluate("d", {"amount": 1, "level": "A"}, NOW).value == expected


def test_several_outputs_are_a_context_and_the_defaults_stand_where_no_row_matches():
    outputs = [
        "<output name='a'><defaultOutputEntry><text>0</text></defaultOutputEntry></output>",
        "<output name='b'/>",
    ]
    table = compiled(sheet([["> 1", "-", "1", '"x"']], outputs=outputs))

    assert table.evaluate("d", {"amount": 2, "level": ""}, NOW).value == {"a": 1, "b": "x"}
    assert table.evaluate("d", {"amount": 0, "level": ""}, NOW)[:2] == ({"a": 0, "b": None}, ())


def test_the_trace_names_for_each_row_the_first_cell_that_said_no():
    outcome = compiled(sheet(ROWS, "FIRST")).evaluate("d", {"amount": 30, "level": "C"}, NOW)

    (trace,) = outcome.trace[-1].tables
    assert trace.matched == ()
    assert [(f.row, f.column, f.text, f.value) for f in trace.failures()] == [
        (1, 1, "< 10", "30"),
        (2, 1, "< 20", "30"),
        (3, 2, 'not("C")', "C"),
    ]
    assert codes(outcome.problems) == {"decision.table.no-match"}


def test_a_bad_cell_a_wrong_kind_and_a_forbidden_value_are_named_with_their_column():
    table = compiled(sheet([["amount > 1 + level", "-", "1"], ["> 5", "-", "2"]], "FIRST"))

    outcome = table.evaluate("d", {"amount": 9, "level": "A"}, NOW)

    assert outcome.value == 2
    failed = next(problem for problem in outcome.problems if problem.at == "r0c0")
    assert (failed.params["row"], failed.params["column"]) == (1, 1)
    wrong = compiled(sheet([["> 5", "-", "2"]], columns=(("amount", "Any"), ("level", "Any"))))
    assert "decision.table.input-kind" in codes(
        wrong.evaluate("d", {"amount": "x", "level": "A"}, NOW).problems
    )
    empty = wrong.evaluate("d", {"amount": None, "level": "A"}, NOW)
    assert codes(empty.problems) == {"decision.table.null-input", "decision.table.no-match"}


def test_a_cell_may_read_other_inputs_and_the_tested_value():
    table = compiled(sheet([['? > 5 and level = "A"', "-", "1"], ["-", 'starts with(?, "B")', "2"]], "FIRST"))

    assert table.evaluate("d", {"amount": 9, "level": "A"}, NOW).value == 1
    assert table.evaluate("d", {"amount": 9, "level": "Bx"}, NOW).value == 2


NUMBERS = st.one_of(st.integers(-4, 4), st.sampled_from([Decimal("0.5"), Decimal("-1.5")]))
TEXTS = st.sampled_from(["A", "B", "C"])
NUMBER_TESTS = st.one_of(
    st.just("-"),
    st.builds(lambda op, n: f"{op} {n}", st.sampled_from(["<", "<=", ">", ">="]), NUMBERS),
    st.builds(
        lambda a, b, x, y: f"{a}{min(x, y)}..{max(x, y)}{b}",
        *map(st.sampled_from, ("[(", ")]")),
        NUMBERS,
        NUMBERS,
    ),
    st.builds(lambda a, b: f"{a}, {b}", NUMBERS, NUMBERS),
    st.builds(lambda n: f"not({n}, >= 3)", NUMBERS),
    st.just("null"),
    st.just("not(null)"),
    st.just("? * 2 > 1"),
)
TEXT_TESTS = st.one_of(
    st.just("-"),
    st.builds(lambda t: f'"{t}"', TEXTS),
    st.builds(lambda t: f'not("{t}")', TEXTS),
    st.just('"A", "C"'),
)


@pytest.mark.thorough
@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(NUMBER_TESTS, TEXT_TESTS), min_size=1, max_size=6),
    st.lists(st.tuples(st.one_of(NUMBERS, st.none()), TEXTS), min_size=1, max_size=6),
)
def test_the_index_finds_the_rows_that_testing_cell_by_cell_finds(rows, inputs):
    table = compiled(sheet([[*row, str(i)] for i, row in enumerate(rows)], "COLLECT"))

    for amount, level in inputs:
        expected = [
            i
            for i, row in enumerate(rows)
            if all(
                compile_expression(cell, Scope({"?": kind}), Dialect.UNARY_TESTS)
                .evaluate({"?": given}, now=NOW)
                .value
                is True
                for cell, given, kind in zip(row, (amount, level), KINDS, strict=True)
            )
        ]
        assert table.evaluate("d", {"amount": amount, "level": level}, NOW).value == expected
        assert table.prepared("d")({"amount": amount, "level": level}, NOW).value == expected


KINDS = tuple(compile_expression(text, Scope()).type for text in ("1", '"a"'))


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["UNIQUE", "FIRST", "ANY"]),
    st.lists(st.tuples(NUMBER_TESTS, TEXT_TESTS), min_size=1, max_size=5),
    NUMBERS,
    TEXTS,
)
def test_looking_up_gives_what_evaluating_gives(hit, rows, amount, level):
    table = compiled(sheet([[*row, str(i % 2)] for i, row in enumerate(rows)], hit))
    inputs = {"amount": amount, "level": level}

    assert table.prepared("d")(inputs, NOW) == table.evaluate("d", inputs, NOW)[:2]
    assert table.prepared("d")({}, NOW) == table.evaluate("d", {}, NOW)[:2]


def test_dates_are_found_by_their_order():
    rows = [['< date("2026-01-01")', "1"], ['[@"2026-01-01"..@"2026-02-01")', "2"]]
    table = compiled(sheet(rows, columns=(("day", "date"),)))

    found = [
        table.evaluate("d", {"day": Date(*day)}, NOW).value
        for day in ((2025, 5, 5), (2026, 1, 1), (2026, 2, 1))
    ]

    assert found == [1, 2, None]
