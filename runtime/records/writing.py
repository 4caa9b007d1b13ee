"""Writing new records, one or many: numbers, rows, sub-rows and history, each with one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.forms.model import Row
from runtime.catalog.metadata import PublishedForm
from runtime.db.prepared import Prepared
from runtime.records.history import Differ, Entry, write_history
from runtime.records.inserting import insert_many
from runtime.records.memory import wrote
from runtime.records.model import Action, Origin
from runtime.records.numbering import allot_numbers
from runtime.records.rows import write_new_rows
from runtime.records.scene import Scene
from runtime.records.targets import Targets
from runtime.records.uniqueness import naming_duplicates
from runtime.records.work import Work


@dataclass(frozen=True, slots=True)
class Stamps:
    """Who and when a record says it is from; a history import brings its own."""

    created_at: datetime
    created_by: int
    updated_at: datetime
    updated_by: int

    @classmethod
    def of(cls, scene: Scene) -> Stamps:
        now, actor = scene.moment.now, scene.actor.id
        return cls(now, actor, now, actor)


@dataclass(frozen=True, slots=True)
class NewRecord:
    """values   settled and checked, with `owner` and `department`"""

    values: Mapping[str, object]
    stamps: Stamps


def write_new(
    work: Work, form: PublishedForm, records: Sequence[NewRecord], targets: Targets, origin: Origin
) -> list[dict[str, object]]:
    """Insert the records; the complete stored values of each, in order, rows with their ids.

    Raises Conflict if a unique value is taken.
    """
    conn, scene = work.conn, work.scene
    day = scene.moment.now.astimezone(scene.moment.zone).date()
    numbers = allot_numbers(conn, form.form, day, len(records))
    complete = [_complete(form, one, allotted) for one, allotted in zip(records, numbers, strict=True)]
    with naming_duplicates(form):
        ids = _insert(conn, scene, form, complete)
    wrote(conn, form.key)
    for values, identity in zip(complete, ids, strict=True):
        values["id"] = identity
    _write_rows(conn, form, complete)
    differ = Differ(form.form, targets.titles)
    entries = [
        Entry(form.key, identity, 1, Action.CREATE, differ.changes({}, values))
        for values, identity in zip(complete, ids, strict=True)
    ]
    write_history(conn, entries, origin, at=scene.moment.now, actor=scene.actor.id)
    return complete


def _complete(form: PublishedForm, record: NewRecord, numbers: Mapping[str, str]) -> dict[str, object]:
    stamps = record.stamps
    return {
        **record.values,
        **numbers,
        "rev": 1,
        "created_at": stamps.created_at,
        "created_by": stamps.created_by,
        "updated_at": stamps.updated_at,
        "updated_by": stamps.updated_by,
        "deleted_at": None,
        "flow_status": None,
    }


def _insert(
    conn: sa.Connection, scene: Scene, form: PublishedForm, records: Sequence[Mapping[str, object]]
) -> list[int]:
    rows = [{key: values.get(key) for key in form.columns if key != "id"} for values in records]
    if len(rows) > 1:
        return insert_many(conn, form.table, rows)
    insert = scene.statements.get(
        (form, "insert"), lambda: Prepared(form.table.insert().returning(form.table.c.id), list(rows[0]))
    )
    return [insert.value(conn, rows[0])]


def _write_rows(conn: sa.Connection, form: PublishedForm, records: Sequence[dict[str, object]]) -> None:
    for key in form.subtables:
        triples = [
            (record, place, row)
            for values in records
            if isinstance(record := values["id"], int)
            for place, row in enumerate(_rows(values.get(key)))
        ]
        written = iter(write_new_rows(conn, form, {key: triples}).get(key, []))
        for values in records:
            values[key] = tuple(next(written) for _ in _rows(values.get(key)))


def _rows(value: object) -> tuple[Row, ...]:
    return value if isinstance(value, tuple) else ()
