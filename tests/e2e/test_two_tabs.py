"""Two tabs of one person, a session that ends while she types: nothing lost, nothing overwritten unseen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages import ask

Visit = Callable[..., Page]
pytestmark = pytest.mark.parametrize("demo", ["sqlite"], indirect=True)


def new_deal(page: Page, name: str) -> int:
    values = {"name": name, "stage": "first_contact", "amount": 1000}
    return int(ask(page, "POST", "/forms/opportunity/records", {"values": values}).json()["id"])


def stored(page: Page, deal: int) -> dict[str, object]:
    values: dict[str, object] = ask(page, "GET", f"/forms/opportunity/records/{deal}").json()["values"]
    return values


def edit(page: Page, deal: int) -> Page:
    page.goto(f"/app/forms/opportunity/{deal}")
    page.get_by_role("button", name="编辑").click()
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("button", name="编辑")).to_be_visible()


def test_changes_of_different_fields_are_merged(visit: Visit) -> None:
    first = visit("chen_jing")
    deal = new_deal(first, "两个标签页")
    second = edit(first.context.new_page(), deal)
    edit(first, deal).get_by_label("下一步", exact=True).fill("打电话")
    second.get_by_label("外部编号").fill("W-17")

    save(first)
    save(second)

    values = stored(first, deal)
    assert (values["next_step"], values["external_no"]) == ("打电话", "W-17")
    expect(second.get_by_role("main")).to_contain_text("打电话")


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_a_change_of_the_same_field_is_a_question_that_names_who_and_what(visit: Visit, keep: str) -> None:
    first = visit("chen_jing")
    deal = new_deal(first, f"同一个字段 {keep}")
    second = edit(first.context.new_page(), deal)
    edit(first, deal).get_by_label("下一步", exact=True).fill("打电话")
    save(first)
    second.get_by_label("下一步", exact=True).fill("发邮件")
    second.get_by_label("外部编号").fill(f"W-{keep}")
    second.get_by_role("button", name="保存").click()

    dialog = second.get_by_role("dialog", name="其他人先改了")
    conflict = dialog.get_by_role("group", name="下一步")
    expect(conflict.get_by_role("radio")).to_have_count(2)
    expect(conflict).to_contain_text("陈静 改为")
    expect(conflict).to_contain_text("打电话")
    if keep == "theirs":
        conflict.get_by_role("radio", name=re.compile("陈静 改为")).check()
    dialog.get_by_role("button", name="保存").click()
    expect(second.get_by_role("button", name="编辑")).to_be_visible()

    values = stored(first, deal)
    assert values["next_step"] == {"mine": "发邮件", "theirs": "打电话"}[keep]
    assert values["external_no"] == f"W-{keep}"


def test_what_was_typed_is_saved_after_signing_in_again_in_another_tab(visit: Visit) -> None:
    page = visit("chen_jing")
    deal = new_deal(page, "登录过期")
    edit(page, deal).get_by_label("下一步", exact=True).fill("写到一半")
    ask(page, "DELETE", "/session")
    page.get_by_role("button", name="保存").click()

    again = page.get_by_role("dialog", name="请重新登录")
    with page.context.expect_page() as opened:
        again.get_by_role("link", name="在新标签页用其他方式登录").click()
    opened.value.locator('button[value="chen_jing"]').click()
    opened.value.wait_for_url("**/app/**")
    again.get_by_role("button", name="我已登录，继续").click()

    expect(page.get_by_role("button", name="编辑")).to_be_visible()
    assert stored(page, deal)["next_step"] == "写到一半"


def test_a_closed_tab_loses_nothing_and_does_not_undo_what_others_saved_meanwhile(visit: Visit) -> None:
    page = visit("chen_jing")
    deal = new_deal(page, "关掉的标签页")
    edit(page, deal).get_by_label("下一步", exact=True).fill("写到一半")
    page.wait_for_function("id => JSON.stringify(localStorage).includes(`opportunity.${id}`)", arg=deal)
    other = page.context.new_page()
    page.close()
    manager = visit("gu_lan")
    change = {"rev": 1, "values": {"external_no": "经理改的", "next_step": "经理也写了"}}
    ask(manager, "PATCH", f"/forms/opportunity/records/{deal}", change)

    edit(other, deal)
    expect(other.get_by_text(re.compile("未保存的内容"))).to_be_visible()
    other.get_by_role("button", name="接着填").click()
    expect(other.get_by_label("下一步", exact=True)).to_have_value("写到一半")
    other.get_by_role("button", name="保存").click()
    dialog = other.get_by_role("dialog", name="其他人先改了")
    expect(dialog).to_contain_text("顾岚 改为")
    dialog.get_by_role("button", name="保存").click()
    expect(other.get_by_role("button", name="编辑")).to_be_visible()

    values = stored(other, deal)
    assert (values["next_step"], values["external_no"]) == ("写到一半", "经理改的")


def test_a_draft_that_somebody_else_saved_is_never_overwritten_unasked(visit: Visit) -> None:
    first = visit("zhou_ning")
    first.goto("/app/builder/forms/contact")
    expect(first.get_by_role("tree", name="表单画布")).to_be_visible()
    second = first.context.new_page()
    second.goto("/app/builder/forms/contact")
    expect(second.get_by_role("tree", name="表单画布")).to_be_visible()

    first.get_by_label("表单名称（中）").fill("联系人甲")
    expect(first.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    second.get_by_label("表单名称（中）").fill("联系人乙")
    dialog = second.get_by_role("dialog", name="别人也在改这份草稿")
    expect(dialog).to_contain_text("周宁")
    assert ask(first, "GET", "/drafts/form/contact").json()["document"]["label"]["zh-CN"] == "联系人甲"
    dialog.get_by_role("button", name="载入对方的版本").click()

    expect(second.get_by_label("表单名称（中）")).to_have_value("联系人甲")
    second.get_by_label("表单名称（中）").fill("联系人丙")
    expect(second.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    assert ask(first, "GET", "/drafts/form/contact").json()["document"]["label"]["zh-CN"] == "联系人丙"


def test_a_row_of_a_table_is_one_question_and_rows_of_others_stay(visit: Visit) -> None:
    mine = visit("chen_jing")
    deal = new_deal(mine, "两人改一张表")
    customer = ask(mine, "GET", "/forms/customer/records?limit=1").json()["items"][0]["id"]
    products = [one["id"] for one in ask(mine, "GET", "/forms/product/records?limit=4").json()["items"]]
    rows = [{"values": {"product": one, "qty": 1, "price": 100}} for one in products[:3]]
    head = {"name": "两人改一张表", "opportunity": deal, "customer": customer}
    values = {**head, "valid_until": "2027-01-31", "lines": rows}
    quote = ask(mine, "POST", "/forms/quote/records", {"values": values}).json()
    first, second, third = (row["id"] for row in quote["values"]["lines"])
    mine.goto(f"/app/forms/quote/{quote['id']}")
    mine.get_by_role("button", name="编辑").click()
    theirs = {
        "create": [{"values": {"product": products[3], "qty": 8, "price": 5}}],
        "update": [{"id": first, "values": {"qty": 5, "price": 90}}],
        "delete": [second],
    }
    manager = visit("gu_lan")
    ask(manager, "PATCH", f"/forms/quote/records/{quote['id']}", {"rev": 1, "values": {"lines": theirs}})

    for row, quantity in ((1, "7"), (2, "9")):
        cell = mine.get_by_role("row").nth(row).get_by_label(re.compile("数量"))
        cell.fill(quantity)
        cell.blur()
    mine.get_by_role("row").nth(1).get_by_label(re.compile("单价")).fill("80")
    mine.get_by_role("button", name="保存").click()

    dialog = mine.get_by_role("dialog", name="其他人先改了")
    questions = dialog.get_by_role("group")
    expect(questions).to_have_count(2)
    expect(questions.nth(0)).to_contain_text("第 1 行")
    expect(questions.nth(0)).to_contain_text("顾岚 修改了")
    expect(questions.nth(1)).to_contain_text("顾岚 删除了")
    expect(dialog).to_contain_text("其间新增的行会保留")
    dialog.get_by_role("button", name="保存").click()
    expect(mine.get_by_role("button", name="编辑")).to_be_visible()

    kept = ask(mine, "GET", f"/forms/quote/records/{quote['id']}").json()["values"]["lines"]
    assert [(row["id"] in {first, third}, row["values"]["qty"]) for row in kept] == [
        (True, 7),
        (True, 1),
        (False, 8),
        (False, 9),
    ]
