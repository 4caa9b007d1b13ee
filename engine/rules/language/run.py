"""What a rule makes of a situation: whether it fires, and what each of its actions asks for.

    for index in verdict(rule, facts).actions:
        evaluated = effect(rule, index, facts_as_they_are_now)

Nothing is written: a dry run and "why did it not fire?" are the same two calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.problems import Problem
from engine.rules.feel import Trace
from engine.rules.language.actions import kind_of
from engine.rules.language.compile import CompiledRule, Wake
from engine.rules.language.effects import Evaluated
from engine.rules.language.known import nothing
from engine.rules.language.model import (
    Button,
    Changed,
    Created,
    Deleted,
    RelativeDate,
    Saved,
    Saving,
    Schedule,
)
from engine.rules.language.score import ScoreAction, evaluate_score
from engine.rules.language.situation import Facts, Situation


class EventKind(StrEnum):
    """What happened. A schedule and a relative date wake the one rule they belong to."""

    SAVING = "saving"
    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    BUTTON = "button"
    SCHEDULE = "schedule"
    RELATIVE_DATE = "relative date"


class Reason(StrEnum):
    """Why a rule does what it does.

    fires      the condition holds: `do`
    otherwise  it does not hold: `otherwise`
    condition  it does not hold, and there is no `otherwise`
    event      the rule waits for something else
    values     the field changed, but not from or to the values that the rule waits for
    failed     the condition could not be worked out
    """

    FIRES = "fires"
    OTHERWISE = "otherwise"
    CONDITION = "condition"
    EVENT = "event"
    VALUES = "values"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """actions   the numbers of the actions to do, in order
    trace     how the condition came about, sub-expression by sub-expression; None without a condition
    reads     the values it looked at, by dotted path
    """

    reason: Reason
    actions: tuple[int, ...] = ()
    trace: Trace | None = None
    reads: Mapping[str, object] = field(default_factory=nothing)
    problems: tuple[Problem, ...] = ()


_KINDS = {
    Saving: (EventKind.SAVING,),
    Created: (EventKind.CREATED,),
    Saved: (EventKind.CREATED, EventKind.UPDATED),
    Changed: (EventKind.UPDATED,),
    Deleted: (EventKind.DELETED,),
    Button: (EventKind.BUTTON,),
    RelativeDate: (EventKind.RELATIVE_DATE,),
}


def wakes(rule: CompiledRule, kind: EventKind, changed: frozenset[str] = frozenset()) -> bool:
    """Whether an event concerns the rule at all, before any value is known; cheap.

    changed   the fields that an update gave another value
    """
    return any(_wakes(wake, kind, changed) for wake in rule.wakes)


def _wakes(wake: Wake, kind: EventKind, changed: frozenset[str]) -> bool:
    trigger = wake.trigger
    if isinstance(trigger, Schedule):
        return kind is EventKind.SCHEDULE
    if kind not in _KINDS[type(trigger)]:
        return False
    if not isinstance(trigger, Changed):
        return True
    return bool(changed & {name.key for name in trigger.fields}) if trigger.fields else bool(changed)


def verdict(rule: CompiledRule, facts: Facts, kind: EventKind) -> Verdict:
    """Whether the rule fires on the state at the event, and why. Never raises for any values."""
    awake = [wake for wake in rule.wakes if _wakes(wake, kind, facts.changed)]
    if not awake:
        return Verdict(Reason.EVENT)
    situation = Situation(facts, rule.form)
    if not any(_values_fit(wake, facts, situation) for wake in awake):
        reason = Reason.FAILED if situation.failed else Reason.VALUES
        return Verdict(reason, (), None, situation.reads, tuple(situation.problems))
    return _condition(rule, situation)


def _condition(rule: CompiledRule, situation: Situation) -> Verdict:
    trace = None if rule.where is None else situation.explain(rule.where)
    holds = trace is None or trace.value is True
    if situation.failed:
        reason, actions = Reason.FAILED, range(0)
    elif holds:
        reason, actions = Reason.FIRES, range(rule.otherwise)
    else:
        actions = range(rule.otherwise, len(rule.actions))
        reason = Reason.OTHERWISE if actions else Reason.CONDITION
    return Verdict(reason, tuple(actions), trace, situation.reads, tuple(situation.problems))


def _values_fit(wake: Wake, facts: Facts, situation: Situation) -> bool:
    """Whether the changed field went from and to one of the values that the trigger names."""
    trigger = wake.trigger
    if not isinstance(trigger, Changed) or not (wake.before or wake.to):
        return True
    name = trigger.fields[0].key
    before = [situation.value(one) for one in wake.before]
    to = [situation.value(one) for one in wake.to]
    old, new = (facts.old or {}).get(name), (facts.record or {}).get(name)
    situation.reads |= {f"old.{name}": old, name: new}
    return (not before or old in before) and (not to or new in to)


def effect(rule: CompiledRule, action: int, facts: Facts) -> Evaluated:
    """What one action asks for on the record as it is now. Never raises for any values.

    action   a number out of `Verdict.actions`
    """
    prepared = rule.actions[action]
    situation = Situation(facts, rule.form)
    if isinstance(prepared.node, ScoreAction):
        return situation.evaluated(evaluate_score(prepared, situation))
    return situation.evaluated(kind_of(prepared.node).evaluate(prepared, situation))
