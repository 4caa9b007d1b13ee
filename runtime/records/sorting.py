"""The order of a list: fields as people mean them, and the position behind a record for the next page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.fields import SUBTABLE
from engine.forms.system import SYSTEM
from engine.forms.views import SortKey as Wanted
from engine.keys import nearest
from engine.problems import InputError, Problem
from runtime.access.policy import Access
from runtime.db.types import ExactNumber, UtcDateTime
from runtime.query.paging import SortKey
from runtime.records.scene import Scene
from runtime.records.selection import PEOPLE, Selection

MOST_KEYS: Final = 5
NEWEST: Final = (Wanted("id", descending=True),)
_UNSORTABLE: Final = frozenset({"longtext", SUBTABLE.name})
_NEVER_NULL: Final = frozenset({"id", "rev", "created_at", "created_by", "updated_at", "updated_by", "owner"})


def check_sort(access: Access, sort: Sequence[Wanted], *, at: str = "/sort") -> None:
    """Raises InputError for keys the reader may not see (the order would tell), or that have no order."""
    open_fields = access.readable - access.masked
    problems = []
    for one in sort:
        field = access.form.form.fields.get(one.field) or SYSTEM.get(one.field)
        if field is None or one.field not in open_fields:
            params = {"name": one.field[:60], "nearest": nearest(one.field, open_fields) or ""}
            problems.append(Problem("records.query.field-unknown", at, params))
        elif field.type in _UNSORTABLE or one.field not in access.form.columns:
            problems.append(
                Problem("records.query.field-unsortable", at, {"name": one.field, "label": field.label})
            )
    if len(sort) > MOST_KEYS:
        problems.append(Problem("records.query.sort-too-long", at, {"limit": MOST_KEYS}))
    if problems:
        raise InputError(problems)


def sort_keys(scene: Scene, selection: Selection, sort: Sequence[Wanted]) -> list[SortKey]:
    """The columns to sort by; the id last, so that the order is total."""
    keys = [
        SortKey(_column(scene, selection, one.field), one.descending, one.field not in _NEVER_NULL)
        for one in sort
        if one.field != "id"
    ]
    last = sort[-1].descending if sort else False
    by_id = next((one.descending for one in sort if one.field == "id"), last)
    return [*keys, SortKey(selection.form.table.c.id, by_id, nullable=False)]


def _column(scene: Scene, selection: Selection, key: str) -> sa.ColumnElement[Any]:
    """A reference sorts by the other side's name or first title field, an option by its place in the list."""
    field = selection.form.form.fields.get(key)
    if field is not None and field.options:
        places = {option.key: place for place, option in enumerate(field.options)}
        return sa.case(places, value=selection.form.columns[key])
    joined = next((one for one in selection.joined if one.field == key), None)
    if joined is None:
        return selection.form.columns[key]
    if joined.target in PEOPLE:
        return joined.there.c.name
    target = scene.metadata.forms[joined.target]
    names = [name for name in target.title_keys if name in target.columns]
    return joined.there.c[names[0]] if names else selection.form.columns[key]


def position_json(values: Sequence[object]) -> list[object]:
    """Sort values for a cursor."""
    return [one.isoformat() if isinstance(one, date) else one for one in values]


def position_of(stored: object) -> tuple[object, ...]:
    """The position that a cursor holds. Raises InputError if it is none."""
    if not isinstance(stored, list):
        raise InputError((Problem("http.cursor.invalid", "/cursor"),))
    return tuple(stored)


def position_values(keys: Sequence[SortKey], stored: Sequence[object]) -> tuple[object, ...]:
    """Sort values out of a cursor we signed."""
    return tuple(_read(key.column.type, value) for key, value in zip(keys, stored, strict=True))


def _read(kind: sa.types.TypeEngine[Any], value: object) -> object:
    if isinstance(kind, UtcDateTime) and isinstance(value, str):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date) and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(kind, ExactNumber) and isinstance(value, int):
        return Decimal(value)
    return value
