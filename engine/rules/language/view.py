"""A rule as people read it: in the words of their language, with labels for keys; and read back from that.

Nothing of a view is stored. `read_view(rule_view(rule)) == rule` holds for every rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.rules.language.actions import kind_of
from engine.rules.language.compile import form_in_slot
from engine.rules.language.known import FieldShape, FormShape, Known, Label, nothing
from engine.rules.language.labels import FeelScope, Naming
from engine.rules.language.model import (
    Action,
    Assignment,
    Changed,
    EveryWorkingDay,
    ExpectAction,
    Expectation,
    ExpectReject,
    ExpectValue,
    Feel,
    ForEach,
    Name,
    Quoted,
    RelativeDate,
    RuleText,
    Score,
    Test,
    Trigger,
)
from engine.rules.language.patterns import Element, Expr, Key, Names, Scoped, Text, Values, slots_of
from engine.rules.language.read import RuleReading, name_of, read_rule
from engine.rules.language.show import rule_text
from engine.rules.language.words import WORDS


def rule_view(rule: RuleText, known: Known, language: str, texts: Mapping[str, str] | None = None) -> str:
    """The rule in the words of a language, with labels for keys.

    texts  English text -> text of that language, out of `locale/`
    """
    naming = Naming(known, language)
    shown = _Renamer(naming, texts or nothing()).rule(rule)
    if _Renamer(naming.reversed(), _turned(texts)).rule(shown) != rule:
        shown = rule
    text = rule_text(shown, WORDS[language])
    return text if read_view(text, known, language, texts).rule == rule else rule_text(rule, WORDS[language])


def read_view(text: str, known: Known, language: str, texts: Mapping[str, str] | None = None) -> RuleReading:
    """Read a view; keys and labels both are taken. Spans are those of the view's text."""
    reading = read_rule(text, WORDS[language])
    if reading.rule is None:
        return reading
    naming = Naming(known, language, back=True)
    return RuleReading(_Renamer(naming, _turned(texts)).rule(reading.rule), reading.problems)


def _turned(texts: Mapping[str, str] | None) -> Mapping[str, str]:
    return {other: text for text, other in (texts or {}).items()}


