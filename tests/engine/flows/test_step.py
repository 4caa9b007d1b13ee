"""How tokens move: starts, ends, gateways, services, incidents."""

from __future__ import annotations

from decimal import Decimal

from engine.flows import new_state, step
from engine.flows.commands import EndProcess, Incident, Job, RecordPatch, SetStatus
from engine.flows.events import Cancel, Complete, JobDone, JobFailed, Resolved, Retry, Start
from engine.flows.state import ProcessStatus
from engine.problems import Problem
from tests.engine.flows.play import NOW, approval, chain, document, flow, flow_graph, play

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
BIG = """<endEvent id="big"><extensionElements><dg:outcome value="big"/></extensionElements></endEvent>"""
PATCH = """<serviceTask id="patch"><extensionElements><dg:service type="record_patch">
<dg:set field="state">"approved"</dg:set><dg:set field="amount">amount * 2</dg:set>
</dg:service></extensionElements></serviceTask>"""
JOB = """<serviceTask id="job"><extensionElements><dg:service type="job" name="rate" result="rate">
<dg:param name="of">amount</dg:param></dg:service></extensionElements></serviceTask>"""


def test_a_process_without_work_starts_and_ends_in_one_step():
    player = play(START + '<task id="t"/>' + END + chain("s", "t", "e")).start(initiator=7)

    assert player.state.status is ProcessStatus.ENDED
    assert player.commands == [SetStatus("running"), SetStatus("completed"), EndProcess("completed")]
    assert player.state.initiator == 7


def test_an_exclusive_gateway_takes_the_first_flow_that_holds():
    body = (
        START
        + '<exclusiveGateway id="g" default="d"/>'
        + '<endEvent id="small"/><endEvent id="big"/><endEvent id="huge"/>'
        + chain("s", "g")
        + flow("b", "g", "big", "amount &gt; 10")
        + flow("h", "g", "huge", "amount &gt; 100")
        + flow("d", "g", "small")
    )
    outcomes = {}
    for amount in (5, 50, 500):
        named = body.replace('<endEvent id="big"/>', BIG)
        outcomes[amount] = play(named, record={"amount": amount}).start().state.outcome

    assert outcomes == {5: "completed", 50: "big", 500: "big"}


def test_a_gateway_without_a_way_is_an_incident_and_can_be_tried_again():
    body = (
        START + END + '<exclusiveGateway id="g"/>' + chain("s", "g") + flow("f", "g", "e", "amount &gt; 10")
    )
    player = play(body, record={"amount": 1}).start()

    assert player.incidents() == ["flow.gateway.no-way"]
    assert [token.node for token in player.state.tokens.values()] == ["g"]

    player.record["amount"] = 11
    player.send(Retry(next(iter(player.state.tokens)), actor=9, facts=player.facts))

    assert player.state.outcome == "completed"


def test_a_feel_error_in_a_condition_keeps_the_decision_and_holds_the_token():
    body = START + END + approval("a") + chain("s", "a") + flow("f", "a", "e", "1 / amount &gt; 1")
    player = play(body, people={"boss": (2,)}, record={"amount": 0}).start()

    player.do(2, "approve")

    assert len(player.made(Incident)) == 1
    assert player.state.results["a"].outcome == "approved"
    assert player.tasks == {}

    player.record["amount"] = Decimal("0.5")
    player.send(Retry(next(iter(player.state.tokens)), actor=9, facts=player.facts))

    assert player.state.outcome == "approved"
    assert player.tasks == {}


def test_parallel_join_waits_for_every_branch():
    body = (
        START + END + '<parallelGateway id="split"/><parallelGateway id="join"/>'
        + approval("a") + approval("b")
        + chain("s", "split", "a", "join", "e") + chain("split", "b", "join")
    )  # fmt: skip
    player = play(body, people={"boss": (2,)}).start()
    assert player.inbox() == [("a", 2), ("b", 2)]

    player.do(2, "approve")
    assert [token.node for token in player.state.tokens.values()] == ["b", "join"]

    player.do(2, "approve")
    assert player.state.outcome == "approved"


