"""Applies one change of a table plan to the database: add-only, inside the caller's transaction (DESIGN §5).

Registry and tables change together; nothing here drops a column or a table. The caller activates the
version and bumps the stamp in the same unit of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.table_plan import Column, ColumnKind, TablePlan
from runtime.catalog.physical import (
    allot_column,
    allot_index,
    allot_table,
    archived_column,
    read_registry,
    remap_column,
    unmap_index,
)
from runtime.catalog.schema import column_type, row_columns, system_columns
from runtime.db.ddl import operations

_LIVING: Final = sa.text("deleted_at IS NULL")


def create_table(conn: sa.Connection, form: str, subtable: str, plan: TablePlan) -> str:
    """The table of a form (`subtable` "") or of a sub-table, with all columns and indexes; its name."""
    name = allot_table(conn, form, subtable)
    if sa.inspect(conn).has_table(name):
        for column in plan.columns.values():
            add_column(conn, form, subtable, column)
        return name
    columns = [_physical(allot_column(conn, name, form, subtable, one), one) for one in plan.columns.values()]
    own = row_columns() if subtable else system_columns()
    operations(conn).create_table(name, *own, *columns, sqlite_autoincrement=True)
    _own_indexes(conn, form, subtable)
    for column in plan.columns.values():
        _index_column(conn, form, subtable, column)
    return name


def add_column(conn: sa.Connection, form: str, subtable: str, column: Column) -> str:
    """A nullable column for the field, or the archived one that held it in the same shape; its name."""
    table = table_name(conn, form, subtable)
    archived = archived_column(conn, form, subtable, column)
    if archived is not None:
        remap_column(conn, form, subtable, column, archived)
        name = archived
    else:
        name = allot_column(conn, table, form, subtable, column)
        operations(conn).add_column(table, _physical(name, column))
    _index_column(conn, form, subtable, column)
    return name


def create_index(
    conn: sa.Connection, form: str, subtable: str, fields: Sequence[str], *, unique: bool = False
) -> str:
    """An index over fields or system fields, in this order; unique ones count living records only.

    The same index again is no new one. Raises IntegrityError if values are not unique.
    """
    registry = read_registry(conn)
    shape = "unique" if unique else "plain"
    for known in registry.indexes(form, subtable):
        if known.fields == tuple(fields) and known.shape == shape:
            return known.name
    columns = registry.columns(form, subtable)
    physical = [columns[key].name if key in columns else key for key in fields]
    name = allot_index(conn, form, subtable, fields, unique=unique)
    table = table_name(conn, form, subtable)
    living: dict[str, Any] = {} if subtable else {"sqlite_where": _LIVING, "postgresql_where": _LIVING}
    operations(conn).create_index(
        name, table, [_rising(conn, one) for one in physical], unique=unique, **living
    )
    return name


def drop_index(conn: sa.Connection, form: str, subtable: str, name: str) -> None:
    """An index holds no data, so it may go: a field that is no longer unique, a view that is gone."""
    operations(conn).drop_index(name, table_name=table_name(conn, form, subtable))
    unmap_index(conn, name)


def table_name(conn: sa.Connection, form: str, subtable: str) -> str:
    """The physical name of an applied table. Raises LookupError if there is none."""
    name = read_registry(conn).table(form, subtable)
    if name is None:
        raise LookupError(f"form {form} has no table {subtable or 'of its own'}")
    return name


def _own_indexes(conn: sa.Connection, form: str, subtable: str) -> None:
    if subtable:
        create_index(conn, form, subtable, ("record", "ordinal"))
    else:
        create_index(conn, form, "", ("owner", "id"))
        create_index(conn, form, "", ("department", "id"))


def _index_column(conn: sa.Connection, form: str, subtable: str, column: Column) -> None:
    if column.unique and not subtable:
        create_index(conn, form, subtable, (column.field,), unique=True)
    elif column.indexed or column.kind is ColumnKind.REFERENCE:
        create_index(conn, form, subtable, (column.field,))


def _rising(conn: sa.Connection, column: str) -> Any:
    """Null first, so that one index serves both directions of `runtime.query.paging`."""
    if conn.dialect.name == "sqlite" or column == "id":
        return column
    return sa.column(column).asc().nulls_first()


def _physical(name: str, column: Column) -> sa.Column[Any]:
    return sa.Column(name, column_type(column), nullable=True)
