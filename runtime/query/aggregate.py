"""Grouped numbers in SQL: exact sums on both databases; quotients are left to Python's Decimal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from engine.values import CONTEXT, round_half_even
from runtime.db.types import ExactNumber

QUOTIENT_DECIMALS: Final = 6
"""Averages and ratios are rounded half-even to so many decimals."""
_SPLIT: Final = 10**9


def exact_sum(
    column: sa.ColumnElement[Any], where: sa.ColumnElement[bool] | None, dialect: str
) -> list[sa.ColumnElement[Any]]:
    """The columns whose values `read_sum` puts together.

    SQLite adds scaled integers, and stops with an error at 2^63: high and low digits are summed apart.
    """
    value = column if where is None else sa.case((where, column))
    if dialect != "sqlite":
        return [sa.func.sum(sa.type_coerce(value, sa.Numeric()))]
    raw = sa.type_coerce(value, sa.BigInteger())
    split = sa.literal_column(str(_SPLIT), sa.BigInteger)
    return [sa.func.sum(raw.op("/")(split)), sa.func.sum(raw % split)]


def read_sum(values: tuple[Any, ...], column_type: sa.types.TypeEngine[Any], dialect: str) -> Decimal | None:
    """The sum that the columns of `exact_sum` hold; None when there was nothing to add."""
    if values[0] is None:
        return None
    scale = column_type.scale if isinstance(column_type, ExactNumber) else 0
    if dialect != "sqlite":
        return Decimal(values[0])
    return Decimal(values[0] * _SPLIT + values[1]).scaleb(-scale)


def quotient(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """numerator / denominator, half-even; None without a denominator or a numerator."""
    if numerator is None or not denominator:
        return None
    return round_half_even(CONTEXT.divide(Decimal(numerator), Decimal(denominator)), QUOTIENT_DECIMALS)