def test_a_terminate_end_closes_everything_that_is_open():
    body = (
        START + '<endEvent id="stop"><terminateEventDefinition/></endEvent><endEvent id="e"/>'
        + '<parallelGateway id="split"/>' + JOB
        + approval("a") + approval("b", who='<dg:who kind="role" ref="other"/>')
        + chain("s", "split", "a", "stop") + chain("split", "b", "e") + chain("split", "job", "e")
    )  # fmt: skip
    player = play(body, people={"boss": (2,), "other": (3,)}, record={"amount": 1}).start()

    player.do(2, "approve")

    assert player.state.status is ProcessStatus.ENDED
    assert player.state.tokens == player.state.activations == player.tasks == {}


def test_a_record_patch_is_seen_by_what_follows_in_the_same_step():
    body = (
        START + END + PATCH + '<exclusiveGateway id="g"/>' + chain("s", "patch", "g")
        + flow("f", "g", "e", 'state = "approved" and record.amount = 20')
    )  # fmt: skip
    player = play(body, record={"amount": 10, "state": "draft"}).start()

    assert player.made(RecordPatch) == [RecordPatch("patch", {"state": "approved", "amount": 20})]
    assert player.state.status is ProcessStatus.ENDED


def test_a_job_waits_for_its_answer_and_gives_it_to_conditions():
    body = (
        START
        + END
        + JOB
        + '<exclusiveGateway id="g"/>'
        + chain("s", "job", "g")
        + flow("f", "g", "e", "vars.rate &gt; 3")
    )
    player = play(body, record={"amount": 10}).start()
    (job,) = player.made(Job)
    assert isinstance(job, Job)
    assert (job.name, dict(job.params)) == ("rate", {"of": 10})

    again = player.send(JobDone(job.job + 1, 4, player.facts))
    assert again.problem is not None
    assert again.problem.code == "flow.activation.closed"

    player.send(JobDone(job.job, 4, player.facts))
    assert player.state.status is ProcessStatus.ENDED


def test_a_failed_job_is_an_incident_and_a_retry_asks_for_a_new_job():
    player = play(START + END + JOB + chain("s", "job", "e"), record={"amount": 10}).start()
    (job,) = player.made(Job)
    assert isinstance(job, Job)

    player.send(JobFailed(job.job, Problem("connector.http.status"), player.facts))
    assert player.incidents() == ["connector.http.status"]

    player.send(Retry(next(iter(player.state.tokens)), actor=9, facts=player.facts))
    assert len(player.made(Job)) == 2


def test_cancel_closes_the_tasks_and_keeps_the_reason():
    player = play(START + END + approval("a") + chain("s", "a", "e"), people={"boss": (2,)}).start()

    player.send(Cancel(actor=1, reason="customer withdrew"))

    assert player.state.outcome == "cancelled"
    assert player.tasks == {}
    assert player.log[-1].text == "customer withdrew"


def test_an_event_that_does_not_fit_changes_nothing():
    graph = flow_graph(document(START + END + approval("a") + chain("s", "a", "e")))
    fresh = new_state()
    started = step(graph, fresh, Start(1), now=NOW).state
    ended = step(graph, started, Cancel(1), now=NOW).state
    refused = {
        "flow.process.not-started": (fresh, Complete(1, "approve", 2)),
        "flow.process.started": (started, Start(1)),
        "flow.task.closed": (started, Complete(99, "approve", 2)),
        "flow.activation.closed": (started, Resolved(99, ())),
        "flow.incident.gone": (started, Retry(1, 1)),
        "flow.process.ended": (ended, Cancel(1)),
    }

    for code, (state, event) in refused.items():
        moved = step(graph, state, event, now=NOW)
        assert moved.problem is not None
        assert (moved.problem.code, moved.state, moved.commands) == (code, state, ())


def test_a_loop_in_which_policies_pass_everything_is_stopped():
    body = (
        START + END + approval("a", 'onEmpty="pass"') + '<exclusiveGateway id="g" default="back"/>'
        + chain("s", "a", "g") + flow("f", "g", "e", "amount &gt; 10") + flow("back", "g", "a")
    )  # fmt: skip
    player = play(body, record={"amount": 1}).start()

    assert player.incidents() == ["flow.step.too-long"]
