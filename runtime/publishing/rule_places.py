"""Where a problem of a rule stands in the text a person sees, though it was found in the canonical one.

Both texts are of one rule, so their trees are alike node for node; only keys and words differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

from engine.problems import Problem, Span
from engine.rules.language.model import NOWHERE, Rule, RuleText, Statement
from engine.rules.language.place import placed
from engine.rules.language.read import read_rule
from engine.rules.language.words import WORDS


@dataclass(frozen=True, slots=True)
class _Pair:
    """The place of one node in either text."""

    here: Span
    there: Span

    def holds(self, span: Span) -> bool:
        return self.here.start <= span.start and span.end <= self.here.end

    @property
    def length(self) -> int:
        return self.here.end - self.here.start


class RulePlaces:
    """canonical, rule   the text in which problems were found, and its tree
    shown, language   the same rule as a person sees it
    """

    def __init__(self, canonical: str, rule: RuleText, shown: str, language: str) -> None:
        self._canonical = canonical
        self._rule = rule
        self._shown = shown
        other = read_rule(shown, WORDS[language]).rule
        self._pairs = tuple(_pairs(rule, other))

    def moved(self, problem: Problem) -> Problem:
        """The problem with span and line in the shown text; one without a place keeps having none."""
        span = self._anchor(problem) or problem.span
        if span is None:
            return problem
        return placed(replace(problem, span=self._there(span)), self._shown)

    def _anchor(self, problem: Problem) -> Span | None:
        """The statement of a problem whose span counts inside one of its expressions."""
        rule, at = self._rule, problem.at
        if at.startswith("for_each") and rule.for_each is not None:
            return rule.for_each.span
        if at.startswith("where") and isinstance(rule, Rule) and rule.where is not None:
            return rule.where.span
        if at.startswith("actions/"):
            statements = _actions(rule)
            number = int(at.split("/")[1])
            return statements[number].span if number < len(statements) else None
        return None

    def _there(self, span: Span) -> Span:
        around = min((pair for pair in self._pairs if pair.holds(span)), key=lambda p: p.length, default=None)
        if around is None:
            return Span(0, len(self._shown))
        return around.there if around.here == span else self._inside(span, around)

    def _inside(self, span: Span, pair: _Pair) -> Span:
        """The same words inside the node; the whole node where they read differently there."""
        words = self._canonical[span.start : span.end]
        here = self._canonical[pair.here.start : pair.here.end]
        there = self._shown[pair.there.start : pair.there.end]
        if not words or here.count(words) != there.count(words):
            return pair.there
        at = -1
        for _ in range(self._canonical.count(words, pair.here.start, span.end)):
            at = there.find(words, at + 1)
        return Span(pair.there.start + at, pair.there.start + at + len(words)) if at >= 0 else pair.there


def _actions(rule: RuleText) -> tuple[Statement, ...]:
    """By the number that problems give them; a score's sum is its first action."""
    return (*rule.do, *rule.otherwise) if isinstance(rule, Rule) else (rule, *rule.do)


def _pairs(one: object, other: object) -> Iterator[_Pair]:
    if isinstance(one, Span) and isinstance(other, Span):
        if one != NOWHERE:
            yield _Pair(one, other)
    elif isinstance(one, tuple) and isinstance(other, tuple):
        for part, its in zip(one, other, strict=False):
            yield from _pairs(part, its)
    elif is_dataclass(one) and type(one) is type(other):
        for field in fields(one):
            yield from _pairs(getattr(one, field.name), getattr(other, field.name))
