"""Requirement graphs, boxed expressions, functions, services, imports and types."""

from __future__ import annotations

import pytest

from engine.values import Date, DateTime, Time
from tests.engine.rules.decisions.sheets import (
    NOW,
    codes,
    compiled,
    knowing,
    literal,
    model_of,
    needing,
    value,
)

INPUT = '<inputData id="i" name="客户 等级"><variable name="客户 等级" typeRef="string"/></inputData>'
NEEDS_INPUT = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'
DOUBLE = (
    '<businessKnowledgeModel id="double" name="double"><variable name="double" typeRef="number"/>'
    '<encapsulatedLogic><formalParameter name="n" typeRef="number"/>'
    "<literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)


def text(content: str) -> str:
    return f"<literalExpression><text>{content}</text></literalExpression>"


def boxed(logic: str, more: str = "") -> bytes:
    return model_of(f'{more}<decision id="d" name="d"><variable name="d"/>{logic}</decision>')


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (
            "<context><contextEntry><variable name='a'/>" + text("2") + "</contextEntry>"
            "<contextEntry><variable name='f'/>"
            + text("function(n) if n = 0 then 1 else n * f(n - 1)")
            + "</contextEntry><contextEntry>"
            + text("f(a + 2)")
            + "</contextEntry></context>",
            24,
        ),
        ("<list>" + text("1") + text('"a"') + "</list>", [1, "a"]),
        (
            "<relation><column name='x'/><column name='y'/><row>"
            + text("1")
            + text("2")
            + "</row></relation>",
            [{"x": 1, "y": 2}],
        ),
        (
            "<conditional><if>"
            + text("1 = 1")
            + "</if><then>"
            + text("1")
            + "</then><else>"
            + text("2")
            + "</else></conditional>",
            1,
        ),
        (
            "<conditional><if>"
            + text('"no"')
            + "</if><then>"
            + text("1")
            + "</then><else>"
            + text("2")
            + "</else></conditional>",
            None,
        ),
        (
            "<filter><in>"
            + text("[{a: 1}, {a: 5}]")
            + "</in><match>"
            + text("a + item.a > 4")
            + "</match></filter>",
            [{"a": 5}],
        ),
        (
            "<for iteratorVariable='i'><in>"
            + text("[1..4]")
            + "</in><return>"
            + text("i + count(partial)")
            + "</return></for>",
            [1, 3, 5, 7],
        ),
        (
            "<some iteratorVariable='i'><in>"
            + text("[1, 2]")
            + "</in><satisfies>"
            + text("i > 1")
            + "</satisfies></some>",
            True,
        ),
        (
            "<every iteratorVariable='i'><in>"
            + text("[1, 2]")
            + "</in><satisfies>"
            + text("i > 1")
            + "</satisfies></every>",
            False,
        ),
        ("<literalExpression typeRef='number'><text>\"a\"</text></literalExpression>", None),
    ],
)
def test_every_boxed_expression_gives_what_it_says(logic, expected):
    assert value(boxed(logic), "d") == expected


def test_functions_are_called_by_invocation_and_from_text_and_as_values():
    call = (
        '<invocation><literalExpression><text>double</text></literalExpression><binding><parameter name="n"/>'
        + text("4")
        + "</binding></invocation>"
    )
    by_box = model_of(
        DOUBLE + f'<decision id="d" name="d"><variable name="d"/>{knowing("double")}{call}</decision>'
    )
    by_text = model_of(DOUBLE + literal("d", "for x in [1, 2] return double(x)", knowing("double")))

    assert value(by_box, "d") == 8
    assert value(by_text, "d") == [2, 4]
    assert value(by_text, "double", {"n": 5}) == 10
    outcome = compiled(model_of(DOUBLE + literal("d", 'double("x")', knowing("double")))).evaluate(
        "d", {}, NOW
    )
    assert outcome.value is None
    assert outcome.failed


def test_a_decision_is_evaluated_once_and_only_when_it_is_needed():
    xml = model_of(
        INPUT
        + literal("a", '客户 等级 + "!"', NEEDS_INPUT)
        + literal("unused", "1 / 0")
        + literal("b", "a + a", needing("a"))
        + literal("c", "a + b", needing("a", "b"))
    )

    outcome = compiled(xml).evaluate("c", {"客户 等级": "A"}, NOW)

    assert outcome.value == "A!A!A!"
    assert outcome.problems == ()
    assert [one.name for one in outcome.trace] == ["客户 等级", "a", "b", "c"]


def test_a_circle_of_requirements_is_refused_by_name_and_the_rest_still_works():
    xml = model_of(literal("a", "b", needing("b")) + literal("b", "a", needing("a")) + literal("c", "7"))

    model = compiled(xml)

    (problem,) = model.problems
    assert problem.code == "decision.graph.cycle"
    assert problem.params["circle"] == "a → b → a"
    assert model.evaluate("c", {}, NOW).value == 7
    assert codes(model.evaluate("a", {}, NOW).problems) == {"decision.graph.no-element"}


def test_a_service_evaluates_its_own_decisions_with_what_it_is_given():
    service = (
        '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#b"/>'
        '<encapsulatedDecision href="#b"/><inputDecision href="#a"/></decisionService>'
    )
    xml = model_of(
        literal("a", "1 / 0", kind="number")
        + literal("b", "a * 10", needing("a"))
        + service
        + literal("d", "s(4) + s(a: 1)", knowing("s"))
    )

    assert compiled(xml).evaluate("d", {}, NOW)[:2] == (50, ())
    assert value(xml, "s", {"a": 3}) == 30


def test_imported_elements_and_types_are_seen_under_the_imports_name():
    library = model_of(
        '<itemDefinition name="tLevel"><typeRef>string</typeRef><allowedValues><text>"A", "B"</text>'
        "</allowedValues></itemDefinition>" + DOUBLE + literal("base", "20"),
        "urn:lib",
    )
    own = model_of(
        '<import name="my lib" namespace="urn:lib" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
        + literal(
            "d",
            "my lib.double(my lib.base)",
            needing("x").replace("#x", "urn:lib#base") + knowing("x").replace("#x", "urn:lib#double"),
        )
        + literal("e", '"C"', kind="my lib.tLevel")
    )

    model = compiled(own, library)

    assert model.problems == ()
    assert model.evaluate("d", {}, NOW).value == 40
    assert codes(model.evaluate("e", {}, NOW).problems) == {"decision.value.type"}
    assert codes(compiled(own).problems) >= {"decision.import.missing", "decision.type.unknown"}


def test_values_are_made_to_fit_structures_collections_and_constraints():
    types = (
        '<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..150]</text>'
        '</allowedValues></itemDefinition><itemDefinition name="tPerson"><itemComponent name="age">'
        "<typeRef>tAge</typeRef></itemComponent></itemDefinition>"
        '<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'
    )

    def fitted(expression: str, kind: str) -> object:
        return value(model_of(types + literal("d", expression, kind=kind)), "d")

    assert fitted("{age: 5, more: 1}", "tPerson") == {"age": 5, "more": 1}
    assert fitted("{age: 5}", "tPeople") == [{"age": 5}]
    assert fitted("[{age: 5}]", "tPerson") == {"age": 5}
    assert fitted("{age: 151}", "tPerson") is None
    assert fitted("[{age: 5}, {}]", "tPeople") is None
    assert fitted('date("2026-01-01")', "date and time") == DateTime(Date(2026, 1, 1), Time(0, 0, 0, 0, 0))
