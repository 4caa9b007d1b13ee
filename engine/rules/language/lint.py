"""What is wrong between rules: two that set one field to different values, and rules that wake each other.

Run over all rules of a workspace at publish. A loop is a warning: the runtime cuts it visibly (SEMANTICS §3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from engine.problems import Problem, Severity, Span
from engine.rules.language.actions import kind_of
from engine.rules.language.compile import CompiledRule, Wake
from engine.rules.language.exclusion import exclude, is_constant
from engine.rules.language.known import Known
from engine.rules.language.model import (
    Changed,
    Created,
    Name,
    Saved,
    Saving,
)
from engine.rules.language.run import EventKind, wakes
from engine.rules.language.score import ScoreAction
from engine.rules.language.situation import Prepared


class _Phase(StrEnum):
    SAVING = "saving"
    REACTION = "reaction"


@dataclass(frozen=True, slots=True)
class Write:
    """A field that an action gives a value; `literal`: the value is a constant; `otherwise`: only where the
    rule's condition does not hold."""

    form: str
    field: str
    text: str
    literal: bool
    span: Span
    creates: bool = False
    otherwise: bool = False


def lint_rules(rules: Iterable[CompiledRule], known: Known) -> tuple[Problem, ...]:
    """Problems with `document` = `rule/<key>` of the later rule, and the other one in `related`."""
    ordered = sorted(rules, key=lambda rule: rule.priority)
    writes = {rule.key: tuple(writes_of(rule, known)) for rule in ordered}
    return (*_conflicts(ordered, writes), *_loops(ordered, writes))


def writes_of(rule: CompiledRule, known: Known) -> Iterator[Write]:
    """Every field that the rule may set, of its own form and of others."""
    for action in rule.actions:
        yield from _writes(action, rule, known)


def _writes(action: Prepared, rule: CompiledRule, known: Known) -> Iterator[Write]:
    node = action.node
    if isinstance(node, ScoreAction):
        yield Write(rule.form, node.field.key, "score", literal=False, span=node.field.span)
        return
    word = kind_of(node).word
    form, creates = _written_form(action, word, rule)
    for name, compiled in action.values.get("values", ()) if form else ():
        literal = is_constant(compiled.node)
        yield Write(form, name, compiled.text, literal, node.span, creates, action.index >= rule.otherwise)
    if word in ("assign", "decide"):
        single = getattr(node, "field", None)
        names: Sequence[Name] = (single,) if isinstance(single, Name) else getattr(node, "fields", ())
        for one in names:
            branch = action.index >= rule.otherwise
            yield Write(rule.form, one.key, word, literal=False, span=one.span, otherwise=branch)


def _written_form(action: Prepared, word: str, rule: CompiledRule) -> tuple[str, bool]:
    if word == "set":
        return rule.form, False
    if word == "update":
        return action.target_form, False
    form = getattr(action.node, "form", None)
    return (form.key, True) if word in ("create", "upsert") and isinstance(form, Name) else ("", False)


def _conflicts(rules: Sequence[CompiledRule], writes: Mapping[str, tuple[Write, ...]]) -> Iterator[Problem]:
    for first, second in combinations(rules, 2):
        pairs = list(_meeting(first, second)) if first.form == second.form else []
        for one, other in _same_field(writes[first.key], writes[second.key], first.form) if pairs else ():
            if one.text != other.text and not _never(first, second, pairs, (one, other), writes[first.key]):
                certain = one.literal and other.literal and _surely(first, second, pairs, (one, other))
                params = {"field": other.field, "rule": second.key, "other": first.key}
                yield Problem(
                    "language.lint.conflict",
                    params={**params, "value": other.text, "first": one.text},
                    severity=Severity.ERROR if certain else Severity.WARNING,
                    document=f"rule/{second.key}",
                    span=other.span,
                    related=(f"rule/{first.key}",),
                )


