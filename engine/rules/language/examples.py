"""Runs the tests that stand beside a rule, on a virtual clock and without a database.

`given` is a FEEL context: fields of the record; beside them `old`, `user`, `settings`, `now`, and `records`:
rows by form, for what the rule asks of other records. A test that gives no `now` is played at `NOW`.
Fields that are not given are null; with `old` the event is an update, without it a creation. What an action
asks for is carried out on the record in memory; effects on other records and people are noted only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Final

from engine.problems import Problem, Span
from engine.rules.feel import ANY, Compiled, ListType, Scope, compile_expression
from engine.rules.feel.queries import Aggregate, Query
from engine.rules.language import effects
from engine.rules.language.actions import kind_of
from engine.rules.language.compile import CompiledRule
from engine.rules.language.effects import Effect
from engine.rules.language.known import nothing
from engine.rules.language.model import (
    Button,
    Deleted,
    ExpectAction,
    Expectation,
    ExpectNothing,
    ExpectReject,
    ExpectValue,
    Feel,
    Name,
    RelativeDate,
    Saved,
    Saving,
    Schedule,
    Test,
    Trigger,
)
from engine.rules.language.patterns import slots_of
from engine.rules.language.run import EventKind, Reason, effect, verdict
from engine.rules.language.score import ScoreAction
from engine.rules.language.situation import Facts
from engine.values import Date, DateTime, Time, number_text

NOW: Final = DateTime(Date(2026, 1, 5), Time(9, 0, 0, 0, 0))
"""A Monday morning: a test means the same on every day."""
_AROUND: Final = frozenset({"old", "user", "settings", "now", "record", "records"})
_OPEN: Final = Scope(open=True)
_VALUES: Final = Scope({"values": ListType(ANY)})
_EVENTS: Final[Mapping[type[Trigger], EventKind]] = MappingProxyType(
    {
        Saving: EventKind.SAVING,
        Deleted: EventKind.DELETED,
        Button: EventKind.BUTTON,
        RelativeDate: EventKind.RELATIVE_DATE,
    }
)
"""The others wait for a record being written."""


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One test: what failed, empty if it passed, and the numbers of the actions that were done."""

    test: Test
    problems: tuple[Problem, ...]
    actions: tuple[int, ...]
    reason: Reason | None

    @property
    def passed(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class ExamplesRun:
    """All tests of a rule.

    covered    spans of the actions that some test did, and of the condition if tests saw it hold and not hold
    uncovered  the others
    """

    results: tuple[ExampleResult, ...]
    covered: tuple[Span, ...]
    uncovered: tuple[Span, ...]

    @property
    def passed(self) -> bool:
        return all(result.passed for result in self.results)


@dataclass(slots=True)
class _Played:
    """What a test did."""

    record: dict[str, object]
    done: list[tuple[int, Effect]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reason: Reason | None = None


def run_examples(rule: CompiledRule) -> ExamplesRun:
    """Play every test of the rule."""
    results = tuple(_run(rule, test, NOW) for test in rule.rule.tests)
    done = {action for result in results for action in result.actions}
    spans = {number: action.node.span for number, action in enumerate(rule.actions)}
    covered = [span for number, span in spans.items() if number in done]
    uncovered = [span for number, span in spans.items() if number not in done]
    condition = getattr(rule.rule, "where", None)
    if isinstance(condition, Feel):
        seen = {result.reason for result in results}
        both = Reason.FIRES in seen and bool(seen & {Reason.CONDITION, Reason.OTHERWISE})
        (covered if both else uncovered).append(condition.span)
    return ExamplesRun(results, _sorted(covered), _sorted(uncovered))


def _sorted(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: span.start))


def _run(rule: CompiledRule, test: Test, now: DateTime) -> ExampleResult:
    given = compile_expression(test.given.text, _OPEN).evaluate({}, now=now)
    if not isinstance(given.value, Mapping):
        problem = Problem("language.test.given", params={"name": test.name.text}, span=test.given.span)
        return ExampleResult(test, (*given.problems, problem), (), None)
    facts = _facts(rule, given.value, now)
    played = _play(rule, facts)
    problems = [*played.problems, *(_judge(one, played, rule, test, now) for one in test.expect)]
    found = tuple(problem for problem in problems if problem is not None and problem.is_error)
    return ExampleResult(test, found, tuple(number for number, _ in played.done), played.reason)


def _facts(rule: CompiledRule, given: Mapping[str, object], now: DateTime) -> Facts:
    names = dict.fromkeys(way[0] for way in rule.paths if way[0] not in _AROUND)
    own = {name: value for name, value in given.items() if name not in _AROUND}
    record = {**names, **own}
    before = given.get("old")
    old = {**record, **before} if isinstance(before, Mapping) else None
    changed = frozenset(key for key, value in record.items() if old is None or old.get(key) != value)
    user, settings, rows = given.get("user"), given.get("settings"), given.get("records")
    given_now = given.get("now")
    moment = given_now if isinstance(given_now, DateTime) else now
    return Facts(
        record=record,
        now=moment,
        user=user if isinstance(user, Mapping) else {},
        old=old,
        changed=changed,
        settings=settings if isinstance(settings, Mapping) else nothing(),
        answers=partial(_answers, rows if isinstance(rows, Mapping) else nothing(), moment),
    )


def _answers(
    rows: Mapping[str, object], now: DateTime, compiled: Compiled, names: Mapping[str, object]
) -> Mapping[str, object]:
    """What the queries find among the rows of the test."""
    return {
        query.name: _answer(query, _selected(query, rows, now, compiled.text, names))
        for query in compiled.queries
    }


def _selected(
    query: Query, rows: Mapping[str, object], now: DateTime, text: str, names: Mapping[str, object]
) -> list[Mapping[str, object]]:
    """The rows for which the condition holds, read as it stands in the text."""
    found = rows.get(query.form)
    several = found if isinstance(found, list) else [] if found is None else [found]
    given = [row for row in several if isinstance(row, Mapping)]
    if query.where is None:
        return given
    span = query.where.span
    where = compile_expression(text[span.start : span.end], _OPEN)
    return [row for row in given if where.evaluate({**names, **row}, now=now).value is True]


def _answer(query: Query, rows: list[Mapping[str, object]]) -> object:
    match query.aggregate:
        case Aggregate.COUNT:
            return len(rows)
        case Aggregate.EXISTS:
            return bool(rows)
    values = [row.get(query.field) for row in rows]
    call = compile_expression(f"{query.aggregate}(values)", _VALUES)
    return call.evaluate({"values": values}, now=NOW).value


def _play(rule: CompiledRule, facts: Facts) -> _Played:
    assert facts.record is not None
    played = _Played(dict(facts.record))
    judged = verdict(rule, facts, _event(rule, facts))
    played.reason = judged.reason
    played.problems += judged.problems
    for number in judged.actions:
        evaluated = effect(rule, number, replace(facts, record=played.record))
        played.problems += evaluated.problems
        if evaluated.effect is not None:
            played.done.append((number, evaluated.effect))
            _carry_out(evaluated.effect, played.record)
    return played


def _event(rule: CompiledRule, facts: Facts) -> EventKind:
    """The event that the rule waits for and the situation can be."""
    written = EventKind.CREATED if facts.old is None else EventKind.UPDATED
    first = rule.wakes[0].trigger if rule.wakes else Saved()
    kind = EventKind.SCHEDULE if isinstance(first, Schedule) else _EVENTS.get(type(first))
    return kind or written


def _carry_out(done: Effect, record: dict[str, object]) -> None:
    match done:
        case effects.SetFields(_, values):
            record.update(values)
        case effects.SetScore(_, name, value, _):
            record[name] = value


def _judge(
    expected: Expectation, played: _Played, rule: CompiledRule, test: Test, now: DateTime
) -> Problem | None:
    """The problem that something else happened."""
    did = [_shown(rule, number) for number, _ in played.done]
    params = {"name": test.name.text, "found": ", ".join(did) or "-"}
    match expected:
        case ExpectNothing():
            return Problem("language.test.something", params=params, span=expected.span) if did else None
        case ExpectValue(name, value):
            wanted = compile_expression(value.text, _OPEN).evaluate(played.record, now=now).value
            actual = played.record.get(name.key)
            if actual == wanted:
                return None
            more = {"field": name.key, "expected": _text(wanted), "found": _text(actual)}
            return Problem("language.test.value", params={**params, **more}, span=expected.span)
        case ExpectReject(target):
            return _missing("reject", target, rule, played, expected.span, params)
        case ExpectAction(kind, target):
            return _missing(kind, target, rule, played, expected.span, params)
    raise TypeError(type(expected).__name__)


def _missing(
    kind: str,
    target: Name | None,
    rule: CompiledRule,
    played: _Played,
    span: Span,
    params: Mapping[str, object],
) -> Problem | None:
    for number, _ in played.done:
        node = rule.actions[number].node
        if not isinstance(node, ScoreAction) and kind_of(node).word == kind:
            named = slots_of(node).get(kind_of(node).target)
            if target is None or target in (named if isinstance(named, Sequence) else (named,)):
                return None
    wanted = f"{kind} {target.key}" if target is not None else kind
    return Problem("language.test.missing", params={**params, "expected": wanted}, span=span)


def _shown(rule: CompiledRule, number: int) -> str:
    node = rule.actions[number].node
    return "score" if isinstance(node, ScoreAction) else kind_of(node).word


def _text(value: object) -> str:
    if value is None:
        return "null"
    return value if isinstance(value, str) else _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return number_text(value) if isinstance(value, int) else str(value)
