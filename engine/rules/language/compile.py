"""A rule ready to run: its expressions compiled in the scopes they stand in, and what it reads and writes.

A `CompiledRule` is immutable and shared between threads; `verdict` and `effect` are pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from engine.problems import Problem, Span, errors
from engine.rules.feel import Compiled
from engine.rules.feel.types import FeelType
from engine.rules.language.actions import kind_of
from engine.rules.language.known import FieldShape, FormShape, Known
from engine.rules.language.model import (
    Action,
    Assignment,
    Changed,
    Feel,
    Name,
    Rule,
    RuleText,
    Saved,
    Score,
    Trigger,
)
from engine.rules.language.patterns import Expr, Scoped, Values, slots_of
from engine.rules.language.read import name_of
from engine.rules.language.scopes import RuleScopes, compile_in
from engine.rules.language.score import ScoreAction
from engine.rules.language.situation import Prepared


@dataclass(frozen=True, eq=False)
class Wake:
    """A trigger with its values compiled."""

    trigger: Trigger
    before: tuple[Compiled, ...] = ()
    to: tuple[Compiled, ...] = ()


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """rule       as read
    form       key of the form whose records it is about, "" without one
    wakes      its triggers
    where      its condition on one record; None = always
    selects    the condition of `for each`, over the records of the form
    actions    those of `do`, then those of `otherwise`, numbered from 0; a score's sum is its first
    otherwise  number of the first action of `otherwise`
    problems   everything found by compiling; `check_rule` knows more
    """

    key: str
    rule: RuleText
    form: str
    wakes: tuple[Wake, ...]
    where: Compiled | None
    selects: Compiled | None
    actions: tuple[Prepared, ...]
    otherwise: int
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not errors(self.problems)

    @property
    def priority(self) -> tuple[int, str]:
        """Rules run in this order."""
        return self.rule.priority, self.key

    @cached_property
    def conditions(self) -> tuple[Compiled, ...]:
        """The expressions that `verdict` evaluates; each action has its own, `Prepared.compiled()`."""
        values = [one for wake in self.wakes for one in (*wake.before, *wake.to)]
        return (*values, self.where) if self.where is not None else tuple(values)

    @cached_property
    def expressions(self) -> tuple[Compiled, ...]:
        """Every expression of the rule."""
        selects = (self.selects,) if self.selects is not None else ()
        return (*selects, *self.conditions, *(one for action in self.actions for one in action.compiled()))

    @cached_property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """Everything the rule reads; what an update reads of its targets is among it."""
        return frozenset(way for one in self.expressions for way in one.paths)

    @property
    def reads_clock(self) -> bool:
        return any(one.reads_clock for one in self.expressions)


def compile_rule(key: str, rule: RuleText, known: Known) -> CompiledRule:
    """Compile a rule that was read without errors.

    key   the rule's own, as its file is named
    Nothing is raised: `problems` has everything; expressions that could not be compiled give null with them.
    """
    return _Compiler(key, rule, known).run()


class _Compiler:
    def __init__(self, key: str, rule: RuleText, known: Known) -> None:
        self.key = key
        self.rule = rule
        self.known = known
        self.problems: list[Problem] = []
        name = name_of(rule)
        self.form = known.forms.get(name.key) if name is not None else None
        self.scopes = RuleScopes(self.form, known)

    def run(self) -> CompiledRule:
        rule = self.rule
        where = self._optional(rule.where if isinstance(rule, Rule) else None)
        selects = self._optional(rule.for_each.where if rule.for_each is not None else None)
        otherwise = rule.otherwise if isinstance(rule, Rule) else ()
        do: tuple[Action, ...] = rule.do
        if isinstance(rule, Score):
            do = (ScoreAction(rule.field, rule.low, rule.high, rule.lines, span=rule.span), *do)
        actions = tuple(self._action(index, one) for index, one in enumerate((*do, *otherwise)))
        return CompiledRule(
            key=self.key,
            rule=rule,
            form=name.key if (name := name_of(rule)) is not None else "",
            wakes=tuple(self._wake(one) for one in triggers_of(rule)),
            where=where,
            selects=selects,
            actions=actions,
            otherwise=len(do),
            problems=tuple(self.problems),
        )

    def _optional(self, feel: Feel | None) -> Compiled | None:
        return None if feel is None else self.feel(feel, self.scopes.own())

    def feel(self, feel: Feel, names: Mapping[str, FeelType], *, people: bool = False) -> Compiled:
        compiled = compile_in(feel.text, names, self.scopes.records, people=people)
        self.problems += [_placed(problem, feel) for problem in compiled.problems]
        return compiled

    def _wake(self, trigger: Trigger) -> Wake:
        if not isinstance(trigger, Changed):
            return Wake(trigger)
        own = self.scopes.own()
        before = tuple(self.feel(one, own) for one in trigger.before)
        return Wake(trigger, before, tuple(self.feel(one, own) for one in trigger.to))

    def _action(self, index: int, action: Action) -> Prepared:
        if isinstance(action, ScoreAction):
            lines = tuple(self.feel(line.where, self.scopes.own()) for line in action.lines)
            return Prepared(index, action, MappingProxyType({"lines": lines}), MappingProxyType({}))
        given = slots_of(action)
        feel: dict[str, tuple[Compiled, ...]] = {}
        values: dict[str, tuple[tuple[str, Compiled], ...]] = {}
        for part in kind_of(action).pattern.inner():
            if isinstance(part, Expr):
                names = self._names(part.scoped, part.form, given)
                people = part.scoped is Scoped.PEOPLE
                found = _many(given.get(part.slot))
                feel[part.slot] = tuple(self.feel(one, names, people=people) for one in found)
            elif isinstance(part, Values):
                names = self._names(part.scoped, part.form, given)
                assigned = given.get(part.slot)
                assert isinstance(assigned, tuple)
                values[part.slot] = tuple(self._assignment(one, names) for one in assigned)
        target = given.get("target")
        form = target_form(target.key, action, self.form) if isinstance(target, Name) else ""
        table = given.get("table")
        decision = self.known.decisions.get(table.key) if isinstance(table, Name) else None
        parts = MappingProxyType(feel), MappingProxyType(values)
        return Prepared(index, action, *parts, form, decision, self.key)

    def _assignment(self, one: Assignment, names: Mapping[str, FeelType]) -> tuple[str, Compiled]:
        return one.field.key, self.feel(one.value, names)

    def _names(self, scoped: Scoped, slot: str, given: Mapping[str, object]) -> Mapping[str, FeelType]:
        if scoped is not Scoped.FORM:
            return self.scopes.own()
        form = form_in_slot(slot, given, self.form, self.known)
        return self.scopes.own() if form is None else self.scopes.of(form)


def triggers_of(rule: RuleText) -> tuple[Trigger, ...]:
    """Its triggers; a score without any is kept up to date."""
    return rule.triggers or ((Saved(span=rule.span),) if isinstance(rule, Score) else ())


def target_form(key: str, action: Action, form: FormShape | None) -> str:
    """The form that an update changes: named by itself, or the target of a relation."""
    if getattr(action, "where", None) is not None:
        return key
    field = form.fields.get(key) if form is not None else None
    return (field.target or "") if field is not None else ""


def form_in_slot(
    slot: str, given: Mapping[str, object], own: FormShape | None, known: Known
) -> FormShape | None:
    """The form whose fields a slot's part is about; None if it is not known."""
    name = given.get(slot)
    if not isinstance(name, Name):
        return own if slot == "counting" else None
    if slot == "target" and given.get("where") is None:
        field = own.fields.get(name.key) if own is not None else None
        return known.forms.get(field.target or "") if field is not None else None
    return known.forms.get(name.key)


def _many(value: object) -> Iterator[Feel]:
    found: Iterable[object] = value if isinstance(value, tuple) else (value,)
    yield from (one for one in found if isinstance(one, Feel))


def _placed(problem: Problem, feel: Feel) -> Problem:
    """A problem of an expression, at its place in the rule's text."""
    inner = problem.span or Span(0, len(feel.text))
    return replace(problem, span=Span(feel.span.start + inner.start, feel.span.start + inner.end))


def field_of(form: FormShape | None, key: str) -> FieldShape | None:
    return form.fields.get(key) if form is not None else None
