"""A flow whose service task names a service this installation does not have is refused at publish."""

from __future__ import annotations

from typing import Any

import pytest

from engine.flows.bpmn.read import read_bpmn
from runtime.processes.jobs import service_problems
from tests.support.browser import Browser

FORM: dict[str, Any] = {
    "key": "visit",
    "label": "Visit",
    "title": "{subject}",
    "fields": {"subject": {"type": "text", "label": "Subject"}},
}
FLOW = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:dg="urn:dougong:bpmn:1"
             id="d" targetNamespace="urn:test">
  <process id="send" isExecutable="true">
    <extensionElements><dg:flow form="visit" start="manual"/></extensionElements>
    <startEvent id="start"/>
    <serviceTask id="post">
      <extensionElements><dg:service type="job" name="carrier_pigeon"/></extensionElements>
    </serviceTask>
    <endEvent id="end"/>
    <sequenceFlow id="a" sourceRef="start" targetRef="post"/>
    <sequenceFlow id="b" sourceRef="post" targetRef="end"/>
  </process>
</definitions>"""


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in()
    browser.put("/drafts/form/visit", {"rev": 0, "document": FORM})
    browser.put("/drafts/flow/send", {"rev": 0, "text": FLOW})
    assert _publish(browser, "form", "visit").status_code == 200
    return browser


def _publish(admin: Browser, kind: str, key: str) -> Any:
    return admin.post("/publish", {"drafts": [{"kind": kind, "key": key}]})


def test_a_flow_with_an_unknown_service_is_refused_by_name_and_place(admin: Browser) -> None:
    answer = _publish(admin, "flow", "send")

    problem = next(one for one in answer.json["problems"] if one["code"] == "process.service.unknown")
    assert answer.status_code == 422
    assert problem["at"] == "post"
    assert "carrier_pigeon" in problem["message"]
    assert admin.get("/flows/send/xml").status_code == 404


def test_a_known_service_is_no_problem() -> None:
    model = read_bpmn(FLOW.encode(), "flow/send").model
    assert model is not None

    assert service_problems(model, {"carrier_pigeon"}) == ()
