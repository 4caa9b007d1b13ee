"""What a rejection does, what work tasks say, and what a process ends with."""

from __future__ import annotations

from engine.flows.commands import CloseTask, OpenTask, TaskEnd
from engine.flows.rule import TaskKind
from engine.values import Reference
from tests.engine.flows.play import approval, chain, flow, play

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
BOTH = {"boss": (2,), "other": (3,)}


def test_an_undrawn_rejection_ends_the_process_and_closes_the_other_branches():
    body = (
        START + END + '<parallelGateway id="p"/>' + approval("a")
        + approval("b", who='<dg:who kind="role" ref="other"/>')
        + chain("s", "p", "a", "e") + chain("p", "b", "e")
    )  # fmt: skip
    player = play(body, people=BOTH).start()

    player.do(2, "reject")

    assert player.state.outcome == "rejected"
    closed = [command.end for command in player.made(CloseTask) if isinstance(command, CloseTask)]
    assert closed == [TaskEnd.DONE, TaskEnd.CANCELLED]


def test_a_rejection_drawn_on_the_nodes_own_flow_goes_there():
    body = (
        START + END + '<endEvent id="no"/>' + approval("a").replace('id="a"', 'id="a" default="yes"')
        + chain("s", "a") + flow("yes", "a", "e") + flow("f", "a", "no", 'outcome = "rejected"')
    )  # fmt: skip
    rejected, approved = play(body, people=BOTH).start(), play(body, people=BOTH).start()
    assert rejected.graph.node("a").reject_drawn

    rejected.do(2, "reject")
    approved.do(2, "approve")

    assert (rejected.state.outcome, approved.state.outcome) == ("rejected", "approved")


def test_a_gateway_behind_that_reads_something_else_does_not_draw_the_rejection():
    body = (
        START + END + '<endEvent id="big"/><exclusiveGateway id="g" default="d"/>' + approval("a")
        + chain("s", "a", "g") + flow("d", "g", "e") + flow("f", "g", "big", "amount &gt; 10")
    )  # fmt: skip
    player = play(body, people=BOTH, record={"amount": 50}).start()

    player.do(2, "reject")

    assert player.state.outcome == "rejected"
    assert [entry.node for entry in player.log if entry.kind == "node_done"] == ["a"]


def test_a_rejection_of_one_branch_outweighs_the_yes_of_another():
    body = (
        START + END + '<parallelGateway id="p"/><endEvent id="no"/>'
        + approval("a").replace('id="a"', 'id="a" default="yes"')
        + approval("b", who='<dg:who kind="role" ref="other"/>')
        + chain("s", "p", "a") + flow("yes", "a", "e") + flow("f", "a", "no", 'outcome = "rejected"')
        + chain("p", "b", "e")
    )  # fmt: skip
    player = play(body, people=BOTH).start()

    player.do(2, "reject")
    player.do(3, "approve")

    assert player.state.outcome == "rejected"


def test_a_work_task_ends_with_the_authors_word_and_conditions_read_it():
    task = """<userTask id="a"><extensionElements><dg:work><dg:who kind="role" ref="boss"/>
    <dg:action id="accept"/><dg:action id="hand_back"/></dg:work></extensionElements></userTask>"""
    body = (
        START + END + task + '<endEvent id="back"/><exclusiveGateway id="g" default="d"/>'
        + chain("s", "a", "g") + flow("d", "g", "e")
        + flow("f", "g", "back", 'nodes.a.outcome = "hand_back" and nodes.a.actor.id = 2')
    )  # fmt: skip
    player = play(body, people=BOTH).start()
    (opened,) = player.made(OpenTask)
    assert isinstance(opened, OpenTask)
    assert opened.kind is TaskKind.WORK

    refused = player.do(2, "approve").problem
    assert refused is not None
    assert refused.params["known"] == ("accept", "hand_back")
    player.do(2, "hand_back")

    assert player.state.results["a"].outcome == "hand_back"
    assert player.state.outcome == "completed"


def test_conditions_compare_people_by_id():
    body = (
        START + END + '<exclusiveGateway id="g" default="d"/>' + approval("a")
        + approval("own", who='<dg:who kind="role" ref="other"/>')
        + chain("s", "a", "g") + flow("d", "g", "e") + chain("own", "e")
        + flow("f", "g", "own", "owner = initiator and nodes.a.actor != initiator")
    )  # fmt: skip
    mine, hers = Reference(id=1, title="Mei"), Reference(id=4, title="Li")
    own, other = (play(body, people=BOTH, record={"owner": one}).start() for one in (mine, hers))

    own.do(2, "approve")
    other.do(2, "approve")

    assert own.inbox() == [("own", 3)]
    assert other.state.outcome == "approved"


def test_a_plain_user_task_goes_to_the_initiator():
    player = play(
        START + END + '<userTask id="a"/>' + chain("s", "a", "e"), people={"initiator": (7,)}
    ).start(7)

    assert player.inbox() == [("a", 7)]
    player.do(7, "complete")
    assert player.state.outcome == "completed"


def test_an_action_that_takes_no_opinion_refuses_one():
    silent = '<dg:who kind="role" ref="boss"/><dg:action id="approve" opinion="none"/>'
    player = play(START + END + approval("a", who=silent) + chain("s", "a", "e"), people=BOTH).start()

    refused = player.do(2, "approve", "but why").problem

    assert refused is not None
    assert refused.code == "flow.opinion.not-asked"
