"""A business admin builds a rule in Chinese without typing an expression; it works on the next record."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages import ask

Visit = Callable[..., Page]
pytestmark = pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
TEXT = (
    '规则 "新客户分配" 对象 客户\n'
    "当   新增\n"
    '条件 来源 = "官网"\n'
    '执行 分配 负责人 轮流 于 组("华东组") 跳过 请假\n'
    '     通知 负责人 提示 "请处理客户：{name}"\n'
)


def group_of(page: Page, *names: str) -> list[int]:
    people = {one["title"]: one["id"] for one in ask(page, "GET", "/users?limit=50").json()["items"]}
    ids = [people[name] for name in names]
    members = [{"user_id": identity} for identity in ids]
    ask(page, "PUT", "/groups/east", {"name": "华东组", "members": members})
    return ids


def text_of(page: Page) -> Any:
    return page.get_by_role("textbox", name="文本", exact=True)


def add(page: Page, action: str) -> None:
    page.get_by_role("region", name="执行").get_by_role("button", name="动作", exact=True).click()
    page.get_by_role("menuitem", name=action).click()


def test_a_rule_is_built_from_choices_and_shares_out_new_customers(visit: Visit) -> None:
    admin = visit("zhou_ning")
    group = group_of(admin, "陈静", "苏晚")

    admin.goto("/app/builder")
    admin.get_by_role("button", name="新建规则").click()
    admin.get_by_label("名称", exact=True).fill("新客户分配")
    admin.get_by_label("针对哪张表单的记录").select_option(label="客户")
    admin.get_by_role("button", name="新建", exact=True).click()
    admin.wait_for_url(re.compile("/builder/rules/xin_ke_hu_fen_pei"))
    admin.get_by_role("button", name="条件", exact=True).click()
    admin.get_by_label("字段", exact=True).first.select_option(label="来源")
    admin.get_by_label("选择值").select_option(label="官网")
    add(admin, "分配给一个人")
    add(admin, "通知")

    expect(text_of(admin)).to_have_text(TEXT.replace("\n", ""), use_inner_text=False)
    expect(admin.get_by_text("没有问题")).to_be_visible()
    admin.get_by_role("button", name="发布", exact=True).click()
    admin.wait_for_url(re.compile("/builder/publish"))
    admin.get_by_role("button", name="发布", exact=True).click()
    expect(admin.get_by_role("heading", name="已发布")).to_be_visible()

    values = {"kind": "company", "status": "prospect", "source": "website"}
    made = [
        ask(
            admin, "POST", "/forms/customer/records", {"values": values | {"name": f"北仑半导体 {one}"}}
        ).json()
        for one in (1, 2)
    ]
    owners = [
        ask(admin, "GET", f"/forms/customer/records/{one['id']}").json()["values"]["owner"] for one in made
    ]
    assert sorted(owner["id"] for owner in owners) == sorted(group)


def test_text_and_cards_follow_each_other(visit: Visit) -> None:
    admin = visit("zhou_ning")
    group_of(admin, "陈静")
    rule = 'rule "Told" on customer\nwhen created\ndo notify owner with message "x"\n'
    ask(admin, "PUT", "/drafts/rule/told", {"rev": 0, "text": rule})
    admin.goto("/app/builder/rules/told")
    box = text_of(admin)
    expect(box).to_contain_text("通知 负责人")

    box.click()
    admin.keyboard.press("Control+End")
    admin.keyboard.type('     设为 备注 = "y"')
    expect(admin.get_by_role("region", name="执行").get_by_text("设为")).to_be_visible()
    admin.get_by_role("button", name="下移动作 1").click()
    expect(box).to_contain_text('执行 设为 备注 = "y"')
    admin.get_by_role("radio", name="English").click()
    expect(box).to_contain_text("notify Owner with message")

    admin.get_by_role("button", name="撤销").click()
    expect(box).to_contain_text('do    notify Owner with message "x"')
    saved = re.compile("已保存")
    expect(admin.get_by_role("status").filter(has_text=saved)).to_be_visible()
    kept = ask(admin, "GET", "/drafts/rule/told").json()["text"]
    assert kept.endswith('do    notify owner with message "x"\n      set note = "y"\n'), kept
