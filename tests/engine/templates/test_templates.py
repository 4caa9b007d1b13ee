"""Templates: what they say, what they refuse, and where they stop."""

from __future__ import annotations

import time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.problems import ENGINE_LOCALE, LimitError, Register
from engine.rules.feel.types import DATE, NUMBER, STRING, ContextType, ListType, Scope
from engine.templates import Look, check_template, read_template, render
from engine.templates.amounts import capitals
from engine.values import Date, DateTime, Reference, Time

SHANGHAI = ZoneInfo("Asia/Shanghai")
LINES = ListType(item=ContextType(fields={"product": STRING, "price": NUMBER, "kind": STRING}))
SCOPE = Scope(
    {
        "name": STRING,
        "amount": NUMBER,
        "stage": STRING,
        "due": DATE,
        "customer": ContextType(fields={"id": NUMBER, "title": STRING, "level": STRING}),
        "lines": LINES,
    }
)
VALUES = {
    "name": "Zhou {{ amount }}",
    "amount": Decimal("1234.50"),
    "stage": "won",
    "due": Date(2026, 11, 24),
    "called": DateTime(Date(2026, 11, 24), Time(1, 30, 0, 0, 0)),
    "customer": Reference(id=7, title="ACME", level="a"),
    "lines": [{"product": "Pump", "price": 2, "kind": "x"}, {"product": "Hose", "price": 3, "kind": "y"}],
    "empty": [],
    "yes": True,
}
LABELS = {"stage": {"won": {"zh-CN": "赢单", "en": "Won"}}, "lines.kind": {"x": "Part", "y": "Spare"}}


def said(source: str, language: str = "en", **values: object) -> str:
    reading = read_template(source)
    assert reading.template is not None, reading.problems
    return render(reading.template, {**VALUES, **values}, Look(language, SHANGHAI), LABELS)


def refused(source: str) -> list[str]:
    reading = read_template(source)
    assert reading.template is None
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ name }}", "Zhou {{ amount }}"),
        ("{{ amount }} {{ amount | money }} {{ amount | money('CNY') }}", "1234.5 1,234.50 ¥1,234.50"),
        ("{{ amount | 大写 }}", "壹仟贰佰叁拾肆元伍角整"),
        ("{{ stage }} {{ stage | label }}", "won Won"),
        ("{{ due | date('long') }} {{ called | date('time') }}", "24 November 2026 2026-11-24 09:30"),
        ("{{ missing.deep | default('-') }}{{ missing }}", "-"),
        ("{{ customer }} {{ customer.level }}", "ACME a"),
        ("{% for l in lines %}{{ l.kind | label }}: {{ l.price }}; {% endfor %}", "Part: 2; Spare: 3; "),
        ("{% for l in empty %}x{% else %}none{% endfor %}", "none"),
        ("{% if amount >= 1000 %}big{% elif amount %}small{% else %}no{% endif %}", "big"),
        ("{% if stage == 'lost' %}a{% elif name != 3 %}b{% endif %}{% if name > 3 %}c{% endif %}", "b"),
        ("{{ yes }} {{ 'x' }} {{ 3 }}", "yes x 3"),
    ],
)
def test_a_template_says_what_it_shows(source: str, text: str) -> None:
    assert said(source) == text


def test_chinese_readers_get_their_own_forms() -> None:
    source = "{{ due | date('long') }} {{ stage | label }} {{ yes }} {{ rate | percent }}"

    assert said(source, "zh-CN", rate=Decimal("0.130")) == "2026年11月24日 赢单 是 13%"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("10.01", "壹拾元零壹分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100000001", "壹亿零壹元整"),
        ("1000100.5", "壹佰万零壹佰元伍角整"),
        ("-325.04", "负叁佰贰拾伍元零肆分"),
        ("1e16", ""),
    ],
)
def test_amounts_in_capitals_follow_the_rules_for_cheques(amount: str, text: str) -> None:
    assert capitals(Decimal(amount)) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ 7*7 }}",
        "{{ ''.__class__ }}",
        "{{ (9**(9**9)) }}",
        "{{ 'x' * 400000000 }}",
        "{{ name.upper() }}",
        "{{ name['x'] }}",
        "{{ cycler(1) }}",
        "{{ [1,2] }}",
        "{{ a and b }}",
        "{{ a if b }}",
        "{{ 1.5 }}",
        "{{ a < b < c }}",
        "{{ a in b }}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block b %}{% endblock %}",
        "{% filter upper %}{% endfilter %}",
        "{% for a, b in lines %}{% endfor %}",
        "{% for a in lines if a %}{% endfor %}",
        "{% for a in 'abc' %}{% endfor %}",
        "{% for a in lines recursive %}{% endfor %}",
    ],
)
def test_whatever_is_not_on_the_list_is_refused(source: str) -> None:
    assert set(refused(source)) <= {"templates.not-allowed"}


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{{ a | upper }}", "templates.unknown-filter"),
        ("{{ a | attr('x') }}", "templates.unknown-filter"),
        ("{{ a | money('YUAN') }}", "templates.filter-arguments"),
        ("{{ a | default(b) }}", "templates.filter-arguments"),
        ("{{ a | percent(9) }}", "templates.filter-arguments"),
        ("{{ a | money(currency='CNY') }}", "templates.filter-arguments"),
        ("{{ a", "templates.syntax"),
        ("{% if a %}", "templates.syntax"),
        ("{{ " + "9" * 5000 + " }}", "templates.syntax"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "templates.too-deep"),
        ("{% if a %}" * 9 + "{% endif %}" * 9, "templates.too-deep"),
        ("x" * 20_001, "templates.too-long"),
    ],
)
def test_mistakes_are_named(source: str, code: str) -> None:
    assert refused(source) == [code]


def test_all_problems_come_at_once_each_with_its_line_and_texts_in_both_languages() -> None:
    register = Register.read(ENGINE_LOCALE)

    problems = read_template("{{ a | uper }}\n{{ 1 + 1 }}\n{{ b.c() }}").problems

    assert [problem.params["line"] for problem in problems] == [1, 2, 3]
    for language in ("zh-CN", "en"):
        assert all("{" not in register.message(problem, language) for problem in problems)


def test_names_and_filters_are_checked_against_what_there_is() -> None:
    source = "{{ nam }}{% for l in lines %}{{ l.pric }}{% endfor %}{{ name | money }}{{ name.x }}"
    source += "{% for n in name %}{% endfor %}{{ customer.level }}{{ l }}"
    template = read_template(source).template
    assert template is not None

    checked = check_template(template, SCOPE)

    assert [problem.code.removeprefix("templates.") for problem in checked.problems] == [
        *("unknown-name", "unknown-name", "filter-value", "no-parts", "not-a-list", "unknown-name")
    ]
    assert checked.problems[0].params["meant"] == "name"
    assert ("customer", "level") in checked.paths
    assert ("lines", "pric") in checked.paths


def test_loops_and_lengths_are_cut_in_time() -> None:
    nested = "{% for a in lines %}{% for b in lines %}x{% endfor %}{% endfor %}"
    rows: list[object] = [{"product": "p" * 1000}] * 9999
    began = time.process_time()

    for source in (nested, "{% for a in lines %}{{ a.product }}{% endfor %}"):
        with pytest.raises(LimitError):
            said(source, lines=rows)

    assert time.process_time() - began < 0.2
