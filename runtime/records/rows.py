"""Rows of sub-tables: read in order, written with ids that are never used twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.forms.model import Row
from runtime.catalog.metadata import PublishedForm
from runtime.catalog.schema import SubtableTables
from runtime.db.prepared import Prepared
from runtime.records.history import same
from runtime.records.inserting import insert_many
from runtime.records.memory import wrote
from runtime.records.scene import Scene
from runtime.records.selection import Loaded, Selection, select_rows


@dataclass(frozen=True, slots=True)
class RowsRead:
    """Rows by sub-table and record, and every row as it was read, with what its references point to."""

    rows: Mapping[str, Mapping[int, tuple[Row, ...]]]
    loaded: tuple[Loaded, ...]


def read_rows(
    conn: sa.Connection,
    scene: Scene,
    form: PublishedForm,
    records: Sequence[int],
    keys: Iterable[str] | None = None,
) -> RowsRead:
    """Rows with the titles of their references; one statement per sub-table. `keys` = only these
    sub-tables."""
    rows: dict[str, Mapping[int, tuple[Row, ...]]] = {}
    loaded: list[Loaded] = []
    for key in form.subtables if keys is None else keys:
        rows[key] = _read(conn, scene, form, key, records, loaded)
    return RowsRead(rows, tuple(loaded))


def _read(
    conn: sa.Connection,
    scene: Scene,
    form: PublishedForm,
    key: str,
    records: Sequence[int],
    loaded: list[Loaded],
) -> Mapping[int, tuple[Row, ...]]:
    selection, statement = scene.statements.get((form, "rows", key), lambda: _statement(scene, form, key))
    found: dict[int, list[Row]] = {record: [] for record in records}
    for row in statement.rows(conn, {"records": records}):
        one = selection.read(row)
        record, identity = row[-2:]
        found[record].append(Row(identity, one.values))
        loaded.append(one)
    return {record: tuple(rows) for record, rows in found.items()}


def _statement(scene: Scene, form: PublishedForm, key: str) -> tuple[Selection, Prepared]:
    selection = select_rows(form, scene.metadata.forms, key, _reads(form, key))
    table = form.subtables[key].table
    chosen = sa.bindparam("records", type_=sa.BigInteger(), expanding=True)
    statement = (
        sa.select(*selection.columns, table.c.record, table.c.id)
        .select_from(selection.source)
        .where(table.c.record.in_(chosen))
        .order_by(table.c.record, table.c.ordinal_, table.c.id)
    )
    return selection, Prepared(statement)


def _reads(form: PublishedForm, key: str) -> Mapping[str, frozenset[str]]:
    """What expressions read of the targets of a sub-table's references, by reference field."""
    paths = ((path.split("."), fields) for path, fields in form.compiled.relation_reads.items())
    return {path[1]: fields for path, fields in paths if len(path) == 2 and path[0] == key}


def write_new_rows(
    conn: sa.Connection, form: PublishedForm, rows: Mapping[str, Sequence[tuple[int, int, Row]]]
) -> dict[str, list[Row]]:
    """Insert (record, place, row) triples per sub-table, one statement each; the rows with their ids, in
    order."""
    return {key: _insert(conn, form.subtables[key], some) for key, some in rows.items() if some}


def _insert(conn: sa.Connection, subtable: SubtableTables, rows: Sequence[tuple[int, int, Row]]) -> list[Row]:
    values = [
        {"record": record, "ordinal_": place, **_stored(subtable, row.values)} for record, place, row in rows
    ]
    ids = insert_many(conn, subtable.table, values)
    return [Row(identity, row.values) for identity, (_, _, row) in zip(ids, rows, strict=True)]


def replace_rows(
    conn: sa.Connection,
    form: PublishedForm,
    record: int,
    key: str,
    change: tuple[Sequence[Row], Sequence[Row]],
) -> tuple[Row, ...]:
    """Bring the stored rows (`change[0]`) to the new ones (`change[1]`); the new ones with their ids."""
    subtable, (old, new) = form.subtables[key], change
    wrote(conn, form.key)
    gone = {row.id for row in old} - {row.id for row in new}
    if gone:
        conn.execute(subtable.table.delete().where(subtable.table.c.id.in_(gone)))
    _update(conn, subtable, old, new)
    created = [(record, place, row) for place, row in enumerate(new) if row.id is None]
    inserted = iter(_insert(conn, subtable, created) if created else [])
    return tuple(row if row.id is not None else next(inserted) for row in new)


def _update(conn: sa.Connection, subtable: SubtableTables, old: Sequence[Row], new: Sequence[Row]) -> None:
    """The rows whose values or place differ, in one statement."""
    before = {row.id: (place, row) for place, row in enumerate(old)}
    changed: list[dict[str, Any]] = []
    for place, row in enumerate(new):
        if row.id is None:
            continue
        old_place, stored = before[row.id]
        if place != old_place or not all(
            same(stored.values.get(key), row.values.get(key)) for key in subtable.fields
        ):
            changed.append({"row_id": row.id, "ordinal_": place, **_stored(subtable, row.values)})
    if changed:
        table = subtable.table
        conn.execute(table.update().where(table.c.id == sa.bindparam("row_id")), changed)


def _stored(subtable: SubtableTables, values: Mapping[str, object]) -> dict[str, object]:
    return {key: values.get(key) for key in subtable.fields}
