"""Who is asked, who decides, and what a decision leads to: any, all, in order; manager and director."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.flow_files import approval, edge, end, flow, gateway, patch, path

if TYPE_CHECKING:
    from tests.runtime.processes.conftest import Office

MANAGER, DIRECTORS = 'kind="manager" level="1"', 'kind="role" ref="director"'
REJECT_WITH_REASON = '<dg:action id="approve" opinion="optional"/><dg:action id="reject" opinion="required"/>'


def by_limit(**options: str) -> str:
    """The manager above 1 000, then the directors above 10 000; nobody below."""
    return flow(
        "limit",
        "request",
        patch("mark", state='"running"'),
        gateway("above", default="below"),
        approval("manager", MANAGER, actions=REJECT_WITH_REASON),
        gateway("said", default="enough"),
        approval("director", DIRECTORS, mode="any"),
        gateway("director_said", default="agreed"),
        patch("approve", state='"approved"'),
        end("approved", "approved"),
        patch("reject", state='"rejected"'),
        end("rejected", "rejected"),
        path("start", "mark", "above"),
        edge("above", "manager", "amount > 1000"),
        edge("above", "approve", key="below"),
        path("manager", "said"),
        edge("said", "reject", 'nodes.manager.outcome = "rejected"'),
        edge("said", "director", "amount > 10000 or discount > 0.2"),
        edge("said", "approve", key="enough"),
        path("director", "director_said"),
        edge("director_said", "reject", 'nodes.director.outcome = "rejected"', key="director_no"),
        edge("director_said", "approve", key="agreed"),
        path("approve", "approved"),
        path("reject", "rejected"),
        when='state in ("draft", "rejected")',
        **options,
    )


def simple(key: str, *who: str, end_outcome: str = "", **rule: str) -> str:
    """One approval, then the end; a rejection is not drawn."""
    fields = rule.pop("fields", "")
    return flow(
        key,
        "request",
        approval("ask", *who, fields=fields, **rule),
        end("done", end_outcome),
        path("start", "ask", "done"),
    )


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"amount": 500}, []),
        ({"amount": 5_000}, ["manager"]),
        ({"amount": 50_000}, ["manager", "ann"]),
        ({"amount": 5_000, "discount": 0.25}, ["manager", "bob"]),
    ],
)
def test_amount_and_discount_decide_who_is_asked(
    office: Office, values: dict[str, Any], asked: list[str]
) -> None:
    office.publish(limit=by_limit())
    record = office.create(**values)

    started = office.start("limit", record["id"])
    for login in asked:
        assert office.decide(login, "approve").status_code == 200

    shown = office.record(record["id"])
    assert office.process(started["id"])["status"] == "approved"
    assert (shown["values"]["state"], shown["values"]["flow_status"]) == ("approved", "approved")
    assert all(not office.todo(login) for login in ("manager", "ann", "bob"))


def test_a_drawn_rejection_takes_its_way_and_needs_its_opinion(office: Office) -> None:
    office.publish(limit=by_limit())
    record = office.create(amount=50_000)
    office.start("limit", record["id"])

    silent = office.decide("manager", "reject")
    said = office.decide("manager", "reject", opinion="too much")

    assert (silent.status_code, silent.json["code"]) == (422, "flow.opinion.required")
    assert said.status_code == 200
    assert said.json["task"]["outcome"] == "rejected"
    assert said.json["process"]["status"] == "rejected"
    assert office.record(record["id"])["values"]["state"] == "rejected"
    assert not office.todo("ann")


def test_a_rejection_that_is_not_drawn_ends_the_process(office: Office) -> None:
    office.publish(simple=simple("simple", MANAGER))
    record = office.create()
    office.start("simple", record["id"])

    answer = office.decide("manager", "reject")

    assert answer.json["process"]["status"] == "rejected"
    assert office.record(record["id"])["values"]["flow_status"] == "rejected"


def test_under_any_the_first_decision_counts_and_closes_the_others(office: Office) -> None:
    office.publish(simple=simple("simple", DIRECTORS, mode="any"))
    started = office.start("simple", office.create()["id"])
    late = office.todo("bob")[0]["id"]

    office.decide("ann", "approve")
    answer = office.decide("bob", "reject", late)

    assert (answer.status_code, answer.json["code"]) == (409, "process.task.closed")
    process = office.process(started["id"])
    assert process["status"] == "approved"
    assert [one["status"] for one in process["nodes"][0]["people"]] == ["done", "not_needed"]
    assert sum(line["kind"] == "decided" for line in process["log"]) == 1


def test_under_all_everybody_decides_and_the_first_no_ends_it(office: Office) -> None:
    office.publish(simple=simple("simple", DIRECTORS, mode="all"))
    agreed = office.start("simple", office.create(name="one")["id"])

    office.decide("ann", "approve")
    between = office.process(agreed["id"])["status"]
    office.decide("bob", "approve")
    refused = office.start("simple", office.create(name="two")["id"])
    office.decide("bob", "reject")

    assert (between, office.process(agreed["id"])["status"]) == ("running", "approved")
    assert office.process(refused["id"])["status"] == "rejected"
    assert not office.todo("ann")


def test_in_order_the_second_is_asked_after_the_first(office: Office) -> None:
    office.publish(simple=simple("simple", 'kind="user" ref="bob"', 'kind="user" ref="ann"', mode="order"))
    started = office.start("simple", office.create()["id"])

    first = (len(office.todo("bob")), len(office.todo("ann")))
    office.decide("bob", "approve")
    second = (len(office.todo("bob")), len(office.todo("ann")))
    office.decide("ann", "approve")

    assert (first, second) == ((1, 0), (0, 1))
    assert office.process(started["id"])["status"] == "approved"


def test_who_left_is_not_asked(office: Office) -> None:
    office.publish(simple=simple("simple", 'kind="user" ref="bob"', 'kind="user" ref="ann"', mode="all"))
    office.deactivate("bob")

    started = office.start("simple", office.create()["id"])

    asked = next(line for line in office.process(started["id"])["log"] if line["kind"] == "asked")
    assert [(one["name"], one["fate"]) for one in asked["people"]] == [("Bob", "disabled"), ("Ann", "asked")]
    assert office.decide("ann", "approve").json["process"]["status"] == "approved"


def test_where_nobody_is_found_the_administrators_are_asked(office: Office) -> None:
    office.publish(simple=simple("simple", 'kind="field" ref="buyer"'))

    office.start("simple", office.create()["id"])

    assert [task["node"]["id"] for task in office.todo("admin")] == ["ask"]


def test_the_people_of_a_field_are_asked(office: Office) -> None:
    office.publish(simple=simple("simple", 'kind="field" ref="buyer"'))

    office.start("simple", office.create(buyer=office.id_of("bob"))["id"])

    assert len(office.todo("bob")) == 1


def test_the_second_superior_stands_above_the_first(office: Office) -> None:
    office.publish(simple=simple("simple", 'kind="manager" level="2"'))

    office.start("simple", office.create()["id"])

    assert (len(office.todo("boss")), len(office.todo("manager"))) == (1, 0)


def test_the_preview_names_the_people_whom_the_real_run_asks(office: Office) -> None:
    office.publish(limit=by_limit())
    record = office.create(amount=50_000)

    preview = office["rep"].get(f"/processes/preview?flow=limit&record={record['id']}").json
    office.start("limit", record["id"])
    asked = [{task["node"]["id"] for task in office.todo("manager")}]
    office.decide("manager", "approve")
    asked.append({task["node"]["id"] for login in ("ann", "bob") for task in office.todo(login)})

    assert [(stop["node"], [one["name"] for one in stop["people"]]) for stop in preview["stops"]] == [
        ("manager", ["Manager"]),
        ("director", ["Ann", "Bob"]),
    ]
    assert asked == [{"manager"}, {"director"}]
    assert preview["outcome"] == "approved"


def test_the_shares_of_a_task_open_the_record_and_keep_it_readable(office: Office) -> None:
    office.publish(simple=simple("simple", MANAGER))
    record = office.create()
    before = office["manager"].get(f"/forms/request/records/{record['id']}")

    office.start("simple", record["id"])
    during = office["manager"].get(f"/forms/request/records/{record['id']}")
    office.decide("manager", "approve")
    afterwards = office["manager"].get(f"/forms/request/records/{record['id']}")
    changed = office["manager"].patch(f"/forms/request/records/{record['id']}", {"values": {"name": "x"}})

    assert (before.status_code, during.status_code, afterwards.status_code) == (404, 200, 200)
    assert changed.status_code == 403


def test_a_task_is_shown_to_somebody_whose_roles_open_nothing_of_the_form(office: Office) -> None:
    """A director here has no grant on the form at all: her task alone shows her the record."""
    office.publish(simple=simple("simple", DIRECTORS, fields='<dg:fields default="read"/>'))
    office.start("simple", office.create(amount=5)["id"])

    task = office.todo("ann")[0]
    shown = office["ann"].get(f"/tasks/{task['id']}")

    assert task["summary"] == []
    assert shown.status_code == 200
    assert shown.json["record"]["values"]["amount"] == 5
    assert office["ann"].get("/forms/request/records").status_code == 404
    assert office.decide("ann", "approve").status_code == 200
