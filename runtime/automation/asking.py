"""Asking a rule without effect: why it did not fire, and what it would make of the last records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from engine.apps.definitions import read_definition
from engine.apps.kinds import Kind
from engine.apps.link_decision import compile_definitions, decision_shapes
from engine.apps.link_rule import known_of
from engine.problems import InputError, Problem, errors
from engine.rules.language.check import check_rule
from engine.rules.language.compile import CompiledRule, compile_rule
from engine.rules.language.effects import SetFields, SetScore
from engine.rules.language.model import (
    Button,
    Changed,
    Created,
    Deleted,
    RelativeDate,
    Rule,
    Saving,
    Schedule,
    Score,
    Trigger,
)
from engine.rules.language.place import placed
from engine.rules.language.run import EventKind, Reason, Verdict, effect, verdict
from engine.rules.language.situation import Facts, Situation
from runtime.access.policy import Access
from runtime.actions.foreseeing import foreseen
from runtime.actions.record import RuleRecord
from runtime.automation.condition import Explained, explained
from runtime.automation.events import Event
from runtime.automation.log import ActionWords
from runtime.automation.reader import Reader
from runtime.automation.running import Occasion
from runtime.catalog.metadata import Metadata
from runtime.http.errors import Forbidden, NotFound
from runtime.records.read import Stored, load_record
from runtime.records.scene import Scene
from runtime.records.selection import own_title
from runtime.records.sight import reads_of_expressions

MAX_RECORDS: Final = 200
_KINDS: Final[Mapping[type[Trigger], EventKind]] = MappingProxyType(
    {
        Saving: EventKind.SAVING,
        Created: EventKind.CREATED,
        Deleted: EventKind.DELETED,
        Button: EventKind.BUTTON,
        RelativeDate: EventKind.RELATIVE_DATE,
    }
)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a rule makes of a record now.

    title      of the record
    condition  how it came out; that of `for each` where the record is not even selected
    actions    what would follow, one after the other
    closed     the asker may not see everything that the actions would write or read
    before     what the rule in force makes of it, where a draft was tried; None if there is none
    """

    record: int
    title: str
    reason: Reason
    condition: Explained
    reads: Mapping[str, object]
    actions: tuple[ActionWords, ...]
    problems: tuple[Problem, ...]
    closed: bool = False
    before: Reason | None = None


def why_not(conn: sa.Connection, scene: Scene, key: str, form: str, record: int) -> Foreseen:
    """The rule on this record now, as if each of its fields had just changed; nothing is written.

    For builders, and for who may edit the record. Raises NotFound, Forbidden.
    """
    rule = published_rule(scene.metadata, key, form)
    access = scene.access_for(form)
    access.require("view")
    stored = load_record(conn, scene, access, record, seen=access.records("view"))
    if "builder" not in scene.actor.rights and "edit" not in stored.allowed:
        raise Forbidden.because("access.record", form=access.form.form.label, action="edit")
    refuse_unreadable(scene, rule)
    return _Asking(conn, scene, access, rule).about(stored)


def dry_run(
    conn: sa.Connection, scene: Scene, key: str, text: str | None, limit: int
) -> tuple[str, tuple[Foreseen, ...]]:
    """The rule over the last records that the builder may see, newest first, and the form they are of;
    nothing is written.

    text   of a draft, compared with the rule in force; None = the rule in force
    Raises NotFound; InputError with what is wrong with the draft; Forbidden if it reads what she may not.
    """
    published = scene.metadata.rules.get(key)
    rule = published if text is None else _draft(scene.metadata, key, text)
    if rule is None:
        raise NotFound.because("automation.rule.unknown", rule=key)
    if not rule.form:
        raise InputError([Problem("automation.dry-run.no-form")])
    access = scene.access_for(rule.form)
    access.require("view")
    refuse_unreadable(scene, rule)
    asking = _Asking(conn, scene, access, rule)
    comparable = published is not None and published is not rule and published.form == rule.form
    before = _Asking(conn, scene, access, published) if published is not None and comparable else None
    return rule.form, tuple(_last(conn, scene, access, (asking, before), min(limit, MAX_RECORDS)))


def _last(
    conn: sa.Connection,
    scene: Scene,
    access: Access,
    rules: tuple[_Asking, _Asking | None],
    limit: int,
) -> Iterator[Foreseen]:
    table, seen = access.form.table, access.records("view")
    ids = sa.select(table.c.id).where(table.c.deleted_at.is_(None), seen.clause)
    newest = conn.execute(ids.order_by(table.c.id.desc()).limit(limit), dict(seen.params)).scalars().all()
    asking, before = rules
    for record in newest:
        stored = load_record(conn, scene, access, record, seen=seen)
        found = asking.about(stored)
        yield found if before is None else replace(found, before=before.reason(stored))


def published_rule(metadata: Metadata, key: str, form: str) -> CompiledRule:
    """Raises NotFound if there is none, or none about this form."""
    rule = metadata.rules.get(key)
    if rule is None or rule.form != form:
        raise NotFound.because("automation.rule.unknown", rule=key)
    return rule


