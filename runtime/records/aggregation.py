"""Grouped numbers under the reader's record filter, in one statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.fields import FIELD_TYPES, ReferenceType
from engine.forms.model import Field
from engine.forms.system import SYSTEM
from engine.keys import nearest
from engine.problems import InputError, Problem, pointer
from runtime.access.policy import Access
from runtime.query.aggregate import exact_sum, quotient, read_sum
from runtime.query.filter import EVERYTHING, BoundFilter
from runtime.records.conditions import bind_where, joined
from runtime.records.model import AggregateQuery, Function, Group, Measure, Target
from runtime.records.scene import Scene
from runtime.records.targets import Targets, load_wanted

MAX_GROUPS: Final = 1000
MAX_MEASURES: Final = 20
_NUMBERS: Final = frozenset({"number", "money", "percent", "rating"})
_COMPARABLE: Final = _NUMBERS | {"date", "datetime"}
_NO_GROUPS: Final = frozenset({"longtext", "subtable"})


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of one measure, and where they stand in the row."""

    measure: Measure
    start: int
    columns: tuple[sa.ColumnElement[Any], ...]


def aggregate_records(
    conn: sa.Connection, scene: Scene, form_key: str, query: AggregateQuery
) -> tuple[Group, ...]:
    """See `Records.aggregate`."""
    access = scene.access_for(form_key)
    access.require("view")
    problems = [*_check_groups(access, query), *_check_measures(access, query)]
    if problems:
        raise InputError(problems)
    filters = [access.records("view"), bind_where(scene, access, query.where, prefix="w", at="/where")]
    measures, measured = _measures(scene, access, query)
    own, _ = joined(filters)
    _, params = joined([*filters, *measured])
    table = access.form.table
    keys = [access.form.columns[key] for key in query.group]
    columns = [column for one in measures for column in one.columns]
    statement = sa.select(*keys, *columns).select_from(table).where(table.c.deleted_at.is_(None), *own)
    if keys:
        statement = statement.group_by(*keys).order_by(*keys).limit(MAX_GROUPS + 1)
    rows = conn.execute(statement, params).all()
    if len(rows) > MAX_GROUPS:
        raise InputError((Problem("records.aggregate.too-many-groups", "/group", {"limit": MAX_GROUPS}),))
    titles = _titles(conn, scene, access, query, rows)
    return tuple(_group(scene, access, query, measures, row, titles) for row in rows)


def _check_groups(access: Access, query: AggregateQuery) -> Iterator[Problem]:
    for place, key in enumerate(query.group):
        field = _field(access, key)
        at = pointer("group", place)
        if field is None:
            yield _unknown(access, key, at)
        elif field.type in _NO_GROUPS or key not in access.form.columns:
            yield Problem("records.aggregate.not-groupable", at, {"name": key, "label": field.label})


def _check_measures(access: Access, query: AggregateQuery) -> Iterator[Problem]:
    keys = {one.key for one in query.measures}
    if len(query.measures) > MAX_MEASURES or len(keys) < len(query.measures):
        yield Problem("records.aggregate.measures", "/measures", {"limit": MAX_MEASURES})
    for place, one in enumerate(query.measures):
        at = pointer("measures", place)
        if one.function is Function.RATIO:
            plain = keys - {other.key for other in query.measures if other.function is Function.RATIO}
            for name, other in (("numerator", one.numerator), ("denominator", one.denominator)):
                if other not in plain:
                    yield Problem("records.aggregate.ratio", f"{at}/{name}", {"name": str(other)[:60]})
        elif one.function is not Function.COUNT:
            yield from _check_measured(access, one, f"{at}/field")


