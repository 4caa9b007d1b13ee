"""Calls of connectors: asked for in a transaction, made once it is committed, and seen by administrators."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from flask import Flask

from engine.problems import InputError
from engine.values import Date
from runtime.app import app_of
from runtime.composition.connect import ConnectorService
from runtime.composition.house import House as Site
from runtime.connectors.calls import call
from runtime.connectors.perform import Performer
from runtime.db.statements import count_statements
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.errors import NotFound
from runtime.outbound.client import Outbound
from runtime.outbox.worker import Worker
from runtime.processes.jobs import ServiceCall
from runtime.settings import Settings
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.forms import House
from tests.support.web_server import Server, answer, running


@dataclass
class Desk:
    site: Site
    flask_app: Flask
    workspace: Workspace
    server: Server

    def call(self, connector: str, operation: str, **inputs: object) -> dict[str, Any]:
        """Ask for it, let the worker run, and see what the administrator sees."""
        now = self.workspace.now()
        self.workspace.database.write(
            lambda conn: call(conn, connector, operation, inputs, source="rule/test", now=now)
        )
        return self.work()

    def work(self) -> dict[str, Any]:
        Worker([self.workspace], self.site.services.handlers).run_due()
        browser = Browser(self.flask_app, self.workspace)
        browser.sign_in("admin")
        shown: dict[str, Any] = browser.get("/connector-calls?limit=1").json["items"][0]
        return shown


def connector(key: str, base_url: str, auth: dict[str, str], **operations: Any) -> dict[str, Any]:
    return {
        "$schema": "connector/1", "key": key, "label": key, "base_url": base_url, "auth": auth,
        "operations": operations,
    }  # fmt: skip


@pytest.fixture
def desk(workspaces: Workspaces, workspace: Workspace, settings: Settings) -> Iterator[Desk]:
    with running("127.0.0.2") as server:
        chosen = replace(
            settings,
            outbound_networks=(ip_network("127.0.0.2/32"),),
            outbound_ports=frozenset({80, server.port}),
            secrets={"robot": "r&1", "token": "t0k3n"},
        )
        at, inputs = server.url("/base", "127.0.0.2"), {"no": "text", "text": "text", "on": "date"}
        robot = connector(
            "robot", at, {"kind": "query", "name": "key", "secret": "robot"},
            send={"method": "POST", "path": "/rooms/{no}/send", "inputs": inputs,
                  "accept": "body.errcode = 0", "query": {"q": "text", "none": "null"},
                  "headers": {"X-On": "on"}, "body": "{content: upper case(text), on: on, amount: 0.10}",
                  "result": "{id: body.id}"},
        )  # fmt: skip
        shop = connector(
            "shop", at, {"kind": "bearer", "secret": "token"}, get={"method": "GET", "path": "/orders"}
        )
        others = {
            "inner": connector("inner", "http://127.0.0.1:80", {"kind": "none"},
                               get=shop["operations"]["get"]),
            "bare": connector("bare", at, {"kind": "header", "name": "X", "secret": "gone"},
                              get=shop["operations"]["get"]),
            "basic": connector("basic", at, {"kind": "basic", "user": "u", "secret": "token"},
                               get=shop["operations"]["get"]),
        }  # fmt: skip
        documents = {
            f"connector__{key}": one for key, one in {"robot": robot, "shop": shop, **others}.items()
        }
        House(workspace).install(**documents)
        site = Site.open(chosen, workspaces)
        yield Desk(site, app_of(site), workspace, server)


def test_a_call_is_made_from_its_expressions_and_its_result_kept(desk: Desk) -> None:
    answered = json.dumps({"errcode": 0, "id": 7}).encode()
    desk.server.replies["/base/rooms/a%2F..%2Fb/send"] = answer(
        answered, **{"Content-Type": "application/json"}
    )

    done = desk.call("robot", "send", no="a/../b", text="hi & bye", on=Date(2026, 3, 1))

    assert (done["state"], done["status"], done["result"]) == ("done", 200, {"id": 7})
    ((method, path, headers, body),) = desk.server.hits
    assert (method, path) == ("POST", "/base/rooms/a%2F..%2Fb/send?q=hi+%26+bye&key=r%261")
    assert headers["x-on"] == "2026-03-01"
    assert headers["idempotency-key"] == f"connectors.call:{done['id']}"
    assert json.loads(body) == {"content": "HI & BYE", "on": "2026-03-01", "amount": 0.1}
    assert "r&1" not in str(done)


def test_asking_costs_two_statements_and_calls_nobody(desk: Desk) -> None:
    now = desk.workspace.now()

    with count_statements(desk.workspace.database) as counter:
        desk.workspace.database.write(lambda conn: call(conn, "shop", "get", {}, source="x", now=now))

    assert counter.count == 2
    assert desk.server.hits == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("nowhere", "get", {}), "connectors.unknown"),
        (("shop", "gett", {}), "connectors.operation-unknown"),
        (("bare", "get", {}), "connectors.secret-missing"),
        (("inner", "get", {}), "outbound.address-refused"),
        (("robot", "send", {"no": "1", "txt": "x"}), "connectors.input-unknown"),
        (("robot", "send", {"no": 1}), "connectors.input-kind"),
        (("robot", "send", {"text": "x"}), "connectors.parameter-empty"),
        (("robot", "send", {"no": ".."}), "connectors.parameter-empty"),
        (("robot", "send", {"no": "1", "text": "a"}), "connectors.answer-no"),
    ],
)
def test_what_can_never_work_fails_at_once_and_visibly(
    desk: Desk, asked: tuple[str, str, dict[str, object]], code: str
) -> None:
    failed = desk.call(asked[0], asked[1], **asked[2])

    assert (failed["state"], failed["problem"]["code"]) == ("failed", code)
    browser = Browser(desk.flask_app, desk.workspace)
    browser.sign_in("admin")
    (job,) = browser.get("/jobs").json["items"]
    assert job["problem"]["code"] == code


def test_a_busy_service_is_asked_again_with_the_same_key_until_it_gives_up(desk: Desk, clock: Clock) -> None:
    desk.server.replies["/base/orders"] = answer(b"busy", 503)

    waiting = desk.call("shop", "get")
    desk.server.replies["/base/orders"] = answer(b"fine")
    clock.advance(minutes=1)
    done = desk.work()

    assert (waiting["state"], done["state"], done["result"]) == ("queued", "done", "fine")
    assert len({hit[2]["idempotency-key"] for hit in desk.server.hits}) == 1
    assert desk.server.hits[0][2]["authorization"] == "Bearer t0k3n"
    desk.server.replies["/base/orders"] = answer(b"busy", 503)
    desk.call("shop", "get")
    for _ in range(9):
        clock.advance(minutes=timedelta(hours=1).seconds // 60)
        last = desk.work()
    assert (last["state"], last["problem"]["code"]) == ("failed", "connectors.answer-later")
    assert len(desk.server.hits) == 2 + 8
    desk.server.replies["/base/orders"] = answer(b"no", 400)
    assert desk.call("basic", "get")["problem"]["code"] == "connectors.answer-unexpected"
    assert desk.server.hits[-1][2]["authorization"] == "Basic dTp0MGszbg=="


def test_only_who_looks_after_the_installation_sees_calls(desk: Desk) -> None:
    browser = Browser(desk.flask_app, desk.workspace)
    browser.sign_in("rep")

    assert browser.get("/connector-calls").status_code == 403


def test_a_service_task_calls_a_connector_with_its_parameters(desk: Desk) -> None:
    service = ConnectorService(
        desk.site.services.catalog, Performer(Outbound(desk.site.settings), {"token": "t"})
    )

    def ask(**params: object) -> object:
        return service.perform(ServiceCall("connector", desk.workspace, 1, "call", params, "flow:1:2"))

    assert ask(connector="shop", operation="get") == "ok"
    assert desk.server.hits[0][2]["idempotency-key"] == "flow:1:2"
    with pytest.raises(InputError) as missing:
        ask(operation="get")
    assert [one.params["name"] for one in missing.value.problems] == ["connector"]
    with pytest.raises(NotFound):
        ask(connector="nowhere", operation="get")
