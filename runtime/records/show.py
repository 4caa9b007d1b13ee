"""From a loaded record to what one reader may see of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from engine.forms.evaluate import read_timed
from engine.problems import Problem
from runtime.access.policy import Access
from runtime.records.model import RecordView, Target
from runtime.records.scene import Scene
from runtime.records.selection import own_title
from runtime.records.targets import Targets

CHANGING: Final = ("edit", "delete", "transfer")
"""Actions that are decided record by record beside seeing it."""
WITH_SEEING: Final = frozenset({"view", "copy", "export", "print"})


def show_record(
    scene: Scene,
    access: Access,
    values: Mapping[str, object],
    targets: Targets,
    *,
    fields: Iterable[str] | None = None,
    actions: frozenset[str] | None = None,
    warnings: tuple[Problem, ...] = (),
) -> RecordView:
    """The view of one record.

    values   everything that was loaded, system fields and rows included
    fields   keys to show; None = all that are there. What the reader may not see is never shown.
    """
    form = access.form
    if form.compiled.time_dependent:
        facts = scene.facts(targets.related)
        values = read_timed(form.compiled, values, facts)
    wanted = values.keys() if fields is None else dict.fromkeys(fields)
    readable = access.readable
    shown = {key: values[key] for key in wanted if key in values and key in readable}
    for key in form.subtables.keys() & shown.keys():
        shown[key] = _seen(access, key, shown[key])
    titles: Mapping[Target, str] = targets.titles
    deleted_at = values.get("deleted_at")
    return RecordView(
        form.key,
        _number(values["id"]),
        _number(values["rev"]),
        own_title(form, values, titles, scene.language),
        shown,
        titles,
        access.masked & shown.keys(),
        actions,
        deleted_at if isinstance(deleted_at, datetime) else None,
        warnings,
    )


def _seen(access: Access, key: str, value: object) -> object:
    """Rows without the fields that are hidden inside them."""
    field = access.form.form.fields.get(key)
    if field is None or not field.fields or not isinstance(value, tuple):
        return value
    open_keys = [inner for inner in field.fields if access.sees(key, inner)]
    if len(open_keys) == len(field.fields):
        return value
    return tuple(replace(row, values={inner: row.values.get(inner) for inner in open_keys}) for row in value)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
