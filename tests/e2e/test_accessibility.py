"""axe over every screen: no serious or critical violation; at 375 px nothing scrolls sideways.

Chinese at 1440 px, English at 375 px. What a screen shows only after a step (a record being
edited, an open task, a plan to publish) is brought to that state first.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages import ask

AXE = Path(__file__).resolve().parents[2] / "builder_ui" / "node_modules" / "axe-core" / "axe.min.js"
ADMIN_SCREENS = (
    *("/notifications", "/notifications/preferences"),
    *("/", "/tasks", "/forms/opportunity", "/forms/opportunity/1", "/forms/opportunity/1?tab=history"),
    *("/forms/quote/1?tab=flows", "/forms/opportunity/new", "/forms/quote/new", "/forms/customer/import"),
    *("/forms/customer/recycle", "/builder", "/builder/forms/quote", "/builder/publish"),
    *("/builder/flows/quote_approval", "/builder/rules/told", "/settings", "/settings/departments"),
    *("/settings/roles", "/forms/opportunity/1?tab=automation", "/builder/rules/told?tab=runs"),
    *("/builder/calendars/office", "/builder/rules/large_deal", "/builder/decisions/customer_level"),
)
SIDEWAYS = """() => [document.documentElement, document.querySelector("main")]
  .some(element => element !== null && element.scrollWidth > element.clientWidth)"""
Visit = Callable[..., Page]
Faults = dict[str, list[str]]


@pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
@pytest.mark.parametrize("phone", [False, True], ids=["zh-desktop", "en-phone"])
def test_every_screen_is_accessible_and_fits(visit: Visit, phone: bool) -> None:
    faults: Faults = {}

    def look(page: Page, name: str) -> None:
        found = _faults(page, phone)
        if found:
            faults[name] = found

    language = "en" if phone else "zh-CN"
    admin = visit("zhou_ning", phone=phone, language=language)
    _leave_a_draft(admin)
    for screen in ADMIN_SCREENS:
        _open(admin, screen)
        look(admin, screen)
    rep = visit("chen_jing", phone=phone, language=language)
    _edit(rep)
    look(rep, "record being edited")
    manager = visit("gu_lan", phone=phone, language=language)
    _ask_for_approval(rep)
    _open_a_task(manager)
    look(manager, "open task")
    admin.context.clear_cookies()
    admin.goto("/login")
    look(admin, "/login")

    assert faults == {}


def _open(page: Page, screen: str) -> None:
    page.goto("/app" + screen)
    expect(page.get_by_role("main")).to_be_visible()
    page.wait_for_load_state("networkidle")


def _faults(page: Page, phone: bool) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    found = [
        f"{one['id']}: {node['html'][:160]}"
        for one in violations
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
    return [*found, "scrolls sideways"] if phone and page.evaluate(SIDEWAYS) else found


def _leave_a_draft(page: Page) -> None:
    """So that the publish page has a plan to show, and the editors of rules and calendars one each."""
    rule = 'rule "Told" on customer\nwhen created\ndo notify owner with message "New"\n'
    if page.request.get("/api/v1/drafts/rule/told").status == 404:
        ask(page, "PUT", "/drafts/rule/told", {"rev": 0, "text": rule})
    if page.request.get("/api/v1/drafts/calendar/office").status == 404:
        office = {"key": "office", "label": "Office", "hours": {"monday": ["09:00-12:00", "13:00-18:00"]}}
        ask(page, "PUT", "/drafts/calendar/office", {"rev": 0, "document": office})
    draft = ask(page, "GET", "/drafts/form/contact").json()
    document = draft["document"]
    document["fields"]["hobby"] = {"type": "text", "label": {"zh-CN": "爱好", "en": "Hobby"}}
    ask(page, "PUT", "/drafts/form/contact", {"rev": draft["rev"], "document": document})


def _edit(page: Page) -> None:
    [deal, *_] = ask(page, "GET", "/forms/opportunity/records").json()["items"]
    _open(page, f"/forms/opportunity/{deal['id']}")
    page.get_by_role("button", name="编辑").or_(page.get_by_role("button", name="Edit")).first.click()
    expect(
        page.get_by_role("button", name="保存").or_(page.get_by_role("button", name="Save"))
    ).to_be_visible()


def _ask_for_approval(page: Page) -> None:
    """A quote of the rep's waits for her manager; one that was started for the other language serves both."""
    asked = {"where": 'state = "draft" and total > 50000'}
    for quote in ask(page, "GET", "/forms/quote/records", params=asked).json()["items"]:
        ask(page, "POST", "/processes", {"flow": "quote_approval", "record": quote["id"]})


def _open_a_task(page: Page) -> None:
    [task, *_] = ask(page, "GET", "/tasks").json()["items"]
    _open(page, f"/tasks/{task['id']}")
    expect(page.get_by_role("article", name=task["record"]["title"])).to_be_visible()
    page.wait_for_load_state("networkidle")
