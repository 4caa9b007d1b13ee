"""Text, tree and JSON of a rule say the same; what is wrong is named with its place."""

from __future__ import annotations

import os
from datetime import time

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from engine.rules.language import model
from engine.rules.language.actions.assign import Assign
from engine.rules.language.actions.call import Call
from engine.rules.language.actions.create import Create
from engine.rules.language.actions.decide import Decide
from engine.rules.language.actions.notify import Notify
from engine.rules.language.actions.reject import Reject
from engine.rules.language.actions.set_fields import Set
from engine.rules.language.actions.update import Update
from engine.rules.language.actions.upsert import Upsert
from engine.rules.language.effects import Strategy
from engine.rules.language.json_form import rule_from_json, rule_to_json
from engine.rules.language.model import (
    Assignment,
    Button,
    Changed,
    Created,
    Cron,
    Deleted,
    EveryDay,
    EveryMinutes,
    EveryMonth,
    EveryWeekday,
    EveryWorkingDay,
    ExpectAction,
    ExpectNothing,
    ExpectReject,
    ExpectValue,
    Feel,
    ForEach,
    Name,
    OnFailure,
    Quoted,
    RelativeDate,
    Rule,
    RuleText,
    Saved,
    Saving,
    Score,
    ScoreLine,
    Unit,
)
from engine.rules.language.read import read_rule
from engine.rules.language.show import rule_text
from engine.rules.language.words import CHINESE, WORDS

CASES = int(os.environ.get("DOUGONG_RULE_CASES", "300"))

EXAMPLES = [
    """rule "Discount limit" on quote
when  saving
where max_discount > 0.3 and not(list contains(user.roles, "sales_director"))
do    reject max_discount with message "Discount over 30 % needs a sales director"
""",
    """rule "New website lead" on lead
when  created
where source = "website" and owner = null
do    assign owner round robin among group("east") skipping absent, at most 50 open
      notify owner by wecom, email with template new_lead
""",
    """rule "Won opportunity" on opportunity
# old.stage is available
when  stage changed to "won"
do    update customer set status = "active", last_won_on = today()
      create contract with { amount: amount } unless exists contract where opportunity = record
""",
    """rule "Stale opportunities" priority 20
every day at 09:00
for each opportunity where stage.type = "open" and last_activity_at < now() - duration("P14D")
do    notify owner with template stale_opportunity
      set health = "red"
""",
    """score lead_score on lead from 0 to 100
+20 where industry in ("saas", "manufacturing")
+15 where count(visits[page = "pricing"]) >= 2
-30 where ends with(email, "@qq.com")
decide tier by table lead_tier

test "big" given { industry: "saas" } expect lead_score = 20, tier = "a"
""",
    """rule "Due soon" on task
when  3 working days before due_on at 09:00 by calendar office
where done = false and
      owner != null
do    notify owner, manager(owner) with message "{title} is due"
otherwise set done = true
on failure refuse
""",
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_are_printed_as_they_were_written(text: str) -> None:
    reading = read_rule(text)

    assert reading.problems == ()
    assert reading.rule is not None
    assert rule_text(reading.rule) == text
    chinese = read_rule(rule_text(reading.rule, CHINESE), CHINESE)
    assert (chinese.rule, chinese.problems) == (reading.rule, ())


def test_the_chinese_view_reads_like_chinese() -> None:
    rule = read_rule(EXAMPLES[1]).rule
    assert rule is not None

    assert rule_text(rule, CHINESE) == (
        '规则 "New website lead" 对象 lead\n'
        "当   新增\n"
        '条件 source = "website" and owner = null\n'
        '执行 分配 owner 轮流 于 group("east") 跳过 请假, 每人最多 50 条\n'
        "     通知 owner 通过 wecom, email 模板 new_lead\n"
    )


def test_comments_stay_with_what_they_belong_to() -> None:
    text = (
        '# head\nrule "r" on lead # same line\nwhen created\n'
        'do set a = 1 // why\n   # second\n   set b = "#2"\n'
    )
    rule = read_rule(text).rule

    assert rule is not None
    printed = rule_text(rule)
    assert printed.count("#") == 5
    assert read_rule(printed).rule == rule
    assert rule_text(read_rule(printed).rule or rule) == printed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('rule "r" on f\nwhen saved\nif a > 1\ndo set a = 1\n', [("language.word.unknown-near", "if")]),
        (
            'rule "r" on f\nwhen saved\ndo sett a = 1\n   asign b\n',
            [("language.word.unknown-near", "sett"), ("language.word.unknown-near", "asign")],
        ),
        ('rule "r" on f\nwhen savd\ndo set a = 1\n', [("language.syntax.unexpected", "savd")]),
        ('rule "r" on f\nwhen saved\nset a = 1\n', [("language.clause.missing-do", "set")]),
        ('rule "r" on f\nwhen saved\n', [("language.clause.missing-actions", 'rule "r" on f')]),
        ('rule "r" on f\ndo set a = 1\n', [("language.clause.missing-trigger", 'rule "r" on f')]),
        (
            'rule "r on f\nwhen saved\ndo set a = 1\n',
            [("language.syntax.string-open", '"r on f')],
        ),
        ("when saved\n", [("language.clause.no-header", "w")]),
        ('rule "r" on f\nwhen saved\nwhere a\nwhere b\ndo set a = 1\n', [("language.clause.twice", "where")]),
        ('rule "r" on f\nwhen saved\ndo create x with { a: (1 \nwhere b\n', [("language.syntax.end", "")]),
        ('rule "r" on f\nevery day at 25:00\ndo set a = 1\n', [("language.syntax.unexpected", "25")]),
        (
            'rule "r" on f\nwhen saved\ndo reject a\n   notify\n',
            [("language.syntax.end", ""), ("language.syntax.end", "")],
        ),
    ],
)
def test_everything_wrong_is_named_with_its_place(text: str, found: list[tuple[str, str]]) -> None:
    problems = read_rule(text).problems

    assert [problem.code for problem in problems] == [code for code, _ in found]
    for problem, (_, place) in zip(problems, found, strict=True):
        assert problem.span is not None
        assert text[problem.span.start : problem.span.end] == place


