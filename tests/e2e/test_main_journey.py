"""The main job as one journey: change a form by dragging, fill records, approve; strangers see nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import APIResponse, Page, expect

Visit = Callable[..., Page]


def test_admin_changes_a_form_rep_quotes_approvers_decide_and_strangers_see_nothing(visit: Visit) -> None:
    admin = visit("zhou_ning")
    _add_two_fields(admin)
    _publish(admin)
    _new_fields_are_everywhere(admin)

    rep = visit("chen_jing")
    quote = _quote_above_the_limit(rep)
    _start_approval(rep, quote)
    title = _ask(rep, "GET", f"/forms/quote/records/{quote}").json()["title"]
    process = _ask(rep, "GET", f"/forms/quote/records/{quote}/processes").json()["items"][0]["id"]
    _approve(visit("gu_lan"), title, "经理同意")
    _approve(visit("xu_jingxing"), title, "总监同意")

    record = _ask(rep, "GET", f"/forms/quote/records/{quote}").json()
    assert record["values"]["state"] == "approved"
    history = _ask(rep, "GET", f"/forms/quote/records/{quote}/history").json()["items"]
    assert any(change["field"] == "state" for entry in history for change in entry["changes"])
    log = _ask(rep, "GET", f"/processes/{process}").json()["log"]
    assert {"经理同意", "总监同意"} <= {line["opinion"] for line in log}
    _sees_nothing(visit("su_wan"), quote, process, title)


def _add_two_fields(page: Page) -> None:
    page.goto("/app/builder/forms/opportunity")
    _drag(page, "单选", "商机名称")
    page.get_by_label("标签（中）").fill("竞品")
    expect(page.get_by_text("竞品", exact=True).first).to_be_visible()
    _drag(page, "金额", "商机名称")
    page.get_by_label("标签（中）").fill("预计毛利")
    page.get_by_role("button", name="用公式计算").click()
    page.get_by_role("textbox", name="公式").fill("amount * 0.3")
    page.get_by_role("textbox", name="公式").blur()


def _drag(page: Page, item: str, above: str) -> None:
    """From the palette onto the canvas, with the mouse alone."""
    here = page.get_by_text(above, exact=True).first.bounding_box()
    source = page.get_by_role("button", name=item, exact=True).first.bounding_box()
    assert here is not None
    assert source is not None
    page.mouse.move(source["x"] + 20, source["y"] + 10)
    page.mouse.down()
    page.mouse.move(source["x"] + 60, source["y"] + 30, steps=4)
    page.mouse.move(here["x"] + 150, here["y"] - 6, steps=12)
    page.mouse.up()


def _publish(page: Page) -> None:
    expect(page.get_by_text("已保存").first).to_be_visible()
    page.get_by_role("button", name="发布").or_(page.get_by_role("link", name="发布")).first.click()
    page.wait_for_url("**/builder/publish**")
    expect(page.get_by_text("新增 2 列").first).to_be_visible()
    page.get_by_role("button", name="发布").last.click()
    expect(page.get_by_text("已发布").first).to_be_visible()


def _new_fields_are_everywhere(page: Page) -> None:
    form = _ask(page, "GET", "/forms/opportunity").json()
    keys = {_label(field["label"]): key for key, field in form["fields"].items()}
    competitor, margin = keys["竞品"], keys["预计毛利"]
    option = form["fields"][competitor]["options"][0]["key"]
    values = {"name": "旅程商机", "stage": "first_contact", "amount": 1000, competitor: option}
    made = _ask(page, "POST", "/forms/opportunity/records", {"values": values}).json()
    assert made["values"][margin] == 300
    where = f'{competitor} = "{option}" and {margin} > 200'
    found = _ask(
        page, "GET", "/forms/opportunity/records", params={"where": where, "fields": f"name,{margin}"}
    )
    assert [item["id"] for item in found.json()["items"]] == [made["id"]]
    mapping = {
        "$schema": "mapping/1",
        "key": "journey",
        "label": "Journey",
        "form": "opportunity",
        "columns": [{"from": "名称", "to": "name"}, {"from": "竞品", "to": competitor}],
        "constants": {"stage": "first_contact"},
    }
    _import(page, mapping, f"名称,竞品\n导入商机,{option}\n")
    page.goto(f"/app/forms/opportunity/{made['id']}")
    expect(page.get_by_text("预计毛利").first).to_be_visible()
    page.goto("/app/forms/opportunity")
    expect(page.get_by_text("导入商机").first).to_be_visible()


def _label(label: str | dict[str, str]) -> str:
    return label if isinstance(label, str) else label["zh-CN"]


def _import(page: Page, mapping: dict[str, Any], text: str) -> None:
    file = {"name": "deals.csv", "mimeType": "text/csv", "buffer": text.encode()}
    parts = {"file": file, "mapping_document": json.dumps(mapping)}
    job = page.request.post(
        "/api/v1/forms/opportunity/imports", multipart=parts, headers=_headers(page)
    ).json()["job"]
    result = _finished(page, job)
    assert (result["created"], result["failed"]) == (1, 0)


def _finished(page: Page, job: int) -> dict[str, Any]:
    for _ in range(100):
        found = _ask(page, "GET", f"/jobs/{job}").json()
        if found["state"] == "done":
            return found["result"]
        page.wait_for_timeout(100)
    raise AssertionError(found)


def _quote_above_the_limit(page: Page) -> int:
    """Filled in the browser; amount and discount are far above the limits."""
    page.goto("/app/forms/quote/new")
    _pick_first(page, "商机")
    page.get_by_label("报价主题").fill("旅程报价")
    page.get_by_role("button", name="添加一行").click()
    _pick_first(page, "产品")
    page.get_by_role("textbox", name="数量").first.fill("400")
    page.get_by_role("textbox", name="单价").first.fill("50000")
    page.get_by_role("textbox", name="折扣").first.fill("35")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url(lambda url: url.rsplit("/", 1)[-1].split("?")[0].isdecimal())
    return int(page.url.rsplit("/", 1)[-1].split("?")[0])


def _pick_first(page: Page, name: str) -> None:
    """By class: the visible lines are no ARIA options, those are kept apart for screen readers."""
    page.get_by_role("combobox", name=name).first.click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").first.click()


def _start_approval(page: Page, quote: int) -> None:
    page.goto(f"/app/forms/quote/{quote}")
    page.get_by_role("button", name="发起报价审批").click()
    expect(page.get_by_text("审批中").first).to_be_visible()


def _approve(page: Page, title: str, opinion: str) -> None:
    page.goto("/app/tasks")
    page.get_by_text(title).first.click()
    page.get_by_role("textbox", name="意见").fill(opinion)
    page.get_by_role("button", name="同意").first.click()
    expect(page.get_by_text("已同意").first).to_be_visible()


def _sees_nothing(page: Page, quote: int, process: int, title: str) -> None:
    page.goto("/app/forms/quote")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(title)).to_have_count(0)
    for path in (
        f"/forms/quote/records/{quote}",
        f"/forms/quote/records/{quote}/history",
        f"/processes/{process}",
    ):
        assert _ask(page, "GET", path, expected=404).status == 404
    listed = _ask(page, "GET", "/forms/quote/records", params={"where": f"id = {quote}"}).json()
    assert listed["items"] == []
    assert all(task["record"]["id"] != quote for task in _ask(page, "GET", "/tasks").json()["items"])


def _ask(
    page: Page,
    method: str,
    path: str,
    data: object = None,
    *,
    params: dict[str, str] | None = None,
    expected: int | None = None,
) -> APIResponse:
    answer = page.request.fetch(
        "/api/v1" + path, method=method, data=data, params=params, headers=_headers(page)
    )
    assert answer.ok or answer.status == expected, (answer.status, answer.text())
    return answer


def _headers(page: Page) -> dict[str, str]:
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return {"X-CSRF-Token": cookies["dougong_csrf"]}
