"""A business admin makes a decision table from choices and an Excel sheet; its check finds what is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.engine.rules.decisions.sheets import literal, needing, sheet
from tests.support.pages import ask

Visit = Callable[..., Page]
pytestmark = pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
AXE = Path(__file__).resolve().parents[2] / "builder_ui" / "node_modules" / "axe-core" / "axe.min.js"
EXCEL = "\n".join(
    "\t".join(row)
    for row in (
        ("≤10%", "<10万", "-", "0"),
        ("≤10%", "≥100,000", "任意", "1"),
        ("10% < … ≤ 20%", "-", "A、B", "2"),
        ("(20%..30%]", "-", "-", "3"),
        ("大于30%", "", "", "4"),
    )
)


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator(f'[data-cell="{row}.{column}"]')


def paste(page: Page, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def column(page: Page, field: str) -> None:
    page.get_by_role("button", name="加列", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("表单", exact=True).select_option(label="报价单")
    dialog.get_by_label("判断哪个字段").select_option(label=field)
    dialog.get_by_role("button", name="确定").click()
    expect(dialog).to_be_hidden()


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def begin(page: Page) -> None:
    page.goto("/app/builder")
    page.get_by_role("button", name="新建决策").click()
    page.get_by_label("名称", exact=True).fill("折扣审批级别")
    page.get_by_role("button", name="新建", exact=True).click()
    page.wait_for_url(re.compile("/builder/decisions/zhe_kou_shen_pi_ji_bie"))
    column(page, "最大折扣")
    column(page, "价税合计")
    page.get_by_role("button", name="加列", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="自定义").click()
    dialog.get_by_label("列标题").fill("客户等级")
    dialog.get_by_label("允许的值").fill("A、B、C")
    dialog.get_by_role("button", name="确定").click()
    page.get_by_role("button", name=re.compile("zhe_kou_shen_pi_ji_bie$")).click()
    dialog.get_by_label("列标题").fill("审批级别")
    dialog.get_by_label("类型").select_option(label="数字")
    dialog.get_by_role("button", name="确定").click()


def test_a_table_is_made_from_choices_and_an_excel_sheet(visit: Visit) -> None:
    admin = visit("zhou_ning")
    begin(admin)
    grid = admin.get_by_role("grid", name="决策表")
    grid.get_by_text("还没有行").click()
    paste(admin, EXCEL)

    expect(cell(admin, 2, 0)).to_have_text("10 %<…≤20 %".replace(" %<", "<"))
    expect(cell(admin, 0, 1)).to_have_text("< ¥100,000")
    checks = admin.get_by_role("complementary", name="检查")
    expect(checks.get_by_text("第 3 行之后有缺口")).to_be_visible()
    assert faults(admin) == []
    grid.get_by_role("button", name="补上这一行").click()
    expect(cell(admin, 3, 2)).to_have_text("C")
    cell(admin, 3, 3).click()
    admin.keyboard.type("3")
    admin.keyboard.press("Enter")
    expect(checks.get_by_text("没有缺口、重叠和错误")).to_be_visible()

    admin.get_by_label("试算值：最大折扣").fill("18%")
    admin.get_by_label("试算值：价税合计").fill("86万")
    admin.get_by_label("试算值：客户等级").select_option(label="C")
    expect(grid.get_by_text("命中第 4 行")).to_be_visible()
    expect(admin.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    admin.get_by_role("button", name="发布", exact=True).click()
    admin.wait_for_url(re.compile("/builder/publish"))
    admin.get_by_role("button", name="发布", exact=True).click()
    expect(admin.get_by_role("heading", name="已发布")).to_be_visible()
    kept = ask(admin, "GET", "/definitions/decision/zhe_kou_shen_pi_ji_bie").json()["text"]
    assert "<text>(0.1..0.2]</text>" in kept
    assert 'dougong:field="quote.max_discount"' in kept


def test_cells_are_filled_by_keys_and_by_picking(visit: Visit) -> None:
    admin = visit("zhou_ning")
    rows = [["< 10", '"A"', "1"], [">= 10", "-", "2"]]
    text = sheet(rows, "FIRST").decode()
    text = text.replace("</definitions>", literal("twice", "d * 2", needing("d")) + "</definitions>")
    ask(admin, "PUT", "/drafts/decision/picked", {"rev": 0, "text": text})
    admin.goto("/app/builder/decisions/picked")

    cell(admin, 0, 0).click()
    admin.keyboard.press("F2")
    admin.get_by_role("button", name="区间", exact=True).click()
    admin.get_by_label("到", exact=True).fill("50")
    admin.keyboard.press("Enter")
    expect(cell(admin, 0, 0)).to_have_text("10≤…≤50")
    admin.keyboard.press("Control+Enter")
    admin.keyboard.press("Tab")
    admin.keyboard.type("B、C")
    admin.keyboard.press("Tab")
    expect(cell(admin, 2, 1)).to_have_text("BC")
    admin.keyboard.press("Alt+ArrowUp")
    expect(cell(admin, 1, 1)).to_have_text("BC")
    admin.keyboard.press("Control+Z")
    expect(cell(admin, 2, 1)).to_have_text("BC")
    cell(admin, 2, 2).click()
    admin.keyboard.press("Enter")
    admin.keyboard.press("ArrowDown")
    admin.keyboard.press("Enter")
    expect(cell(admin, 2, 2)).to_have_text("1")
    cell(admin, 0, 0).click()
    admin.keyboard.press("Shift+ArrowRight")
    admin.keyboard.press("Control+C")
    admin.keyboard.press("ArrowDown")
    admin.keyboard.press("Control+V")
    expect(cell(admin, 1, 1)).to_have_text("A")

    admin.get_by_label("文件里的决策").select_option(label="twice · 公式")
    expect(admin.get_by_text("d * 2")).to_be_visible()
    admin.get_by_label("文件里的决策").select_option(label="d")
    expect(cell(admin, 1, 1)).to_have_text("A")
    expect(admin.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    kept = ask(admin, "GET", "/drafts/decision/picked").json()["text"]
    assert kept.count("<text>[10..50]</text>") == 2
    assert "<text>d * 2</text>" in kept


def test_a_table_is_read_and_filled_on_a_phone(visit: Visit) -> None:
    admin = visit("zhou_ning", phone=True, language="en")
    rows = [["< 10", '"A"', "1"], [">= 10", "-", "2"], ["5", "-", "3"]]
    ask(admin, "PUT", "/drafts/decision/small", {"rev": 0, "text": sheet(rows).decode()})
    admin.goto("/app/builder/decisions/small")

    cell(admin, 0, 0).tap()
    cell(admin, 0, 0).get_by_role("button", name="Pick").tap()
    admin.get_by_role("button", name="at most", exact=True).tap()
    admin.get_by_role("heading", name="Checks").tap()

    expect(cell(admin, 0, 0)).to_have_text("≤ 10")
    expect(admin.get_by_text("Rows 1 and 2 overlap")).to_be_visible()
    sideways = "() => document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth"
    assert not admin.evaluate(sideways)
    assert faults(admin) == []
