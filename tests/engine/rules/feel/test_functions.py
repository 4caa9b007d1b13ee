"""Functions that the browser does not claim, and how arguments find their parameters."""

from __future__ import annotations

import pytest

from engine.problems import ENGINE_LOCALE, LANGUAGES, Register
from engine.rules.feel import Scope, compile_expression
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.kinds import text_of
from engine.values import Date, DateTime, Time

NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('matches("foobar", "^fo*b")', "true"),
        ('matches("FOO", "foo", "i")', "true"),
        ('matches("客户", "\\\\p{L}+")', "true"),
        ('replace("abracadabra", "bra", "*")', "a*cada*"),
        ('replace("ab", "(a)(b)", "$2-$1")', "b-a"),
        ('split("John Doe", "\\\\s")', '["John", "Doe"]'),
        ("sort([3, 1, 2])", "[1, 2, 3]"),
        ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
        ("sort(list: [2, 1], precedes: function(a, b) a < b)", "[1, 2]"),
        ("list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"),
        ("list replace([1, 2, 3], function(item, new) item > 1, 9)", "[1, 9, 9]"),
        ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
        ("mode([6, 3, 9, 6, 6])", "[6]"),
        ("stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"),
        ("log(10)", "2.302585092994045684017991454684364"),
        ("get entries({a: 1})[1].key", "a"),
        ('context([{key: "a", value: 1}])', "{a: 1}"),
        ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
        ('context put({a: {b: 1}}, ["a", "b"], 2).a.b', "2"),
        ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
        ("before(1, [2..3])", "true"),
        ("after([4..5], [1..4])", "false"),
        ("meets([1..5], [5..10])", "true"),
        ("met by([5..10], [1..5])", "true"),
        ("overlaps([1..5], [3..8])", "true"),
        ("overlaps before([1..5], [3..8])", "true"),
        ("overlaps after([3..8], [1..5])", "true"),
        ("finishes(10, [1..10])", "true"),
        ("finished by([5..10], [7..10])", "true"),
        ("includes([5..10], 6)", "true"),
        ("during(5, (5..10])", "false"),
        ("starts([1..5], [1..10])", "true"),
        ("started by([1..10], 1)", "true"),
        ("coincides([1..5], [1..5])", "true"),
        ('range("[1..3]") = [1..3]', "true"),
        ("time(10, 30, 15.5)", "10:30:15.5"),
        ('time(10, 30, 0, @"PT8H")', "10:30:00+08:00"),
        ('date and time(@"2026-01-31T10:00:00", "Asia/Shanghai")', "2026-01-31T10:00:00@Asia/Shanghai"),
        ('@"2026-03-29T01:30:00@Europe/Berlin" + @"PT1H"', "2026-03-29T03:30:00@Europe/Berlin"),
        ("1 instance of number", "true"),
        ("[1] instance of list<string>", "false"),
        ("{a: 1} instance of context<a: number>", "true"),
        ("function(x: number) x instance of function<number>->Any", "function(x)"),
        ("{f: function(x) x + 1, r: f(2)}.r", "3"),
        ("{k: 2, f: function(x) x * k}.f(4)", "8"),
        ("(for i in 1..3 return function() i)[2]()", "2"),
        ("{sum: function(a) a + 1, r: sum(1)}.r", "2"),
        ('substring(string: "abc", start position: 2)', "bc"),
        ("abs([-5])", "5"),
    ],
)
def test_functions_give_what_the_standard_says(text: str, shown: str) -> None:
    result = compile_expression(text, Scope()).evaluate({}, now=NOW)

    assert (text_of(result.value), result.problems) == (shown, ())


def test_every_function_says_how_it_is_called() -> None:
    for name, function in FUNCTIONS.items():
        assert function.name == name
        assert all(form.startswith(f"{name}(") for form in function.forms())


def test_every_fault_of_a_function_fills_its_text() -> None:
    register = Register.read(ENGINE_LOCALE)
    calls = ["abs(null)", 'abs("a")', "sqrt(-1)", "min([])", 'sum(["a"])', 'matches("a", "(")', "exp(10**6)"]

    for text in calls:
        (problem,) = compile_expression(text, Scope()).evaluate({}, now=NOW).problems
        for language in LANGUAGES:
            assert "{" not in register.message(problem, language), problem.code