_NAMES = st.sampled_from(["lead", "amount", "owner", "due_on", "状态", "a1", "合同(旧)", "on", "set"]).map(
    Name
)
_PLAIN = st.sampled_from(["lead", "amount", "owner", "due_on", "状态", "a1"]).map(Name)
_FEEL = st.sampled_from(
    [
        *("amount > 3", 'source in ("a", "b")', "null", "record.customer", 'now() - duration("P1D")'),
        *('group("east")', "a and\nb or\nnot(c)", "[1, 2, 3]", '{ a: 1, b: { c: "}" } }', '"x, # y where"'),
        *("for i in [1], j in [2] return i + j", "(a set b)", "x.where.to", "金额 > 5", "if a then b else c"),
    ]
).map(Feel)
_ITEM = _FEEL.filter(lambda feel: not feel.text.startswith("for"))
_QUOTED = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=9).map(Quoted)
_ASSIGNMENTS = st.lists(st.builds(Assignment, _PLAIN, _FEEL), min_size=1, max_size=2).map(tuple)
_ENTRIES = st.lists(st.builds(Assignment, _PLAIN, _ITEM), max_size=2).map(tuple)
_TIMES = st.integers(0, 1439).map(lambda minutes: time(minutes // 60, minutes % 60))


def _some(one: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | one


def _many(one: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(one, min_size=1, max_size=2).map(tuple)


def _assign(counting: Name | None, where: Feel | None, **slots: object) -> Assign:
    return Assign(counting=counting, counting_where=where if counting else None, **slots)  # type: ignore[arg-type]


def _create(unless: Name | None, where: Feel | None, **slots: object) -> Create:
    return Create(unless=unless, unless_where=where if unless else None, **slots)  # type: ignore[arg-type]


_ACTIONS = st.one_of(
    st.builds(Set, _ASSIGNMENTS),
    st.builds(Reject, _QUOTED, _some(_NAMES)),
    st.builds(
        _assign,
        counting=_some(_NAMES),
        where=_some(_ITEM),
        field=_NAMES,
        strategy=st.sampled_from(Strategy),
        among=_many(_ITEM),
        sticky_to=_some(_ITEM),
        skipping_absent=st.booleans(),
        at_most=_some(_ITEM),
    ),
    st.builds(_create, unless=_some(_NAMES), where=_some(_FEEL), form=_NAMES, values=_ENTRIES),
    st.builds(Update, _NAMES, _ASSIGNMENTS, _some(_FEEL)),
    st.builds(Upsert, _NAMES, _many(_NAMES), _ENTRIES),
    st.builds(Decide, _many(_NAMES), _NAMES, _ENTRIES),
    st.builds(Notify, _many(_ITEM), st.lists(_NAMES, max_size=2).map(tuple), _NAMES, st.none()),
    st.builds(Notify, _many(_ITEM), st.just(()), st.none(), _QUOTED),
    st.builds(Call, _PLAIN, _ENTRIES),
)
_EVENTS = st.one_of(
    *(st.just(one()) for one in (Saving, Created, Saved, Deleted)),
    st.builds(Button, _some(_QUOTED)),
    st.builds(Changed, st.lists(_NAMES, max_size=2).map(tuple)),
    st.builds(Changed, _NAMES.map(lambda name: (name,)), _many(_ITEM), st.just(())),
    st.builds(Changed, _PLAIN.map(lambda name: (name,)), st.just(()), _many(_ITEM)),
    st.builds(
        RelativeDate,
        st.integers(0, 99),
        st.sampled_from(Unit),
        st.booleans(),
        _NAMES,
        _some(_TIMES),
        _some(_NAMES),
    ),
)
_ZONES = st.sampled_from([None, "Asia/Shanghai"])
_SCHEDULES = st.one_of(
    st.builds(EveryDay, _TIMES, zone=_ZONES),
    st.builds(EveryWorkingDay, _TIMES, _some(_NAMES), zone=_ZONES),
    st.builds(
        EveryWeekday, st.sets(st.integers(1, 7), min_size=1).map(sorted).map(tuple), _TIMES, zone=_ZONES
    ),
    st.builds(EveryMonth, st.integers(0, 31), _TIMES, zone=_ZONES),
    st.builds(EveryMinutes, st.integers(1, 600), zone=_ZONES),
    st.builds(Cron, st.just(Quoted("0 2 * * 1-5")), zone=_ZONES),
)
_EXPECT = st.one_of(
    st.just(ExpectNothing()),
    st.builds(ExpectReject, _some(_PLAIN)),
    st.builds(ExpectValue, _PLAIN, _ITEM),
    st.builds(ExpectAction, st.sampled_from(["create", "notify", "call connector"]), _some(_PLAIN)),
)
_TESTS = st.lists(st.builds(model.Test, _QUOTED, _FEEL, _many(_EXPECT)), max_size=1).map(tuple)
_REST = {"priority": st.integers(-9, 99), "on_failure": st.sampled_from(OnFailure), "tests": _TESTS}
_FORM = _some(_PLAIN)
_RULES = st.one_of(
    st.builds(
        Rule,
        label=_QUOTED,
        form=_FORM,
        triggers=_many(_EVENTS | _SCHEDULES),
        for_each=_some(st.builds(ForEach, _NAMES, _some(_FEEL))),
        where=_some(_FEEL),
        do=_many(_ACTIONS),
        otherwise=st.lists(_ACTIONS, max_size=1).map(tuple),
        **_REST,
    ),
    st.builds(
        Score,
        field=_PLAIN,
        form=_FORM,
        low=st.integers(-9, 9),
        high=st.integers(10, 100),
        lines=_many(st.builds(ScoreLine, st.integers(-50, 50), _FEEL)),
        do=st.lists(_ACTIONS, max_size=2).map(tuple),
        **_REST,
    ),
)


@pytest.mark.thorough
@seed(20260302)
@settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(_RULES)
def test_reading_what_was_printed_gives_the_same_rule(rule: RuleText) -> None:
    for words in WORDS.values():
        text = rule_text(rule, words)
        reading = read_rule(text, words)
        assert reading.problems == (), text
        assert reading.rule == rule, text
    assert rule_from_json(rule_to_json(rule)) == (rule, ())


@pytest.mark.parametrize(
    ("document", "at"),
    [
        (None, ""),
        ({"type": "Rule"}, ""),
        ({"type": "Feel"}, ""),
        ({"type": "Saved"}, "/type"),
        ({"type": "Rule", "label": "x", "form": None, "triggers": [{"type": "Cron", "text": 3}]}, ""),
        ({"type": "Score", "field": 3, "form": None, "low": 0, "high": 9, "lines": []}, "/field"),
        ({"type": "Score", "field": "x", "form": None, "low": True, "high": 9, "lines": []}, "/low"),
        ({"type": "Score", "field": "x", "form": None, "low": 0, "high": 9, "lines": [3]}, "/lines/0"),
        ({"type": "Score", "field": "x", "form": None, "low": 0, "high": 9, "lines": [], "x": 1}, "/x"),
    ],
)
def test_json_that_is_no_rule_is_refused_at_its_place(document: object, at: str) -> None:
    rule, problems = rule_from_json(document)

    assert rule is None
    assert [(problem.code, problem.at) for problem in problems] == [("language.json", at)]
