"""The line or two of a record that let most decisions be made before it is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from engine.forms.fields import FIELD_TYPES
from engine.forms.model import Field
from engine.forms.title import title_fields
from engine.forms.views import View
from runtime.catalog.metadata import PublishedForm
from runtime.processes.inbox import Item
from runtime.records.model import ListQuery, RecordView
from runtime.records.scene import Scene
from runtime.records.service import Records

Json = dict[str, object]
_TELLING: Final = ("money", "relation", "percent")
"""The kinds of fields that say most about a record, in the order in which they are shown."""
MOST: Final = 3
CANDIDATES: Final = 8
"""So many fields are read, since some are empty or zero and then say nothing."""
_ISO_4217: Final = re.compile(r"[a-z]{3}", re.ASCII | re.IGNORECASE)


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
        views = scene.metadata.views_of(form_key)
        fields = tuple(key for key in telling_fields(form, views) if key in access.readable - access.masked)
        holders = {holder for key in fields if (holder := _holder(form, key)) in access.readable}
        ids = sorted({item.record for item in items if item.form == form_key})
        where = f"id in ({', '.join(map(str, ids))})"
        page = records.list(
            conn, scene, form_key, ListQuery(where=where, fields=(*fields, *holders), limit=len(ids))
        )
        for view in page.items:
            found[(form_key, view.id)] = _summary(scene, form, fields, view)
    return found


def telling_fields(form: PublishedForm, views: Sequence[View]) -> tuple[str, ...]:
    """Fields that are not in the title anyway: first those that the first shared view shows, then others."""
    titled = set(title_fields(form.form.title))
    shown = [column.field for column in views[0].columns] if views else []
    named = [key for key in shown if _kind(form, key) in _TELLING]
    others = [key for kind in _TELLING for key, field in form.form.fields.items() if field.type == kind]
    chosen = [key for key in dict.fromkeys((*named, *others)) if key not in titled]
    return tuple(chosen[:CANDIDATES])


def _kind(form: PublishedForm, key: str) -> str:
    field = form.form.fields.get(key)
    return "" if field is None else field.type


def _holder(form: PublishedForm, key: str) -> str:
    """The field that holds the currency of an amount; "" where there is none."""
    named = form.form.fields[key].props.get("currency")
    return named if isinstance(named, str) and named in form.form.fields else ""


def _summary(scene: Scene, form: PublishedForm, fields: Sequence[str], view: RecordView) -> list[Json]:
    """At most three values that are there and not zero, each with its label and what it is."""
    chosen = [key for key in fields if view.values.get(key)][:MOST]
    chosen.sort(key=lambda key: _TELLING.index(_kind(form, key)))
    return [_part(scene, form, key, view) for key in chosen]


def _part(scene: Scene, form: PublishedForm, key: str, view: RecordView) -> Json:
    field = form.form.fields[key]
    text = _text(scene, field, view.values.get(key), view)
    part: Json = {"label": field.label, "text": text, "type": field.type}
    named = field.props.get("currency")
    if isinstance(named, str):
        code = str(view.values.get(named) or named)
        part["currency"] = code.upper() if _ISO_4217.fullmatch(code) else ""
    return part


def _text(scene: Scene, field: Field, value: object, view: RecordView) -> str:
    if field.to is not None and isinstance(value, int):
        return view.titles.get((field.to, value), "")
    return FIELD_TYPES[field.type].display(field, value, scene.language, scene.moment.zone)
