"""Looking records up by the values of fields, set-wise; imports resolve relations by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from engine.problems import InputError, Problem
from runtime.records.scene import Scene

_CHUNK: Final = 5000


def find_records(
    conn: sa.Connection,
    scene: Scene,
    form_key: str,
    fields: Sequence[str],
    values: Iterable[tuple[object, ...]],
) -> Mapping[tuple[object, ...], tuple[int, ...]]:
    """See `Records.find`. Raises InputError for fields the actor may not read or that have no column."""
    access = scene.access_for(form_key)
    access.require("view")
    unknown = [name for name in fields if name not in access.readable or name not in access.form.columns]
    if unknown:
        raise InputError(
            Problem("records.query.field-unknown", "", {"name": name, "nearest": ""}) for name in unknown
        )
    columns = [access.form.columns[name] for name in fields]
    wanted, seen = set(values), access.records("view")
    first = sa.bindparam("first", type_=columns[0].type, expanding=True)
    table = access.form.table
    query = (
        sa.select(table.c.id, *columns)
        .where(table.c.deleted_at.is_(None), columns[0].in_(first), seen.clause)
        .order_by(table.c.id)
    )
    found: dict[tuple[object, ...], tuple[int, ...]] = {}
    heads = sorted({key[0] for key in wanted if key[0] is not None}, key=str)
    for start in range(0, len(heads), _CHUNK):
        for row in conn.execute(query, {"first": heads[start : start + _CHUNK], **seen.params}):
            key = tuple(row[1:])
            if key in wanted:
                found[key] = (*found.get(key, ()), row[0])
    return found
