"""A flow that holds its record: nobody else changes it until the process ends (SEMANTICS §6)."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from runtime.http.errors import Conflict
from runtime.records.holds import Hold
from runtime.records.model import Origin, OriginKind
from runtime.records.read import load_record
from runtime.records.update import Patch
from tests.support.flow_files import approval, end, flow, patch, path

if TYPE_CHECKING:
    from tests.runtime.processes.conftest import Office

OPEN_REASON = '<dg:fields default="read"><dg:field name="reason" access="write"/></dg:fields>'


def held(hold: str = "all") -> str:
    return flow(
        "held",
        "request",
        patch("mark", state='"running"'),
        approval("question", 'kind="manager"', fields=OPEN_REASON),
        patch("approve", state='"approved"'),
        end("done", "approved"),
        path("start", "mark", "question", "approve", "done"),
        hold=hold,
    )


def test_a_held_record_is_changed_by_its_process_and_its_approver_only(office: Office) -> None:
    office.publish(held=held())
    record = office.create(reason="old")
    address = f"/forms/request/records/{record['id']}"
    office.start("held", record["id"])

    refused = office["rep"].patch(address, {"values": {"amount": 5, "reason": "mine"}})
    same = office["rep"].patch(address, {"values": {"reason": "old"}})
    by_admin = office["admin"].patch(address, {"values": {"amount": 5}})
    decided = office.decide("manager", "approve", values={"reason": "hers"})
    afterwards = office["rep"].patch(address, {"values": {"amount": 5}})

    assert refused.status_code == 409
    assert {one["at"] for one in refused.json["problems"]} == {"/values/amount", "/values/reason"}
    assert {one["code"] for one in refused.json["problems"]} == {"records.held"}
    assert "The held flow" in refused.json["problems"][0]["message"]
    assert (same.status_code, by_admin.status_code) == (200, 409)
    assert (decided.status_code, afterwards.status_code) == (200, 200)
    assert (afterwards.json["values"]["reason"], afterwards.json["values"]["state"]) == ("hers", "approved")


def test_withdrawing_and_rejecting_release_the_record(office: Office) -> None:
    office.publish(held=held())
    first, second = office.create(name="one"), office.create(name="two")
    started = office.start("held", first["id"])
    office["rep"].post(f"/processes/{started['id']}/cancel", {})
    office.start("held", second["id"])
    office.decide("manager", "reject")

    for record in (first, second):
        answer = office["rep"].patch(f"/forms/request/records/{record['id']}", {"values": {"amount": 5}})
        assert answer.status_code == 200


def test_a_flow_that_holds_nothing_lets_people_work(office: Office) -> None:
    office.publish(held=held("none"))
    record = office.create()
    office.start("held", record["id"])

    answer = office["rep"].patch(f"/forms/request/records/{record['id']}", {"values": {"amount": 5}})

    assert answer.status_code == 200


def test_an_import_row_of_a_held_record_gets_an_error_of_its_own(office: Office) -> None:
    mapping = {
        "$schema": "mapping/1",
        "key": "requests",
        "label": "Requests",
        "form": "request",
        "mode": "live",
        "columns": [{"from": "code", "to": "code"}, {"from": "amount", "to": "amount"}],
        "match_by": ["code"],
    }
    office.publish(held=held())
    record, free = office.create(name="held", code="A"), office.create(name="free", code="B")
    office.start("held", record["id"])

    data = {
        "file": (io.BytesIO(b"code,amount\nA,5\nB,5\n"), "amounts.csv"),
        "mapping_document": json.dumps(mapping),
    }
    address = "/forms/request/imports"
    job = office["rep"].post(address, data=data, content_type="multipart/form-data").json["job"]
    office.run_jobs()
    result = office["rep"].get(f"/jobs/{job}").json["result"]

    assert (result["updated"], result["failed"]) == (1, 1)
    assert result["problems"][0]["code"] == "records.held"
    assert office.record(free["id"])["values"]["amount"] == 5
    assert office.record(record["id"])["values"]["amount"] is None


def test_single_fields_can_be_held(office: Office) -> None:
    record = office.create()
    records, scene = office.site.services.records, office.scene("rep")
    hold = Hold(7, "some_flow", frozenset({"amount", "name"}))
    office.database.write(lambda conn: records.hold(conn, "request", record["id"], hold))
    address = f"/forms/request/records/{record['id']}"

    open_field = office["rep"].patch(address, {"values": {"reason": "x"}})
    closed = office["rep"].patch(address, {"values": {"reason": "y", "amount": 3}})
    origin = Origin(OriginKind.FLOW, process_id=7)
    given = Patch(record["id"], {"amount": 4})
    office.database.write(lambda conn: records.update(conn, scene, "request", given, origin=origin))
    office.database.write(lambda conn: records.release(conn, "request", record["id"], 7))
    released = office["rep"].patch(address, {"values": {"amount": 5}})

    assert (open_field.status_code, closed.status_code, released.status_code) == (200, 409, 200)
    assert [one["at"] for one in closed.json["problems"]] == ["/values/amount"]


def test_who_loaded_the_record_before_the_hold_was_taken_is_refused_too(office: Office) -> None:
    """PostgreSQL gives to who waited at a lock the new row, but not the new rows of other tables."""
    record = office.create()
    records, scene = office.site.services.records, office.scene("admin")

    def late(conn: sa.Connection) -> None:
        access = scene.access_for("request")
        stored = load_record(conn, scene, access, record["id"], lock=True)
        records.hold(conn, "request", record["id"], Hold(7, "some_flow"))
        given = Patch(record["id"], {"amount": 5})
        records.change(conn, scene, "request", given, stored=stored, origin=Origin(OriginKind.RULE))

    with pytest.raises(Conflict) as caught:
        office.database.write(late)

    assert [problem.code for problem in caught.value.problems] == ["records.held"]
