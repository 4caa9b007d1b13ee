"""The Chinese view of a rule: labels for keys, read back to the same rule."""

from __future__ import annotations

import pytest

from engine.rules.language.read import read_rule
from engine.rules.language.view import read_view, rule_view
from tests.engine.rules.language.shapes import KNOWN

CASES = [
    (
        ('rule "New website lead" on lead\nwhen  created\nwhere source = "website" and owner = null\n'
        'do    assign owner round robin among group("east") skipping absent, at most 50 open\n'
        "      notify owner by wecom, email with template new_lead\n"),
        ('规则 "官网新线索" 对象 线索\n当   新增\n条件 来源 = "官网" and 负责人 = null\n'
        '执行 分配 负责人 轮流 于 组("华东") 跳过 请假, 每人最多 50 条\n'
        "     通知 负责人 通过 企业微信, 邮件 模板 新线索提醒\n"),
    ),
    (
        ('rule "Won" on opportunity\nwhen  stage changed to "won"\nwhere customer.status in ("lost", null)\n'
        'do    update customer set status = "active", last_won_on = today()\n'
        "      create contract with { customer: record.customer, opportunity: record, amount: amount }"
        " unless exists contract where opportunity = record\n"),
        ('规则 "Won" 对象 商机\n当   阶段 变更 为 "赢单"\n条件 客户.状态 in ("流失", null)\n'
        '执行 更新 客户 设为 状态 = "正式", 最近成交 = today()\n'
        "     新建 合同 附 { 客户: record.客户, 商机: record, 金额: 金额 }"
        " 除非已有 合同 条件 商机 = record\n"),
    ),
    (
        ("score lead_score on lead from 0 to 100\n+20 where changed(\"source\")\n"
        '+15 where count(records("task")[lead = record]) >= 2\ndecide tier by table lead_tier\n'),
        ('计分 线索得分 对象 线索 自 0 为 100\n+20 条件 已变更("来源")\n'
        '+15 条件 count(records("任务")[线索 = record]) >= 2\n判定 等级 按决策表 线索分级\n'),
    ),
    (
        ('rule "Due" on lead\nwhen  3 working days before due_on at 09:00 by calendar office\n'
        'do    notify manager(owner), role("sales_director") with message "{company}"\n'
        '      set tier = if employees > 9 then "a" else "b"\n'),
        ('规则 "Due" 对象 线索\n当   3 个工作日 早于 到期日 于 09:00 按日历 办公日历\n'
        '执行 通知 上级(负责人), 角色("销售总监") 提示 "{company}"\n'
        '     设为 等级 = if 员工数 > 9 then "甲" else "乙"\n'),
    ),
]  # fmt: skip
TEXTS = {"New website lead": "官网新线索"}


@pytest.mark.parametrize(("stored", "shown"), CASES)
def test_the_chinese_view_has_labels_and_is_read_back(stored: str, shown: str) -> None:
    rule = read_rule(stored).rule
    assert rule is not None

    assert rule_view(rule, KNOWN, "zh-CN", TEXTS) == shown
    reading = read_view(shown, KNOWN, "zh-CN", TEXTS)
    assert (reading.rule, reading.problems) == (rule, ())


def test_what_could_mean_two_things_is_shown_by_its_key() -> None:
    text = 'rule "r" on unknown_form\nwhen  saved\nwhere a = and\ndo    set employees = company\n'
    rule = read_rule(text).rule
    assert rule is not None

    assert "unknown_form" in rule_view(rule, KNOWN, "zh-CN")
    assert read_view(rule_view(rule, KNOWN, "zh-CN"), KNOWN, "zh-CN").rule == rule
