"""What rules make of situations: verdicts and effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engine.rules.language import effects
from engine.rules.language.compile import CompiledRule, compile_rule
from engine.rules.language.effects import Strategy, Subject, SubjectKind
from engine.rules.language.read import read_rule
from engine.rules.language.run import EventKind, Reason, effect, verdict, wakes
from engine.rules.language.situation import Facts
from engine.values import DateTime, Reference, from_python
from tests.engine.rules.language.shapes import KNOWN

_MOMENT = from_python(datetime(2026, 3, 2, 1, 30, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
assert isinstance(_MOMENT, DateTime)
NOW: DateTime = _MOMENT


def rule(text: str) -> CompiledRule:
    reading = read_rule(text)
    assert reading.rule is not None, reading.problems
    assert reading.ok, reading.problems
    return compile_rule("the_rule", reading.rule, KNOWN)


def facts(record: Mapping[str, object], old: Mapping[str, object] | None = None, changed: str = "") -> Facts:
    user = {"id": 7, "title": "Li", "roles": ["sales"]}
    return Facts(record, NOW, user, old, frozenset(changed.split()))


def test_a_condition_decides_between_do_and_otherwise() -> None:
    one = rule(
        'rule "r" on lead\nwhen saved\nwhere employees > 10\ndo set tier = "a"\notherwise set tier = "b"\n'
    )

    assert verdict(one, facts({"employees": 20}), EventKind.CREATED).actions == (0,)
    small = verdict(one, facts({"employees": 5}), EventKind.CREATED)
    assert (small.reason, small.actions) == (Reason.OTHERWISE, (1,))
    assert small.reads == {"employees": 5}
    assert small.trace is not None
    assert small.trace.value is False


def test_a_rule_sleeps_through_other_events_and_other_fields() -> None:
    one = rule('rule "r" on lead\nwhen changed source, tier\ndo set company = "x"\n')

    assert wakes(one, EventKind.UPDATED, frozenset({"tier"}))
    assert not wakes(one, EventKind.UPDATED, frozenset({"company"}))
    assert not wakes(one, EventKind.CREATED)
    assert verdict(one, facts({}), EventKind.DELETED).reason is Reason.EVENT


def test_a_change_to_a_value_needs_that_value() -> None:
    one = rule(
        'rule "r" on opportunity\nwhen stage changed from "open" to "won", "lost"\ndo set health = "x"\n'
    )
    won = facts({"stage": "won"}, {"stage": "open"}, "stage")
    reopened = facts({"stage": "open"}, {"stage": "won"}, "stage")

    assert verdict(one, won, EventKind.UPDATED).reason is Reason.FIRES
    assert verdict(one, reopened, EventKind.UPDATED).reason is Reason.VALUES


def test_each_action_sees_the_record_as_the_one_before_left_it() -> None:
    one = rule(
        'rule "r" on lead\nwhen created\ndo assign owner round robin among group("east")'
        " skipping absent, at most 50 open\n"
        "      notify owner, manager(owner) by email with template new_lead\n"
    )

    first = effect(one, 0, facts({"id": 3, "owner": None})).effect
    second = effect(one, 1, facts({"id": 3, "owner": Reference(id=9, title="Wu")})).effect

    assert isinstance(first, effects.Assign)
    assert first.among == (Subject(SubjectKind.GROUP, "east"),)
    assert (first.strategy, first.at_most, first.skipping_absent) == (Strategy.ROUND_ROBIN, 50, True)
    assert (first.open.form, first.holder) == ("lead", "owner")
    assert isinstance(second, effects.Notify)
    assert second.recipients == (Subject(SubjectKind.USER, 9), Subject(SubjectKind.MANAGER, 9))
    assert (second.channels, second.template) == (("email",), "new_lead")


def test_an_update_works_out_the_values_of_each_target() -> None:
    one = rule(
        'rule "r" on opportunity\nwhen stage changed to "won"\n'
        'do update customer set status = "active", visits = visits + record.amount\n'
        "   update contract where opportunity = record set amount = record.amount\n"
        "   create contract with { customer: record.customer, opportunity: record, amount: amount }"
        " unless exists contract where opportunity = record\n"
    )
    now = facts({"id": 4, "amount": 10, "customer": Reference(id=8, title="ACME"), "stage": "won"})

    related, chosen, created = (effect(one, index, now).effect for index in range(3))

    assert isinstance(related, effects.Update)
    assert (related.form, related.targets) == ("customer", (8,))
    values = related.values({"id": 8, "visits": 5}).effect
    assert isinstance(values, effects.SetFields)
    assert values.values == {"status": "active", "visits": 15}
    assert isinstance(chosen, effects.Update)
    assert isinstance(chosen.targets, effects.Selection)
    assert chosen.targets.form == chosen.form == "contract"
    assert chosen.targets.names["record"] == now.record
    assert isinstance(created, effects.Create)
    assert created.values["customer"] == Reference(id=8, title="ACME")
    assert created.unless is not None
    assert created.unless.form == "contract"


def test_a_decision_and_a_score_give_fields_their_values() -> None:
    one = rule(
        "score lead_score on lead from 0 to 30\n+20 where employees > 100\n+15 where active\n"
        '-30 where ends with(email, "@qq.com")\ndecide tier by table lead_tier\n'
    )
    now = facts({"employees": 200, "active": True, "email": None, "tier": None})

    assert verdict(one, now, EventKind.UPDATED).actions == (0, 1)
    score, tier = effect(one, 0, now), effect(one, 1, now)

    assert isinstance(score.effect, effects.SetScore)
    assert score.effect.value == 30
    assert [part.counts for part in score.effect.parts] == [True, True, False]
    assert isinstance(tier.effect, effects.SetFields)
    assert tier.effect.values == {"tier": "a"}


def test_an_action_that_cannot_be_worked_out_fails_with_its_reason() -> None:
    one = rule(
        'rule "r" on lead\nwhen created\ndo assign owner weighted among group("east")'
        " at most employees open\n"
    )

    failed = effect(one, 0, facts({"employees": None}))

    assert failed.failed
    assert failed.effect is None
    assert [problem.code for problem in failed.problems] == ["language.value.whole-number"]


def test_changed_tells_what_the_event_changed() -> None:
    one = rule(
        'rule "r" on lead\nwhen saved\nwhere changed("source") and old.source != source\n'
        'do set company = "x"\n'
    )
    now = facts({"source": "expo"}, {"source": "website"}, "source")

    assert verdict(one, now, EventKind.UPDATED).reason is Reason.FIRES


def test_rejecting_and_calling_carry_what_the_runtime_needs() -> None:
    one = rule(
        'rule "r" on opportunity\nwhen saving\ndo reject amount with message "Too much"\n'
        "   call connector erp.order with { amount: amount }\n"
        "   upsert task matching lead with { lead: 3, title: health }\n"
    )
    now = facts({"amount": 9, "health": "red"})

    reject, call, upsert = (effect(one, index, now).effect for index in range(3))

    message = effects.Message("Too much", "rule/the_rule/actions/0/message")
    assert reject == effects.Reject(0, "amount", message)
    assert call == effects.Call(1, "erp", "order", {"amount": 9})
    assert upsert == effects.Upsert(2, "task", ("lead",), {"lead": 3, "title": "red"})


def test_what_a_rule_asks_of_other_records_is_answered_before_it_is_looked_at() -> None:
    text = 'count(records("task")[lead = record]) > 2'
    one = rule(f'rule "r" on lead\nwhen saved\nwhere {text}\ndo set active = false\n')
    (query,) = one.conditions[0].queries
    now = facts({"id": 3, "active": True})

    assert query.form == "task"
    answered = replace(now, answers=lambda compiled, names: {query.name: names["id"]})
    assert verdict(one, answered, EventKind.CREATED).reason is Reason.FIRES
