"""Who starts a flow, who looks after it, and who decides on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.flow_files import edge, end, flow, gateway, path
from tests.support.pages import ask

Visit = Callable[..., Page]
pytestmark = pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
FLOW = "报价审批"
STUCK = flow(
    "stuck",
    "opportunity",
    gateway("size"),
    end("small"),
    end("large"),
    path("start", "size"),
    edge("size", "small", "amount <= 10"),
    edge("size", "large", "amount > 10"),
)
"""Without an amount it has no way out of the gateway."""


def large_quote(page: Page, name: str) -> int:
    """A quote above every limit: manager and director have to agree."""
    deal = ask(
        page, "POST", "/forms/opportunity/records", {"values": {"name": name, "stage": "first_contact"}}
    )
    customer = ask(page, "GET", "/forms/customer/records?limit=1").json()["items"][0]["id"]
    product = ask(page, "GET", "/forms/product/records?limit=1").json()["items"][0]["id"]
    line = {"values": {"product": product, "qty": 50, "price": 40_000, "discount": 0.2}}
    values = {"name": name, "opportunity": deal.json()["id"], "customer": customer, "lines": [line]}
    values["valid_until"] = "2027-01-31"
    return int(ask(page, "POST", "/forms/quote/records", {"values": values}).json()["id"])


def start(page: Page, quote: int) -> None:
    ask(page, "POST", "/processes", {"flow": "quote_approval", "record": quote})


def state(page: Page, quote: int) -> Any:
    return ask(page, "GET", f"/forms/quote/records/{quote}").json()["values"]["state"]


def tap(place: Locator, taps: list[str]) -> None:
    place.tap()
    taps.append(str(place))


def test_who_starts_a_flow_sees_whom_it_asks_and_withdraws_it_for_a_reason(visit: Visit) -> None:
    rep = visit("chen_jing")
    quote = large_quote(rep, "先看后发起")
    rep.goto(f"/app/forms/quote/{quote}")

    rep.get_by_role("button", name=f"发起{FLOW}").click()
    dialog = rep.get_by_role("dialog", name=f"发起{FLOW}")
    steps = dialog.get_by_role("listitem")
    expect(steps).to_have_count(2)
    expect(steps.nth(0)).to_contain_text("发起人的上级")
    expect(steps.nth(1)).to_contain_text("角色：销售总监")
    dialog.get_by_role("button", name="发起", exact=True).click()

    expect(rep.get_by_text(re.compile(f"“{FLOW}”进行中，结束或撤回之前不能修改"))).to_be_visible()
    expect(rep.get_by_role("button", name="编辑")).to_be_disabled()
    rep.get_by_role("tab", name="流程").click()
    expect(rep.get_by_role("listitem").filter(has_text="总监审批")).to_contain_text("许景行")
    rep.get_by_role("button", name="撤回").click()
    asked = rep.get_by_role("dialog", name=re.compile(f"撤回“{FLOW}”"))
    expect(asked.get_by_role("button", name="撤回")).to_be_disabled()
    asked.get_by_label("撤回的原因，必填").fill("单价写错了")
    asked.get_by_role("button", name="撤回").click()

    expect(rep.get_by_role("button", name="编辑")).to_be_enabled()
    expect(rep.get_by_role("main")).to_contain_text("单价写错了")
    assert state(rep, quote) == "draft"


def test_a_flow_is_withdrawn_from_the_box_of_what_one_started(visit: Visit) -> None:
    rep = visit("chen_jing")
    quote = large_quote(rep, "从箱子里撤回")
    start(rep, quote)
    rep.goto("/app/tasks?box=started")

    line = rep.get_by_role("listitem").filter(has_text="从箱子里撤回")
    line.get_by_role("button", name="撤回", exact=True).click()
    asked = rep.get_by_role("dialog", name=re.compile("从箱子里撤回"))
    asked.get_by_label("撤回的原因，必填").fill("客户不要了")
    asked.get_by_role("button", name="撤回").click()

    expect(line).to_contain_text("已取消")
    expect(line.get_by_role("button", name="撤回", exact=True)).to_have_count(0)
    assert state(rep, quote) == "draft"


def test_a_flow_that_cannot_start_says_why_in_words(visit: Visit) -> None:
    rep = visit("chen_jing")
    quote = large_quote(rep, "不用再批")
    start(rep, quote)
    for login in ("gu_lan", "xu_jingxing"):
        person = visit(login)
        todo = ask(person, "GET", "/tasks").json()["items"]
        task = next(one for one in todo if one["record"]["id"] == quote)
        ask(person, "POST", f"/tasks/{task['id']}/complete", {"outcome": "approve", "opinion": "好"})
    rep.goto(f"/app/forms/quote/{quote}")

    button = rep.get_by_role("button", name=f"发起{FLOW}")
    expect(button).to_be_disabled()
    expect(button).to_have_accessible_description(re.compile("状态: 已批准"))
    rep.get_by_role("tab", name="流程").click()
    expect(rep.get_by_role("main")).to_contain_text("状态: 已批准")
    expect(rep.get_by_role("main")).not_to_contain_text("record.")


def test_three_tasks_are_decided_on_a_phone_with_three_taps_at_most_each(visit: Visit) -> None:
    rep = visit("su_wan")
    names = ["手机一", "手机二", "手机三"]
    quotes = [large_quote(rep, name) for name in names]
    for quote in quotes:
        start(rep, quote)
    phone = visit("he_yuan", phone=True)
    phone.goto("/app/tasks")

    taps: list[str] = []
    tap(phone.get_by_role("button", name=re.compile("手机三")), taps)
    for name in reversed(names):
        expect(phone.get_by_role("heading", level=1)).to_contain_text(name)
        tap(phone.get_by_role("button", name="同意"), taps)
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("手机")

    assert len(taps) == 4
    decided = ask(phone, "GET", "/tasks?box=done").json()["items"]
    assert {one["record"]["id"] for one in decided} >= set(quotes)


def test_an_administrator_lets_a_flow_that_stands_with_an_error_try_again(visit: Visit) -> None:
    admin = visit("zhou_ning")
    ask(admin, "PUT", "/drafts/flow/stuck", {"rev": 0, "text": STUCK})
    ask(admin, "POST", "/publish", {"drafts": [{"kind": "flow", "key": "stuck"}]})
    rep = visit("chen_jing")
    values = {"name": "没有金额", "stage": "first_contact"}
    deal = ask(rep, "POST", "/forms/opportunity/records", {"values": values}).json()["id"]
    ask(rep, "POST", "/processes", {"flow": "stuck", "record": deal})

    rep.goto(f"/app/forms/opportunity/{deal}?tab=flows")
    expect(rep.get_by_text("正在等待管理员处理")).to_be_visible()
    expect(rep.get_by_role("button", name="重试")).to_have_count(0)
    admin.goto(f"/app/forms/opportunity/{deal}?tab=flows")
    admin.get_by_role("button", name="重试").click()
    expect(admin.get_by_text("重试后仍然出错")).to_be_visible()
    ask(rep, "PATCH", f"/forms/opportunity/records/{deal}", {"values": {"amount": 5}})
    admin.get_by_role("button", name="重试").click()

    expect(admin.get_by_text("流程已继续")).to_be_visible()
    expect(admin.get_by_role("button", name="重试")).to_have_count(0)


def test_a_decided_task_of_a_deleted_record_keeps_its_title(visit: Visit) -> None:
    rep = visit("chen_jing")
    quote = large_quote(rep, "后来删除")
    start(rep, quote)
    manager = visit("gu_lan")
    todo = ask(manager, "GET", "/tasks").json()["items"]
    task = next(one for one in todo if one["record"]["id"] == quote)["id"]
    ask(manager, "POST", f"/tasks/{task}/complete", {"outcome": "reject", "opinion": "太便宜"})
    ask(visit("zhou_ning"), "DELETE", f"/forms/quote/records/{quote}")

    manager.goto(f"/app/tasks/{task}?box=done")

    expect(manager.get_by_role("heading", level=1).filter(has_text="后来删除")).to_be_visible()
    expect(manager.get_by_role("main")).to_contain_text("这条记录后来被删除了")
