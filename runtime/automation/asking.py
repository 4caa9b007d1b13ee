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
from engine.rules.language.run import EventKind, Verdict, effect, verdict
from engine.rules.language.situation import Facts
from runtime.access.policy import Access
from runtime.actions.foreseeing import foreseen
from runtime.automation.events import Event
from runtime.automation.log import ActionWords
from runtime.automation.running import Occasion, occasion_of
from runtime.catalog.metadata import Metadata
from runtime.http.errors import Forbidden, NotFound
from runtime.records.read import load_record
from runtime.records.scene import Scene

MAX_RECORDS: Final = 200
_ROOTS: Final = ("record", "old")
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
    """What a rule makes of a record now. `actions`: what would follow, one after the other."""

    record: int
    verdict: Verdict
    reads: Mapping[str, object]
    actions: tuple[ActionWords, ...]
    problems: tuple[Problem, ...]


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
    refuse_unreadable(access, rule)
    return _foresee(_occasion(conn, scene, rule, record, stored.values), rule)


def dry_run(
    conn: sa.Connection, scene: Scene, key: str, text: str | None, limit: int
) -> tuple[Foreseen, ...]:
    """The rule over the last records of its form that the builder may see, newest first; nothing is written.

    text   of a draft; None = the rule in force
    Raises NotFound; InputError with what is wrong with the draft; Forbidden if it reads what she may not.
    """
    rule = scene.metadata.rules.get(key) if text is None else _draft(scene.metadata, key, text)
    if rule is None:
        raise NotFound.because("automation.rule.unknown", rule=key)
    if not rule.form:
        raise InputError([Problem("automation.dry-run.no-form")])
    access = scene.access_for(rule.form)
    access.require("view")
    refuse_unreadable(access, rule)
    return tuple(_last(conn, scene, access, rule, min(limit, MAX_RECORDS)))


def _last(
    conn: sa.Connection, scene: Scene, access: Access, rule: CompiledRule, limit: int
) -> Iterator[Foreseen]:
    table, seen = access.form.table, access.records("view")
    ids = sa.select(table.c.id).where(table.c.deleted_at.is_(None), seen.clause)
    newest = conn.execute(ids.order_by(table.c.id.desc()).limit(limit), dict(seen.params)).scalars().all()
    for record in newest:
        stored = load_record(conn, scene, access, record, seen=seen)
        yield _foresee(_occasion(conn, scene, rule, record, stored.values), rule)


def published_rule(metadata: Metadata, key: str, form: str) -> CompiledRule:
    """Raises NotFound if there is none, or none about this form."""
    rule = metadata.rules.get(key)
    if rule is None or rule.form != form:
        raise NotFound.because("automation.rule.unknown", rule=key)
    return rule


def refuse_unreadable(access: Access, rule: CompiledRule) -> None:
    """Raises Forbidden if the rule reads fields that the person may not."""
    read = {way[1] if way[0] in _ROOTS and len(way) > 1 else way[0] for way in rule.paths}
    closed = sorted((read & access.form.form.fields.keys()) - (access.readable - access.masked))
    if closed:
        raise Forbidden.because("automation.fields-closed", count=len(closed))


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


def _occasion(
    conn: sa.Connection, scene: Scene, rule: CompiledRule, record: int, values: Mapping[str, object]
) -> Occasion:
    every = frozenset(values)
    event = Event(_kind_of(rule), rule.form, record, "asked", scene.actor.id, every, old=values)
    return occasion_of(conn, scene, event, values)


def _foresee(occasion: Occasion, rule: CompiledRule) -> Foreseen:
    facts = occasion.facts(rule)
    found = verdict(rule, facts, occasion.event.kind)
    reads, problems = dict(found.reads), list(found.problems)
    actions: list[ActionWords] = []
    for index in found.actions:
        evaluated = effect(rule, index, facts)
        reads |= evaluated.reads
        problems += evaluated.problems
        if evaluated.effect is not None:
            words = foreseen(occasion.scene, occasion.form, evaluated.effect)
            actions.append(ActionWords(index, words))
            facts = _after(facts, evaluated.effect)
    record = occasion.event.record or 0
    return Foreseen(record, found, reads, tuple(actions), tuple(problems))


def _after(facts: Facts, done: object) -> Facts:
    """What the next action would see."""
    values: Mapping[str, object] = {}
    if isinstance(done, SetFields):
        values = done.values
    elif isinstance(done, SetScore):
        values = {done.field: done.value}
    return replace(facts, record={**(facts.record or {}), **values})
