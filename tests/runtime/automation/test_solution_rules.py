"""The rules a solution is made of, as files, on the clock of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.apps.link import link
from engine.rules.language.view import read_view, rule_view
from tests.runtime.automation.conftest import ROLES, Shop

RULES = Path(__file__).with_name("rules")


def _salespeople() -> dict[str, Any]:
    """Whoever owns a lead sees it, and whoever it was given to."""
    mine = "=owner.id = user.id or salesperson.id = user.id"
    grants = [one | {"record_filter": mine} if one["form"] == "lead" else one for one in ROLES[0]["grants"]]
    return {**ROLES[0], "grants": grants}


def _todos(shop: Shop) -> list[tuple[str, str]]:
    return [(one["name"], one["due_at"]) for one in reversed(shop.records("todo"))]


def _told(shop: Shop, login: str) -> list[Any]:
    shop[login].sign_in(login, name=login.title())
    return [one["title"] for one in shop[login].get("/notifications").json["items"]]


def test_a_website_lead_its_steps_and_a_week_of_silence(shop: Shop) -> None:
    shop.publish(
        _salespeople(), **{file.stem: file.read_text(encoding="utf-8") for file in RULES.glob("*.rule")}
    )

    lead = shop.create(name="Acme", source="website")
    shop.create(name="Walk-in", source="phone")
    shop.work(seconds=1)

    assert shop.record("lead", lead["id"])["salesperson"]["id"] == shop.id_of("ann")
    assert _todos(shop) == [("First follow-up", "2026-03-02T05:00:00Z")]
    assert _told(shop, "ann") == ["Acme is yours, please call within four hours"]

    shop.update("lead", lead["id"], stage="open")
    assert _todos(shop)[1:] == [("Visit", "2026-03-04T01:00:01Z"), ("Proposal", "2026-03-07T01:00:01Z")]

    shop.work(days=6)
    assert len(_told(shop, "ann")) == 1
    shop.work(days=2)
    assert _told(shop, "ann")[0] == "Acme has been idle for a week"
    shop.work(days=1)
    assert len(_told(shop, "ann")) == 3
    assert {run["state"] for run in shop.runs(rule="idle_leads")} == {"done"}


def test_the_rules_are_read_back_in_chinese(shop: Shop) -> None:
    shop.publish(**{file.stem: file.read_text(encoding="utf-8") for file in RULES.glob("*.rule")})
    with shop.workspace.database.read() as conn:
        metadata = shop.site.services.catalog.load(conn, shop.workspace)
    known = link(metadata.definitions).known

    for rule in metadata.rules.values():
        shown = rule_view(rule.rule, known, "zh-CN")
        assert "规则 " in shown
        assert read_view(shown, known, "zh-CN").rule == rule.rule
