"""SQLAlchemy tables of published forms, built from table plans and the registry.

Column objects carry the field's key as `Column.key`, so that statements and rows speak of fields;
`Column.name` is the physical name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.table_plan import Column, ColumnKind, TablePlan
from engine.problems import DefinitionError, Problem, pointer
from runtime.catalog.physical import PhysicalName, Registry
from runtime.db.types import ExactNumber, JsonText, RowId, UtcDateTime

TEXT_LENGTH: Final = 1000
"""Length of the VARCHAR of one-line texts; the field's own limit is smaller and is checked before."""


@dataclass(frozen=True, slots=True)
class SubtableTables:
    """One sub-table: its rows' table (`id`, `record`, `ordinal` and the fields' columns, by key)."""

    key: str
    table: sa.Table
    fields: Mapping[str, sa.Column[Any]]


@dataclass(frozen=True, slots=True)
class UniqueIndex:
    """A partial unique index over living records; `columns` are physical names, as SQLite reports them."""

    name: str
    fields: tuple[str, ...]
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class FormTables:
    """The tables of one form.

    columns   the columns by key: system fields and fields
    fields    only those of fields
    """

    table: sa.Table
    columns: Mapping[str, sa.Column[Any]]
    fields: Mapping[str, sa.Column[Any]]
    subtables: Mapping[str, SubtableTables]
    uniques: tuple[UniqueIndex, ...]


def build_tables(plan: TablePlan, registry: Registry) -> FormTables:
    """The tables of a published form.

    Raises DefinitionError `catalog.schema.unmapped` if the registry has no name for something in the
    plan: the version was never applied to this database.
    """
    metadata = sa.MetaData()
    table = sa.Table(
        _table_name(registry, plan.form, ""), metadata, *system_columns(), sqlite_autoincrement=True
    )
    fields = _append_fields(table, plan, registry.columns(plan.form), plan.form)
    subtables = {
        key: _subtable(metadata, plan.form, inner, registry) for key, inner in plan.subtables.items()
    }
    columns = {column.key: column for column in table.columns}
    return FormTables(
        table,
        MappingProxyType(columns),
        MappingProxyType(fields),
        MappingProxyType(subtables),
        tuple(_uniques(registry, plan, fields)),
    )


def system_columns() -> list[sa.Column[Any]]:
    """The columns of the system fields (SEMANTICS §2), which alone are not nullable."""
    return [
        sa.Column("id", RowId, primary_key=True, autoincrement=True),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.Column("updated_by", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", UtcDateTime, nullable=True),
        sa.Column("flow_status", sa.String(80), nullable=True),
        sa.Column("owner", sa.BigInteger, nullable=False),
        sa.Column("department", sa.BigInteger, nullable=True),
    ]


def row_columns() -> list[sa.Column[Any]]:
    """The columns that every sub-table has: its row's id, its record and the row's place."""
    return [
        sa.Column("id", RowId, primary_key=True, autoincrement=True),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False, key="ordinal_"),
    ]


def column_type(column: Column) -> sa.types.TypeEngine[Any]:
    """How a field's values are stored on both databases."""
    match column.kind:
        case ColumnKind.NUMBER:
            return ExactNumber(column.scale or 0)
        case ColumnKind.DATETIME:
            return UtcDateTime()
        case ColumnKind.JSON:
            return JsonText()
        case _:
            return _PLAIN_TYPES[column.kind]


def _by_code_point(
    plain: sa.types.TypeEngine[str], ordered: sa.types.TypeEngine[str]
) -> sa.types.TypeEngine[str]:
    """Texts compare and sort by code point on both databases, as FEEL does (SEMANTICS §5)."""
    return plain.with_variant(ordered, "postgresql")


_PLAIN_TYPES: Final[Mapping[ColumnKind, sa.types.TypeEngine[Any]]] = MappingProxyType(
    {
        ColumnKind.TEXT: _by_code_point(sa.String(TEXT_LENGTH), sa.String(TEXT_LENGTH, collation="C")),
        ColumnKind.LONGTEXT: _by_code_point(sa.Text(), sa.Text(collation="C")),
        ColumnKind.DATE: sa.Date(),
        ColumnKind.BOOLEAN: sa.Boolean(),
        ColumnKind.REFERENCE: sa.BigInteger(),
    }
)


def _subtable(metadata: sa.MetaData, form: str, plan: TablePlan, registry: Registry) -> SubtableTables:
    table = sa.Table(
        _table_name(registry, form, plan.form), metadata, *row_columns(), sqlite_autoincrement=True
    )
    fields = _append_fields(table, plan, registry.columns(form, plan.form), form)
    return SubtableTables(plan.form, table, MappingProxyType(fields))


def _append_fields(
    table: sa.Table, plan: TablePlan, names: Mapping[str, PhysicalName], form: str
) -> dict[str, sa.Column[Any]]:
    fields: dict[str, sa.Column[Any]] = {}
    for key, column in plan.columns.items():
        if key not in names:
            raise _unmapped(form, plan.form, key)
        one: sa.Column[Any] = sa.Column(names[key].name, column_type(column), nullable=True, key=key)
        table.append_column(one)
        fields[key] = one
    return fields


def _uniques(registry: Registry, plan: TablePlan, fields: Mapping[str, sa.Column[Any]]) -> list[UniqueIndex]:
    return [
        UniqueIndex(index.name, index.fields, frozenset(fields[key].name for key in index.fields))
        for index in registry.indexes(plan.form)
        if index.shape == "unique" and all(key in fields for key in index.fields)
    ]


def _table_name(registry: Registry, form: str, subtable: str) -> str:
    name = registry.table(form, subtable)
    if name is None:
        raise _unmapped(form, subtable, "")
    return name


def _unmapped(form: str, subtable: str, field: str) -> DefinitionError:
    params = {"form": form, "field": field or subtable or form}
    problem = Problem("catalog.schema.unmapped", pointer("fields", field), params, document=f"form/{form}")
    return DefinitionError((problem,))
