"""One answer over the records of a form: the columns of an aggregate, and its value as FEEL means it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.rules.feel.nodes import Name
from engine.rules.feel.queries import Aggregate, Query
from engine.values import from_python
from runtime.query.aggregate import exact_sum, read_sum
from runtime.query.terms import Kind, Names
from runtime.query.values import refuse

_WITHOUT_FIELD: Final = frozenset({Aggregate.COUNT, Aggregate.EXISTS})
_COMPARED: Final = frozenset({Kind.NUMBER, Kind.TEXT, Kind.DAY, Kind.INSTANT})
_MEASURED: Final = {
    Aggregate.SUM: frozenset({Kind.NUMBER}),
    Aggregate.MIN: _COMPARED,
    Aggregate.MAX: _COMPARED,
}


def check_measured(query: Query, names: Names) -> None:
    """Raises Refused where the database cannot work out the aggregate of the field."""
    if query.aggregate in _WITHOUT_FIELD:
        return
    node = Name(query.span, query.field)
    term = names.field(query.field)
    if term is None:
        raise refuse("no-column", node, field=query.field)
    if term.kind not in _MEASURED[query.aggregate]:
        raise refuse("aggregate", node, function=str(query.aggregate), kind=term.kind)


def answer_columns(
    query: Query, column: sa.ColumnElement[Any] | None, dialect: str
) -> list[sa.ColumnElement[Any]]:
    """What to select over the chosen records; `read_answer` reads it.

    column   of the field, None for count and exists
    """
    if column is None:
        return [sa.func.count()]
    counted: list[sa.ColumnElement[Any]] = [sa.func.count(), sa.func.count(column)]
    match query.aggregate:
        case Aggregate.SUM:
            return [*counted, *exact_sum(column, None, dialect)]
        case Aggregate.MIN:
            return [*counted, sa.func.min(column, type_=column.type)]
        case _:
            return [*counted, sa.func.max(column, type_=column.type)]


def read_answer(
    query: Query, values: Sequence[Any], column: sa.ColumnElement[Any] | None, dialect: str, zone: ZoneInfo
) -> object:
    """The FEEL value of one row of `answer_columns`.

    As FEEL has it, sum, min and max of nothing are null, and so they are where one of the values is null.
    """
    if query.aggregate is Aggregate.EXISTS:
        return values[0] > 0
    if column is None:
        return values[0]
    if values[0] == 0 or values[1] < values[0]:
        return None
    if query.aggregate is Aggregate.SUM:
        return read_sum(tuple(values[2:]), column.type, dialect)
    found = values[2]
    return from_python(found, zone) if isinstance(found, date) else _number(found)


def _number(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
