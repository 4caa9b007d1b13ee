"""Tree to text: the canonical form, in the words of a language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from engine.rules.language.actions import kind_of
from engine.rules.language.clauses import (
    EVENTS,
    FOR_EACH,
    LAST_DAY,
    ON_FAILURE,
    RELATIVE,
    RULE,
    SCHEDULES,
    SCORE,
    STEP,
    TEST,
)
from engine.rules.language.expectations import write_expectations
from engine.rules.language.model import (
    Action,
    Changed,
    EveryMonth,
    OnFailure,
    RelativeDate,
    Rule,
    RuleText,
    Schedule,
    Score,
    ScoreLine,
    Statement,
    Test,
    Trigger,
)
from engine.rules.language.patterns import feel_text, slots_of
from engine.rules.language.words import ENGLISH, Words


def rule_text(rule: RuleText, words: Words = ENGLISH) -> str:
    """The rule as a file; reading it gives the same tree. Comments stand above what they belong to."""
    return "\n".join(_lines(rule, words)) + "\n"


def statement_text(statement: Action | Trigger, words: Words = ENGLISH) -> str:
    """One action or trigger by itself, as a log or a screen shows it."""
    if isinstance(statement, Action):
        return kind_of(statement).pattern.write(slots_of(statement), words)
    return _trigger(statement, words)


def _lines(rule: RuleText, words: Words) -> Iterator[str]:
    word, pattern = ("rule", RULE) if isinstance(rule, Rule) else ("score", SCORE)
    given = {**slots_of(rule), "priority": rule.priority or None}
    yield from _notes(rule)
    yield f"{words.show(word)} {pattern.write(given, words)}"
    for trigger in rule.triggers:
        yield from _notes(trigger)
        yield _trigger_line(trigger, words)
    if rule.for_each is not None:
        yield from _notes(rule.for_each)
        yield f"{words.show('for each')} {FOR_EACH.write(slots_of(rule.for_each), words)}"
    if isinstance(rule, Rule):
        if rule.where is not None:
            yield _clause("where", feel_text(rule.where, words), words)
        yield from _actions("do", rule.do, words)
        yield from _actions("otherwise", rule.otherwise, words)
    else:
        yield from _score(rule, words)
    if rule.on_failure is not OnFailure.INCIDENT:
        yield f"{words.show('on failure')} {ON_FAILURE.write(slots_of(rule), words)}"
    for test in rule.tests:
        yield ""
        yield from _notes(test)
        yield _test(test, words)


def _notes(statement: Statement) -> Iterator[str]:
    for note in statement.notes:
        yield f"# {note}".rstrip()


def _clause(word: str, text: str, words: Words) -> str:
    shown = words.show(word)
    width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in shown)
    return f"{shown}{' ' * max(words.indent - width, 1)}{text}"


def _trigger_line(trigger: Trigger, words: Words) -> str:
    if isinstance(trigger, Schedule):
        return f"{words.show('every')} {_trigger(trigger, words)}"
    return _clause("when", _trigger(trigger, words), words)


def _trigger(trigger: Trigger, words: Words) -> str:
    given = slots_of(trigger)
    if isinstance(trigger, RelativeDate):
        return RELATIVE.write(given, words)
    if isinstance(trigger, EveryMonth) and trigger.day == 0:
        return LAST_DAY.write(given, words)
    if isinstance(trigger, Schedule):
        return SCHEDULES[type(trigger)].write(given, words)
    if isinstance(trigger, Changed) and (trigger.before or trigger.to):
        return STEP.write(given, words)
    return EVENTS[type(trigger)].write(given, words)


def _actions(word: str, actions: tuple[Action, ...], words: Words) -> Iterator[str]:
    for index, action in enumerate(actions):
        text = kind_of(action).pattern.write(slots_of(action), words)
        notes = list(_notes(action))
        if index == 0:
            yield from notes
            yield _clause(word, text, words)
        else:
            yield from (" " * words.indent + note for note in notes)
            yield " " * words.indent + text


def _score(score: Score, words: Words) -> Iterator[str]:
    for line in score.lines:
        yield from _notes(line)
        yield _points(line, words)
    for action in score.do:
        yield from _notes(action)
        yield kind_of(action).pattern.write(slots_of(action), words)


def _points(line: ScoreLine, words: Words) -> str:
    return f"{line.points:+d} {words.show('where')} {feel_text(line.where, words)}"


def _test(test: Test, words: Words) -> str:
    head = TEST.write(slots_of(test), words)
    return f"{words.show('test')} {head} {write_expectations(test.expect, words)}"