def _never(
    first: CompiledRule,
    second: CompiledRule,
    pairs: Sequence[tuple[Wake, Wake]],
    writes: tuple[Write, Write],
    before: Iterable[Write],
) -> bool:
    """Whether no event and no record make both rules write.

    before   what the first one writes: while a record is saved the second one looks at it as it is then
    """
    one, other = writes
    saving = any(isinstance(wake.trigger, Saving) for wake, _ in pairs)
    if not saving and _condition(first) == _condition(second) and one.otherwise is not other.otherwise:
        return True
    conditions = (None if one.otherwise else first.where, None if other.otherwise else second.where)
    passing = frozenset(write.field for write in before) if saving else frozenset()
    return all(exclude(wakes, conditions, passing) for wakes in pairs)


def _surely(
    first: CompiledRule, second: CompiledRule, pairs: Sequence[tuple[Wake, Wake]], writes: tuple[Write, Write]
) -> bool:
    """Whether an event that wakes one of them wakes the other, and both write then."""
    same = _condition(first) == _condition(second) and writes[0].otherwise is writes[1].otherwise
    return same and any(_same_event(one, other) for one, other in pairs)


def _same_event(one: Wake, other: Wake) -> bool:
    if any(wake.before or wake.to for wake in (one, other)):
        return one.trigger == other.trigger
    fields = [
        {name.key for name in wake.trigger.fields} if isinstance(wake.trigger, Changed) else set[str]()
        for wake in (one, other)
    ]
    return not all(fields) or bool(fields[0] & fields[1])


def _condition(rule: CompiledRule) -> str:
    return rule.where.text if rule.where is not None else ""


def _same_field(first: Iterable[Write], second: Iterable[Write], form: str) -> Iterator[tuple[Write, Write]]:
    for one in first:
        for other in second:
            mine = one.form == other.form == form and not (one.creates or other.creates)
            if mine and one.field == other.field:
                yield one, other


def _meeting(first: CompiledRule, second: CompiledRule) -> Iterator[tuple[Wake, Wake]]:
    """The triggers that one event can wake in the same phase."""
    for one in first.wakes:
        for other in second.wakes:
            if _meet(one, other):
                yield one, other


def _meet(one: Wake, other: Wake) -> bool:
    phases = _phase(one), _phase(other)
    if phases[0] is None or phases[0] is not phases[1]:
        return False
    kinds_of = [_events(wake) for wake in (one, other)]
    return bool(kinds_of[0] & kinds_of[1])


def _phase(wake: Wake) -> _Phase | None:
    if isinstance(wake.trigger, Saving):
        return _Phase.SAVING
    return _Phase.REACTION if isinstance(wake.trigger, Created | Saved | Changed) else None


def _events(wake: Wake) -> frozenset[EventKind]:
    match wake.trigger:
        case Saving():
            return frozenset({EventKind.SAVING})
        case Created():
            return frozenset({EventKind.CREATED})
        case Saved():
            return frozenset({EventKind.CREATED, EventKind.UPDATED})
        case Changed():
            return frozenset({EventKind.UPDATED})
    return frozenset()


def _loops(rules: Sequence[CompiledRule], writes: Mapping[str, tuple[Write, ...]]) -> Iterator[Problem]:
    """Rules whose effects wake each other in a circle, each circle once."""
    following = {
        rule.key: [other.key for other in rules if _wakes_other(writes[rule.key], other)] for rule in rules
    }
    spans = {rule.key: rule.rule.span for rule in rules}
    seen: set[frozenset[str]] = set()
    for start in following:
        circle = _circle(start, following)
        if circle and frozenset(circle) not in seen:
            seen.add(frozenset(circle))
            yield Problem(
                "language.lint.loop",
                params={"rules": " → ".join((*circle, circle[0]))},
                severity=Severity.WARNING,
                document=f"rule/{start}",
                span=spans[start],
                related=tuple(f"rule/{key}" for key in circle if key != start),
            )


def _wakes_other(written: Iterable[Write], other: CompiledRule) -> bool:
    for write in written:
        kind = EventKind.CREATED if write.creates else EventKind.UPDATED
        if write.form == other.form and wakes(other, kind, frozenset({write.field})):
            return True
    return False


def _circle(start: str, following: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The shortest way from a rule back to itself; () if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    visited: set[str] = set()
    for way in ways:
        for key in following[way[-1]]:
            if key == start:
                return way
            if key not in visited:
                visited.add(key)
                ways.append((*way, key))
    return ()
