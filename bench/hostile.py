"""Hostile expressions, rules and decision tables, by the row of the list of attacks that each of them is.

`run()` of a case reads or evaluates it and gives every problem it has; none of them may take longer than
`LIMIT_MS` of processor time, and every one says why it came to nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from engine.problems import Problem
from engine.rules.decisions import compile_decisions, read_decisions
from engine.rules.feel import ANY, NUMBER, STRING, Scope, compile_expression
from engine.rules.language.check import check_rule
from engine.rules.language.compile import compile_rule
from engine.rules.language.known import Known
from engine.rules.language.read import read_rule
from engine.values import Date, DateTime, Time

LIMIT_MS: Final = 200.0
_NOW: Final = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
_SCOPE: Final = Scope(
    {"x": STRING, "n": NUMBER, "客户 等级": NUMBER, "😀": NUMBER, "if then": NUMBER, "any": ANY}
)
_VALUES: Final = {"x": "a" * 5000 + "!", "n": None, "客户 等级": 40, "😀": 1, "if then": 1, "any": None}


Outcome = tuple[object, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """row    of the list · says: whether a problem is due, or the answer is just quick and right"""

    row: str
    run: Callable[[], Outcome]
    says: bool = True


def cases() -> tuple[Case, ...]:
    return (*_expressions(), *_rules(), *_tables())


def slowest_ms() -> float:
    """The best of three of every case; reading the grammar for the first time is not counted."""
    compile_expression("1", Scope())
    return max(min(milliseconds(case) for _ in range(3)) for case in cases())


def milliseconds(case: Case) -> float:
    """Processor time. Raises AssertionError if a problem is due and there is none."""
    compile_expression.cache_clear()
    begun = time.process_time()
    _, problems = case.run()
    elapsed = (time.process_time() - begun) * 1000
    assert bool(problems) is case.says, f"{case.row}: {[problem.code for problem in problems]}"
    return elapsed


def _expression(text: str) -> Callable[[], Outcome]:
    def run() -> Outcome:
        result = compile_expression(text, _SCOPE).evaluate(_VALUES, now=_NOW)
        return result.value, tuple(result.problems)

    return run


def _expressions() -> Iterator[Case]:
    for row, text in (
        ("E01", '"".__class__.__mro__'),
        ("E02", '{}.constructor.constructor("return 1")()'),
        ("E03", "10**(10**10)"),
        ("E04", "floor(1E+99999999)"),
        ("E05", "for i in 1..1000000000 return i"),
        ("E06", "for a in 1..10000, b in 1..10000, c in 1..10000 return 1"),
        ("E06", "every a in 1..10000, b in 1..10000, c in 1..10000 satisfies true"),
        ("E07", 'string join(for i in 1..10000 return "0123456789abcdef", "")'),
        ("E09", f'replace("{"a" * 3000}", "a", "{"b" * 1000}")'),
        ("E10", "{f: function(g) g(g), r: f(f)}.r"),
        ("E11", "9" * 5_000),
        ("E12", 'date("9999999999-01-01")'),
        ("E12", 'duration("P99999999999999Y")'),
        ("E13", "{" + ", ".join(f"k{i}: 1" for i in range(100_000)) + "}"),
        ("E13", "context(for i in 1..100000 return {key: string(i), value: i})"),
        ("E16", "1 / 0"),
        ("E16", "n + 1"),
        ("E18", '"a'),
        ("E18", "1 + \ud800"),
        ("R03", "-" * 5_000 + "1"),
        ("R02", "(" * 50_000 + "1" + ")" * 50_000),
        ("R01", "1 + " * 250_000 + "1"),
    ):
        yield Case(row, _expression(text))
    for row, text in (
        ("E08", 'matches(x, "(a+)+$")'),
        ("E14", "客户 等级 + 😀 + `if then` = 42"),
        ("E17", "now() = now() and today() = date(now())"),
    ):
        yield Case(row, _expression(text), says=False)


def _rules() -> Iterator[Case]:
    head = 'rule "r" on lead\nwhen saved\n'
    for row, text in (
        ("R01", f"{head}where {'1 + ' * 250_000}1 > 0 do set a = 1"),
        ("R01", "rule " * 200_000),
        ("R02", f"{head}where {'(' * 50_000}true{')' * 50_000}\ndo set a = 1\n"),
        ("R03", f"{head}where {'-' * 5_000}1 < 0\ndo set a = 1\n"),
        ("R06", f'{head}do run "rm"\n'),
        ("R06", f'{head}do exec os.system("rm") with {{ a: 1 }}\n'),
        ("R07", f"{head}do set a = 1\x00\n"),
        ("R07", f'{head}do set a = "\ud800"\n'),
        ("R08", f"{head}where {'e ' * 40}\ndo set a = 1\n"),
    ):
        yield Case(row, _checked(text))


def _checked(text: str) -> Callable[[], Outcome]:
    """Read, and if it can be read checked, as publishing does."""

    def run() -> Outcome:
        reading = read_rule(text)
        if reading.rule is None or reading.problems:
            return reading.rule, reading.problems
        compiled = compile_rule("r", reading.rule, Known())
        return compiled, check_rule(compiled, Known())

    return run


def _tables() -> Iterator[Case]:
    row = "<rule>" + "<inputEntry><text>1</text></inputEntry>" * 50 + "</rule>"
    wide = "<decisionTable>" + row * 10_000 + "</decisionTable>"
    text = '<output name="o" typeRef="string"/>'
    bomb = "for i in 1..1000000000 return i"
    return iter(
        (
            Case("D01", _table(wide)),
            Case("D02", _table(_sheet("UNIQUE", ("&gt; 1", "&gt; 2")))),
            Case("D03", _table(_sheet('COLLECT" aggregation="SUM', ("-",), text))),
            Case("D05", _table(_sheet("FIRST", (f"count({bomb}) &gt; 0",)))),
            Case("D06", _table(_sheet("UNIQUE", ("&gt; 100",)))),
        )
    )


def _sheet(hit: str, cells: tuple[str, ...], output: str = '<output typeRef="number"/>') -> str:
    rules = "".join(
        f"<rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>{n}</text></outputEntry></rule>"
        for n, cell in enumerate(cells)
    )
    column = '<input><inputExpression typeRef="number"><text>n</text></inputExpression></input>'
    return f'<decisionTable hitPolicy="{hit}">{column}{output}{rules}</decisionTable>'


def _table(body: str) -> Callable[[], Outcome]:
    document = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="d" namespace="d">'
        '<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>'
        '<decision id="d" name="d">'
        '<informationRequirement><requiredInput href="#n"/></informationRequirement>'
        f"{body}</decision></definitions>"
    ).encode()

    def run() -> Outcome:
        reading = read_decisions(document)
        if reading.model is None or any(problem.is_error for problem in reading.problems):
            return None, reading.problems
        outcome = compile_decisions(reading.model).evaluate("d", {"n": 3}, _NOW)
        return outcome.value, (*reading.problems, *outcome.problems)

    return run
