"""What is wrong with a rule that could be read: unknown keys, wrong types, actions where they cannot be.

Each problem has its place in the rule's text. What cannot be known without a database is asked of a hook.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from engine.keys import nearest
from engine.problems import Problem, Span
from engine.rules.feel import Compiled
from engine.rules.feel.nodes import StringLiteral
from engine.rules.feel.types import BOOLEAN, FeelType, SelectType, conforms
from engine.rules.language.actions import kind_of
from engine.rules.language.compile import CompiledRule, field_of, form_in_slot
from engine.rules.language.cron import read_cron
from engine.rules.language.known import FieldShape, FormShape, Known
from engine.rules.language.model import (
    Action,
    Assignment,
    Changed,
    Cron,
    EveryMinutes,
    EveryMonth,
    EveryWeekday,
    EveryWorkingDay,
    Feel,
    Name,
    Quoted,
    RelativeDate,
    Rule,
    Saving,
    Schedule,
    Trigger,
    Unit,
)
from engine.rules.language.patterns import Element, Expr, Key, Names, Text, Values, slots_of
from engine.rules.language.score import ScoreAction
from engine.rules.language.situation import Prepared
from engine.values.temporal import find_zone

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_UNKNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "form": "language.unknown.form",
        "field": "language.unknown.field",
        "decision": "language.unknown.decision",
        "message_template": "language.unknown.template",
        "connector": "language.unknown.connector",
        "calendar": "language.unknown.calendar",
        "channel": "language.unknown.channel",
        "parameter": "language.unknown.parameter",
    }
)
_SHOWN: Final = 20
_DAY_MINUTES: Final = 24 * 60
_MAX_AMOUNT: Final = 3660
_DATES: Final = frozenset({"date", "date and time"})


def check_rule(rule: CompiledRule, known: Known) -> tuple[Problem, ...]:
    """All problems of a compiled rule, those of its expressions included, in the order of their places."""
    found = [*rule.problems, *_Checker(rule, known).run()]
    return tuple(sorted(found, key=_place))


class _Checker:
    def __init__(self, rule: CompiledRule, known: Known) -> None:
        self.rule = rule
        self.known = known
        self.form = known.forms.get(rule.form)

    def run(self) -> Iterator[Problem]:
        yield from self._header()
        for wake in self.rule.wakes:
            yield from self._trigger(wake.trigger)
        yield from self._conditions()
        for action in self.rule.actions:
            if isinstance(action.node, ScoreAction):
                yield from self._score(action, action.node)
            else:
                yield from self._action(action)

    # Header and triggers ------------------------------------------------------------------------------

    def _header(self) -> Iterator[Problem]:
        rule = self.rule.rule
        scheduled = any(isinstance(wake.trigger, Schedule) for wake in self.rule.wakes)
        events = any(not isinstance(wake.trigger, Schedule) for wake in self.rule.wakes)
        for name in (rule.form, rule.for_each.form if rule.for_each is not None else None):
            if name is not None and name.key not in self.known.forms:
                yield _unknown("form", name, self.known.forms)
        if events and scheduled:
            yield Problem("language.trigger.mixed", span=rule.span)
        elif events and rule.form is None:
            yield Problem("language.trigger.no-form", span=rule.span)
        elif scheduled and rule.form is not None and rule.for_each is None:
            yield Problem("language.trigger.for-each", params={"form": rule.form.key}, span=rule.form.span)
        if events and rule.for_each is not None:
            yield Problem("language.for-each.event", span=rule.for_each.span)

    def _trigger(self, trigger: Trigger) -> Iterator[Problem]:
        match trigger:
            case Changed(fields):
                for name in fields:
                    yield from self._field(name, self.form)
            case RelativeDate():
                yield from self._relative(trigger)
            case Schedule():
                yield from self._schedule(trigger)

    def _relative(self, trigger: RelativeDate) -> Iterator[Problem]:
        yield from self._field(trigger.field, self.form)
        yield from self._calendar(trigger.calendar)
        field = field_of(self.form, trigger.field.key)
        if not 0 <= trigger.amount <= _MAX_AMOUNT:
            limits = {"amount": trigger.amount, "limit": _MAX_AMOUNT}
            yield Problem("language.relative.amount", params=limits, span=trigger.span)
        if field is None:
            return
        params = {"field": field.key, "unit": trigger.unit.value}
        if field.feel.name not in _DATES:
            yield Problem("language.relative.no-date", params=params, span=trigger.field.span)
        elif field.feel.name == "date" and not _whole_days(trigger):
            yield Problem("language.relative.date-hours", params=params, span=trigger.field.span)
        elif field.feel.name == "date" and trigger.at is None:
            yield Problem("language.relative.no-time", params=params, span=trigger.span)
        elif trigger.at is not None and not _whole_days(trigger):
            yield Problem("language.relative.hours-at", params=params, span=trigger.span)

    def _schedule(self, schedule: Schedule) -> Iterator[Problem]:
        if schedule.zone is not None and find_zone(schedule.zone) is None:
            yield Problem("language.schedule.zone", params={"zone": schedule.zone}, span=schedule.span)
        match schedule:
            case EveryWorkingDay(_, calendar):
                yield from self._calendar(calendar)
            case EveryMonth(day) if not 0 <= day <= 31:
                yield Problem("language.schedule.day", params={"day": day}, span=schedule.span)
            case EveryMinutes(minutes) if minutes < 1 or _DAY_MINUTES % minutes:
                yield Problem("language.schedule.minutes", params={"minutes": minutes}, span=schedule.span)
            case EveryWeekday(()):
                yield Problem("language.schedule.no-weekday", span=schedule.span)
            case Cron(text):
                fields, wrong = read_cron(text.text)
                if fields is None:
                    params = {"text": text.text, "field": wrong or "5"}
                    yield Problem("language.schedule.cron", params=params, span=text.span)

    def _calendar(self, name: Name | None) -> Iterator[Problem]:
        if name is not None and name.key not in self.known.calendars:
            yield _unknown("calendar", name, self.known.calendars)

    # Conditions ---------------------------------------------------------------------------------------

    def _conditions(self) -> Iterator[Problem]:
        rule = self.rule
        if isinstance(rule.rule, Rule) and rule.where is not None and rule.rule.where is not None:
            yield from _must_be(rule.where, BOOLEAN, rule.rule.where.span)
        for_each = rule.rule.for_each
        if rule.selects is not None and for_each is not None and for_each.where is not None:
            yield from _must_be(rule.selects, BOOLEAN, for_each.where.span)
        saving = any(isinstance(wake.trigger, Saving) for wake in rule.wakes)
        if saving and self.form is not None:
            yield from self._own_number()

    def _own_number(self) -> Iterator[Problem]:
        """An auto-number is allotted at the write, after the rules of `saving` (SEMANTICS §3)."""
        form = self.form
        numbers = {one.key for one in form.fields.values() if one.type == "auto_number"} if form else set()
        for way in sorted(self.rule.paths):
            name = way[1] if len(way) > 1 and way[0] == "record" else way[0]
            if name in numbers:
                yield Problem("language.reads.auto-number", params={"field": name}, span=self.rule.rule.span)

    # Actions ------------------------------------------------------------------------------------------

    def _score(self, action: Prepared, node: ScoreAction) -> Iterator[Problem]:
        yield from self._field(node.field, self.form, writes=True)
        field = field_of(self.form, node.field.key)
        if field is not None and field.feel.name != "number":
            params = {"field": field.key, "type": field.type}
            yield Problem("language.score.no-number", params=params, span=node.field.span)
        if node.low >= node.high:
            yield Problem("language.score.range", params={"low": node.low, "high": node.high}, span=node.span)
        if not node.lines:
            yield Problem("language.score.no-lines", span=node.span)
        for line, compiled in zip(node.lines, action.feel["lines"], strict=True):
            yield from _must_be(compiled, BOOLEAN, line.where.span)

    def _action(self, action: Prepared) -> Iterator[Problem]:
        node, kind = action.node, kind_of(action.node)
        saving = any(isinstance(wake.trigger, Saving) for wake in self.rule.wakes)
        if saving and not kind.saving:
            yield Problem("language.action.saving", params={"word": kind.word}, span=node.span)
        if kind.word == "reject" and not all(isinstance(one.trigger, Saving) for one in self.rule.wakes):
            yield Problem("language.action.reject", span=node.span)
        if kind.needs_record and not self.rule.form:
            yield Problem("language.action.no-record", params={"word": kind.word}, span=node.span)
        given = slots_of(node)
        for part in kind.pattern.inner():
            yield from self._part(part, given, action)
        yield from kind.check(node, self.form, self.known)

    def _part(self, part: Element, given: Mapping[str, object], action: Prepared) -> Iterator[Problem]:
        if isinstance(part, Key):
            yield from self._keys(part, given, action.node)
        elif isinstance(part, Values):
            yield from self._values(part, given, action)
        elif isinstance(part, Expr) and part.form:
            yield from self._filter(part, given, action)
        elif isinstance(part, Text):
            yield from self._message(given.get(part.slot))

    def _keys(self, part: Key, given: Mapping[str, object], node: Action) -> Iterator[Problem]:
        value = given.get(part.slot)
        names = value if isinstance(value, tuple) else (value,)
        for name in names:
            if isinstance(name, Name):
                yield from self._key(part, name, given, node)

    def _key(self, part: Key, name: Name, given: Mapping[str, object], node: Action) -> Iterator[Problem]:
        known: Mapping[Names, Collection[str]] = {
            Names.FORM: self.known.forms,
            Names.DECISION: self.known.decisions,
            Names.TEMPLATE: self.known.templates,
            Names.CONNECTOR: self.known.connectors,
            Names.CALENDAR: self.known.calendars,
            Names.CHANNEL: self.known.channels,
        }
        if part.names in known:
            if name.key not in known[part.names]:
                yield _unknown(part.names.value, name, known[part.names])
        elif part.names is Names.TARGET:
            yield from self._target(name, given)
        else:
            form = form_in_slot(part.form, given, self.form, self.known) if part.form else self.form
            writes = not part.form and kind_of(node).word in ("assign", "decide")
            yield from self._field(name, form, writes=writes)

    def _target(self, name: Name, given: Mapping[str, object]) -> Iterator[Problem]:
        if given.get("where") is not None:
            if name.key not in self.known.forms:
                yield _unknown("form", name, self.known.forms)
            return
        field = field_of(self.form, name.key)
        if field is None or field.target not in self.known.forms:
            params = {"name": name.key}
            code = "language.update.form" if name.key in self.known.forms else "language.update.target"
            yield Problem(code, params=params, span=name.span)

    def _values(self, part: Values, given: Mapping[str, object], action: Prepared) -> Iterator[Problem]:
        assigned = given.get(part.slot)
        assert isinstance(assigned, tuple)
        compiled = action.values.get(part.slot, ())
        if part.form == "connector":
            yield from self._parameters(assigned, given)
        if part.form in ("connector", "table"):
            return
        form = form_in_slot(part.form, given, self.form, self.known) if part.form else self.form
        for one, (_, value) in zip(assigned, compiled, strict=True):
            yield from self._assigned(one, value, form)

    def _assigned(self, one: Assignment, value: Compiled, form: FormShape | None) -> Iterator[Problem]:
        yield from self._field(one.field, form, writes=True)
        field = field_of(form, one.field.key)
        if field is not None:
            yield from _must_be(value, field.feel, one.value.span, reference=field.target is not None)
            yield from _option(value, field, one.value.span)

    def _parameters(self, assigned: tuple[Assignment, ...], given: Mapping[str, object]) -> Iterator[Problem]:
        name = given["connector"]
        assert isinstance(name, Name)
        connector = self.known.connectors.get(name.key)
        if connector is None:
            return
        for one in assigned:
            if one.field.key not in connector.parameters:
                yield _unknown("parameter", one.field, connector.parameters)
        missing = [key for key, required in connector.parameters.items() if required]
        for key in missing:
            if key not in {one.field.key for one in assigned}:
                params = {"connector": name.key, "parameter": key}
                yield Problem("language.call.parameter-missing", params=params, span=name.span)

    def _filter(self, part: Expr, given: Mapping[str, object], action: Prepared) -> Iterator[Problem]:
        compiled, feel = action.one(part.slot), given.get(part.slot)
        if compiled is not None and isinstance(feel, Feel):
            yield from _must_be(compiled, BOOLEAN, feel.span)

    def _message(self, text: object) -> Iterator[Problem]:
        if not isinstance(text, Quoted) or self.form is None:
            return
        for name in _PLACEHOLDER.findall(text.text):
            if name not in self.form.fields:
                yield from self._field(Name(name, text.span), self.form)

    def _field(self, name: Name, form: FormShape | None, *, writes: bool = False) -> Iterator[Problem]:
        if form is None:
            return
        field = form.fields.get(name.key)
        if field is None:
            yield _unknown("field", name, form.fields, form=form.key)
        elif writes and not field.writable:
            params = {"field": name.key, "form": form.key}
            yield Problem("language.field.not-writable", params=params, span=name.span)


def _whole_days(trigger: RelativeDate) -> bool:
    return trigger.unit in (Unit.DAYS, Unit.WORKING_DAYS)


def _unknown(kind: str, name: Name, known: Collection[str], **params: object) -> Problem:
    close = nearest(name.key, known)
    shown = ", ".join(sorted(known)[:_SHOWN]) or "-"
    given = {"key": name.key, "meant": close or shown, **params}
    return Problem(_UNKNOWN[kind], params=given, span=name.span)


def _must_be(
    compiled: Compiled, expected: FeelType, span: Span, *, reference: bool = False
) -> Iterator[Problem]:
    """The problem that an expression certainly gives something else; a reference may be given by its id."""
    found = compiled.type
    if compiled.node is None or found.name == "Any" or conforms(found, expected):
        return
    if reference and found.name in ("context", "number", "Null"):
        return
    if {found.name, expected.name} == _DATES:
        return
    params = {"expected": str(expected), "found": str(found)}
    yield Problem("language.type", params=params, span=span)


def _option(compiled: Compiled, field: FieldShape, span: Span) -> Iterator[Problem]:
    """A literal that is none of the options."""
    node = compiled.node
    if not isinstance(field.feel, SelectType) or not isinstance(node, StringLiteral):
        return
    if node.value not in field.feel.keys:
        meant = nearest(node.value, field.feel.keys) or ", ".join(field.feel.keys)
        params = {"field": field.key, "value": node.value, "meant": meant}
        yield Problem("language.option.unknown", params=params, span=span)


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.span.start, problem.span.end) if problem.span is not None else (0, 0)
