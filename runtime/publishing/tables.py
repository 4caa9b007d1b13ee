"""Carries out what a plan says about tables: add-only, in the caller's transaction.

No index survives on a column that goes: an index holds no data, and it must not stand for another column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.forms.model import Field, Form
from engine.forms.table_plan import (
    AddColumn,
    AddTable,
    Change,
    IndexColumn,
    RetypeColumn,
    UnmapColumn,
    UnmapTable,
)
from runtime.catalog import ddl
from runtime.catalog.physical import archived_column, read_registry, unmap_column, unmap_table
from runtime.catalog.schema import column_type
from runtime.publishing.columns import stored_values
from runtime.publishing.convert import Converter

_PAGE = 1_000


def apply_change(conn: sa.Connection, change: Change, old: Form | None, new: Form, zone: ZoneInfo) -> None:
    """One change of the form's tables; `old` is the version in force, None for a new form."""
    form, subtable = change.form, change.subtable or ""
    match change:
        case AddTable():
            ddl.create_table(conn, form, subtable, change.plan)
        case AddColumn():
            ddl.add_column(conn, form, subtable, change.column)
        case RetypeColumn() if old is not None:
            converter = Converter(_field(old, change), _field(new, change), zone)
            _retype(conn, form, subtable, change, converter)
        case IndexColumn():
            _drop_indexes(conn, form, subtable, change.new.field)
            _index(conn, form, subtable, change)
        case UnmapColumn():
            _drop_indexes(conn, form, subtable, change.column.field)
            unmap_column(conn, form, subtable, change.column.field)
        case UnmapTable():
            unmap_table(conn, form, subtable)


def keep_unique_checks(conn: sa.Connection, old: Form | None, new: Form) -> None:
    """Indexes for the checks that say which fields are unique together; none for those that are gone."""
    wanted = {check.unique for check in new.checks if check.unique}
    before = {check.unique for check in old.checks if check.unique} if old is not None else set()
    for index in read_registry(conn).indexes(new.key):
        if index.shape == "unique" and index.fields in before - wanted:
            ddl.drop_index(conn, new.key, "", index.name)
    for fields in sorted(wanted):
        ddl.create_index(conn, new.key, "", fields, unique=True)


def _field(form: Form, change: RetypeColumn) -> Field:
    fields = form.fields if change.subtable is None else form.fields[change.subtable].fields
    return fields[change.new.field]


def _index(conn: sa.Connection, form: str, subtable: str, change: IndexColumn) -> None:
    if change.new.unique and not subtable:
        ddl.create_index(conn, form, subtable, (change.new.field,), unique=True)
    elif change.new.indexed:
        ddl.create_index(conn, form, subtable, (change.new.field,))


def _drop_indexes(conn: sa.Connection, form: str, subtable: str, field: str) -> None:
    for index in read_registry(conn).indexes(form, subtable):
        if field in index.fields:
            ddl.drop_index(conn, form, subtable, index.name)


def _retype(
    conn: sa.Connection, form: str, subtable: str, change: RetypeColumn, converter: Converter
) -> None:
    """A new column with the converted values; the old one stays as archive.

    A roll back finds its archived column again: a value that nobody changed since is the very old one.
    """
    before = read_registry(conn).columns(form, subtable)[change.old.field].name
    archived = archived_column(conn, form, subtable, change.new)
    _drop_indexes(conn, form, subtable, change.old.field)
    after = ddl.add_column(conn, form, subtable, change.new)
    table = sa.Table(
        ddl.table_name(conn, form, subtable),
        sa.MetaData(),
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column(before, column_type(change.old), key="before"),
        sa.Column(after, column_type(change.new), key="after"),
    )
    back = Converter(converter.new, converter.old, converter.zone) if archived is not None else None
    rows = stored_values(conn, table.c.before, table.c.after)
    for page in _pages(_converted(rows, converter, back)):
        statement = table.update().where(table.c.id == sa.bindparam("row"))
        conn.execute(statement.values({table.c.after: sa.bindparam("value")}), page)


def _converted(
    rows: Iterable[tuple[Any, ...]], converter: Converter, back: Converter | None
) -> Iterator[dict[str, Any]]:
    for identity, before, after in rows:
        if back is not None and after is not None and back.convert(after).value == before:
            continue
        yield {"row": identity, "value": converter.convert(before).value}


def _pages(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    page: list[dict[str, Any]] = []
    for row in rows:
        page.append(row)
        if len(page) == _PAGE:
            yield page
            page = []
    if page:
        yield page
