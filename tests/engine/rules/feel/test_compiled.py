"""What is known of an expression before evaluation, how it is explained, and what a problem looks like."""

from __future__ import annotations

import pytest

from engine.problems import ENGINE_LOCALE, LANGUAGES, Problem, Register, Severity, Span
from engine.rules.feel import (
    BOOLEAN,
    DATE,
    DAYS_DURATION,
    NUMBER,
    STRING,
    Compiled,
    ContextType,
    Dialect,
    FeelType,
    FunctionType,
    ListType,
    Scope,
    SelectType,
    compile_expression,
)
from engine.values import Date, DateTime, Time

NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
LINE = ContextType({"product": STRING, "qty": NUMBER, "price": NUMBER})
CUSTOMER = ContextType({"id": NUMBER, "level": STRING, "since": DATE})
SCOPE = Scope(
    {
        "amount": NUMBER,
        "count": NUMBER,
        "due": DATE,
        "name": STRING,
        "done": BOOLEAN,
        "stage": SelectType(("lead", "won", "lost")),
        "customer": CUSTOMER,
        "lines": ListType(LINE),
        "record": ContextType({"amount": NUMBER, "customer": CUSTOMER}),
        "客户 等级": STRING,
    }
)
VALUES = {"amount": 20_000, "count": 3, "customer": {"id": 7, "level": "A", "since": None}, "lines": []}


def compiled(text: str, dialect: Dialect = Dialect.EXPRESSION) -> Compiled:
    return compile_expression(text, SCOPE, dialect)


def only(text: str) -> Problem:
    (problem,) = compiled(text).problems
    return problem


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("amount + 1", {("amount",)}),
        ('customer.level = "A"', {("customer", "level")}),
        ("customer", {("customer",)}),
        ("record.customer.level", {("record", "customer", "level")}),
        ("lines.qty", {("lines", "qty")}),
        ("lines[qty > 1].price", {("lines", "qty"), ("lines", "price")}),
        ("sum(for l in lines return l.qty * l.price)", {("lines",), ("lines", "qty"), ("lines", "price")}),
        ("some l in lines satisfies l.qty > amount", {("lines",), ("lines", "qty"), ("amount",)}),
        ("lines[1].product", {("lines", "product")}),
        ("{amount: 1, b: amount}.b", set()),
        ("(function(amount) amount)(due)", {("due",)}),
        ("count(lines) > count", {("lines",), ("count",)}),
        ("due.year", {("due",)}),
        ("`客户 等级`", {("客户 等级",)}),
    ],
)
def test_everything_that_is_read_is_named_as_far_as_the_text_does(text: str, paths: set[object]) -> None:
    assert compiled(text).paths == paths


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("amount * 2", NUMBER),
        ("amount > 2", BOOLEAN),
        ("due - due", DAYS_DURATION),
        ('due + @"P1D"', DATE),
        ("lines.qty", ListType(NUMBER)),
        ("lines[1].qty", NUMBER),
        ("lines[qty > 1]", ListType(LINE)),
        ("if done then 1 else 2", NUMBER),
        ('if done then 1 else "a"', FeelType("Any")),
        ("sum(lines.qty)", NUMBER),
        ("max(lines.product)", STRING),
        ("{a: 1}.a", NUMBER),
        ("function(x: number) x > 1", FunctionType((NUMBER,), BOOLEAN)),
    ],
)
def test_types_are_known_before_evaluation(text: str, kind: FeelType) -> None:
    assert compiled(text).type == kind
    assert compiled(text).problems == ()


@pytest.mark.parametrize(
    ("text", "code", "span"),
    [
        ("amout + 1", "feel.name.unknown-near", Span(0, 5)),
        ("xyzzy", "feel.name.unknown", Span(0, 5)),
        ("customer.levle", "feel.name.unknown-near", Span(0, 14)),
        ("lines[qyt > 1]", "feel.name.unknown-near", Span(6, 9)),
        ("summ([1])", "feel.function.unknown-near", Span(0, 4)),
        ("frobnicate(1)", "feel.function.unknown", Span(0, 10)),
        ("abs(1, 2)", "feel.function.count", Span(0, 9)),
        ("substring(text: name)", "feel.function.parameters", Span(0, 21)),
        ("abs(name)", "feel.type.argument", Span(4, 8)),
        ("date(done)", "feel.type.overload", Span(0, 10)),
        ('stage = "wno"', "feel.select.unknown-near", Span(8, 13)),
        ('"zzz" != stage', "feel.select.unknown", Span(0, 5)),
        ('stage in ("won", "x")', "feel.select.unknown", Span(17, 20)),
        ('stage in ["won", "x"]', "feel.select.unknown", Span(17, 20)),
        ('amount > "5"', "feel.type.comparison", Span(0, 12)),
        ("done < done", "feel.type.comparison", Span(0, 11)),
        ('amount in ["a".."b"]', "feel.type.comparison", Span(10, 20)),
        ('amount in (> "a")', "feel.type.comparison", Span(10, 17)),
        ("uper case(name)", "feel.name.unknown-near", Span(0, 9)),
        ("amount + name", "feel.type.operands", Span(0, 13)),
        ("amount and done", "feel.type.operand", Span(0, 6)),
        ("-name", "feel.type.operand", Span(0, 5)),
        ("if amount then 1 else 2", "feel.type.operand", Span(3, 9)),
        ("due.hour", "feel.type.no-property", Span(0, 8)),
        ("amount instance of nubmer", "feel.type.unknown", Span(19, 25)),
        ('@"2026-02-30"', "feel.value.text", Span(0, 13)),
        ("{a: 1, a: 2}", "feel.context.duplicate", Span(7, 11)),
        ("[1..name]", "feel.type.range", Span(0, 9)),
        ("amount == 1", "feel.syntax.double-equals", Span(8, 9)),
        ("客户 等极", "feel.name.unknown-near", Span(0, 5)),
        ("alpha beta", "feel.syntax.two-names", Span(0, 10)),
    ],
)
def test_mistakes_are_found_before_publishing(text: str, code: str, span: Span) -> None:
    problem = only(text)

    assert (problem.code, problem.span) == (code, span)


