"""Who is told what a step means for her."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runtime.outbox.worker import Worker
from tests.support.flow_files import approval, end, flow, path

if TYPE_CHECKING:
    from tests.runtime.processes.conftest import Office


def told(office: Office, login: str) -> list[dict[str, Any]]:
    Worker([office.workspace], office.site.services.handlers).run_due()
    items: list[dict[str, Any]] = office[login].get("/notifications").json["items"]
    return items


def test_a_task_is_told_to_its_person_and_the_end_to_who_began(office: Office) -> None:
    ask = flow("ask", "request", approval("first", 'kind="manager"'), end("done", "approved"),
               path("start", "first", "done"))  # fmt: skip
    office.publish(ask=ask)
    record = office.create(customer=office.create(form="customer")["id"])
    office.start("ask", record["id"])

    (task,) = told(office, "manager")
    assert told(office, "rep") == []
    assert (task["kind"], task["read"]) == ("task", False)
    assert task["title"].startswith("待审批：")
    assert task["link"] == f"/app/tasks/{office.todo('manager')[0]['id']}"

    assert office.decide("manager", "approve").status_code == 200

    (outcome,) = told(office, "rep")
    assert (outcome["kind"], outcome["link"]) == ("outcome", f"/app/forms/request/{record['id']}")
    assert outcome["title"].startswith("已通过：")
    assert [one["read"] for one in told(office, "manager")] == [True]
