"""Who will approve this? Played on a copy."""

from __future__ import annotations

from collections.abc import Mapping

from engine.flows import new_state, preview
from engine.flows.events import Answer, Facts, Person, Start
from engine.flows.preview import Preview
from tests.engine.flows.play import NOW, approval, case, chain, document, flow_graph


def expected(xml: bytes, record: dict[str, object], people: Mapping[str, tuple[int, ...]]) -> Preview:
    def resolve(resolvers, facts):
        found = {one: people.get(one.ref or str(one.kind), ()) for one in resolvers}
        return [Answer(one, tuple(Person(person) for person in ids)) for one, ids in found.items()]

    event = Start(1, Facts(record=record, initiator={"id": 1}))
    return preview(flow_graph(xml), new_state(), event, resolve, now=NOW)


def test_the_way_of_a_large_quote_leads_over_manager_and_director():
    people = {"manager": (2,), "director": (3, 4)}
    way = expected(case("quote_approval"), {"amount": 900_000, "discount": 0, "state": "draft"}, people)

    assert [(stop.node, [choice.person for choice in stop.people]) for stop in way.stops] == [
        ("manager", [2]),
        ("director", [3, 4]),
    ]
    assert way.outcome == "approved"


def test_a_small_quote_asks_nobody():
    way = expected(case("quote_approval"), {"amount": 9, "discount": 0, "state": "draft"}, {})

    assert (way.stops, way.outcome) == ((), "approved")


def test_a_stop_that_nobody_can_take_is_shown_as_a_problem():
    way = expected(case("quote_approval"), {"amount": 200_000, "discount": 0, "state": "draft"}, {})

    assert [(stop.node, stop.problem and stop.problem.code) for stop in way.stops] == [
        ("manager", "flow.task.nobody")
    ]
    assert way.outcome == ""


def test_order_required_opinions_jobs_and_rules_are_played_through():
    job = '<extensionElements><dg:service type="job" name="x"/></extensionElements>'
    job = f'<serviceTask id="j">{job}</serviceTask>'
    required = '<dg:who kind="role" ref="boss"/><dg:action id="approve" opinion="required"/>'
    body = (
        '<startEvent id="s"/><endEvent id="e"/>' + job + approval("a", 'mode="order"', required)
        + approval("b", 'onEmpty="pass"', '<dg:who kind="role" ref="gone"/>') + chain("s", "j", "a", "b", "e")
    )  # fmt: skip
    way = expected(document(body), {}, {"boss": (2, 3)})

    assert [(stop.node, stop.by_rule, len(stop.people)) for stop in way.stops] == [
        ("a", "", 2),
        ("b", "empty", 0),
    ]
    assert way.outcome == "approved"