def _check_measured(access: Access, measure: Measure, at: str) -> Iterator[Problem]:
    field = _field(access, measure.field or "")
    allowed = _COMPARABLE if measure.function in (Function.MIN, Function.MAX) else _NUMBERS
    if field is None:
        yield _unknown(access, measure.field or "", at)
    elif field.type not in allowed or field.key not in access.form.columns:
        params = {"name": field.key, "label": field.label, "function": measure.function}
        yield Problem("records.aggregate.not-measurable", at, params)


def _field(access: Access, key: str) -> Field | None:
    """A field the reader may see in full; any other is unknown to her."""
    if key not in access.readable - access.masked:
        return None
    return access.form.form.fields.get(key) or SYSTEM.get(key)


def _unknown(access: Access, key: str, at: str) -> Problem:
    params = {"name": key[:60], "nearest": nearest(key, access.readable) or ""}
    return Problem("records.query.field-unknown", at, params)


def _measures(
    scene: Scene, access: Access, query: AggregateQuery
) -> tuple[list[_Columns], list[BoundFilter]]:
    found: list[_Columns] = []
    filters: list[BoundFilter] = []
    start = len(query.group)
    for place, one in enumerate(query.measures):
        where = bind_where(
            scene, access, one.where, prefix=f"m{place}_", at=pointer("measures", place, "where")
        )
        columns = tuple(_columns(scene, access, one, where))
        found.append(_Columns(one, start, columns))
        filters.append(where)
        start += len(columns)
    return found, filters


def _columns(
    scene: Scene, access: Access, measure: Measure, where: BoundFilter
) -> Iterator[sa.ColumnElement[Any]]:
    clause = None if where is EVERYTHING else where.clause
    if measure.function is Function.COUNT:
        yield sa.func.count() if clause is None else sa.func.count(sa.case((clause, 1)))
        return
    if measure.function is Function.RATIO:
        return
    column = access.form.columns[measure.field or ""]
    value = column if clause is None else sa.case((clause, column))
    match measure.function:
        case Function.MIN:
            yield sa.func.min(value, type_=column.type)
        case Function.MAX:
            yield sa.func.max(value, type_=column.type)
        case _:
            yield from exact_sum(column, clause, scene.dialect)
            if measure.function is Function.AVG:
                yield sa.func.count(value)


def _group(
    scene: Scene,
    access: Access,
    query: AggregateQuery,
    measures: Sequence[_Columns],
    row: sa.Row[*tuple[Any, ...]],
    titles: Mapping[Target, str],
) -> Group:
    values = {one.measure.key: _value(scene, access, one, row) for one in measures}
    for one in query.measures:
        if one.function is Function.RATIO:
            values[one.key] = quotient(values[one.numerator or ""], values[one.denominator or ""])
    return Group(dict(zip(query.group, row, strict=False)), values, titles)


def _value(scene: Scene, access: Access, one: _Columns, row: sa.Row[*tuple[Any, ...]]) -> Any:
    found = tuple(row[one.start : one.start + len(one.columns)])
    if one.measure.function in (Function.COUNT, Function.MIN, Function.MAX):
        return found[0]
    if one.measure.function is Function.RATIO:
        return None
    kind = access.form.columns[one.measure.field or ""].type
    if one.measure.function is Function.SUM:
        return read_sum(found, kind, scene.dialect) or Decimal(0)
    return quotient(read_sum(found[:-1], kind, scene.dialect), found[-1])


def _titles(
    conn: sa.Connection,
    scene: Scene,
    access: Access,
    query: AggregateQuery,
    rows: Sequence[sa.Row[*tuple[Any, ...]]],
) -> Mapping[Target, str]:
    """Of the records that groups by a reference stand for."""
    targets, wanted = Targets(), list[Target]()
    for place, key in enumerate(query.group):
        field = access.form.form.fields.get(key) or SYSTEM[key]
        kind = FIELD_TYPES[field.type]
        if isinstance(kind, ReferenceType):
            wanted += [(kind.target(field), row[place]) for row in rows if row[place] is not None]
    load_wanted(conn, scene, targets, wanted, {})
    return targets.titles
