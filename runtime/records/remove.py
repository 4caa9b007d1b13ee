"""The recycle bin: putting a record there, with what belongs to it, and taking it out (SEMANTICS §7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from engine.forms.model import Field
from engine.problems import Problem
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.http.errors import Conflict, Forbidden
from runtime.query.filter import EVERYTHING
from runtime.records.history import Entry, write_history
from runtime.records.memory import wrote
from runtime.records.model import Action, Origin, OriginKind, RecordChange, RecordView
from runtime.records.read import Stored, load_record
from runtime.records.show import show_record
from runtime.records.tables import record_cascade
from runtime.records.uniqueness import naming_duplicates
from runtime.records.update import Patch, update_record
from runtime.records.work import Work

MOST: Final = 1000
"""So many records may go together in one request."""
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Pointing:
    """A relation field that may point to the records of some form."""

    form: PublishedForm
    field: Field
    subtable: str | None

    @property
    def on_delete(self) -> str:
        return str(self.field.props.get("on_delete", "restrict"))


@dataclass(slots=True)
class _Removal:
    """What goes with one record: `going` in order of discovery, `cleared` lose the reference."""

    going: dict[Place, None] = field(default_factory=dict)
    cleared: list[tuple[_Pointing, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def delete_record(work: Work, form_key: str, record: int, origin: Origin, *, rev: int | None = None) -> None:
    """See `Records.delete`."""
    scene = work.scene
    access = scene.access_for(form_key, origin)
    seen = EVERYTHING if origin.is_automatic else access.records("view")
    stored = load_record(work.conn, scene, access, record, seen=seen, lock=True)
    if not origin.is_automatic and "delete" not in stored.allowed:
        raise Forbidden.because("access.record", form=access.form.form.label, action="delete")
    if rev is not None and rev != stored.values["rev"]:
        raise Conflict.because("records.rev.stale", rev=rev, current=stored.values["rev"])
    removal = _Removal()
    _collect(work, removal, (form_key, record))
    if removal.problems:
        raise Conflict(removal.problems)
    _clear(work, removal, (form_key, record))
    _remove(work, removal, (form_key, record), origin)


def _collect(work: Work, removal: _Removal, root: Place) -> None:
    """Follow the relations that point here, breadth first; every reason against it is noted."""
    waiting = [root]
    while waiting and len(removal.going) <= MOST:
        place = waiting.pop(0)
        if place in removal.going:
            continue
        removal.going[place] = None
        for blocker in work.blockers:
            removal.problems += blocker.blocks(work.conn, work.scene, *place)
        for pointing in _pointing_to(work.scene.metadata, place[0]):
            waiting += _effect(work, removal, pointing, place)
    if len(removal.going) > MOST:
        removal.problems.append(Problem("records.delete.too-many", params={"limit": MOST}))


def _pointing_to(metadata: Metadata, target: str) -> Iterator[_Pointing]:
    for form in metadata.forms.values():
        for path, one in form.form.places():
            if one.type == "relation" and one.to == target:
                yield _Pointing(form, one, path[0] if len(path) == 2 else None)


def _effect(work: Work, removal: _Removal, pointing: _Pointing, place: Place) -> list[Place]:
    """What the relation says about its records; those that go too."""
    found = [
        one
        for one in _records_pointing(work.conn, pointing, place[1])
        if (pointing.form.key, one) not in removal.going
    ]
    if pointing.on_delete == "cascade" and pointing.subtable is None:
        return [(pointing.form.key, one) for one in found]
    if pointing.on_delete == "clear":
        removal.cleared += [(pointing, one) for one in found]
    elif found:
        form = pointing.form.form
        params = {"form": form.label, "field": pointing.field.label, "count": len(found)}
        removal.problems.append(Problem("records.delete.restricted", params=params))
    return []


def _records_pointing(conn: sa.Connection, pointing: _Pointing, record: int) -> list[int]:
    """Living records that point there, at most one more than may go."""
    table = pointing.form.table
    query = sa.select(table.c.id).where(table.c.deleted_at.is_(None)).order_by(table.c.id).limit(MOST + 1)
    if pointing.subtable is None:
        query = query.where(table.c[pointing.field.key] == record)
    else:
        rows = pointing.form.subtables[pointing.subtable].table
        inside = sa.select(rows.c.record).where(rows.c[pointing.field.key] == record)
        query = query.where(table.c.id.in_(inside))
    return list(conn.execute(query).scalars())


def _clear(work: Work, removal: _Removal, root: Place) -> None:
    """The reference is emptied in the one way a record changes, with the cause in the history."""
    origin = Origin(OriginKind.RULE, cause=f"delete:{root[0]}/{root[1]}")
    for pointing, record in removal.cleared:
        if (pointing.form.key, record) in removal.going:
            continue
        data = (
            {pointing.field.key: None}
            if pointing.subtable is None
            else _cleared_rows(work, pointing, record, root)
        )
        update_record(work, pointing.form.key, Patch(record, data), origin)


def _cleared_rows(work: Work, pointing: _Pointing, record: int, root: Place) -> Mapping[str, object]:
    rows = pointing.form.subtables[pointing.subtable or ""].table
    query = sa.select(rows.c.id).where(rows.c.record == record, rows.c[pointing.field.key] == root[1])
    updates = [
        {"id": row, "values": {pointing.field.key: None}} for row in work.conn.execute(query).scalars()
    ]
    return {pointing.subtable or "": {"update": updates}}


def _remove(work: Work, removal: _Removal, root: Place, origin: Origin) -> None:
    by_form: dict[str, list[int]] = {}
    for form_key, record in removal.going:
        by_form.setdefault(form_key, []).append(record)
    for form_key, records in by_form.items():
        cause = origin if (form_key, records) == (root[0], [root[1]]) else _because_of(origin, root)
        _set_deleted(work, work.scene.metadata.form(form_key), records, cause, deleted=True)
    together = [
        {"root_form": root[0], "root_record": root[1], "form": form_key, "record": record}
        for form_key, record in removal.going
        if (form_key, record) != root
    ]
    if together:
        work.conn.execute(record_cascade.insert(), together)


def _because_of(origin: Origin, root: Place) -> Origin:
    return Origin(origin.kind, origin.batch_id, origin.process_id, cause=f"delete:{root[0]}/{root[1]}")


def _set_deleted(
    work: Work, form: PublishedForm, records: list[int], origin: Origin, *, deleted: bool
) -> None:
    """Mark the records, write their history and tell reactions."""
    table, scene = form.table, work.scene
    stamps = {"deleted_at": scene.moment.now if deleted else None, "updated_at": scene.moment.now}
    wrote(work.conn, form.key)
    with naming_duplicates(form):
        changed = work.conn.execute(
            table.update()
            .where(table.c.id.in_(records))
            .values(rev=table.c.rev + 1, updated_by=scene.actor.id, **stamps)
            .returning(table.c.id, table.c.rev)
        )
        revs = {row.id: row.rev for row in changed}
    action = Action.DELETE if deleted else Action.RESTORE
    entries = [Entry(form.key, record, revs[record], action, ()) for record in records]
    write_history(work.conn, entries, origin, at=scene.moment.now, actor=scene.actor.id)
    if not work.reactions.wanted(scene.metadata, form.key):
        return
    for record in records:
        stored = load_record(work.conn, scene, scene.access(form), record, deleted=deleted)
        work.tell(_change(form, record, stored, action, origin, work))


def _change(
    form: PublishedForm, record: int, stored: Stored, action: Action, origin: Origin, work: Work
) -> RecordChange:
    at = work.scene.moment.now
    changed = frozenset({"deleted_at"})
    return RecordChange(form.key, record, action, stored.values, stored.values, changed, origin, at)


def restore_record(work: Work, form_key: str, record: int, origin: Origin) -> RecordView:
    """See `Records.restore`."""
    scene = work.scene
    access = scene.access_for(form_key, origin)
    seen = EVERYTHING if origin.is_automatic else access.records("delete")
    if not origin.is_automatic:
        access.require("delete")
    load_record(work.conn, scene, access, record, seen=seen, lock=True, deleted=True)
    c = record_cascade.c
    together = sa.and_(c.root_form == form_key, c.root_record == record)
    found = work.conn.execute(sa.select(c.form, c.record).where(together)).all()
    by_form: dict[str, list[int]] = {form_key: [record]}
    for row in found:
        by_form.setdefault(row.form, []).append(row.record)
    for key, records in by_form.items():
        if key in scene.metadata.forms:
            _set_deleted(work, scene.metadata.form(key), records, origin, deleted=False)
    if found:
        work.conn.execute(record_cascade.delete().where(together))
    stored = load_record(work.conn, scene, access, record)
    return show_record(scene, access, stored.values, stored.targets)
