"""The course of a process beside its decisions: withdrawn, stuck and mended, started by records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runtime.audit.tables import audit_entry
from tests.support.flow_files import approval, edge, end, flow, gateway, patch, path, work

if TYPE_CHECKING:
    from tests.runtime.processes.conftest import Office

MANAGER, DIRECTORS = 'kind="manager"', 'kind="role" ref="director"'


def asked(key: str, *who: str, mode: str = "any", **options: str) -> str:
    node = approval("question", *who, mode=mode)
    return flow(key, "request", node, end("done"), path("start", "question", "done"), **options)


def stuck(**options: str) -> str:
    """Without an amount no way out of the gateway holds."""
    return flow(
        "stuck",
        "request",
        approval("question", MANAGER),
        gateway("size"),
        end("small", "small"),
        end("large", "large"),
        path("start", "question", "size"),
        edge("size", "small", "amount <= 10"),
        edge("size", "large", "amount > 10"),
        **options,
    )


# --- withdrawing -----------------------------------------------------------------------------------


def test_who_started_it_withdraws_it_before_the_first_decision(office: Office) -> None:
    office.publish(ask=asked("ask", MANAGER))
    record = office.create()
    started = office.start("ask", record["id"])

    answer = office["rep"].post(f"/processes/{started['id']}/cancel", {"reason": "a mistake"})
    again = office["rep"].post(f"/processes/{started['id']}/cancel", {})

    assert (answer.status_code, answer.json["status"]) == (200, "cancelled")
    assert answer.json["log"][-1]["opinion"] == "a mistake"
    assert (again.status_code, again.json["code"]) == (409, "flow.process.ended")
    assert office.todo("manager") == []
    assert office.record(record["id"])["values"]["flow_status"] == "cancelled"
    assert office.start("ask", record["id"])["status"] == "running"


def test_withdrawing_asks_for_a_reason_and_sets_the_record_back_where_the_flow_says_so(
    office: Office,
) -> None:
    way = '<dg:withdraw reason="required"><dg:set field="state">"draft"</dg:set></dg:withdraw>'
    running = flow(
        "ask",
        "request",
        patch("mark", state='"running"'),
        approval("question", MANAGER),
        end("done"),
        path("start", "mark", "question", "done"),
        hold="all",
        withdraw=way,
    )
    office.publish(ask=running)
    record = office.create()
    started = office.start("ask", record["id"])
    state = office.record(record["id"])["values"]["state"]

    silent = office["rep"].post(f"/processes/{started['id']}/cancel", {"reason": " "})
    said = office["rep"].post(f"/processes/{started['id']}/cancel", {"reason": "a mistake"})

    assert state == "running"
    assert (silent.status_code, silent.json["code"]) == (422, "flow.withdraw.reason")
    assert (said.status_code, said.json["status"], said.json["actions"]) == (200, "cancelled", [])
    assert office.record(record["id"])["values"]["state"] == "draft"


def test_what_cannot_be_written_does_not_keep_a_process_from_being_withdrawn(office: Office) -> None:
    way = '<dg:withdraw><dg:set field="rate">1 / amount</dg:set></dg:withdraw>'
    office.publish(ask=asked("ask", MANAGER, withdraw=way))
    started = office.start("ask", office.create(amount=0)["id"])

    answer = office["rep"].post(f"/processes/{started['id']}/cancel", {})

    assert (answer.status_code, answer.json["status"]) == (200, "cancelled")
    assert [line["kind"] for line in answer.json["log"][-2:]] == ["incident", "cancelled"]


def test_everybody_is_told_what_she_may_do_with_a_process(office: Office) -> None:
    office.publish(ask=asked("ask", DIRECTORS, mode="all"))
    started = office.start("ask", office.create()["id"])
    withdraw = {"id": "withdraw", "opinion": "optional"}

    before = {login: office.process(started["id"], login)["actions"] for login in ("rep", "ann", "admin")}
    line = office.todo("rep", "started")[0]["actions"]
    office.decide("ann", "approve")

    assert before == {"rep": [withdraw], "ann": [], "admin": [withdraw]}
    assert line == [withdraw]
    assert office.todo("rep", "started")[0]["actions"] == []
    assert office.process(started["id"], "rep")["actions"] == []
    assert office.process(started["id"], "admin")["actions"] == [withdraw]


def test_after_the_first_vote_only_an_administrator_ends_it(office: Office) -> None:
    office.publish(ask=asked("ask", DIRECTORS, mode="all"))
    started = office.start("ask", office.create()["id"])
    office.decide("ann", "approve")

    stranger = office["other"].post(f"/processes/{started['id']}/cancel", {})
    mine = office["rep"].post(f"/processes/{started['id']}/cancel", {})
    admin = office["admin"].post(f"/processes/{started['id']}/cancel", {"reason": "closed"})

    assert (stranger.status_code, mine.status_code, admin.status_code) == (404, 403, 200)
    assert mine.json["code"] == "process.cancel.decided"
    assert office.todo("bob") == []


def test_the_own_work_of_who_started_it_is_no_decision(office: Office) -> None:
    two = flow(
        "two",
        "request",
        work("prepare", 'kind="initiator"'),
        approval("question", MANAGER),
        end("done"),
        path("start", "prepare", "question", "done"),
    )
    office.publish(two=two)
    started = office.start("two", office.create()["id"])
    office.decide("rep", "complete")

    assert office["rep"].post(f"/processes/{started['id']}/cancel", {}).status_code == 200


# --- incidents -------------------------------------------------------------------------------------


def test_an_incident_keeps_the_decision_and_goes_on_when_the_record_is_mended(office: Office) -> None:
    office.publish(stuck=stuck())
    record = office.create()
    started = office.start("stuck", record["id"])

    decided = office.decide("manager", "approve")
    held = office.process(started["id"])
    offered = [one["id"] for one in held["actions"]]
    forbidden = office["rep"].post(f"/processes/{started['id']}/retry")
    office["admin"].patch(f"/forms/request/records/{record['id']}", {"values": {"amount": 50}})
    retried = office["admin"].post(f"/processes/{started['id']}/retry")

    assert decided.status_code == 200
    assert (decided.json["process"]["status"], decided.json["process"]["incident"]) == ("running", True)
    assert (held["active"], held["log"][-1]["problem"]["code"]) == (["size"], "flow.gateway.no-way")
    assert forbidden.status_code == 403
    assert offered == ["withdraw", "retry"]
    assert (retried.json["status"], retried.json["incident"]) == ("large", False)
    assert sum(line["kind"] == "decided" for line in retried.json["log"]) == 1


def test_a_retry_that_does_not_help_leaves_it_waiting(office: Office) -> None:
    office.publish(stuck=stuck())
    started = office.start("stuck", office.create()["id"])
    office.decide("manager", "approve")

    retried = office["admin"].post(f"/processes/{started['id']}/retry")

    assert (retried.status_code, retried.json["status"], retried.json["incident"]) == (200, "running", True)


# --- started by records ----------------------------------------------------------------------------


def test_a_flow_starts_with_a_new_record_where_its_condition_holds(office: Office) -> None:
    office.publish(ask=asked("ask", MANAGER, start="created", when="amount > 100"))

    office.create(name="small", amount=5)
    big = office.create(name="big", amount=500)
    office["rep"].patch(f"/forms/request/records/{big['id']}", {"values": {"amount": 600}})

    assert [task["title"] for task in office.todo("manager")] == ["big"]
    assert [one["title"] for one in office.todo("rep", "started")] == ["big"]


def test_a_flow_starts_with_every_save_unless_it_runs(office: Office) -> None:
    office.publish(ask=asked("ask", MANAGER, start="saved", when="amount > 100"))
    record = office.create(amount=5)

    for amount in (500, 600):
        office["rep"].patch(f"/forms/request/records/{record['id']}", {"values": {"amount": amount}})
    running = len(office.todo("manager"))
    office.decide("manager", "approve")
    ended = len(office.todo("manager"))
    office["rep"].patch(f"/forms/request/records/{record['id']}", {"values": {"amount": 700}})

    assert (running, ended, len(office.todo("manager"))) == (1, 0, 1)


def test_a_flow_does_not_begin_again_because_of_what_it_wrote_itself(office: Office) -> None:
    again = flow(
        "again",
        "request",
        patch("count", rate="(if rate = null then 0 else rate) + 1"),
        end("done"),
        path("start", "count", "done"),
        start="saved",
    )
    office.publish(again=again)

    record = office.create()

    assert office.record(record["id"])["values"]["rate"] == 1
    assert len(office.todo("rep", "started")) == 1


def test_one_flow_starts_because_of_what_another_wrote(office: Office) -> None:
    writes = flow(
        "writes", "request", patch("mark", urgent="true"), end("done"), path("start", "mark", "done")
    )
    office.publish(writes=writes, ask=asked("ask", MANAGER, start="saved", when="urgent"))

    office.start("writes", office.create()["id"])

    assert [task["flow"]["key"] for task in office.todo("manager")] == ["ask"]


def test_a_condition_that_fails_starts_nothing_and_is_noted(office: Office) -> None:
    office.publish(ask=asked("ask", MANAGER, start="created", when='number("x" + name) > 1'))

    office.create()

    with office.database.read() as conn:
        actions = conn.execute(audit_entry.select().where(audit_entry.c.action == "flow.start-failed")).all()
    assert office.todo("manager") == []
    assert len(actions) == 1


def test_a_flow_starts_only_where_its_condition_holds_and_the_record_may_be_edited(office: Office) -> None:
    office.publish(ask=asked("ask", MANAGER, when="amount > 100"))
    record = office.create(amount=5)

    refused = office["rep"].post("/processes", {"flow": "ask", "record": record["id"]})
    stranger = office["other"].post("/processes", {"flow": "ask", "record": record["id"]})
    unknown = office["rep"].post("/processes", {"flow": "nothing", "record": record["id"]})

    assert (refused.status_code, refused.json["code"]) == (422, "flow.start.condition")
    assert (stranger.status_code, unknown.status_code) == (404, 404)


def test_a_step_that_the_record_refuses_is_refused_to_who_causes_it(office: Office) -> None:
    empties = flow(
        "empties", "request", patch("erase", name="null"), end("done"), path("start", "erase", "done")
    )
    office.publish(empties=empties)
    record = office.create()

    answer = office["rep"].post("/processes", {"flow": "empties", "record": record["id"]})

    assert (answer.status_code, answer.json["problems"][0]["code"]) == (422, "form.value.required")
    assert office.todo("rep", "started") == []
    assert office.record(record["id"])["values"]["name"] == "Paper"


# --- what stands in the way ------------------------------------------------------------------------


def test_a_record_with_a_running_process_is_not_deleted(office: Office) -> None:
    office.publish(ask=asked("ask", MANAGER))
    record = office.create()
    started = office.start("ask", record["id"])

    blocked = office["rep"].delete(f"/forms/request/records/{record['id']}")
    office["rep"].post(f"/processes/{started['id']}/cancel", {})
    deleted = office["rep"].delete(f"/forms/request/records/{record['id']}")

    assert (blocked.status_code, blocked.json["code"]) == (409, "process.blocks-deletion")
    assert "The ask flow" in blocked.json["detail"]
    assert deleted.status_code == 204


def test_processes_of_a_record_are_listed_for_who_sees_it(office: Office) -> None:
    office.publish(ask=asked("ask", MANAGER))
    record = office.create()
    started = office.start("ask", record["id"])

    listed = office["rep"].get(f"/forms/request/records/{record['id']}/processes")
    hidden = office["other"].get(f"/forms/request/records/{record['id']}/processes")
    drawing = office["rep"].get(f"/flows/ask/xml?version={started['flow']['version']}")

    assert [one["id"] for one in listed.json["items"]] == [started["id"]]
    assert hidden.status_code == 404
    assert drawing.data.startswith(b"<?xml")


def test_a_process_keeps_the_version_it_began_with(office: Office) -> None:
    office.publish(ask=asked("ask", MANAGER))
    started = office.start("ask", office.create(name="old")["id"])
    office.publish(ask=asked("ask", DIRECTORS))

    newer = office.start("ask", office.create(name="new")["id"])
    office.decide("manager", "approve")

    assert (started["flow"]["version"], newer["flow"]["version"]) == (1, 2)
    assert office.process(started["id"])["status"] == "approved"
    assert len(office.todo("ann")) == 1
