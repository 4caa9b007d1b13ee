"""axe over every screen: no serious or critical violation; at 375 px nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "builder_ui" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = (
    *("/", "/tasks", "/forms/opportunity", "/forms/opportunity/1", "/forms/opportunity/new"),
    *("/forms/customer/import", "/forms/customer/recycle", "/builder", "/builder/forms/opportunity"),
    *("/builder/publish", "/builder/flows/quote_approval", "/settings"),
)
Visit = Callable[..., Page]


@pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_screen_is_accessible(visit: Visit, phone: bool) -> None:
    page = visit("zhou_ning", phone=phone, language="en" if phone else "zh-CN")
    found = {}

    for screen in SCREENS:
        page.goto("/app" + screen)
        page.wait_for_load_state("networkidle")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("async () => (await axe.run()).violations")
        grave = [one["id"] for one in violations if one["impact"] in {"serious", "critical"}]
        sideways = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if grave or (phone and sideways):
            found[screen] = (grave, sideways)

    assert found == {}