def refuse_unreadable(scene: Scene, rule: CompiledRule) -> None:
    """Raises Forbidden if its conditions read fields that the person may not, or records she may not view."""
    conditions = rule.conditions if rule.selects is None else (rule.selects, *rule.conditions)
    paths = {".".join(way) for one in conditions for way in one.paths}
    paths |= {
        name.key for wake in rule.wakes if isinstance(wake.trigger, Changed) for name in wake.trigger.fields
    }
    reader, me = Reader(scene, rule.form), scene.actor.id
    closed = [path for path in paths if not reader.sees(path, me)]
    asks = {query.form for one in conditions for query in one.queries}
    if closed or not reader.sees_all((), asks, me):
        raise Forbidden.because("automation.fields-closed", count=max(len(closed), 1))


def _draft(metadata: Metadata, key: str, text: str) -> CompiledRule:
    """Raises InputError with everything that is wrong with the text."""
    reading = read_definition(Kind.RULE, key, text)
    model = None if reading.definition is None else reading.definition.model
    if not isinstance(model, Rule | Score):
        raise InputError(reading.problems)
    definitions = metadata.definitions.values()
    forms = {form.key: form.compiled for form in metadata.forms.values()}
    known = known_of(definitions, forms, decision_shapes(compile_definitions(definitions)))
    compiled = compile_rule(key, model, known)
    wrong = errors(placed(problem, text) for problem in check_rule(compiled, known))
    if wrong:
        raise InputError(wrong)
    return compiled


def _kind_of(rule: CompiledRule) -> EventKind:
    """The event that would look at the rule first."""
    trigger = type(rule.wakes[0].trigger)
    return EventKind.SCHEDULE if issubclass(trigger, Schedule) else _KINDS.get(trigger, EventKind.UPDATED)


class _Asking:
    """One rule, asked about records of its form."""

    def __init__(self, conn: sa.Connection, scene: Scene, access: Access, rule: CompiledRule) -> None:
        self._conn = conn
        self._scene = scene
        self._form = access.form
        self._rule = rule
        self._reads = reads_of_expressions(access.form, rule.paths)
        self._reader = Reader(scene, rule.form)

    def reason(self, stored: Stored) -> Reason:
        return self._verdict(self._facts(stored)).reason

    def about(self, stored: Stored) -> Foreseen:
        facts = self._facts(stored)
        found = self._verdict(facts)
        reads, problems = dict(found.reads), list(found.problems)
        actions: list[ActionWords] = []
        closed = False
        for index in found.actions:
            evaluated = effect(self._rule, index, facts)
            problems += evaluated.problems
            if not self._sees(index, evaluated.reads):
                closed = True
                continue
            reads |= evaluated.reads
            if evaluated.effect is not None:
                words = foreseen(self._conn, self._scene, self._form, evaluated.effect)
                actions.append(ActionWords(index, words))
                facts = _after(facts, evaluated.effect)
        shown = self._reader.open_actions(actions)
        return Foreseen(
            record=_id_of(stored),
            title=own_title(self._form, stored.values, stored.targets.titles, self._scene.language),
            reason=found.reason,
            condition=explained(self._rule, found.trace),
            reads=reads,
            actions=shown,
            problems=() if closed else tuple(problems),
            closed=closed or shown != tuple(actions),
        )

    def _sees(self, action: int, reads: Mapping[str, object]) -> bool:
        asks = {query.form for one in self._rule.actions[action].compiled() for query in one.queries}
        return self._reader.sees_all(reads, asks, self._scene.actor.id)

    def _verdict(self, facts: Facts) -> Verdict:
        """Of `for each`, where it does not select the record; else of the rule."""
        rule = self._rule
        if rule.selects is not None:
            situation = Situation(facts, rule.form)
            trace = situation.explain(rule.selects)
            if situation.failed or trace.value is not True:
                reason = Reason.FAILED if situation.failed else Reason.CONDITION
                problems = tuple(situation.problems)
                return Verdict(reason, (), trace, situation.reads, problems)
            if rule.where is None:
                found = verdict(rule, facts, _kind_of(rule))
                return replace(found, trace=trace, reads={**situation.reads, **found.reads})
        return verdict(rule, facts, _kind_of(rule))

    def _facts(self, stored: Stored) -> Facts:
        """As if each of its fields had just got its value."""
        values, identity, kind = stored.values, _id_of(stored), _kind_of(self._rule)
        changed, me = frozenset(values), self._scene.actor.id
        event = Event(kind, self._form.key, identity, "asked", me, changed, old=values)
        record = RuleRecord(self._conn, self._scene, self._form, identity, self._reads, values)
        return Occasion(self._conn, self._scene, event, record).facts(self._rule)


def _id_of(stored: Stored) -> int:
    identity = stored.values["id"]
    assert isinstance(identity, int)
    return identity


def _after(facts: Facts, done: object) -> Facts:
    """What the next action would see."""
    values: Mapping[str, object] = {}
    if isinstance(done, SetFields):
        values = done.values
    elif isinstance(done, SetScore):
        values = {done.field: done.value}
    return replace(facts, record={**(facts.record or {}), **values})
