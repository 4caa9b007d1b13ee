"""Compiling: expressions are checked against the form, and a mistake is placed at its element."""

from __future__ import annotations

from engine.flows import CompiledFlow, compile_flow, read_bpmn
from engine.flows.graph import NodeKind
from engine.rules.feel import Scope
from engine.rules.feel.types import ContextType
from tests.engine.flows.play import FIELDS, approval, case, chain, document, flow, flow_graph

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
GATE = '<exclusiveGateway id="g" default="d"/>'


def compiled(body: str) -> CompiledFlow:
    names = {**FIELDS, "record": ContextType(fields=FIELDS)}
    return compile_flow(read_bpmn(document(body), "flow/x"), Scope(names=names))


def with_condition(condition: str) -> CompiledFlow:
    body = START + END + GATE + approval("review") + chain("s", "review", "g") + flow("d", "g", "e")
    return compiled(body + "\n" + flow("f", "g", "e", condition))


def test_a_graph_has_indexes_in_the_order_of_the_file():
    graph = flow_graph(case("quote_approval"))

    assert [node.index for node in graph.nodes] == list(range(len(graph.nodes)))
    assert all(graph.nodes[edge.source].out.count(edge.index) == 1 for edge in graph.edges)
    assert all(graph.nodes[edge.target].incoming.count(edge.index) == 1 for edge in graph.edges)
    assert graph.nodes[graph.start].kind is NodeKind.START
    assert graph.node("limit").default == [edge.id for edge in graph.edges].index("within_limit")
    assert graph.when is not None


def test_a_name_the_form_does_not_have_is_a_problem_at_the_flow():
    result = with_condition("amuont &gt; 3")

    (problem,) = result.problems
    assert result.graph is None
    assert problem.code.startswith("feel.name.")
    assert (problem.at, problem.document, problem.params["line"]) == ("f", "flow/x", 7)
    assert problem.span is not None


def test_the_outcome_of_a_node_is_known_by_its_words():
    assert with_condition('nodes.review.outcome = "rejected"').problems == ()
    assert with_condition('nodes.review.outcome = "refused"').graph is None
    assert with_condition('nodes.reviev.outcome = "rejected"').graph is None


def test_a_condition_that_is_no_condition_is_refused():
    assert [problem.code for problem in with_condition("amount + 1").problems] == [
        "flow.condition.not-boolean"
    ]


def test_fields_named_in_rules_and_patches_have_to_exist():
    who = '<dg:who kind="field" ref="ownr"/><dg:who kind="manager" of="boss"/>'
    patch = '<dg:service type="record_patch"><dg:set field="stat">"x"</dg:set></dg:service>'
    body = START + END + approval("a", who=who) + (
        f'<serviceTask id="p"><extensionElements>{patch}</extensionElements></serviceTask>'
    )  # fmt: skip
    result = compiled(body + chain("s", "a", "p", "e"))

    assert result.graph is None
    assert [(problem.code, problem.params["field"]) for problem in result.problems] == [
        ("flow.field.unknown", "ownr"),
        ("flow.field.unknown", "boss"),
        ("flow.field.unknown", "stat"),
    ]


def test_a_file_that_is_not_deployable_has_no_graph():
    result = compiled(START + '<subProcess id="u"/>' + chain("s", "u"))

    assert result.graph is None
    assert [problem.code for problem in result.problems] == ["flow.element.not-executed"]


def test_of_several_executable_processes_one_has_to_be_named():
    second = '</process><process id="q" isExecutable="true"><startEvent id="s2"/><endEvent id="e2"/>'
    xml = document(START + END + chain("s", "e") + second + chain("s2", "e2"))
    reading = read_bpmn(xml)

    assert [problem.code for problem in compile_flow(reading, Scope()).problems] == ["flow.process.choose"]
    chosen = compile_flow(reading, Scope(), "process")
    assert chosen.graph is not None
    assert chosen.graph.process == "process"
