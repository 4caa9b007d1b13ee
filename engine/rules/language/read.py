"""Text to tree, with everything that is wrong: a statement that cannot be read does not hide the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, TypeVar

from engine.keys import nearest
from engine.problems import Problem, Span, errors
from engine.rules.language.actions import ACTIONS
from engine.rules.language.clauses import (
    EVENTS,
    FOR_EACH,
    LAST_DAY,
    ON_FAILURE,
    POINTS,
    RELATIVE,
    RULE,
    SCHEDULES,
    SCORE,
    STEP,
    TEST,
)
from engine.rules.language.cursor import Cursor, Fault, fault
from engine.rules.language.expectations import read_expectations
from engine.rules.language.model import (
    Action,
    Changed,
    EveryMonth,
    Feel,
    ForEach,
    Name,
    OnFailure,
    Quoted,
    RelativeDate,
    Rule,
    RuleText,
    Score,
    ScoreLine,
    Statement,
    Test,
    Trigger,
)
from engine.rules.language.patterns import NO_STOPS, Element, Slots
from engine.rules.language.source import POINTS as POINTS_WORD
from engine.rules.language.source import UNKNOWN, Chunk, Source, cut
from engine.rules.language.words import CLAUSES, ENGLISH, Words

MAX_LENGTH: Final = 100_000
MAX_STATEMENTS: Final = 500
N = TypeVar("N", bound=Statement)
_MISTAKES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("if", "如果", "若"), "where"),
        **dict.fromkeys(("then", "那么"), "do"),
        **dict.fromkeys(("else", "elif"), "otherwise"),
        **dict.fromkeys(("before", "after", "trigger"), "when"),
        **dict.fromkeys(("error", "fail", "raise"), "reject"),
        **dict.fromkeys(("send", "mail", "email"), "notify"),
        **dict.fromkeys(("insert", "add", "new"), "create"),
    }
)
"""What people write who know another language."""


@dataclass(frozen=True, slots=True)
class RuleReading:
    """The rule, as far as it could be read, and all problems; with an error it must not be used."""

    rule: RuleText | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return self.rule is not None and not errors(self.problems)


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    header: Chunk | None = None
    slots: Slots = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    for_each: ForEach | None = None
    where: Feel | None = None
    do: list[Action] = field(default_factory=list)
    otherwise: list[Action] = field(default_factory=list)
    lines: list[ScoreLine] = field(default_factory=list)
    on_failure: OnFailure = OnFailure.INCIDENT
    tests: list[Test] = field(default_factory=list)
    target: str = ""


def read_rule(text: str, words: Words = ENGLISH) -> RuleReading:
    """Read a rule file, or the Chinese view of one (then its keys may be labels, see `naming`)."""
    if len(text) > MAX_LENGTH:
        params = {"limit": MAX_LENGTH}
        return RuleReading(None, (Problem("language.limit.length", params=params, span=Span(0, 0)),))
    source = cut(text, words, ACTIONS)
    if len(source.chunks) > MAX_STATEMENTS:
        params = {"limit": MAX_STATEMENTS}
        return RuleReading(None, (Problem("language.limit.statements", params=params, span=Span(0, 0)),))
    return _Reader(source, words).run()


class _Reader:
    """One pass over the statements of one text."""

    def __init__(self, source: Source, words: Words) -> None:
        self.source = source
        self.words = words
        self.found = _Found()
        self.problems = list(source.problems)
        self._clauses: Mapping[str, Callable[[Chunk], None]] = {
            "rule": self._header,
            "score": self._header,
            "when": lambda chunk: self.found.triggers.append(self._event(chunk)),
            "every": lambda chunk: self.found.triggers.append(self._schedule(chunk)),
            "for each": self._for_each,
            "where": self._where,
            "do": self._target,
            "otherwise": self._target,
            POINTS_WORD: self._points,
            "on failure": self._on_failure,
            "test": lambda chunk: self.found.tests.append(self._test(chunk)),
        }

    def run(self) -> RuleReading:
        for chunk in _joined(self.source.chunks):
            try:
                self._chunk(chunk)
            except Fault as found:
                if not self._is_follow_up(found.problem):
                    self.problems.append(found.problem)
        rule = self._rule()
        return RuleReading(rule, tuple(sorted(self.problems, key=_place)))

    def _is_follow_up(self, problem: Problem) -> bool:
        """Whether it stands inside a string that was never closed, which says enough."""
        place = _place(problem)[0]
        opened = [one.span for one in self.source.problems if one.span is not None]
        return any(span.start <= place < span.end for span in opened)

    def _chunk(self, chunk: Chunk) -> None:
        if chunk.word in ACTIONS:
            self._action(chunk)
        elif chunk.word in self._clauses:
            self._clauses[chunk.word](chunk)
        else:
            raise self._unknown(chunk)

    def _for_each(self, chunk: Chunk) -> None:
        self._once(chunk, self.found.for_each)
        self.found.for_each = self._node(ForEach, FOR_EACH, chunk)

    def _where(self, chunk: Chunk) -> None:
        self._once(chunk, self.found.where)
        self.found.where = self._cursor(chunk).feel(())

    def _target(self, chunk: Chunk) -> None:
        self.found.target = chunk.word

    def _points(self, chunk: Chunk) -> None:
        self.found.lines.append(self._node(ScoreLine, POINTS, chunk))

    def _on_failure(self, chunk: Chunk) -> None:
        chosen = read_slots(ON_FAILURE, self._cursor(chunk))["on_failure"]
        assert isinstance(chosen, OnFailure)
        self.found.on_failure = chosen

    def _cursor(self, chunk: Chunk) -> Cursor:
        return Cursor(self.source.text, chunk.body, chunk.end, self.words)

    def _node(self, node: type[N], pattern: Element, chunk: Chunk, **more: object) -> N:
        slots = {**read_slots(pattern, self._cursor(chunk)), **more}
        return node(**slots, span=Span(chunk.start, chunk.end), notes=chunk.notes)

    def _once(self, chunk: Chunk, before: object) -> None:
        if before is not None:
            word = self.words.show(chunk.word)
            raise fault("language.clause.twice", Span(chunk.start, chunk.body), word=word)

    def _header(self, chunk: Chunk) -> None:
        self._once(chunk, self.found.header)
        self.found.header = chunk
        self.found.slots = read_slots(RULE if chunk.word == "rule" else SCORE, self._cursor(chunk))

    def _event(self, chunk: Chunk) -> Trigger:
        cursor = self._cursor(chunk)
        first = {next(iter(pattern.begins(self.words))): node for node, pattern in EVENTS.items()}
        word = cursor.sees(first)
        if word is not None:
            return self._node(first[word], EVENTS[first[word]], chunk)
        if not cursor.done and cursor.text[cursor.at].isdigit():
            return self._node(RelativeDate, RELATIVE, chunk)
        if cursor.done or "changed" not in self._words_in(cursor):
            raise cursor.expected(sorted(first))
        slots = read_slots(STEP, cursor)
        slots["fields"] = (slots["fields"],)
        return Changed(**slots, span=Span(chunk.start, chunk.end), notes=chunk.notes)  # type: ignore[arg-type]

    def _words_in(self, cursor: Cursor) -> set[str]:
        """`changed`, if it stands behind a name here."""
        ahead = Cursor(cursor.text, cursor.at, len(cursor.text), self.words)
        try:
            ahead.name()
        except Fault:
            return set()
        return {"changed"} if ahead.sees(["changed"]) else set()

    def _schedule(self, chunk: Chunk) -> Trigger:
        cursor = self._cursor(chunk)
        if cursor.sees(LAST_DAY.begins(self.words)):
            return self._node(EveryMonth, LAST_DAY, chunk, day=0)
        starts = {word: node for node, one in SCHEDULES.items() for word in one.begins(self.words)}
        if not cursor.done and cursor.text[cursor.at].isdigit():
            node: type[Trigger] = next(one for one in SCHEDULES if one.__name__ == "EveryMinutes")
            return self._node(node, SCHEDULES[node], chunk)
        word = cursor.sees(starts)
        if word is None:
            raise cursor.expected([*sorted(starts), "minutes"])
        return self._node(starts[word], SCHEDULES[starts[word]], chunk)

    def _action(self, chunk: Chunk) -> None:
        kind = ACTIONS[chunk.word]
        if not self.found.target:
            self.found.target = "do"
            if self.found.header is None or self.found.header.word == "rule":
                params = {"word": self.words.show("do")}
                span = Span(chunk.start, chunk.body)
                self.problems.append(Problem("language.clause.missing-do", params=params, span=span))
        cursor = Cursor(self.source.text, chunk.start, chunk.end, self.words)
        slots = read_slots(kind.pattern, cursor)
        node = kind.node(**slots, span=Span(chunk.start, chunk.end), notes=chunk.notes)
        (self.found.otherwise if self.found.target == "otherwise" else self.found.do).append(node)

    def _test(self, chunk: Chunk) -> Test:
        cursor = self._cursor(chunk)
        slots: Slots = {}
        TEST.read(cursor, slots, frozenset())
        expect = read_expectations(cursor)
        return Test(**slots, expect=expect, span=Span(chunk.start, chunk.end), notes=chunk.notes)  # type: ignore[arg-type]

    def _unknown(self, chunk: Chunk) -> Fault:
        line = self.source.text[chunk.start : chunk.end].split("\n", 1)[0]
        word = line.split()[0].strip('"“”,:，：')
        shown = [self.words.show(one) for one in (*CLAUSES, *ACTIONS)]
        meant = self.words.show(_MISTAKES[word]) if word in _MISTAKES else nearest(word, shown)
        span = Span(chunk.start, chunk.start + len(line.split()[0]))
        inside = self.found.target != "" and word not in _MISTAKES
        if meant:
            return fault("language.word.unknown-near", span, word=word, meant=meant)
        known = [self.words.show(one) for one in (ACTIONS if inside else CLAUSES)]
        return fault("language.word.unknown", span, word=word, known=" · ".join(known))

    def _rule(self) -> RuleText | None:
        found, header = self.found, self.found.header
        if header is None or not found.slots:
            if header is None:
                span = Span(0, min(len(self.source.text), 1))
                self.problems.append(Problem("language.clause.no-header", span=span))
            return None
        shared = {
            "form": found.slots.get("form"),
            "triggers": tuple(found.triggers),
            "for_each": found.for_each,
            "do": tuple(found.do),
            "priority": found.slots.get("priority", 0),
            "on_failure": found.on_failure,
            "tests": tuple(found.tests),
            "span": Span(header.start, header.end),
            "notes": (*header.notes, *self.source.notes_after),
        }
        if header.word == "score":
            return self._score(shared)
        self._misplaced(found.lines)
        label = found.slots["label"]
        assert isinstance(label, Quoted)
        rule = Rule(label=label, where=found.where, otherwise=tuple(found.otherwise), **shared)  # type: ignore[arg-type]
        self._complete(rule)
        return rule

    def _score(self, shared: Slots) -> Score:
        found = self.found
        if found.where is not None:
            params = {"word": self.words.show("where")}
            self.problems.append(Problem("language.clause.misplaced", params=params, span=found.where.span))
        self._misplaced(found.otherwise)
        own = {name: found.slots[name] for name in ("field", "low", "high")}
        return Score(lines=tuple(found.lines), **own, **shared)  # type: ignore[arg-type]

    def _misplaced(self, statements: Sequence[Statement]) -> None:
        for one in statements:
            word = self.source.text[one.span.start : one.span.end].split()[0]
            self.problems.append(Problem("language.clause.misplaced", params={"word": word}, span=one.span))

    def _complete(self, rule: Rule) -> None:
        broken = any(problem.is_error for problem in self.problems)
        if not rule.triggers and not broken:
            params = {"word": self.words.show("when"), "other": self.words.show("every")}
            self.problems.append(Problem("language.clause.missing-trigger", params=params, span=rule.span))
        if not rule.do and not broken:
            params = {"word": self.words.show("do")}
            self.problems.append(Problem("language.clause.missing-actions", params=params, span=rule.span))


def read_slots(pattern: Element, cursor: Cursor) -> Slots:
    """The slots of a whole statement; raises Fault, also for what is left over."""
    slots: Slots = {}
    pattern.read(cursor, slots, NO_STOPS)
    if not cursor.done:
        raise cursor.left_over()
    return slots


def _joined(chunks: tuple[Chunk, ...]) -> list[Chunk]:
    """`given` and `expect` on lines of their own belong to the test above them; so do lines that a test's
    values begin with a word of the language."""
    found: list[Chunk] = []
    for chunk in chunks:
        if found and found[-1].word == "test" and chunk.word not in ("rule", "score", "test", UNKNOWN):
            before = found[-1]
            found[-1] = replace(before, end=chunk.end, notes=(*before.notes, *chunk.notes))
        else:
            found.append(chunk)
    return found


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.span.start, problem.span.end) if problem.span is not None else (0, 0)


def name_of(rule: RuleText) -> Name | None:
    """The form whose records the rule is about: of the header, or of `for each`."""
    if rule.form is not None:
        return rule.form
    return rule.for_each.form if rule.for_each is not None else None
