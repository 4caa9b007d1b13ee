"""What an expression asks of stored records is taken out of it, with parameters."""

from __future__ import annotations

from engine.rules.feel import BOOLEAN, NUMBER, ContextType, Scope, compile_expression
from engine.rules.feel.nodes import Node
from engine.rules.feel.queries import Aggregate, Lifted, lift
from engine.values import Date, DateTime, Time

NOW = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
VISIT = ContextType({"id": NUMBER, "page": NUMBER, "cost": NUMBER, "done": BOOLEAN})
SCOPE = Scope({"amount": NUMBER}, open=True)


def lifted(text: str) -> Lifted:
    node = compile_expression(text, SCOPE).node
    assert isinstance(node, Node)
    return lift(node, {"visit": VISIT})


def test_an_aggregate_over_records_is_a_query_with_parameters() -> None:
    found = lifted('amount > sum(records("visit")[page = amount + 1 and done].cost)')

    (query,) = found.queries
    assert (query.form, query.aggregate, query.field, query.type) == ("visit", Aggregate.SUM, "cost", NUMBER)
    assert list(query.parameters) == ["query 1 parameter 1"]
    assert found.problems == ()


def test_the_rest_is_pure_and_evaluates_with_the_answer() -> None:
    found = lifted('count(records("visit")) + exists(records("visit")[done])')

    assert [query.name for query in found.queries] == ["query 1", "query 2"]
    assert [query.type for query in found.queries] == [NUMBER, BOOLEAN]


def test_what_is_no_aggregate_is_refused_with_its_place() -> None:
    found = lifted('for r in records("visit") return r.page')

    assert [problem.code for problem in found.problems] == ["feel.query.shape"]
    assert found.problems[0].span is not None


def test_compiled_expressions_name_their_queries_and_what_parameters_read() -> None:
    scope = Scope({"amount": NUMBER}, records={"visit": VISIT})
    compiled = compile_expression('count(records("visit")[cost > amount]) + 1', scope)

    assert (compiled.problems, compiled.type, compiled.ir()) == ((), NUMBER, None)
    assert compiled.paths == {("amount",)}
    assert compiled.evaluate({"amount": 1, "query 1": 4}, now=NOW).value == 5
    assert compiled.prepared()({"query 1": 4}, NOW).value == 5


def test_a_name_that_is_neither_a_field_nor_ours_is_a_problem() -> None:
    scope = Scope({"amount": NUMBER}, records={"visit": VISIT})

    (problem,) = compile_expression('exists(records("visit")[cots > cost])', scope).problems

    assert problem.code == "feel.name.unknown"
