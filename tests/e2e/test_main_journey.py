"""The main job as one journey: change a form by dragging, fill records, approve; strangers see nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.pages import ask, pick, send_file

Visit = Callable[..., Page]
DEAL = "北仑半导体 产线数据采集"
RECORD_URL = re.compile(r"/forms/\w+/(\d+)(\?|$)")


@dataclass(frozen=True)
class Quote:
    id: int
    title: str
    process: int


def test_admin_changes_a_form_rep_quotes_approvers_decide_and_strangers_see_nothing(visit: Visit) -> None:
    admin = visit("zhou_ning")
    _add_two_fields(admin)
    _publish_two_columns(admin)
    _fields_are_in_form_list_and_filter(admin)
    _fields_are_in_api_and_import(admin)

    rep = visit("chen_jing")
    quote = _submit_a_quote_above_the_limit(rep)
    _approve(visit("gu_lan"), quote, "经理同意，客户重要")
    _approve(visit("xu_jingxing"), quote, "总监同意，注意回款")

    _page_tells_what_happened(rep, quote)
    _stranger_sees_nothing(visit("su_wan"), quote)


def _add_two_fields(page: Page) -> None:
    page.goto("/app/builder/forms/opportunity")
    _drag(page, "单选", above="商机名称")
    page.get_by_label("标签（中）").fill("竞品")
    page.get_by_role("button", name="批量粘贴").click()
    page.get_by_label("每行一个选项").fill("宏图智控\n海川自动化")
    page.get_by_role("button", name="添加 2 个选项").click()

    _drag(page, "金额", above="商机名称")
    page.get_by_label("标签（中）").fill("预计毛利")
    page.get_by_role("button", name="用公式计算").click()
    page.get_by_role("textbox", name="公式").fill("amount * 0.3")
    expect(page.get_by_role("treeitem", name=re.compile("^竞品，单选"))).to_be_visible()
    expect(page.get_by_role("treeitem", name=re.compile("^预计毛利，金额"))).to_be_visible()


def _drag(page: Page, item: str, *, above: str) -> None:
    """From the palette onto the canvas, with the mouse alone."""
    target = page.get_by_role("treeitem", name=re.compile(f"^{above}，")).bounding_box()
    source = page.get_by_role("button", name=item, exact=True).first.bounding_box()
    assert target is not None
    assert source is not None
    page.mouse.move(source["x"] + 20, source["y"] + 10)
    page.mouse.down()
    page.mouse.move(source["x"] + 60, source["y"] + 30, steps=4)
    page.mouse.move(target["x"] + 150, target["y"] - 4, steps=12)
    page.mouse.up()
    expect(page.get_by_role("treeitem", name=re.compile(f"^{item}，"))).to_have_attribute(
        "aria-selected", "true"
    )


def _publish_two_columns(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    page.get_by_role("button", name="发布", exact=True).click()
    added = page.get_by_role("region", name="新增列")
    expect(added.get_by_text("竞品")).to_be_visible()
    expect(added.get_by_text("预计毛利")).to_be_visible()
    expect(page.get_by_text("新增 2 列").first).to_be_visible()
    page.get_by_label("版本说明").fill("记录竞品和毛利")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="已发布")).to_be_visible()


def _fields_are_in_form_list_and_filter(page: Page) -> None:
    page.goto("/app/forms/opportunity/new")
    page.get_by_label("商机名称").fill("旅程商机")
    pick(page, "竞品", "宏图智控")
    page.get_by_label("预计金额").fill("1000")
    page.get_by_label("预计金额").blur()
    expect(page.get_by_label("预计毛利")).to_have_value("300.00")
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(RECORD_URL)
    expect(page.get_by_role("main")).to_contain_text("宏图智控")

    page.goto("/app/forms/opportunity")
    page.get_by_role("button", name="显示的列").click()
    for name in ("竞品", "预计毛利"):
        page.get_by_role("group", name="显示的列").get_by_label(name, exact=True).check()
        expect(page.get_by_role("columnheader", name=name)).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="筛选").click()
    panel = page.get_by_role("form", name="筛选")
    panel.get_by_role("button", name="条件", exact=True).click()
    panel.get_by_label("字段").select_option(label="竞品")
    panel.get_by_label("选择值").select_option(label="宏图智控")
    expect(panel).to_contain_text("符合 1 条")
    panel.get_by_role("button", name="应用").click()
    expect(page.get_by_role("gridcell", name="旅程商机")).to_be_visible()
    expect(page.get_by_role("gridcell", name="300.00", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1")


def _fields_are_in_api_and_import(page: Page) -> None:
    fields = ask(page, "GET", "/forms/opportunity").json()["fields"]
    keys = {_in_chinese(field["label"]): key for key, field in fields.items()}
    competitor, margin = keys["竞品"], keys["预计毛利"]
    options = {_in_chinese(one["label"]): one["key"] for one in fields[competitor]["options"]}
    document = {
        "$schema": "mapping/1",
        "key": "journey",
        "label": "Journey",
        "form": "opportunity",
        "columns": [
            {"from": "名称", "to": "name"},
            {"from": "竞品", "to": competitor},
            {"from": "金额", "to": "amount"},
        ],
        "constants": {"stage": "first_contact"},
    }

    result = send_file(
        page, "opportunity", "名称,竞品,金额\n导入商机,海川自动化,2000\n坏行,没有的,1\n", document
    )

    assert (result["created"], result["failed"]) == (1, 1)
    rival = f'{competitor} = "{options["海川自动化"]}"'
    params = {"where": f"{rival} and {margin} > 500", "fields": f"name,{margin}"}
    [found] = ask(page, "GET", "/forms/opportunity/records", params=params).json()["items"]
    assert (found["values"]["name"], found["values"][margin]) == ("导入商机", 600)
    query = {
        "group": [competitor],
        "where": f"{competitor} != null",
        "measures": [{"key": "margin", "fn": "sum", "field": margin}],
    }
    groups = ask(page, "POST", "/forms/opportunity/aggregate", query).json()["groups"]
    assert {one["key"][competitor]: one["values"]["margin"] for one in groups} == {
        options["宏图智控"]: 300,
        options["海川自动化"]: 600,
    }


def _in_chinese(label: str | dict[str, str]) -> str:
    return label if isinstance(label, str) else label["zh-CN"]


def _submit_a_quote_above_the_limit(page: Page) -> Quote:
    page.goto("/app/forms/quote/new")
    pick(page, "商机", DEAL)
    expect(page.get_by_label("报价主题")).to_have_value(DEAL)
    page.get_by_role("button", name="添加一行").click()
    pick(page, "产品，第 1 行", "振动监测传感器")
    page.get_by_label("数量，第 1 行").fill("400")
    page.get_by_label("单价，第 1 行").fill("5000")
    page.get_by_label("折扣，第 1 行").fill("35")
    page.get_by_label("折扣，第 1 行").blur()
    expect(page.get_by_label("未税合计")).to_have_value("1,300,000.00")
    expect(page.get_by_text("还需要总监审批")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(RECORD_URL)
    page.get_by_role("button", name="发起报价审批").click()
    page.get_by_role("dialog").get_by_role("button", name="发起", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("审批中")

    found = RECORD_URL.search(page.url)
    assert found is not None
    path = f"/forms/quote/records/{found[1]}"
    [process] = ask(page, "GET", f"{path}/processes").json()["items"]
    return Quote(int(found[1]), ask(page, "GET", path).json()["title"], process["id"])


def _approve(page: Page, quote: Quote, opinion: str) -> None:
    page.goto("/app/tasks")
    page.get_by_role("main").get_by_text(quote.title).first.click()
    expect(page.get_by_role("article", name=quote.title)).to_be_visible()
    page.get_by_role("textbox", name="意见").fill(opinion)
    page.get_by_role("button", name="同意").click()
    expect(page.get_by_text(f"已同意「{quote.title}」")).to_be_visible()


def _page_tells_what_happened(page: Page, quote: Quote) -> None:
    page.goto(f"/app/forms/quote/{quote.id}")
    expect(page.get_by_role("main")).to_contain_text("已批准")
    page.get_by_role("tab", name="变更").click()
    history = page.get_by_role("tabpanel")
    for text in ("审批中", "已批准", "流程", "陈静"):
        expect(history).to_contain_text(text)
    page.get_by_role("tab", name="流程").click()
    log = page.get_by_role("tabpanel")
    for text in ("顾岚", "经理同意，客户重要", "许景行", "总监同意，注意回款"):
        expect(log).to_contain_text(text)
    process: dict[str, Any] = ask(page, "GET", f"/processes/{quote.process}").json()
    assert process["status"] == "approved"
    assert {"经理同意，客户重要", "总监同意，注意回款"} <= {line["opinion"] for line in process["log"]}


def _stranger_sees_nothing(page: Page, quote: Quote) -> None:
    for path in (
        f"/forms/quote/records/{quote.id}",
        f"/forms/quote/records/{quote.id}/history",
        f"/forms/quote/records/{quote.id}/processes",
        f"/processes/{quote.process}",
    ):
        ask(page, "GET", path, expected=404)
    where = {"where": f"id = {quote.id}"}
    assert ask(page, "GET", "/forms/quote/records", params=where).json()["items"] == []
    count = {"group": [], "measures": [{"key": "n", "fn": "count"}], **where}
    assert _numbers(ask(page, "POST", "/forms/quote/aggregate", count).json()) in ([], [{"n": 0}])
    for box in ("todo", "done", "started"):
        tasks = ask(page, "GET", "/tasks", params={"box": box}).json()["items"]
        assert quote.id not in {task["record"]["id"] for task in tasks}

    page.goto("/app/forms/quote")
    expect(page.get_by_role("grid", name="报价单").get_by_role("gridcell").first).to_be_visible()
    expect(page.get_by_text(quote.title)).to_have_count(0)
    page.goto("/app/tasks")
    expect(page.get_by_role("heading", name="待办")).to_be_visible()
    expect(page.get_by_text(quote.title)).to_have_count(0)
    page.goto(f"/app/forms/quote/{quote.id}")
    expect(page.get_by_text("这里没有内容")).to_be_visible()
    expect(page.get_by_text(DEAL)).to_have_count(0)


def _numbers(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [group["values"] for group in answer["groups"]]
