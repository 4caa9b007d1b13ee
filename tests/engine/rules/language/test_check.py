"""What is wrong with a rule, between rules, and with the tests beside it."""

from __future__ import annotations

import pytest

from engine.problems import Severity
from engine.rules.language.check import check_rule
from engine.rules.language.compile import CompiledRule, compile_rule
from engine.rules.language.examples import run_examples
from engine.rules.language.lint import lint_rules
from engine.rules.language.read import read_rule
from tests.engine.rules.language.shapes import KNOWN

LEAD = 'rule "r" on lead\nwhen saved\n'


def compiled(text: str, key: str = "the_rule") -> CompiledRule:
    reading = read_rule(text)
    assert reading.rule is not None, reading.problems
    assert reading.ok, reading.problems
    return compile_rule(key, reading.rule, KNOWN)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('rule "r" on laed\nwhen saved\ndo set a = 1\n', "language.unknown.form", "laed"),
        (LEAD + "do set empolyees = 1\n", "language.unknown.field", "empolyees"),
        (LEAD + 'do set number = "x"\n', "language.field.not-writable", "number"),
        (LEAD + 'do set employees = "x"\n', "language.type", '"x"'),
        (LEAD + 'do set source = "expoo"\n', "language.option.unknown", '"expoo"'),
        (LEAD + "where employees + 1\ndo set active = true\n", "language.type", "employees + 1"),
        (LEAD + "where emploees > 1\ndo set active = true\n", "feel.name.unknown-near", "emploees"),
        (LEAD + 'do reject with message "no"\n', "language.action.reject", 'reject with message "no"'),
        (
            LEAD.replace("saved", "saving") + "do create task with {}\n",
            "language.action.saving",
            "create task with {}",
        ),
        (
            LEAD.replace("saved", "saving") + "where number != null\ndo set active = true\n",
            "language.reads.auto-number",
            'rule "r" on lead',
        ),
        (
            'rule "r"\nwhen saved\ndo notify 3 with template new_lead\n',
            "language.trigger.no-form",
            'rule "r"',
        ),
        ('rule "r" on lead\nevery day at 09:00\ndo set active = true\n', "language.trigger.for-each", "lead"),
        (
            'rule "r"\nevery day at 09:00\ndo set active = true\n',
            "language.action.no-record",
            "set active = true",
        ),
        (LEAD + "for each lead\ndo set active = true\n", "language.for-each.event", "for each lead"),
        (LEAD + "do notify owner\n", "language.notify.what", "notify owner"),
        (LEAD + "do notify owner by emial with template new_lead\n", "language.unknown.channel", "emial"),
        (LEAD + "do notify owner with template new_laed\n", "language.unknown.template", "new_laed"),
        (
            LEAD + 'do notify owner with message "{compny} is new"\n',
            "language.unknown.field",
            '"{compny} is new"',
        ),
        (
            LEAD + 'do assign company weighted among group("east")\n',
            "language.assign.not-a-member",
            "company",
        ),
        (LEAD + "do update company set a = 1\n", "language.update.target", "company"),
        (LEAD + 'do update task set title = "x"\n', "language.update.form", "task"),
        (LEAD + "do upsert task matching lead with { title: company }\n", "language.upsert.no-value", "lead"),
        (LEAD + "do decide tier by table lead_teir\n", "language.unknown.decision", "lead_teir"),
        (
            LEAD + "do call connector erp.order with { note: company }\n",
            "language.call.parameter-missing",
            "erp.order",
        ),
        (
            'rule "r" on lead\nwhen 3 days before company at 09:00\ndo set active = true\n',
            "language.relative.no-date",
            "company",
        ),
        (
            'rule "r" on lead\nwhen 3 hours before due_on\ndo set active = true\n',
            "language.relative.date-hours",
            "due_on",
        ),
        (
            'rule "r" on lead\nwhen 3 days before due_on\ndo set active = true\n',
            "language.relative.no-time",
            "when 3 days before due_on",
        ),
        (
            'rule "r"\nevery 7 minutes\ndo create task with {}\n',
            "language.schedule.minutes",
            "every 7 minutes",
        ),
        (
            'rule "r"\nevery cron "0 25 * * *"\ndo create task with {}\n',
            "language.schedule.cron",
            '"0 25 * * *"',
        ),
        ("score company on lead from 0 to 9\n+1 where active\n", "language.score.no-number", "company"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, code: str, place: str) -> None:
    problems = check_rule(compiled(text), KNOWN)

    assert [problem.code for problem in problems] == [code]
    span = problems[0].span
    assert span is not None
    assert text[span.start : span.end] == place


def test_a_rule_in_order_has_no_problems() -> None:
    text = (
        'rule "r"\nevery working day at 09:00 by calendar office\nfor each lead where employees / 2 > 1\n'
        "do update task where lead = record set title = company\n"
    )

    assert check_rule(compiled(text), KNOWN) == ()


def test_counting_everything_is_a_warning() -> None:
    (problem,) = check_rule(compiled(LEAD + 'do assign owner least open among group("east")\n'), KNOWN)

    assert (problem.code, problem.severity) == ("language.assign.counts-all", Severity.WARNING)


