"""How a process is built: errors that stop it from running, and warnings about what looks like a mistake."""

from __future__ import annotations

import pytest

from engine.flows import Outcome, read_bpmn
from tests.engine.flows.play import approval, chain, document, flow

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
GATE = '<exclusiveGateway id="g"/>'
BIG = "amount &gt; 10"
TO_END = flow("f", "g", "e", BIG)


def problems(body: str) -> dict[str, str]:
    """Code -> the first place of it."""
    return {problem.code: problem.at for problem in reversed(read_bpmn(document(body)).problems)}


@pytest.mark.parametrize(
    ("body", "code", "at"),
    [
        (START + END + chain("s", "e") + chain("e", "s"), "flow.start.incoming", "s"),
        (START + END + chain("s", "e") + chain("e", "s"), "flow.end.outgoing", "e"),
        (START + END + flow("f", "s", "e", BIG), "flow.condition.misplaced", "f"),
        (
            START + GATE + END + '<endEvent id="e2"/>' + chain("s", "g", "e") + flow("f", "g", "e2", BIG),
            "flow.condition.missing",
            "g_e",
        ),
        (
            START + END + '<subProcess id="u"><task id="t"/></subProcess>' + chain("s", "t"),
            "flow.flow.crosses-scope",
            "s_t",
        ),
    ],
)
def test_what_is_built_wrongly_is_refused(body, code, at):
    assert read_bpmn(document(body)).outcome is Outcome.REFUSED
    assert problems(body)[code] == at


def test_a_loop_with_a_person_in_it_is_no_straight_loop():
    body = (
        START + END + approval("a") + '<exclusiveGateway id="g" default="g_e"/>' + chain("s", "a", "g", "e")
    )

    assert problems(body + flow("f", "g", "a", BIG)) == {}


@pytest.mark.parametrize(
    ("body", "code", "at"),
    [
        (START + GATE + END + chain("s", "g") + TO_END, "flow.gateway.default-missing", "g"),
        (
            START + '<exclusiveGateway id="g" default="f"/>' + END + chain("s", "g") + TO_END,
            "flow.condition.on-default",
            "f",
        ),
        (START + END + chain("s", "e") + approval("a"), "flow.node.unreachable", "a"),
        (
            START + END + approval("a") + approval("b") + chain("s", "a", "b", "e")
            + flow("f", "a", "e", 'outcome = "rejected"'),
            "flow.condition.beside",
            "a_b",
        ),
        (
            START + END + approval("a") + approval("b") + chain("s", "a", "b", "a"),
            "flow.node.no-way-out",
            "s",
        ),
        (START + END + '<userTask id="a"/>' + chain("s", "a", "e"), "flow.task.nobody-named", "a"),
        (
            START + END + approval("a", 'onSelf="skip" onEmpty="pass"', '<dg:who kind="initiator"/>')
            + chain("s", "a", "e"),
            "flow.rule.no-human",
            "a",
        ),
    ],
)  # fmt: skip
def test_what_looks_like_a_mistake_is_a_warning(body, code, at):
    assert read_bpmn(document(body)).outcome is Outcome.DEPLOYABLE
    assert problems(body)[code] == at


def test_branches_that_a_join_brings_together_again_are_sound():
    body = START + END + '<parallelGateway id="p"/><parallelGateway id="j"/>' + approval("a") + approval("b")

    assert problems(body + chain("s", "p", "a", "j", "e") + chain("p", "b", "j")) == {}


def test_a_branch_that_may_leave_before_the_join_is_warned_about():
    body = (
        START + END + '<parallelGateway id="p"/><parallelGateway id="j"/>'
        + '<exclusiveGateway id="g" default="g_j"/>' + approval("a") + approval("b") + '<endEvent id="out"/>'
        + chain("s", "p", "a", "g", "j", "e") + chain("p", "b", "j") + flow("f", "g", "out", BIG)
    )  # fmt: skip

    assert problems(body) == {"flow.join.stuck": "j"}
