"""The quote of the shipped solution, with its own people: manager, then director above the limits."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from runtime.app import app_of
from runtime.composition.house import House
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.settings import Settings
from tests.support.browser import Browser

pytestmark = pytest.mark.thorough


class Sales:
    def __init__(self, flask_app: Flask, workspace: Workspace) -> None:
        self._app, self._workspace = flask_app, workspace

    def __getitem__(self, login: str) -> Browser:
        browser = Browser(self._app, self._workspace)
        browser.sign_in(login)
        return browser


@pytest.fixture
def sales(settings: Settings, workspaces: Workspaces, workspace: Workspace) -> Sales:
    return Sales(app_of(House.open(settings, workspaces)), workspace)


def draft_of(browser: Browser) -> dict[str, Any]:
    found = browser.get('/forms/quote/records?where=state%20=%20"draft"&limit=1').json["items"][0]
    return dict(browser.get(f"/forms/quote/records/{found['id']}").json)


def test_a_quote_goes_from_rep_to_manager_to_director(sales: Sales) -> None:
    rep, manager, director = sales["chen_jing"], sales["gu_lan"], sales["xu_jingxing"]
    quote = draft_of(rep)
    address = f"/forms/quote/records/{quote['id']}"
    row = quote["values"]["lines"][0]["id"]
    lines = {"update": [{"id": row, "values": {"discount": 0.2}}]}
    rep.patch(address, {"rev": quote["rev"], "values": {"lines": lines}})

    started = rep.post("/processes", {"flow": "quote_approval", "record": quote["id"]}).json
    held = rep.patch(address, {"values": {"terms": "mine"}})
    task = next(one for one in manager.get("/tasks").json["items"] if one["process"] == started["id"])
    shown = manager.get(f"/tasks/{task['id']}").json
    first = manager.post(
        f"/tasks/{task['id']}/complete",
        {"outcome": "approve", "values": {"terms": "30 days"}, "version": shown["version"]},
    )
    second = next(one for one in director.get("/tasks").json["items"] if one["process"] == started["id"])
    last = director.post(f"/tasks/{second['id']}/complete", {"outcome": "approve", "opinion": "ok"})

    assert held.status_code == 409
    assert shown["render"]["fields"]["terms"]["access"] == "write"
    assert shown["render"]["fields"]["name"]["access"] == "read"
    assert (first.status_code, first.json["process"]["active"]) == (200, ["director_approval"])
    assert (last.status_code, last.json["process"]["status"]) == (200, "approved")
    values = rep.get(address).json["values"]
    assert (values["state"], values["terms"], values["flow_status"]) == ("approved", "30 days", "approved")


def test_a_small_quote_is_approved_at_once(sales: Sales) -> None:
    rep = sales["chen_jing"]
    quote = draft_of(rep)
    rows = quote["values"]["lines"]
    lines = {"update": [{"id": row["id"], "values": {"qty": 1, "price": 10, "discount": 0}} for row in rows]}
    rep.patch(f"/forms/quote/records/{quote['id']}", {"rev": quote["rev"], "values": {"lines": lines}})

    started = rep.post("/processes", {"flow": "quote_approval", "record": quote["id"]})

    assert (started.status_code, started.json["status"]) == (201, "approved")


def test_a_rejected_quote_can_be_improved_and_submitted_again(sales: Sales) -> None:
    rep, manager = sales["chen_jing"], sales["gu_lan"]
    quote = draft_of(rep)
    row = quote["values"]["lines"][0]["id"]
    lines = {"update": [{"id": row, "values": {"discount": 0.2}}]}
    address = f"/forms/quote/records/{quote['id']}"
    rep.patch(address, {"values": {"lines": lines}})
    started = rep.post("/processes", {"flow": "quote_approval", "record": quote["id"]}).json
    task = next(one for one in manager.get("/tasks").json["items"] if one["process"] == started["id"])
    manager.post(f"/tasks/{task['id']}/complete", {"outcome": "reject", "opinion": "too much"})

    improved = rep.patch(address, {"values": {"terms": "less"}})
    again = rep.post("/processes", {"flow": "quote_approval", "record": quote["id"]})

    assert (improved.status_code, again.status_code) == (200, 201)
    assert again.json["status"] == "running"


def test_a_withdrawn_quote_is_a_draft_again(sales: Sales) -> None:
    rep = sales["chen_jing"]
    quote = draft_of(rep)
    row = quote["values"]["lines"][0]["id"]
    address = f"/forms/quote/records/{quote['id']}"
    rep.patch(
        address, {"values": {"lines": {"update": [{"id": row, "values": {"qty": 900, "discount": 0.2}}]}}}
    )
    started = rep.post("/processes", {"flow": "quote_approval", "record": quote["id"]}).json
    running = rep.get(address).json["values"]["state"]

    answer = rep.post(f"/processes/{started['id']}/cancel", {"reason": "the price was wrong"})

    assert (running, answer.json["status"]) == ("in_approval", "cancelled")
    assert rep.get(address).json["values"]["state"] == "draft"
    assert rep.patch(address, {"values": {"terms": "less"}}).status_code == 200
