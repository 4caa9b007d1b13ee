"""The line or two of a record that let most decisions be made before it is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from engine.forms.fields import FIELD_TYPES
from engine.forms.model import Field
from engine.forms.title import title_fields
from runtime.catalog.metadata import PublishedForm
from runtime.processes.inbox import Item
from runtime.records.model import ListQuery, RecordView
from runtime.records.scene import Scene
from runtime.records.service import Records

Json = dict[str, object]
_TELLING: Final = ("money", "percent", "relation")
"""The kinds of fields that say most about a record, in the order in which they are shown."""
MOST: Final = 3


def summaries(
    conn: sa.Connection, scene: Scene, records: Records, items: Sequence[Item]
) -> Mapping[tuple[str, int], list[Json]]:
    """By form and record; one list per form, under the reader's own rights.

    Where her roles give her nothing of a form, her task alone shows her the record.
    """
    found: dict[tuple[str, int], list[Json]] = {}
    for form_key in dict.fromkeys(item.form for item in items):
        form = scene.metadata.forms.get(form_key)
        if form is None or not scene.access(form).allows("view"):
            continue
        access = scene.access(form)
        fields = tuple(key for key in telling_fields(form) if key in access.readable - access.masked)
        ids = sorted({item.record for item in items if item.form == form_key})
        where = f"id in ({', '.join(map(str, ids))})"
        page = records.list(conn, scene, form_key, ListQuery(where=where, fields=fields, limit=len(ids)))
        for view in page.items:
            found[(form_key, view.id)] = _summary(scene, form, fields, view)
    return found


def telling_fields(form: PublishedForm) -> tuple[str, ...]:
    """At most three fields that are not in the title anyway."""
    titled = set(title_fields(form.form.title))
    chosen = [
        key
        for kind in _TELLING
        for key, field in form.form.fields.items()
        if field.type == kind and key not in titled
    ]
    return tuple(chosen[:MOST])


def _summary(scene: Scene, form: PublishedForm, fields: Sequence[str], view: RecordView) -> list[Json]:
    shown = ((form.form.fields[key], view.values.get(key)) for key in fields)
    return [
        {"label": field.label, "text": _text(scene, field, value, view)}
        for field, value in shown
        if value is not None
    ]


def _text(scene: Scene, field: Field, value: object, view: RecordView) -> str:
    if field.to is not None and isinstance(value, int):
        return view.titles.get((field.to, value), "")
    return FIELD_TYPES[field.type].display(field, value, scene.language, scene.moment.zone)
