"""Which columns a form needs, and what must change from one version's columns to the next.

The plan speaks of field keys only; physical names come from the registry of `runtime/catalog`. System columns
are not part of it. Publishing is add-only (DESIGN §5): nothing here drops, a column that goes is unmapped
and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ColumnKind(StrEnum):
    """What a column holds.

    NUMBER      exact, with the column's `scale`
    REFERENCE   the id of a record of `target`: a form's key, `user` or `department`
    DATETIME    a UTC instant · DATE: a day without a zone · JSON: canonical text
    """

    TEXT = "text"
    LONGTEXT = "longtext"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    REFERENCE = "reference"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Column:
    """The column of one field; always nullable (DESIGN §5).

    scale    digits after the point, for NUMBER
    target   for REFERENCE
    indexed  wants an index of its own · unique: no two living records hold the same value
    """

    field: str
    kind: ColumnKind
    scale: int | None = None
    target: str | None = None
    indexed: bool = False
    unique: bool = False

    def holds_like(self, other: Column) -> bool:
        """Whether the stored form is the same, so that no value has to be converted."""
        return (self.kind, self.scale, self.target) == (other.kind, other.scale, other.target)


NO_TABLES: Final[Mapping[str, TablePlan]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TablePlan:
    """The columns of a form, or of one sub-table of it, by field key.

    form       the key of the form; in a sub-table's plan the key of the sub-table field
    """

    form: str
    columns: Mapping[str, Column]
    subtables: Mapping[str, TablePlan] = field(default_factory=lambda: NO_TABLES)


@dataclass(frozen=True, slots=True)
class AddTable:
    """A table is needed with all of `plan.columns`; its sub-tables have changes of their own.

    subtable   the sub-table's field key, None = the form's own table
    """

    form: str
    subtable: str | None
    plan: TablePlan


@dataclass(frozen=True, slots=True)
class AddColumn:
    form: str
    subtable: str | None
    column: Column


@dataclass(frozen=True, slots=True)
class RetypeColumn:
    """A new column takes the converted values; the old one stays as archive."""

    form: str
    subtable: str | None
    old: Column
    new: Column


@dataclass(frozen=True, slots=True)
class IndexColumn:
    """Only `indexed` or `unique` changed."""

    form: str
    subtable: str | None
    old: Column
    new: Column


@dataclass(frozen=True, slots=True)
class UnmapColumn:
    form: str
    subtable: str | None
    column: Column


@dataclass(frozen=True, slots=True)
class UnmapTable:
    """A sub-table is no longer part of the form; its table stays as archive."""

    form: str
    subtable: str
    plan: TablePlan


Change = AddTable | AddColumn | RetypeColumn | IndexColumn | UnmapColumn | UnmapTable


def diff(old: TablePlan | None, new: TablePlan) -> tuple[Change, ...]:
    """What has to be done to tables of plan `old` (None = there are none) to serve plan `new`.

    Order: tables and columns that are added first, in the order of the new plan; what is unmapped last.
    """
    if old is None:
        return (
            AddTable(new.form, None, new),
            *(AddTable(new.form, key, plan) for key, plan in new.subtables.items()),
        )
    changes = [*_columns(new.form, None, old, new), *_subtables(old, new)]
    return tuple(sorted(changes, key=lambda change: isinstance(change, UnmapColumn | UnmapTable)))


def _subtables(old: TablePlan, new: TablePlan) -> Iterator[Change]:
    for key, plan in new.subtables.items():
        before = old.subtables.get(key)
        if before is None:
            yield AddTable(new.form, key, plan)
        else:
            yield from _columns(new.form, key, before, plan)
    for key, plan in old.subtables.items():
        if key not in new.subtables:
            yield UnmapTable(new.form, key, plan)


def _columns(form: str, subtable: str | None, old: TablePlan, new: TablePlan) -> Iterator[Change]:
    for key, column in new.columns.items():
        before = old.columns.get(key)
        if before is None:
            yield AddColumn(form, subtable, column)
        elif not before.holds_like(column):
            yield RetypeColumn(form, subtable, before, column)
        elif before != column:
            yield IndexColumn(form, subtable, before, column)
    for key, column in old.columns.items():
        if key not in new.columns:
            yield UnmapColumn(form, subtable, column)
