"""Rows of a file that are records already: which ones, and whether anything would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.forms.fields import FIELD_TYPES
from engine.problems import Problem, pointer
from runtime.catalog.metadata import PublishedForm
from runtime.records.scene import Scene
from runtime.records.service import Records

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Found:
    """record   the one record to update; None = there is none yet
    same     nothing of it would change
    """

    record: int | None = None
    same: bool = False
    problem: Problem | None = None


def find_existing(
    conn: sa.Connection,
    scene: Scene,
    records: Records,
    form: PublishedForm,
    *,
    by: Sequence[str],
    rows: Sequence[Values],
) -> list[Found]:
    """For each row of JSON values the record with the same values in the fields `by`; two statements."""
    if not by:
        return [Found() for _ in rows]
    keys = [tuple(_stored(form, name, row.get(name)) for name in by) for row in rows]
    found = records.find(conn, scene, form.key, by, [key for key in keys if None not in key])
    stored = _load(conn, form, rows, [record for ids in found.values() for record in ids])
    return [_found(form, found.get(key, ()), row, stored, by[0]) for key, row in zip(keys, rows, strict=True)]


def _found(
    form: PublishedForm, ids: tuple[int, ...], row: Values, stored: Mapping[int, sa.RowMapping], first: str
) -> Found:
    if not ids:
        return Found()
    if len(ids) > 1:
        label = form.form.fields[first].label
        params = {"form": form.form.label, "field": label, "text": str(row.get(first))[:80]}
        return Found(problem=Problem("imports.row.many-matches", pointer(first), params))
    values = stored.get(ids[0])
    same = values is not None and all(values[name] == _stored(form, name, json) for name, json in row.items())
    return Found(ids[0], same)


def _load(
    conn: sa.Connection, form: PublishedForm, rows: Sequence[Values], ids: Sequence[int]
) -> dict[int, sa.RowMapping]:
    """The stored values of the fields that the rows give."""
    names = sorted({name for row in rows for name in row} & form.tables.fields.keys())
    columns: list[sa.Column[Any]] = [form.columns[name] for name in names]
    identity = form.table.c.id.label("record_id")
    query = sa.select(identity, *(column.label(column.key) for column in columns))
    found = conn.execute(query.where(form.table.c.id.in_(ids))).mappings() if ids else ()
    return {row["record_id"]: row for row in found}


def _stored(form: PublishedForm, name: str, json: object) -> object:
    field = form.form.fields[name]
    return FIELD_TYPES[field.type].parse(field, json).value
