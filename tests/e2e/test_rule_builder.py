"""A business admin builds a rule in Chinese without typing an expression; it works on the next record."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages import ask

Visit = Callable[..., Page]
pytestmark = pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
LEAD: dict[str, Any] = {
    "key": "lead",
    "label": {"zh-CN": "线索", "en": "Lead"},
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": {"zh-CN": "姓名", "en": "Name"}, "required": True},
        "source": {
            "type": "select",
            "label": {"zh-CN": "来源", "en": "Source"},
            "options": [{"key": "website", "label": {"zh-CN": "官网", "en": "Website"}}],
        },
    },
}
FOLLOW_UP: dict[str, Any] = {
    "key": "follow_up",
    "label": {"zh-CN": "跟进任务", "en": "Follow-up"},
    "title": "{subject}",
    "fields": {
        "subject": {"type": "text", "label": {"zh-CN": "主题", "en": "Subject"}},
        "lead": {"type": "relation", "to": "lead", "label": {"zh-CN": "线索", "en": "Lead"}},
        "due_at": {"type": "datetime", "label": {"zh-CN": "截止时间", "en": "Due at"}},
    },
}
TEXT = (
    '规则 "官网新线索" 对象 线索\n'
    "当   新增\n"
    '条件 来源 = "官网"\n'
    '执行 分配 负责人 轮流 于 组("华东组") 跳过 请假\n'
    '     新建 跟进任务 附 { 主题: 姓名, 线索: record, 截止时间: now() + duration("PT4H") }\n'
    '     通知 负责人 提示 "欢迎新线索：{name}"\n'
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


def publish_form(page: Page, document: dict[str, Any]) -> None:
    draft = {"kind": "form", "key": document["key"]}
    ask(page, "PUT", f"/drafts/form/{document['key']}", {"rev": 0, "document": document})
    ask(page, "POST", "/publish", {"drafts": [draft]})


def choose_value(page: Page, field: str, kind: str) -> None:
    """In the card of the second action: one more field, and how it is filled."""
    card = page.get_by_role("region", name="执行").get_by_role("listitem").nth(1)
    card.get_by_label("字段", exact=True).last.select_option(label=field)
    card.get_by_label("怎么填").last.select_option(label=kind)


def test_a_website_lead_gets_a_salesperson_a_task_and_a_message_by_choices_alone(visit: Visit) -> None:
    admin = visit("zhou_ning")
    group = group_of(admin, "陈静", "苏晚")
    for form in (LEAD, FOLLOW_UP):
        publish_form(admin, form)

    admin.goto("/app/builder")
    admin.get_by_role("button", name="新建规则").click()
    admin.get_by_label("名称", exact=True).fill("官网新线索")
    admin.get_by_label("针对哪张表单的记录").select_option(label="线索")
    admin.get_by_role("button", name="新建", exact=True).click()
    admin.wait_for_url(re.compile("/builder/rules/guan_wang_xin_xian_suo"))
    admin.get_by_role("button", name="条件", exact=True).click()
    admin.get_by_label("字段", exact=True).first.select_option(label="来源")
    admin.get_by_label("选择值").select_option(label="官网")
    add(admin, "分配给一个人")
    add(admin, "新建记录")
    admin.get_by_label("选择表单").select_option(label="跟进任务")
    choose_value(admin, "主题", "取自字段")
    choose_value(admin, "线索", "本记录")
    choose_value(admin, "截止时间", "从现在起")
    admin.get_by_label("数量").fill("4")
    add(admin, "通知")
    admin.get_by_label("提示文字").fill("欢迎新线索：{name}")

    expect(text_of(admin)).to_have_text(TEXT.replace("\n", ""), use_inner_text=False)
    expect(admin.get_by_text("没有问题")).to_be_visible()
    admin.get_by_role("button", name="发布", exact=True).click()
    admin.wait_for_url(re.compile("/builder/publish"))
    admin.get_by_role("button", name="发布", exact=True).click()
    expect(admin.get_by_role("heading", name="已发布")).to_be_visible()

    made = [
        ask(admin, "POST", "/forms/lead/records", {"values": {"source": "website", "name": name}}).json()
        for name in ("北仑半导体", "余姚塑料机械")
    ]
    leads = [ask(admin, "GET", f"/forms/lead/records/{one['id']}").json()["values"] for one in made]
    assert sorted(lead["owner"]["id"] for lead in leads) == sorted(group)
    tasks = ask(admin, "GET", "/forms/follow_up/records?limit=10").json()["items"]
    assert {task["values"]["lead"]["id"] for task in tasks} == {one["id"] for one in made}
    due = datetime.fromisoformat(tasks[0]["values"]["due_at"])
    assert timedelta(hours=3, minutes=55) < due - datetime.now(UTC) <= timedelta(hours=4)
    for login in ("chen_jing", "su_wan"):
        told = ask(visit(login), "GET", "/notifications?limit=5").json()["items"]
        assert any("欢迎新线索：" in one["title"] + one["body"] for one in told), told


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

    add(admin, "新建或更新记录")
    admin.get_by_label("选择表单").select_option(label="联系人")
    admin.get_by_role("region", name="执行").get_by_label("按", exact=True).select_option(label="姓名")
    expect(box).to_contain_text("upsert Contact matching Name with { Name:")
