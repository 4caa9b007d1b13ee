"""The registry of physical names: which table, column or index serves which form and field.

A name is allotted once and kept for ever, also when its field is gone (SEMANTICS §2, DESIGN §5); nothing
computes a physical name from a key at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.table_plan import Column
from engine.keys import SYSTEM_FIELDS
from runtime.catalog.tables import physical_name

MAX_NAME_BYTES: Final = 60
FORM_COLUMNS: Final = SYSTEM_FIELDS
ROW_COLUMNS: Final = ("id", "record", "ordinal")


class NameKind(StrEnum):
    TABLE = "table"
    COLUMN = "column"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class PhysicalName:
    """One allotted name.

    fields   the field keys it serves, in order; empty for a table
    shape    of a column `shape_of(column)`; of an index `unique` or `plain`
    mapped   in use; an archived name keeps its data and is never given to anything else
    """

    kind: NameKind
    form: str
    subtable: str
    fields: tuple[str, ...]
    shape: str
    name: str
    mapped: bool


@dataclass(frozen=True, slots=True)
class Registry:
    """All names of a workspace as read at one moment."""

    names: tuple[PhysicalName, ...]

    def table(self, form: str, subtable: str = "") -> str | None:
        return next((name.name for name in self._of(NameKind.TABLE, form, subtable)), None)

    def columns(self, form: str, subtable: str = "") -> Mapping[str, PhysicalName]:
        """The columns in use, by field key."""
        return {name.fields[0]: name for name in self._of(NameKind.COLUMN, form, subtable)}

    def indexes(self, form: str, subtable: str = "") -> tuple[PhysicalName, ...]:
        return tuple(self._of(NameKind.INDEX, form, subtable))

    def _of(self, kind: NameKind, form: str, subtable: str) -> Iterable[PhysicalName]:
        wanted = (kind, form, subtable)
        return (one for one in self.names if one.mapped and (one.kind, one.form, one.subtable) == wanted)


def shape_of(column: Column) -> str:
    """What a column holds, as one word; columns of the same shape can stand for each other."""
    detail = column.scale if column.scale is not None else column.target
    return str(column.kind) if detail is None else f"{column.kind}:{detail}"


def read_registry(conn: sa.Connection) -> Registry:
    """One statement."""
    t = physical_name.c
    columns = (t.kind, t.form, t.subtable, t.fields, t.shape, t.name, t.mapped)
    rows = conn.execute(sa.select(*columns).order_by(t.id))
    return Registry(tuple(_read(row) for row in rows))


def allot_table(conn: sa.Connection, form: str, subtable: str = "") -> str:
    """The table's name; the same one again if it was allotted before (also after archiving)."""
    known = _find(conn, NameKind.TABLE, form, subtable, ())
    if known is not None:
        _map(conn, known)
        return known.name
    wish = f"f_{form}__{subtable}" if subtable else f"f_{form}"
    return _allot(conn, PhysicalName(NameKind.TABLE, form, subtable, (), "", wish, mapped=True), "", ())


def allot_column(conn: sa.Connection, table: str, form: str, subtable: str, column: Column) -> str:
    """A new name for a column of `table`; a column that served the field before is archived by this."""
    unmap_column(conn, form, subtable, column.field)
    taken = ROW_COLUMNS if subtable else FORM_COLUMNS
    wish = PhysicalName(
        NameKind.COLUMN, form, subtable, (column.field,), shape_of(column), column.field, mapped=True
    )
    return _allot(conn, wish, table, taken)