def test_two_rules_that_set_one_field_to_different_values_are_named() -> None:
    first = compiled(LEAD + 'do set tier = "a"\n', "first")
    second = compiled('rule "s" on lead\nwhen changed source\ndo set tier = "b"\n', "second")
    saving = compiled('rule "t" on lead\nwhen saving\ndo set tier = "b"\n', "third")
    created = compiled('rule "u" on lead\nwhen created\nwhere active\ndo set tier = "b"\n', "fourth")

    found = lint_rules([second, first, saving, created], KNOWN)

    conflicts = [problem for problem in found if problem.code == "language.lint.conflict"]
    named = {(one.document, one.related, one.severity) for one in conflicts}
    assert named == {
        ("rule/fourth", ("rule/first",), Severity.WARNING),
        ("rule/second", ("rule/first",), Severity.ERROR),
    }


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        ('when tier changed to "a"\ndo', 'when tier changed to "b"\ndo', None),
        ('when tier changed from "a" to "b"\ndo', 'when tier changed from "c" to "b"\ndo', None),
        ('when tier changed to "a"\ndo', 'when changed tier\nwhere tier = "b" and active\ndo', None),
        ('when saved\nwhere source = "expo"\ndo', 'when saved\nwhere record.source in ("website")\ndo', None),
        ("when saved\nwhere active\ndo", "when saved\nwhere active\ndo set employees = 1\notherwise", None),
        ('when saving\nwhere company = "a"\ndo', 'when saving\nwhere company = "b"\ndo', Severity.WARNING),
        ('when saved\nwhere source = "expo"\ndo', "when saved\nwhere active\ndo", Severity.WARNING),
        ('when tier changed to "a"\ndo', 'when tier changed to "a", "b"\ndo', Severity.WARNING),
        ("when changed tier\ndo", "when changed source\ndo", Severity.WARNING),
        ("when changed tier\ndo", "when changed tier, source\ndo", Severity.ERROR),
        ('when tier changed to "a"\ndo', 'when tier changed to "a"\ndo', Severity.ERROR),
        ("when saved\nwhere active\ndo", "when saved\nwhere active\ndo", Severity.ERROR),
    ],
)
def test_rules_that_exclude_each_other_are_no_conflict_and_only_sure_ones_are_refused(
    first: str, second: str, severity: Severity | None
) -> None:
    one = compiled(f'rule "a" on lead\n{first} set company = "b"\n', "one")
    two = compiled(f'rule "b" on lead\n{second} set company = "c"\n', "two")

    found = [problem.severity for problem in lint_rules([one, two], KNOWN) if "conflict" in problem.code]

    assert found == ([] if severity is None else [severity])


def test_rules_that_wake_each_other_are_named_once() -> None:
    one = compiled('rule "a" on lead\nwhen changed source\ndo set tier = "a"\n', "one")
    two = compiled('rule "b" on lead\nwhen changed tier\ndo set source = "expo"\n', "two")
    three = compiled('rule "c" on lead\nwhen changed active\ndo set tier = "a"\n', "three")

    found = [
        problem for problem in lint_rules([one, two, three], KNOWN) if problem.code == "language.lint.loop"
    ]

    assert [problem.params["rules"] for problem in found] == ["one → two → one"]


def test_the_tests_beside_a_rule_are_played_with_their_coverage() -> None:
    text = (
        'rule "r" on lead\nwhen saved\nwhere employees > 10\ndo set tier = "a"\n'
        "   notify owner with template new_lead\n"
        'otherwise set tier = "b"\n'
        'test "big" given { employees: 20, owner: 3 } expect tier = "a", notify new_lead\n'
        'test "wrong" given { employees: 20 } expect nothing, tier = "b", create task\n'
    )
    rule = compiled(text)

    run = run_examples(rule)

    assert [result.passed for result in run.results] == [True, False]
    assert [problem.code for problem in run.results[1].problems] == [
        *("language.test.something", "language.test.value", "language.test.missing"),
    ]
    assert [text[span.start : span.end] for span in run.uncovered] == ["employees > 10", 'set tier = "b"']


def test_a_test_of_saving_sees_the_refusal() -> None:
    rule = compiled(
        'rule "r" on opportunity\nwhen saving\nwhere amount > 9 and old.amount != amount\n'
        'do reject amount with message "Too much"\n'
        'test "more" given { amount: 10, old: { amount: 3 } } expect reject amount\n'
        'test "same" given { amount: 10, old: { amount: 10 } } expect nothing\n'
    )

    run = run_examples(rule)

    assert run.passed
    assert run.uncovered == ()


def test_a_test_gives_the_rows_that_its_rule_asks_for() -> None:
    rule = compiled(
        'rule "r" on lead\nwhen saved\nwhere count(records("task")[lead = record.id]) > 1\n'
        "do set employees = 1\n"
        'test "two" given { id: 3, records: { task: [{ lead: 3 }, { lead: 3 }, { lead: 4 }] } }'
        " expect employees = 1\n"
        'test "one" given { id: 3, records: { task: [{ lead: 3 }, { lead: 4 }] } } expect nothing\n'
        'test "none" given { id: 3 } expect nothing\n'
    )

    run = run_examples(rule)

    assert [result.problems for result in run.results] == [(), (), ()]
