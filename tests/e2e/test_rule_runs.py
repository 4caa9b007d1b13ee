"""A rule is tried before it is published, and answers why it ran or did not; a calendar counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages import ask

Visit = Callable[..., Page]
pytestmark = pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
AXE = Path(__file__).resolve().parents[2] / "builder_ui" / "node_modules" / "axe-core" / "axe.min.js"
RULE = (
    'rule "大额商机" on opportunity\nwhen changed amount\n'
    'where amount >= 500000 and stage in ("proposal", "negotiation")\n'
    'do set next_step = "请尽快见决策人"\n'
)
BROKEN = 'rule "改成负数" on opportunity\nwhen changed amount\nwhere amount > 9000000\ndo set amount = -1\n'


def faults(page: Page) -> list[str]:
    """Serious violations on the screen as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in violations
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def test_a_rule_is_tried_published_and_answers_for_what_it_did(visit: Visit) -> None:
    admin = visit("zhou_ning")
    for key, text in (("big", RULE), ("broken", BROKEN)):
        ask(admin, "PUT", f"/drafts/rule/{key}", {"rev": 0, "text": text})
    deal = ask(admin, "GET", '/forms/opportunity/records?limit=1&where=stage = "won"').json()["items"][0]

    admin.goto("/app/builder/rules/big")
    admin.get_by_role("button", name="试运行").click()
    dry = admin.get_by_role("region", name="试运行")
    expect(dry.get_by_text(re.compile(r"\d+ 条里有 \d+ 条满足条件"))).to_be_visible()
    expect(dry.get_by_role("columnheader", name="预计金额 ≥ 500000")).to_be_visible()
    assert faults(admin) == []
    drafts = [{"kind": "rule", "key": key} for key in ("big", "broken")]
    ask(admin, "POST", "/publish", {"drafts": drafts, "note": "test"})
    place, amount = f"/forms/opportunity/records/{deal['id']}", {"values": {"amount": 9500000}}
    ask(admin, "PATCH", place, amount)

    admin.goto(f"/app/forms/opportunity/{deal['id']}?tab=automation")
    admin.get_by_role("button", name=re.compile("条件不成立.*大额商机")).click()
    expect(admin.get_by_text('阶段 属于 ("方案提供", "商务谈判")')).to_be_visible()
    admin.get_by_role("button", name="为什么没有触发").click()
    admin.get_by_label("为什么没有触发", exact=True).get_by_role("combobox").select_option(
        label="大额商机 · 修改了字段之后"
    )
    expect(admin.get_by_text("不会触发：条件不成立。")).to_be_visible()
    expect(admin.get_by_text("不成立：阶段 = 赢单")).to_be_visible()
    assert faults(admin) == []

    admin.get_by_role("button", name=re.compile("失败.*改成负数")).click()
    admin.get_by_role("button", name="重试").click()
    expect(admin.get_by_role("button", name=re.compile("失败.*改成负数"))).to_have_count(2)
    admin.goto("/app/builder/rules/big?tab=runs")
    expect(admin.get_by_role("link", name=f"打开{deal['title']}")).to_be_visible()
    assert faults(admin) == []


def test_a_calendar_is_made_from_a_notice_and_counts(visit: Visit) -> None:
    admin = visit("zhou_ning")
    admin.goto("/app/builder")
    admin.get_by_role("button", name="新建工作日历").click()
    admin.get_by_label("名称", exact=True).fill("总部")
    admin.get_by_role("button", name="新建", exact=True).click()
    admin.wait_for_url(re.compile("/builder/calendars/zong_bu"))

    admin.get_by_role("button", name="粘贴日期").click()
    notice = "国庆节：2026年10月1日至7日放假\n2026-10-10 国庆调休上班"
    admin.get_by_label("每行一个日期或一段日期").fill(notice)
    expect(admin.get_by_text("放假 7 天，调休上班 1 天。")).to_be_visible()
    admin.get_by_role("button", name="填入日历").click()
    admin.get_by_label("从哪天起").fill("2026-09-30")
    admin.get_by_label("数量").fill("3")

    trial = admin.get_by_role("region", name="算一算")
    expect(trial.get_by_text("2026-10-10")).to_be_visible()
    assert faults(admin) == []
    admin.get_by_role("button", name="发布", exact=True).click()
    admin.wait_for_url(re.compile("/builder/publish"))
    admin.get_by_role("button", name="发布", exact=True).click()
    expect(admin.get_by_role("heading", name="已发布")).to_be_visible()
    kept = ask(admin, "GET", "/definitions/calendar/zong_bu").json()["document"]
    assert kept["makeup"] == [{"on": "2026-10-10", "label": "国庆", "as": "monday"}]
