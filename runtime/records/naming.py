"""Names for the references of a history that were not known when it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from engine.forms.model import Field, Form
from engine.forms.system import SYSTEM
from runtime.records.history import reference_target
from runtime.records.model import FieldChange, HistoryEntry, Target
from runtime.records.scene import Scene
from runtime.records.targets import Targets, load_wanted


def named_entries(
    conn: sa.Connection, scene: Scene, form: Form, entries: Sequence[HistoryEntry]
) -> tuple[HistoryEntry, ...]:
    """The entries with the present titles where none was kept; a record the reader may not see keeps its id.

    One statement if a title is missing, none otherwise.
    """
    wanted = {target for entry in entries for one in entry.changes for target in _nameless(form, one)}
    if not wanted:
        return tuple(entries)
    targets = Targets()
    load_wanted(conn, scene, targets, wanted, {})
    titles = {target: title for target, title in targets.titles.items() if target not in targets.hidden}
    return tuple(
        replace(entry, changes=tuple(_named(form, one, titles) for one in entry.changes)) for entry in entries
    )


def _nameless(form: Form, change: FieldChange) -> Iterator[Target]:
    target = _target(form, change)
    for value in (change.old, change.new):
        identity = _id_without_title(value)
        if target is not None and identity is not None:
            yield (target, identity)


def _named(form: Form, change: FieldChange, titles: Mapping[Target, str]) -> FieldChange:
    target = _target(form, change)
    if target is None:
        return change

    def named(value: object) -> object:
        identity = _id_without_title(value)
        return value if identity is None else {"id": identity, "title": titles.get((target, identity))}

    return replace(change, old=named(change.old), new=named(change.new))


def _id_without_title(value: object) -> int | None:
    if not isinstance(value, Mapping) or value.get("title"):
        return None
    identity = value.get("id")
    return identity if isinstance(identity, int) else None


def _target(form: Form, change: FieldChange) -> str | None:
    known: Mapping[str, Field] = {**SYSTEM, **form.fields}
    field = known.get(change.subtable or change.field)
    if field is not None and change.subtable is not None:
        field = field.fields.get(change.field)
    return None if field is None else reference_target(field)