def archived_column(conn: sa.Connection, form: str, subtable: str, column: Column) -> str | None:
    """The newest archived column that held this field in the same shape: a roll back uses it again."""
    t = physical_name.c
    found = conn.execute(
        sa.select(t.name)
        .where(t.kind == NameKind.COLUMN, t.form == form, t.subtable == subtable)
        .where(t.fields == column.field, t.shape == shape_of(column), t.mapped.is_(False))
        .order_by(t.id.desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


def remap_column(conn: sa.Connection, form: str, subtable: str, column: Column, name: str) -> None:
    """Let the archived column `name` serve the field again."""
    unmap_column(conn, form, subtable, column.field)
    t = physical_name
    same = (t.c.kind == NameKind.COLUMN, t.c.form == form, t.c.subtable == subtable, t.c.name == name)
    conn.execute(t.update().where(*same).values(mapped=True))


def unmap_column(conn: sa.Connection, form: str, subtable: str, field: str) -> None:
    """The column stays as archive; nothing reads or writes it from now on."""
    _unmap(conn, NameKind.COLUMN, form, subtable, field)


def unmap_table(conn: sa.Connection, form: str, subtable: str) -> None:
    """The table stays as archive, with its columns' names as they are."""
    _unmap(conn, NameKind.TABLE, form, subtable, "")


def allot_index(conn: sa.Connection, form: str, subtable: str, fields: Sequence[str], *, unique: bool) -> str:
    """A name for an index; names of indexes are unique in the schema on both databases."""
    shape = "unique" if unique else "plain"
    wish = f"{'ux' if unique else 'ix'}_{form}_{'_'.join((*(subtable,) * bool(subtable), *fields))}"
    name = PhysicalName(NameKind.INDEX, form, subtable, tuple(fields), shape, wish, mapped=True)
    return _allot(conn, name, "", ())


def unmap_index(conn: sa.Connection, name: str) -> None:
    t = physical_name
    conn.execute(t.update().where(t.c.kind == NameKind.INDEX, t.c.name == name).values(mapped=False))


def _find(
    conn: sa.Connection, kind: NameKind, form: str, subtable: str, fields: Sequence[str]
) -> PhysicalName | None:
    t = physical_name.c
    row = conn.execute(
        sa.select(t.kind, t.form, t.subtable, t.fields, t.shape, t.name, t.mapped)
        .where(t.kind == kind, t.form == form, t.subtable == subtable, t.fields == ",".join(fields))
        .order_by(t.id.desc())
        .limit(1)
    ).one_or_none()
    return _read(row) if row is not None else None


def _map(conn: sa.Connection, name: PhysicalName) -> None:
    t = physical_name
    same = (t.c.kind == name.kind, t.c.form == name.form, t.c.subtable == name.subtable)
    conn.execute(t.update().where(*same, t.c.name == name.name).values(mapped=True))


def _unmap(conn: sa.Connection, kind: NameKind, form: str, subtable: str, fields: str) -> None:
    t = physical_name
    same = (t.c.kind == kind, t.c.form == form, t.c.subtable == subtable, t.c.fields == fields)
    conn.execute(t.update().where(*same).values(mapped=False))


def _allot(conn: sa.Connection, wish: PhysicalName, scope: str, reserved: Sequence[str]) -> str:
    t = physical_name
    stem = _shorten(wish.name, MAX_NAME_BYTES)
    used = conn.execute(
        sa.select(t.c.name).where(t.c.scope == scope, t.c.name.startswith(stem[:40], autoescape=True))
    )
    name = _free(stem, {*used.scalars(), *reserved})
    conn.execute(
        t.insert().values(
            kind=wish.kind, form=wish.form, subtable=wish.subtable, fields=",".join(wish.fields),
            shape=wish.shape, scope=scope, name=name, mapped=True,
        )
    )  # fmt: skip
    return name


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 2
    while name in taken:
        suffix = f"_{number}"
        name, number = _shorten(stem, MAX_NAME_BYTES - len(suffix)) + suffix, number + 1
    return name


def _shorten(name: str, size_bytes: int) -> str:
    """Keys are ASCII, so that bytes and characters are the same."""
    return name[:size_bytes].rstrip("_")


def _read(row: sa.Row[*tuple[Any, ...]]) -> PhysicalName:
    kind, form, subtable, fields, shape, name, mapped = row
    return PhysicalName(
        NameKind(kind), form, subtable, tuple(fields.split(",")) if fields else (), shape, name, mapped
    )
