"""What a FEEL value is in SQL: a column expression with its kind and scale, or a constant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import sqlalchemy as sa

from engine.forms.table_plan import Column, ColumnKind
from engine.rules.feel.nodes import Node


class Kind(StrEnum):
    """How a term compares.

    DAY        a date · INSTANT: a UTC instant · INSTANT_DAY: the day of an instant in the workspace zone
    DAYS       a number of whole days, the difference of two dates
    REFERENCE  the id of another record, which FEEL sees as a context
    """

    NUMBER = "number"
    TEXT = "string"
    BOOLEAN = "boolean"
    DAY = "date"
    INSTANT = "date and time"
    INSTANT_DAY = "date of a date and time"
    DAYS = "days and time duration"
    REFERENCE = "context"


@dataclass(frozen=True, slots=True)
class Term:
    """A value that differs from row to row.

    sql    for NUMBER on SQLite: the integer `value * 10**scale`, exact; on PostgreSQL the number itself
    scale  decimals of a NUMBER
    filled never null: then `=` needs no care for nulls, and PostgreSQL can use an index
    """

    kind: Kind
    sql: sa.ColumnElement[Any]
    scale: int = 0
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is the same for all rows: it reads only the user, the clock and other given names."""

    node: Node


class Names(Protocol):
    """The fields that an expression over one form's records may use; None = there is no such name."""

    def field(self, name: str) -> Term | None:
        """A field of the record itself, or `record`; None also for fields that have no column."""

    def hop(self, relation: str, name: str) -> Term | None:
        """A field of the record that `relation` points to; `record.amount` is a field of the record."""

    def asked(self, form: str) -> AskedRecords | None:
        """The records that `records("form")` stands for."""


@dataclass(frozen=True, slots=True)
class AskedRecords:
    """Records of a form inside a statement about another one, or about the same.

    source  an alias of the form's table
    fields  every name that stands for something of such a record
    chosen  which of its rows may be asked at all
    """

    source: sa.FromClause
    names: Names
    fields: frozenset[str]
    chosen: sa.ColumnElement[bool]


_KINDS = {
    ColumnKind.TEXT: Kind.TEXT,
    ColumnKind.LONGTEXT: Kind.TEXT,
    ColumnKind.NUMBER: Kind.NUMBER,
    ColumnKind.DATE: Kind.DAY,
    ColumnKind.DATETIME: Kind.INSTANT,
    ColumnKind.BOOLEAN: Kind.BOOLEAN,
    ColumnKind.REFERENCE: Kind.REFERENCE,
}


def term_of(plan: Column, column: sa.ColumnElement[Any], dialect: str) -> Term | None:
    """The term of a field's column; None for a column that SQL cannot compare (JSON)."""
    kind = _KINDS.get(plan.kind)
    if kind is None:
        return None
    return number_term(column, plan.scale or 0, dialect) if kind is Kind.NUMBER else Term(kind, column)


def number_term(column: sa.ColumnElement[Any], scale: int, dialect: str) -> Term:
    """An exact number: the stored integer on SQLite, NUMERIC on PostgreSQL."""
    raw: sa.types.TypeEngine[Any] = sa.BigInteger() if dialect == "sqlite" else sa.Numeric()
    return Term(Kind.NUMBER, sa.type_coerce(column, raw), scale)
