"""Pasted labels become keys, and keys are shown as labels that lead back to the same keys."""

from __future__ import annotations

import pytest

from engine.problems import Span
from engine.rules.feel.authoring import with_keys, with_labels

NAMES = {
    "customer_level": "客户等级",
    "customer": "客户",
    "customer.level": "等级",
    "amount": "金额（元）",
    "qty_30": "30天销量",
    "a_name": "名称",
    "b_name": "名称",
    "lines": "明细",
    "lines.qty": "数量",
    "lines.price": "单价",
    "condition": "if",
    "count": "count",
}


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("客户等级 = “A”", 'customer_level = "A"'),
        ("客户.等级", "customer.level"),
        ("customer.等级", "customer.level"),
        ("record.客户.等级", "record.customer.level"),
        ("金额（元）＊2", "amount*2"),
        ("金额(元) > 1，000", "amount > 1,000"),
        ("`30天销量` + 1", "qty_30 + 1"),
        ('if 客户等级 = "客户等级" then 1 else 2', 'if customer_level = "客户等级" then 1 else 2'),
        ("sum(明细[数量 > 1].单价)", "sum(lines[qty > 1].price)"),
        ("sum(for 行 in 明细 return 行.数量 * 行.单价)", "sum(for 行 in lines return 行.qty * 行.price)"),
        ("some x in 明细, y in x.数量 satisfies y > 1", "some x in lines, y in x.qty satisfies y > 1"),
        ("{客户: 1, b: 客户}.b + 客户等级", "{客户: 1, b: 客户}.b + customer_level"),
        ("{b: 客户, 客户: 1}", "{b: customer, 客户: 1}"),
        ("(function(客户) 客户)(客户等级)", "(function(客户) 客户)(customer_level)"),
        ("count（明细）", "count(lines)"),
        ("明细[1].数量 /* 数量，*/", "lines[1].qty /* 数量，*/"),
        ("客户.", "customer."),
        ("未知 + 1", "未知 + 1"),
    ],
)
def test_labels_become_keys_and_signs_become_plain(pasted: str, stored: str) -> None:
    rewritten = with_keys(pasted, NAMES)

    assert (rewritten.text, rewritten.problems) == (stored, ())
    assert with_keys(stored, NAMES).text == stored


def test_a_label_of_several_names_lists_the_choices_and_stays() -> None:
    rewritten = with_keys("客户等级 = 名称", NAMES)

    (problem,) = rewritten.problems
    assert rewritten.text == "customer_level = 名称"
    assert (problem.code, problem.span) == ("feel.label.ambiguous", Span(7, 9))
    assert problem.params == {"label": "名称", "keys": ["a_name", "b_name"]}


def test_changes_say_where_they_stood() -> None:
    changes = with_keys("1 + 客户.等级", NAMES).changes

    assert [(change.span, change.after) for change in changes] == [
        (Span(4, 6), "customer"),
        (Span(7, 9), "level"),
    ]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("customer.level = customer_level", "客户.等级 = 客户等级"),
        ("a_name + b_name", "a_name + b_name"),
        ("qty_30 * amount", "`30天销量` * 金额（元）"),
        ("condition", "`if`"),
        ("count(lines) > count", "count(明细) > count"),
        ("sum(lines[qty > 1].price)", "sum(明细[数量 > 1].单价)"),
        ("for customer in lines return customer.qty", "for customer in 明细 return customer.数量"),
        ("{客户: 1, x: customer}", "{客户: 1, x: customer}"),
    ],
)
def test_keys_are_shown_as_labels_that_lead_back(stored: str, shown: str) -> None:
    assert with_labels(stored, NAMES).text == shown
    assert with_keys(shown, NAMES).text == stored


def test_text_that_has_no_tokens_comes_back_with_the_reason() -> None:
    rewritten = with_keys('客户 = "A', NAMES)

    assert rewritten.text == '客户 = "A'
    assert [problem.code for problem in rewritten.problems] == ["feel.syntax.string-open"]
