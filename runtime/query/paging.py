"""Keyset paging: the next page begins behind a record's sort values, whatever was inserted before it.

Null is smaller than every value on both databases: first when rising, last when falling. That is SQLite's
own order; on PostgreSQL it is said explicitly, and indexes are built with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

Clause = sa.ColumnElement[bool]
COUNT_BOUND: Final = 1000
"""Counting stops here unless the exact number is asked for."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of an order; `nullable` is false for keys that are never null."""

    column: sa.ColumnElement[Any]
    descending: bool = False
    nullable: bool = True


def order_by(keys: Sequence[SortKey], dialect: str) -> list[sa.UnaryExpression[Any]]:
    return [_ordered(key, dialect) for key in keys]


def _ordered(key: SortKey, dialect: str) -> sa.UnaryExpression[Any]:
    direction = key.column.desc() if key.descending else key.column.asc()
    if dialect == "sqlite" or not key.nullable:
        return direction
    return direction.nulls_last() if key.descending else direction.nulls_first()


def behind(
    keys: Sequence[SortKey], values: Sequence[object], prefix: str = "k"
) -> tuple[Clause, dict[str, object]]:
    """The clause that holds for the records behind `values` in the order of `keys`, and its parameters.

    The last key must be unique and never null: the record's id.
    """
    params = {f"{prefix}{number}": value for number, value in enumerate(values) if value is not None}
    marks = [
        None if value is None else sa.bindparam(f"{prefix}{number}", type_=key.column.type)
        for number, (key, value) in enumerate(zip(keys, values, strict=True))
    ]
    steps = [_step(keys[: number + 1], marks[: number + 1]) for number in range(len(keys))]
    return sa.and_(_not_before(keys[0], marks[0]), sa.or_(*steps)), params


def _step(keys: Sequence[SortKey], marks: Sequence[sa.BindParameter[Any] | None]) -> Clause:
    """Equal in all keys but the last, and behind in that one."""
    equal = [_equal(key, mark) for key, mark in zip(keys[:-1], marks[:-1], strict=True)]
    return sa.and_(*equal, _behind_one(keys[-1], marks[-1]))


def _equal(key: SortKey, mark: sa.BindParameter[Any] | None) -> Clause:
    return key.column.is_(None) if mark is None else key.column == mark


def _behind_one(key: SortKey, mark: sa.BindParameter[Any] | None) -> Clause:
    if mark is None:
        return sa.false() if key.descending else key.column.is_not(None)
    if not key.descending:
        return key.column > mark
    return sa.or_(key.column < mark, key.column.is_(None)) if key.nullable else key.column < mark


def _not_before(key: SortKey, mark: sa.BindParameter[Any] | None) -> Clause:
    """Redundant beside the steps; it gives the database one range of the index to begin at."""
    if mark is None:
        return key.column.is_(None) if key.descending else sa.true()
    if not key.descending:
        return key.column >= mark
    return sa.or_(key.column <= mark, key.column.is_(None)) if key.nullable else key.column <= mark


def bounded_count(source: sa.FromClause, clause: Clause, *, exact: bool) -> sa.Select[int]:
    """Counts the matches; without `exact` it stops one behind the bound."""
    if exact:
        return sa.select(sa.func.count()).select_from(source).where(clause)
    matches = sa.select(sa.literal(1)).select_from(source).where(clause).limit(COUNT_BOUND + 1).subquery()
    return sa.select(sa.func.count()).select_from(matches)
