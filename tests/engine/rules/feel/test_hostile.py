"""Nothing an author writes raises, hangs or reads what is out of scope."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.feel import (
    NUMBER,
    Compiled,
    ContextType,
    Dialect,
    Limits,
    Result,
    Scope,
    compile_expression,
)
from engine.values import Date, DateTime, Time

NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
SECONDS = 2.0  # generous for a loaded machine; the work itself takes a tenth


def run(text: str, scope: Scope | None = None, **values: object) -> Result:
    compiled = compile_expression(text, scope or Scope(dict.fromkeys(values, NUMBER)))
    return compiled.evaluate(values, now=NOW)


def codes(result: Result) -> set[str]:
    return {problem.code for problem in result.problems}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"".__class__.__mro__', "feel.value.no-property"),
        ('{}.constructor.constructor("x")()', "feel.name.no-entry"),
        ("10**6000 * 10**6000", "feel.value.range"),
        ("1E+99999999", "feel.limit.number"),
        ("floor(10**6000) ** 10**6000", "feel.value.range"),
        ("for i in 1..1000000000 return i", "feel.limit.list"),
        ("for a in 1..10000, b in 1..10000, c in 1..10000 return 1", "feel.limit.list"),
        ("every a in 1..10000, b in 1..10000, c in 1..10000 satisfies true", "feel.limit.steps"),
        ('string join(for i in 1..10000 return "0123456789abcdef", "")', "feel.limit.text"),
        ('{s: "' + "x" * 5000 + '", t: s+s+s+s, u: t+t+t+t, v: u+u+u+u}.v', "feel.limit.text"),
        ("{f: function(g) g(g), r: f(f)}.r", "feel.limit.call-depth"),
        ("9" * 5000, "feel.limit.number"),
        ("1 / 0", "feel.value.division-by-zero"),
        ("1 + null", "feel.value.null-operand"),
        ('"a', "feel.syntax.string-open"),
        ("1 + \ud800", "feel.syntax.character"),
        ('"\x00"', "feel.syntax.character"),
        ("", "feel.syntax.empty"),
        ("a" * 9000, "feel.limit.source"),
        ("(" * 5000 + "1" + ")" * 2000, "feel.limit.nesting"),
        ("-" * 5000 + "1", "feel.limit.nesting"),
        ("1" + "+1" * 3000, "feel.limit.nesting"),
        ("not(" * 101 + "true" + ")" * 101, "feel.limit.nesting"),
        ("1 if", "feel.syntax.unexpected"),
        ("[1, 2", "feel.syntax.bracket-open"),
        ("1)", "feel.syntax.bracket-extra"),
        ('date("+1-1-1")', "feel.value.text"),
        ('duration("P99999999999999Y")', "feel.value.text"),
        ('matches("a", "(a)\\\\1")', "feel.function.pattern"),
        ('replace("abc", "", "x")', "feel.function.pattern"),
    ],
)
def test_hostile_text_gives_null_and_says_why(text: str, code: str) -> None:
    started = time.perf_counter()

    result = run(text)

    assert result.value is None or code == "feel.name.no-entry"
    assert code in codes(result)
    assert time.perf_counter() - started < SECONDS


def test_catastrophic_patterns_are_linear() -> None:
    started = time.perf_counter()

    assert run(f'matches("{"a" * 5000}!", "(a+)+$")').value is False
    assert time.perf_counter() - started < SECONDS


def test_replacing_cannot_grow_without_bound() -> None:
    text = f'replace("{"a" * 3000}", "a", "{"b" * 1000}")'

    assert codes(run(text)) == {"feel.limit.text"}


def test_a_context_from_many_entries_is_cut() -> None:
    text = "context(for i in 1..10000 return {key: string(i), value: i})"

    assert len(run(text).value) == 10_000  # type: ignore[arg-type]  # a context
    assert "feel.limit.list" in codes(run("flatten(for i in 1..200 return for j in 1..200 return j)"))


def test_long_chains_of_and_and_or_are_no_nesting() -> None:
    assert run(" or ".join(["x = 1"] * 700), x=2).value is False
    assert run(" and ".join(["x = 2"] * 700), x=2).value is True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1" + "+1" * 198, 199),
        ("[" * 99 + "1" + "]" * 99 + "[1]" * 99, 1),
        ("-" * 198 + "1", 1),
        ("not(" * 98 + "true" + ")" * 98, True),
        ("if true then " * 190 + "1" + " else 2" * 190, 1),
        ("{f: function(n, g) if n = 0 then 0 else 1 + g(n - 1, g), r: f(60, f)}.r", 60),
    ],
)
def test_what_is_just_within_the_limits_works(text: str, value: object) -> None:
    assert run(text).value == value


@pytest.mark.parametrize("name", ["客户 等级", "end included", "a-b", "if then", "金额（元）", "😀", "x y z"])
def test_names_may_be_anything_when_the_scope_knows_them(name: str) -> None:
    assert run(f"`{name}` + 1", **{name: 41}).value == 42


def test_names_with_blanks_need_no_backticks() -> None:
    assert run("客户 金额 + 折扣 率", **{"客户 金额": 40, "折扣 率": 2}).value == 42


def test_what_is_out_of_scope_is_not_read_even_if_the_context_has_it() -> None:
    scope = Scope({"customer": ContextType({"level": NUMBER})})
    values = {"customer": {"level": 1, "secret": 42}, "salary": 42}

    for text in (
        "salary",
        "customer.secret",
        "`salary`",
        "[customer].secret",
        "[customer][secret = 42].level",
    ):
        compiled = compile_expression(text, scope)
        result = compiled.evaluate(values, now=NOW)
        assert compiled.problems or result.problems
        assert 42 not in (result.value if isinstance(result.value, list) else [result.value])


def test_an_item_of_a_closed_type_shows_no_other_entries() -> None:
    scope = Scope({"customer": ContextType({"level": NUMBER})})
    compiled = compile_expression("[customer][secret = 42]", scope)

    result = compiled.evaluate({"customer": {"level": 1, "secret": 42}}, now=NOW)

    assert [problem.code for problem in compiled.problems] == ["feel.name.unknown"]
    assert result.value == []


def test_a_small_budget_ends_an_evaluation() -> None:
    compiled = compile_expression("count(for i in 1..50 return i)", Scope(), limits=Limits(steps=20))

    assert codes(compiled.evaluate({}, now=NOW)) == {"feel.limit.steps"}


SIGNS = "( ) [ ] { } , : . .. + - * / ** = != < <= > >= ? @ ` “ ” （ ） ，"
KEYWORDS = "and or not if then else for in return some every satisfies between instance of function"
OPERANDS = "a x 1 2.5 null true 客户 date sum count( item list<number>"
WORDS = st.sampled_from(
    [*SIGNS.split(), *KEYWORDS.split(), *OPERANDS.split(), '"s"', '@"2026-01-31"', "string length("]
)
SOUP = st.lists(WORDS, max_size=25).map(" ".join)


@given(st.one_of(SOUP, st.text(max_size=60)), st.sampled_from(Dialect))
def test_reading_and_evaluating_never_raise(text: str, dialect: Dialect) -> None:
    scope = Scope({"a": NUMBER, "客户": ContextType({"x": NUMBER})})

    compiled: Compiled = compile_expression(text, scope, dialect)
    result = compiled.evaluate({"a": 1, "客户": {"x": 2}}, now=NOW)
    compiled.explain({"a": 1}, now=NOW)
    compiled.ir()

    if compiled.node is None:
        assert result.value is None
        assert result.failed
    for problem in (*compiled.problems, *result.problems):
        assert problem.span is None or 0 <= problem.span.start <= problem.span.end <= len(text)