class _Renamer:
    """Gives a tree other names; everything else stays as it is."""

    def __init__(self, naming: Naming, texts: Mapping[str, str]) -> None:
        self.naming = naming
        self.known = naming.known
        self.texts = texts
        self.own: FormShape | None = None

    def rule(self, rule: RuleText) -> RuleText:
        name = name_of(rule)
        key = "" if name is None else self.naming.form(name.key) if self.naming.back else name.key
        self.own = self.known.forms.get(key)
        for_each = rule.for_each
        common: dict[str, Any] = {
            "form": self._form(rule.form),
            "triggers": tuple(self._trigger(one) for one in rule.triggers),
            "for_each": None if for_each is None else self._for_each(for_each),
            "do": tuple(self._action(one) for one in rule.do),
            "tests": tuple(self._test(one) for one in rule.tests),
        }
        if isinstance(rule, Score):
            lines = tuple(replace(one, where=self._feel(one.where)) for one in rule.lines)
            return replace(rule, field=self._field(rule.field), lines=lines, **common)
        return replace(
            rule,
            label=self._quoted(rule.label),
            where=None if rule.where is None else self._feel(rule.where),
            otherwise=tuple(self._action(one) for one in rule.otherwise),
            **common,
        )

    def _form(self, name: Name | None) -> Name | None:
        return None if name is None else replace(name, key=self.naming.form(name.key))

    def _field(self, name: Name, form: FormShape | None = None) -> Name:
        return replace(name, key=self.naming.field(name.key, form or self.own))

    def _among(self, name: Name | None, labels: Mapping[str, Label]) -> Name | None:
        return None if name is None else replace(name, key=self.naming.name(name.key, labels))

    def _quoted(self, text: Quoted) -> Quoted:
        return replace(text, text=self.texts.get(text.text, text.text))

    def _feel(
        self,
        feel: Feel,
        form: FormShape | None = None,
        result: FieldShape | None = None,
    ) -> Feel:
        scope = FeelScope(self.own, form.fields if form is not None else None, result)
        return replace(feel, text=self.naming.feel(feel.text, scope))

    def _trigger(self, trigger: Trigger) -> Trigger:
        match trigger:
            case Changed():
                fields = tuple(self._field(one) for one in trigger.fields)
                key = fields[0] if self.naming.back else trigger.fields[0] if fields else None
                result = self.own.fields.get(key.key) if self.own is not None and key is not None else None
                before = tuple(self._feel(one, None, result) for one in trigger.before)
                to = tuple(self._feel(one, None, result) for one in trigger.to)
                return replace(trigger, fields=fields, before=before, to=to)
            case RelativeDate():
                calendar = self._among(trigger.calendar, self.known.calendars)
                return replace(trigger, field=self._field(trigger.field), calendar=calendar)
            case EveryWorkingDay():
                return replace(trigger, calendar=self._among(trigger.calendar, self.known.calendars))
        return trigger

    def _for_each(self, one: ForEach) -> ForEach:
        form = self._form(one.form)
        assert form is not None
        return replace(one, form=form, where=None if one.where is None else self._feel(one.where))

    # Actions ------------------------------------------------------------------------------------------

    def _action(self, action: Action) -> Action:
        given = slots_of(action)
        keyed = self._keyed(given)
        changed: dict[str, Any] = {}
        for part in kind_of(action).pattern.inner():
            slot = getattr(part, "slot", "")
            if slot and given.get(slot) is not None:
                changed.update(self._part(part, given[slot], keyed))
        return replace(action, **changed)

    def _keyed(self, given: Mapping[str, object]) -> dict[str, object]:
        """The slots with keys, as far as other slots depend on them: the forms that an action names."""
        if not self.naming.back:
            return dict(given)
        keyed = dict(given)
        for slot in ("form", "unless", "counting", "target"):
            name = given.get(slot)
            if isinstance(name, Name):
                relation = slot == "target" and given.get("where") is None
                keyed[slot] = self._field(name) if relation else self._form(name)
        return keyed

    def _part(self, part: Element, value: object, keyed: Mapping[str, object]) -> dict[str, object]:
        match part:
            case Key(slot):
                return {slot: self._names(part, value, keyed)}
            case Expr(slot, scoped, form):
                shape = self._shape(form, keyed) if scoped is Scoped.FORM else None
                return {slot: _each(value, lambda one: self._feel(one, shape))}
            case Values(slot):
                return {slot: _each(value, lambda one: self._assigned(one, part, keyed))}
            case Text(slot) if isinstance(value, Quoted):
                return {slot: self._quoted(value)}
        return {}

    def _shape(self, slot: str, keyed: Mapping[str, object]) -> FormShape | None:
        return form_in_slot(slot, keyed, self.own, self.known) if slot else self.own

    def _names(self, part: Key, value: object, keyed: Mapping[str, object]) -> object:
        known = self.known
        labels: Mapping[Names, Mapping[str, Label]] = {
            Names.DECISION: {key: one.label for key, one in known.decisions.items()},
            Names.TEMPLATE: {key: one.label for key, one in known.templates.items()},
            Names.CONNECTOR: {key: one.label for key, one in known.connectors.items()},
            Names.CALENDAR: known.calendars,
            Names.CHANNEL: known.channels,
        }
        if part.names in labels:
            return _each(value, lambda one: self._among(one, labels[part.names]))
        if part.names is Names.FORM or (part.names is Names.TARGET and keyed.get("where") is not None):
            return _each(value, self._form)
        form = self._shape(part.form, keyed)
        return _each(value, lambda one: self._field(one, form))

    def _assigned(self, one: Assignment, part: Values, keyed: Mapping[str, object]) -> Assignment:
        if part.form in ("connector", "table"):
            return replace(one, value=self._feel(one.value))
        form = self._shape(part.form, keyed)
        field = self._field(one.field, form) if form is not None else one.field
        key = field.key if self.naming.back else one.field.key
        result = form.fields.get(key) if form is not None else None
        inner = form if part.scoped is Scoped.FORM else None
        return Assignment(field, self._feel(one.value, inner, result))

    # Tests --------------------------------------------------------------------------------------------

    def _test(self, test: Test) -> Test:
        return replace(test, expect=tuple(self._expected(one) for one in test.expect))

    def _expected(self, one: Expectation) -> Expectation:
        match one:
            case ExpectValue(name):
                return replace(one, field=self._field(name))
            case ExpectReject(name) if name is not None:
                return replace(one, field=self._field(name))
            case ExpectAction(_, target) if target is not None:
                return replace(one, target=self._form(target))
        return one


def _each(value: Any, change: Any) -> Any:
    return tuple(change(one) for one in value) if isinstance(value, tuple) else change(value)
