"""What may go wrong with empty fields, and how much work an expression may be."""

from __future__ import annotations

import pytest

from engine.problems import Severity, Span
from engine.rules.feel import BOOLEAN, DATE, NUMBER, STRING, ContextType, ListType, Scope, compile_expression
from engine.rules.feel.cost import Cost

LINE = ContextType({"qty": NUMBER, "price": NUMBER})
SCOPE = Scope(
    {
        "a": NUMBER,
        "b": NUMBER,
        "due": DATE,
        "name": STRING,
        "done": BOOLEAN,
        "lines": ListType(LINE),
        "customer": ContextType({"limit": NUMBER}),
    }
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a * b", ["a", "b"]),
        ("-a", ["a"]),
        ("a > 1", []),
        ('"x" + name', ["name"]),
        ('due + @"P1D"', ["due"]),
        ("customer.limit - 1", ["customer.limit"]),
        ("sum(lines.qty) + 1", []),
        ("for l in lines return l.qty * 2", ["lines.qty"]),
        ("for l in lines return if l.qty = null then 0 else l.qty * 2", []),
        ("lines[qty != null and qty * 2 > 1]", []),
        ("lines[qty * 2 > 1]", ["lines.qty"]),
        ("if a = null then 0 else a + 1", []),
        ("if a != null then a + 1 else a - 1", ["a"]),
        ("if not(a = null) then a + 1 else 0", []),
        ("if a = null or b = null then 0 else a + b", []),
        ("if a != null and b > 0 then a + b else 0", []),
        ("if a != null or b != null then a + b else 0", ["a", "b"]),
        ("if a = 5 then a + 1 else 0", []),
        ("if a = b then a + 1 else 0", ["a"]),
        ("if a between 1 and 5 then a + 1 else 0", []),
        ("a = null or a + 1 > 2", []),
        ("done and a + 1 > 2", ["a"]),
    ],
)
def test_operands_that_may_be_empty_are_named_unless_they_are_tested(text: str, named: list[str]) -> None:
    compiled = compile_expression(text, SCOPE)

    hazards = compiled.hazards()

    assert compiled.problems == ()
    assert [hazard.params["name"] for hazard in hazards] == named
    assert {hazard.severity for hazard in hazards} <= {Severity.WARNING}


def test_a_required_field_is_no_hazard_and_a_hazard_knows_its_place() -> None:
    (hazard,) = compile_expression("a * b", SCOPE).hazards({("a",)})

    assert hazard.span == Span(4, 5)
    assert compile_expression("a *", SCOPE).hazards() == ()


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("a + 1", Cost(0)),
        ("a +", Cost(0)),
        ("abs(a)", Cost(1)),
        ("for i in 1..10 return abs(i)", Cost(20, Span(0, 28))),
        ("for i in [1, 2], j in lines return i", Cost(202, Span(0, 36))),
        ("sum(lines[qty > 1].price)", Cost(101, Span(4, 18))),
        ("some l in lines satisfies count(lines[qty > l.qty]) > 1", Cost(10_200, Span(0, 55))),
    ],
)
def test_the_work_of_an_expression_is_estimated_with_what_takes_most(text: str, cost: Cost) -> None:
    assert compile_expression(text, SCOPE).cost() == cost