def test_all_problems_are_named_at_once() -> None:
    codes = [problem.code for problem in compiled('amout + xyzzy > 1 and stage = "wno"').problems]

    assert codes == ["feel.name.unknown-near", "feel.name.unknown", "feel.select.unknown-near"]


def test_a_field_may_be_called_as_a_function_is() -> None:
    assert compiled("count + count(lines)").evaluate(VALUES, now=NOW).value == 3


def test_the_clock_is_an_argument() -> None:
    assert compiled("today()").reads_clock
    assert not compiled("date(2026, 1, 31)").reads_clock
    assert compiled("today()").evaluate({}, now=NOW).value == Date(2026, 1, 31)


def test_a_failure_differs_from_a_null_that_is_the_answer() -> None:
    answer = compiled("if done then 1 else null").evaluate({"done": False}, now=NOW)
    failure = compiled('amount > "5"').evaluate(VALUES, now=NOW)
    empty = compiled("amount > 5").evaluate({"amount": None}, now=NOW)

    assert (answer.value, answer.problems, answer.failed) == (None, (), False)
    assert failure.failed
    assert not empty.failed
    assert empty.problems[0].severity is Severity.WARNING


def test_an_explanation_shows_each_part_with_its_value() -> None:
    trace = compiled('amount > 10000 and customer.level = "B"').explain(VALUES, now=NOW)

    assert trace.value is False
    assert [(part.text, part.value) for part in trace.children] == [
        ("amount > 10000", True),
        ('customer.level = "B"', False),
    ]
    assert [(part.text, part.value) for part in trace.children[0].children] == [("amount", 20_000)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("if amount > 1 then count + 1 else 0", [("amount > 1", True), ("count + 1", True), ("0", False)]),
        ("if amount < 1 then 1 else 0", [("amount < 1", True), ("1", False)]),
        ("amount < 1 and count > 1", [("amount < 1", True), ("count > 1", False)]),
        ("amount > 1 or count > 1 or done", [("amount > 1", True), ("count > 1", False), ("done", False)]),
        ("amount > 1 and count > 1", [("amount > 1", True), ("count > 1", True)]),
    ],
)
def test_an_explanation_marks_what_was_not_needed(text: str, parts: list[object]) -> None:
    trace = compiled(text).explain(VALUES, now=NOW)

    assert [(part.text, part.evaluated) for part in trace.children] == parts


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..9000 return i + amount",
        "every i in 1..9000 satisfies i + amount > 0",
        "(for i in 1..9000 return i)[item + amount > 0]",
    ],
)
def test_an_explanation_shows_the_first_turns_and_counts_the_rest(text: str) -> None:
    trace = compiled(text).explain(VALUES, now=NOW)

    turns = [part for part in trace.children if "amount" in part.text]
    assert len(turns) == compiled("1").limits.turns
    assert len(turns) + trace.omitted == 9000
    assert turns[0].children[-1].text in ("amount", "i + amount", "item + amount")


@pytest.mark.parametrize(
    ("text", "tested", "verdict"),
    [
        ("-", 1, True),
        ("5", 5, True),
        ("< 10", 5, True),
        ("[1..3], > 10", 2, True),
        ("not(1, 2)", 2, False),
        ("not(1, 2)", 3, True),
        ("? > 3 and ? < 5", 4, True),
        ('"a", "b"', "b", True),
        ("null", None, True),
        ("even(?)", 4, True),
        ("amount", 20_000, True),
    ],
)
def test_unary_tests_ask_about_one_value(text: str, tested: object, verdict: bool) -> None:
    result = compiled(text, Dialect.UNARY_TESTS).evaluate({**VALUES, "?": tested}, now=NOW)

    assert result.value is verdict


def test_compiling_twice_gives_the_same_object() -> None:
    same_scope = Scope(dict(SCOPE.names))

    assert compile_expression("amount", SCOPE) is compile_expression("amount", same_scope)


def test_every_problem_has_its_text_in_both_languages() -> None:
    register = Register.read(ENGINE_LOCALE)
    problem = only("amout + 1")

    assert {code for code in register.codes("en") if code.startswith("feel.")} == {
        code for code in register.codes("zh-CN") if code.startswith("feel.")
    }
    assert register.hint(problem, "en") == 'Did you mean "amount"?'
    for language in LANGUAGES:
        assert "{" not in register.message(problem, language)
