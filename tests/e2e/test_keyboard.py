"""The keyboard alone: make a form with three fields, publish it, fill a record. The mouse is never used."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.pages import ask

TABS = 120


@pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
def test_a_form_is_made_published_and_filled_with_the_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit("zhou_ning")
    _make_form(page)
    _add_field(page, "金额", "费用")
    _add_field(page, "开关", "已批")
    _publish(page)
    _fill(page)

    [record] = ask(page, "GET", "/forms/trip/records").json()["items"]
    labels = ask(page, "GET", "/forms/trip").json()["fields"]
    values = {labels[key]["type"]: value for key, value in record["values"].items() if key in labels}
    assert values == {"text": "去苏州", "money": 1200.5, "checkbox": True}


def _make_form(page: Page) -> None:
    _press(page, page.get_by_role("link", name="设计"))
    _press(page, page.get_by_role("button", name="新建表单"))
    dialog = page.get_by_role("dialog", name="新建表单")
    _type(page, dialog.get_by_label("名称", exact=True), "出差")
    _type(page, dialog.get_by_label("标识"), "trip")
    _press(page, dialog.get_by_role("button", name="新建", exact=True))
    expect(page.get_by_role("tree", name="表单画布").get_by_role("treeitem")).to_have_count(1)


def _add_field(page: Page, item: str, name: str) -> None:
    """From the palette by its search, named on the canvas."""
    before = page.get_by_role("treeitem").count()
    search = page.get_by_role("searchbox", name="名称或拼音")
    _type(page, search, item)
    page.keyboard.press("Enter")
    expect(page.get_by_role("treeitem")).to_have_count(before + 1)
    page.keyboard.press("Escape")
    added = page.get_by_role("treeitem", name=re.compile(f"^{item}，"))
    _reach(page, added)
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("treeitem", name=re.compile(f"^{name}，{item}"))).to_be_focused()


def _publish(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    _press(page, page.get_by_role("main").get_by_role("button", name="发布", exact=True))
    expect(page.get_by_text("新建 1 张数据表").first).to_be_visible()
    _press(
        page, page.get_by_role("complementary", name="发布").get_by_role("button", name="发布", exact=True)
    )
    expect(page.get_by_role("heading", name="已发布")).to_be_visible()


def _fill(page: Page) -> None:
    page.goto("/app/forms/trip")
    expect(page.get_by_role("heading", name="出差")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="新建出差")).to_be_visible()
    _type(page, page.get_by_label("名称"), "去苏州")
    _type(page, page.get_by_label("费用"), "1200.5")
    _reach(page, page.get_by_label("已批"))
    page.keyboard.press("Space")
    expect(page.get_by_label("已批")).to_be_checked()
    _press(page, page.get_by_role("button", name="保存"))
    expect(page).to_have_url(re.compile(r"/forms/trip/\d+"))


def _press(page: Page, target: Locator) -> None:
    _reach(page, target)
    page.keyboard.press("Enter")


def _type(page: Page, target: Locator, text: str) -> None:
    _reach(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    expect(target).to_have_value(text)


def _reach(page: Page, target: Locator) -> None:
    """With Tab, round the page if need be; what can be reached only with the mouse fails here."""
    expect(target).to_be_visible()
    for _ in range(TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")
