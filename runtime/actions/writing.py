"""Performers that write records: every one takes the one way a record changes, with all checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from engine.problems import InputError, Problem, errors, pointer
from engine.rules.language.effects import Create, Reject, Selection, SetFields, SetScore, Update, Upsert
from runtime.actions.doing import Doing, Done, Word
from runtime.actions.record import RuleRecord, data_of
from runtime.actions.selecting import find_ids
from runtime.actions.words import field_params, message_params, set_words
from runtime.catalog.metadata import PublishedForm
from runtime.records.sight import Reads, reads_of_expressions
from runtime.records.update import Patch


def set_fields(doing: Doing, effect: SetFields) -> Done:
    record = doing.own_record()
    doing.budget.spend(1)
    record.write(doing.records, data_of(doing.scene, record.form, effect.values), doing.origin)
    return Done(set_words(record.form, effect.values))


def set_score(doing: Doing, effect: SetScore) -> Done:
    """The parts stand in the run log: each line that counts, with its points."""
    record = doing.own_record()
    doing.budget.spend(1)
    record.write(doing.records, data_of(doing.scene, record.form, {effect.field: effect.value}), doing.origin)
    parts = [{"line": one.line, "points": one.points, "counts": one.counts} for one in effect.parts]
    params = {**field_params(record.form, effect.field), "value": effect.value, "parts": parts}
    return Done((Word("actions.did.score", params),))


def reject(doing: Doing, effect: Reject) -> Done:
    """Raises InputError with the rule's message at its field."""
    record = doing.own_record()
    message = message_params(effect.message, record.form, record.values, doing.scene)
    at = pointer(effect.field) if effect.field else ""
    raise InputError([Problem("actions.rejected", at, {**message, "rule": doing.rule})])


def create(doing: Doing, effect: Create) -> Done:
    form = doing.scene.metadata.form(effect.form)
    if effect.unless is not None and find_ids(doing.conn, doing.scene, effect.unless, limit=1):
        return Done((Word("actions.did.create-unneeded", {"form": form.form.label}),))
    return Done((_create(doing, form, effect.values), *set_words(form, effect.values)))


def update(doing: Doing, effect: Update) -> Done:
    form = doing.scene.metadata.form(effect.form)
    words: list[Word] = []
    reads = reads_of_expressions(form, effect.reads)
    for identity in _targets(doing, effect):
        words += _update(doing, form, identity, effect, reads)
    if not words:
        words.append(Word("actions.did.update-nothing", {"form": form.form.label}))
    _forget_own(doing)
    return Done(tuple(words))


def _targets(doing: Doing, effect: Update) -> Iterator[int]:
    """In the order of their ids, so that two rules lock records in the same order."""
    if isinstance(effect.targets, Selection):
        yield from find_ids(doing.conn, doing.scene, effect.targets)
    else:
        yield from sorted(effect.targets)


def _update(doing: Doing, form: PublishedForm, identity: int, effect: Update, reads: Reads) -> Iterator[Word]:
    doing.budget.spend(1)
    target = RuleRecord(doing.conn, doing.scene, form, identity, reads)
    target.lock()
    evaluated = effect.values(target.context())
    if evaluated.failed:
        raise InputError(errors(evaluated.problems))
    if isinstance(evaluated.effect, SetFields):
        values = evaluated.effect.values
        target.write(doing.records, data_of(doing.scene, form, values), doing.origin)
        yield Word("actions.did.update", {"form": form.form.label, "record": identity})
        yield from set_words(form, values)


def upsert(doing: Doing, effect: Upsert) -> Done:
    """Raises InputError if several records have the values of `by`."""
    form = doing.scene.metadata.form(effect.form)
    data = data_of(doing.scene, form, effect.values)
    found = _having(doing, form, {key: data[key] for key in effect.by})
    if len(found) > 1:
        params = {"form": form.form.label, "count": len(found)}
        raise InputError([Problem("actions.upsert-several", params=params)])
    if not found:
        return Done((_create(doing, form, effect.values), *set_words(form, effect.values)))
    doing.budget.spend(1)
    origin = doing.origin
    doing.records.update(doing.conn, doing.scene, form.key, Patch(found[0], data), origin=origin)
    _forget_own(doing)
    word = Word("actions.did.update", {"form": form.form.label, "record": found[0]})
    return Done((word, *set_words(form, effect.values)))


def _having(doing: Doing, form: PublishedForm, by: Mapping[str, object]) -> tuple[int, ...]:
    """Two at most. A missing value never identifies a record."""
    read = form.compiled.validators.patch(
        {key: value for key, value in by.items() if key in form.form.fields}
    )
    stored = {**read.values, **{key: value for key, value in by.items() if key not in form.form.fields}}
    if any(value is None for value in stored.values()):
        return ()
    table = form.table
    clauses = [form.columns[key] == value for key, value in stored.items()]
    statement = sa.select(table.c.id).where(table.c.deleted_at.is_(None), *clauses)
    return tuple(doing.conn.execute(statement.order_by(table.c.id).limit(2)).scalars())


def _create(doing: Doing, form: PublishedForm, values: Mapping[str, object]) -> Word:
    doing.budget.spend(1)
    data = data_of(doing.scene, form, values)
    made = doing.records.create(doing.conn, doing.scene, form.key, data, origin=doing.origin)
    _forget_own(doing)
    return Word("actions.did.create", {"form": form.form.label, "record": made.id})


def _forget_own(doing: Doing) -> None:
    if doing.record is not None:
        doing.record.forget()
