"""How arguments find their parameters, whatever they are."""

from __future__ import annotations

import itertools
from contextlib import suppress

import pytest

from engine.rules.feel import DEFAULT_LIMITS, Scope, compile_expression
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.kinds import text_of
from engine.rules.feel.machine import Fault, Machine
from engine.values import Date, DateTime, Time

NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
WRITTEN = """null | true | 0 | 2.5 | "" | "P1D" | @"2026-01-31" | @"10:00:00"
 | @"2026-01-31T10:00:00@Asia/Shanghai" | @"P1D" | @"P1Y"
 | [] | ["a"] | [null] | [[1]] | {a: 1} | [1..3] | function(x) x"""
VALUES = [
    compile_expression(text, Scope()).evaluate({}, now=NOW).value
    for text in WRITTEN.replace("\n", "").split("|")
]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_arguments_of_any_kind_break_a_function(name: str) -> None:
    for overload in FUNCTIONS[name].overloads:
        count = len(overload.parameters)
        pool = VALUES if count < 3 else VALUES[:: count + 1]
        names = tuple(parameter.name for parameter in overload.parameters)
        for arguments in itertools.product(pool, repeat=count):
            for given in ((), names):
                machine = Machine({}, NOW, 0, DEFAULT_LIMITS)
                with suppress(Fault):
                    FUNCTIONS[name].call(machine, arguments, given)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('substring(start position: 2, string: "abc")', "bc"),
        ('substring(startPosition: 2, string: "abc")', "bc"),
        ("insert before(list: [1], position: 1, new item: 2)", "[2, 1]"),
        ("insert before(list: [1], position: 1, newItem: 2)", "[2, 1]"),
        ('number(from: "1.000,5", decimal separator: ",", grouping separator: ".")', "1000.5"),
        ('number(from: "1,5", decimal separator: ",")', "1.5"),
        ("sum(list: [1, 2])", "3"),
        ("union(list: [1])", "[1]"),
        ("union(list: [[1], [1, 2]])", "[1, 2]"),
        ("append(list: [1], item: 2)", "[1, 2]"),
        ('date and time(time: time("10:00:00"), date: date("2026-01-31"))', "2026-01-31T10:00:00"),
        ("before(range: [2..3], point: 1)", "true"),
    ],
)
def test_named_arguments_stand_in_any_order_and_with_or_without_blanks(text: str, shown: str) -> None:
    compiled = compile_expression(text, Scope())

    closure, code = compiled.evaluate({}, now=NOW), compiled.prepared()({}, NOW)
    assert (text_of(closure.value), compiled.problems, closure.problems) == (shown, (), ())
    assert code == closure


@pytest.mark.parametrize(
    "text", ["abs(m: 1)", "substring(string: 'a', position: 1)".replace("'", '"'), "abs(n: 1, n: 2)"]
)
def test_names_that_no_way_to_call_has_are_refused(text: str) -> None:
    (problem,) = compile_expression(text, Scope()).problems

    assert problem.code == "feel.function.parameters"
