"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from runtime.db import exact_json

RowId: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Identity of a row. SQLite gives an integer primary key its AUTOINCREMENT only under the name INTEGER."""


class ExactNumber(TypeDecorator[Decimal]):
    """A number with a fixed count of decimals: NUMERIC on PostgreSQL, a scaled integer on SQLite.

    SQLite would store a NUMERIC as a binary float; the scaled integer keeps 18 digits exact, sums too.
    Values that do not fit the scale are refused, never rounded: rounding is the engine's business.
    """

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, scale: int) -> None:
        self.scale = scale
        super().__init__(20, scale)

    @property
    def python_type(self) -> type[Any]:
        return Decimal

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BigInteger())
        return dialect.type_descriptor(sa.Numeric(20, self.scale))

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | int | None:
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.scale)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.scale} decimals")
        return int(scaled) if dialect.name == "sqlite" else Decimal(value)

    def process_result_value(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        number = Decimal(value)
        return number.scaleb(-self.scale) if dialect.name == "sqlite" else number

    def process_literal_param(self, value: Decimal | int | None, dialect: Dialect) -> str:
        return str(self.process_bind_param(value, dialect))


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Naive times are refused; SQLite keeps sortable text, PostgreSQL `timestamptz`."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[object]):
    """Plain data as JSON text with exact numbers. Not searched by the database, so text on both."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: object | None, dialect: Dialect) -> str | None:
        return None if value is None else exact_json.dumps(value).decode("utf-8")

    def process_result_value(self, value: str | None, dialect: Dialect) -> object | None:
        return None if value is None else exact_json.loads(value)
