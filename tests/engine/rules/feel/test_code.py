"""Closures and Python functions are two forms of one meaning: values, problems and limits are the same."""

from __future__ import annotations

import dis
import warnings
from types import CodeType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems import Problem
from engine.rules.feel import ANY, Compiled, Dialect, Limits, Result, Scope, compile_expression
from engine.rules.feel.kinds import text_of
from engine.values import Date, DateTime, Time
from tests.engine.rules.feel import tck
from tests.engine.rules.feel.fixture_files import FixtureFile, files

NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
VALUES = {
    "a": 3,
    "b": None,
    "c": "text",
    "xs": [1, None, 3, "x"],
    "rows": [{"a": 1, "n": "p"}, {"a": None}, {"n": "q"}],
    "d": Date(2026, 3, 1),
    "yes": True,
}
SCOPE = Scope(dict.fromkeys(VALUES, ANY))


def both(compiled: Compiled, values: dict[str, object]) -> tuple[object, object]:
    """What closures and code give; a value by its text, as functions have no other equality."""
    interpreted = compiled._interpret(values, NOW)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        code = compiled._translate()
    assert code is not None
    return _comparable(interpreted), _comparable(code(values, NOW))


def _comparable(result: Result) -> tuple[str, tuple[Problem, ...]]:
    return text_of(result.value), result.problems


@pytest.mark.parametrize("file", files(), ids=lambda file: file.path.stem)
def test_every_fixture_means_the_same_in_both_forms(file: FixtureFile) -> None:
    for case in file.document["cases"]:
        compiled = file.compiled(case)
        if compiled.node is not None:
            interpreted, code = both(compiled, file.context())
            assert interpreted == code, case["text"]


@pytest.mark.conformance
def test_every_literal_expression_of_the_suite_means_the_same_in_both_forms() -> None:
    tck.need()
    for case in tck.cases():
        compiled = compile_expression(case.text, case.scope)
        if compiled.node is not None:
            interpreted, code = both(compiled, case.values)
            assert interpreted == code, case.name


_LEAF = st.sampled_from(
    ["1", "2.5", '"x"', "true", "false", "null", "a", "b", "c", "d", "xs", "rows", "yes", "zz", "a.n"]
)
_FORMS = (
    *("({0}) + ({1})", "({0}) - ({1})", "({0}) * ({1})", "({0}) / ({1})", "({0}) ** ({1})", "-({0})"),
    *("({0}) = ({1})", "({0}) != ({1})", "({0}) < ({1})", "({0}) >= 2", '({0}) = "x"', "({0}) <= ({1})"),
    *("({0}) and ({1})", "({0}) or ({1})", "({0}) and ({1}) and ({2})", "not({0})"),
    *("if {0} then {1} else {2}", "({0}) between ({1}) and ({2})", "({0}) in [({1})..({2})]"),
    *('({0}) in ({1}, "x", < ({2}))', "({0}) in ({1})", "[{0}, {1}]", "{{k: {0}, l: k}}", "({0}).n"),
    *("({0})[{1}]", "({0})[a > 1]", "({0})[item = ({1})]", "({0})[-1]", "({0})[n]"),
    *(
        "for i in {0} return ({1}) + i",
        "for i in {0}, j in {1} return [i, j, {2}]",
        "for i in {0} return partial",
    ),
    *("some i in {0} satisfies i = ({1})", "every i in {0}, j in {1} satisfies i < j"),
    *("count({0})", "sum({0})", "abs({0})", "string({0})", "({0}) instance of number"),
    *("for i in ({0})..({1}) return i", "(function(p) p + ({0}))({1})", "sort({0}, function(p, q) p < q)"),
)
_EXPRESSION = st.recursive(
    _LEAF,
    lambda inner: st.builds(
        lambda form, one, two, three: form.format(one, two, three),
        st.sampled_from(_FORMS),
        inner,
        inner,
        inner,
    ),
    max_leaves=8,
)


@given(_EXPRESSION)
def test_both_forms_agree_on_any_expression(text: str) -> None:
    compiled = compile_expression(text, SCOPE)
    if compiled.node is None:
        return

    interpreted, code = both(compiled, VALUES)

    assert interpreted == code


@given(st.lists(_LEAF, min_size=1, max_size=3), st.booleans())
def test_both_forms_agree_on_unary_tests(tests: list[str], negated: bool) -> None:
    text = ", ".join([*tests, "> 1", "? = a"])
    compiled = compile_expression(f"not({text})" if negated else text, SCOPE, Dialect.UNARY_TESTS)

    interpreted, code = both(compiled, {**VALUES, "?": 3})

    assert interpreted == code


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..50 return for j in 1..50 return i * j",
        "every i in 1..50, j in 1..50 satisfies true",
        "(1..60)[item > 3]",
        "for i in 1..50 return count([i, i])",
        "{f: function(g) g(g), r: f(f)}.r",
        "for i in 1..200 return i",
        "for i in 1..10, j in 1..20 return i",
    ],
)
def test_both_forms_end_at_the_same_limit(text: str) -> None:
    limits = Limits(steps=100, list_length=100)
    compiled = compile_expression(text, Scope(), limits=limits)

    interpreted, code = both(compiled, {})

    assert interpreted == code
    assert code[1]


def test_published_expressions_are_evaluated_by_their_code() -> None:
    compiled = compile_expression("a + 1", SCOPE)

    assert compiled.prepared()(VALUES, NOW) == Result(4)
    assert compiled.evaluate(VALUES, now=NOW) == Result(4)
    assert isinstance(compiled.prepared().__code__, CodeType)


def test_code_reaches_nothing_of_python() -> None:
    texts = [case["text"] for file in files() for case in file.document["cases"]]
    for text in [*texts, '"".__class__', "__import__", "open(1)", 'record.__class__["x"]', "{__class__: 1}"]:
        compiled = compile_expression(text, SCOPE)
        code = compiled._translate() if compiled.node is not None else None
        if code is None:
            continue
        assert code.__globals__["__builtins__"] == {}
        assert not {"LOAD_ATTR", "LOAD_METHOD", "IMPORT_NAME", "STORE_GLOBAL"} & _instructions(code.__code__)


def _instructions(code: CodeType) -> set[str]:

    return {instruction.opname for instruction in dis.get_instructions(code)}


def test_deep_nesting_of_loops_falls_back_to_closures() -> None:
    text = "".join(f"for i{n} in [1] return " for n in range(30)) + "1"
    compiled = compile_expression(text, Scope())

    assert compiled._translate() is None
    assert text_of(compiled.prepared()({}, NOW).value) == text_of(compiled.evaluate({}, now=NOW).value)
