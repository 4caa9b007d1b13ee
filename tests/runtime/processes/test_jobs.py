"""Service tasks of type job: work outside the transaction; its answer or its failure moves the process."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from engine.flows.bpmn.read import read_bpmn
from engine.problems import InputError, Problem
from runtime.http.errors import Unavailable
from runtime.outbox.jobs import MAX_ATTEMPT
from runtime.processes.jobs import Performer, ServiceCall, ServiceJobs, service_problems
from runtime.processes.move import SERVICE_JOB
from tests.support.flow_files import end, flow, job, patch, path

if TYPE_CHECKING:
    from tests.runtime.processes.conftest import Office
    from tests.support.clock import Clock

RATED = flow(
    "rated",
    "request",
    job("ask", "rate", "answer", amount="amount", name="name", due="due_on"),
    patch("keep", rate="vars.answer.value"),
    end("done", "rated"),
    path("start", "ask", "keep", "done"),
)


@pytest.fixture
def rated(office: Office) -> dict[str, Any]:
    """A record whose process waits for the service `rate`."""
    office.publish(rated=RATED)
    record = office.create(amount=12.5, due_on="2026-03-01")
    return {**record, "process": office.start("rated", record["id"])["id"]}


def perform(office: Office, clock: Clock | None = None, **performers: Performer) -> int:
    """Let the worker do what is due, and what becomes due while the clock goes on."""
    services = office.site.services
    handlers: Mapping[str, Any] = {
        SERVICE_JOB: ServiceJobs(services.catalog, services.processes, performers).run
    }
    ran = office.run_jobs(handlers)
    for _ in range(MAX_ATTEMPT if clock else 0):
        assert clock is not None
        clock.advance(minutes=15)
        ran += office.run_jobs(handlers)
    return ran


def test_the_answer_is_read_by_the_steps_behind_it(office: Office, rated: dict[str, Any]) -> None:
    calls: list[ServiceCall] = []

    def rate(call: ServiceCall) -> object:
        calls.append(call)
        return {"value": Decimal("0.35")}

    waiting = office.process(rated["process"])
    ran = perform(office, rate=rate)

    assert (waiting["status"], waiting["active"], ran) == ("running", ["ask"], 1)
    assert calls[0].params == {"amount": Decimal("12.50"), "name": "Paper", "due": "2026-03-01"}
    assert office.process(rated["process"])["status"] == "rated"
    assert office.record(rated["id"])["values"]["rate"] == 0.35
    history = office["rep"].get(f"/forms/request/records/{rated['id']}/history").json["items"][0]
    assert history["actor"]["name"] == "Rep"


def test_an_unknown_service_is_an_incident(office: Office, rated: dict[str, Any]) -> None:
    perform(office, other=lambda _call: None)

    process = office.process(rated["process"])
    assert process["incident"]
    assert process["log"][-1]["problem"]["code"] == "process.service.unknown"
    assert '"rate"' in process["log"][-1]["problem"]["message"]


def test_a_problem_that_the_service_finds_is_final_and_can_be_tried_again(
    office: Office, rated: dict[str, Any]
) -> None:
    def refuse(_call: ServiceCall) -> object:
        raise InputError([Problem("form.value.required", "/x", {"field": "x", "label": "X"})])

    keys: list[str] = []

    def rate(call: ServiceCall) -> object:
        keys.append(call.key)
        return {"value": 1}

    perform(office, rate=refuse)
    held = office.process(rated["process"])
    office["admin"].post(f"/processes/{rated['process']}/retry")
    perform(office, rate=rate)

    assert (held["incident"], held["log"][-1]["problem"]["code"]) == (True, "form.value.required")
    assert len(keys) == 1
    assert office.process(rated["process"])["status"] == "rated"


@pytest.mark.parametrize("error", [RuntimeError("no line"), Unavailable.because("db.busy")])
def test_what_fails_is_tried_again_and_then_an_incident(
    office: Office, rated: dict[str, Any], clock: Clock, error: Exception
) -> None:
    keys: list[str] = []

    def rate(call: ServiceCall) -> object:
        keys.append(call.key)
        raise error

    perform(office, clock, rate=rate)

    assert len(keys) == MAX_ATTEMPT
    assert len(set(keys)) == 1
    process = office.process(rated["process"])
    assert process["incident"]
    assert process["log"][-1]["problem"]["code"] in {"process.service.failed", "db.busy"}


def test_an_answer_that_cannot_be_kept_is_a_failure(
    office: Office, rated: dict[str, Any], clock: Clock
) -> None:
    perform(office, clock, rate=lambda _call: object())

    assert office.process(rated["process"])["log"][-1]["problem"]["code"] == "process.service.failed"


def test_an_answer_that_the_record_refuses_is_an_incident(office: Office, rated: dict[str, Any]) -> None:
    perform(office, rate=lambda _call: {"value": "no number"})

    process = office.process(rated["process"])
    assert (process["status"], process["incident"]) == ("running", True)
    assert office.record(rated["id"])["values"]["rate"] is None


def test_an_answer_nobody_awaits_any_more_changes_nothing(office: Office, rated: dict[str, Any]) -> None:
    office["rep"].post(f"/processes/{rated['process']}/cancel", {})

    assert perform(office, rate=lambda _call: {"value": 1}) == 1

    assert office.process(rated["process"])["status"] == "cancelled"
    assert office.record(rated["id"])["values"]["rate"] is None


def test_publishing_is_told_which_services_do_not_exist() -> None:
    model = read_bpmn(RATED.encode(), "rated").model
    assert model is not None

    assert service_problems(model, {"rate"}) == ()
    problem = service_problems(model, {"mail"})[0]
    assert (problem.code, problem.at, problem.params["name"]) == ("process.service.unknown", "ask", "rate")
