"""Reading one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from engine.problems import Problem
from runtime.access.policy import Access
from runtime.catalog.metadata import PublishedForm
from runtime.db.prepared import Prepared
from runtime.http.errors import NotFound
from runtime.query.filter import EVERYTHING, BoundFilter
from runtime.records.holds import Hold, held_by, holds_of, read_holds
from runtime.records.model import RecordView
from runtime.records.rows import read_rows
from runtime.records.scene import Scene
from runtime.records.selection import Loaded, Selection, select_records, target_title
from runtime.records.show import CHANGING, WITH_SEEING, show_record
from runtime.records.targets import Targets


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored record with what its references point to.

    allowed   the actions of `CHANGING` that the actor may do with it
    holds     what processes hold of it
    """

    values: dict[str, object]
    targets: Targets
    allowed: frozenset[str]
    holds: tuple[Hold, ...] = ()


def get_record(conn: sa.Connection, scene: Scene, form_key: str, record: int) -> RecordView:
    """See `Records.get`."""
    access = scene.access_for(form_key)
    access.require("view")
    stored = load_record(conn, scene, access, record, seen=access.records("view"))
    actions = stored.allowed | (access.actions & WITH_SEEING)
    view = show_record(scene, access, stored.values, stored.targets, actions=actions)
    return replace(view, held_by=held_by(scene.metadata, stored.holds)) if stored.holds else view


def load_record(
    conn: sa.Connection,
    scene: Scene,
    access: Access,
    record: int,
    *,
    seen: BoundFilter = EVERYTHING,
    lock: bool = False,
    deleted: bool = False,
) -> Stored:
    """All of a record: one statement, and one per sub-table.

    seen   the records that may be found · lock: until the transaction ends
    Raises NotFound for what does not exist, and for what may not be seen.
    """
    form = access.form
    rights = {action: access.records(action) for action in CHANGING if access.allows(action)}
    marks = tuple((action, bound.pattern) for action, bound in rights.items())
    key = (form, "record", access.rights, seen.pattern, seen is EVERYTHING, marks, lock, deleted)
    selection = scene.statements.get((form, "whole"), lambda: select_whole(form, scene.metadata.forms))
    statement = scene.statements.get(
        key, lambda: Prepared(_statement(selection, rights, seen, lock=lock, deleted=deleted))
    )
    params: dict[str, object] = {"record": record, **seen.params}
    for bound in rights.values():
        params |= bound.params
    row = statement.row(conn, params)
    if row is None:
        raise unknown_record(form, record)
    loaded = selection.read(row)
    lines = read_rows(conn, scene, form, [record])
    for name, rows in lines.rows.items():
        loaded.values[name] = rows[record]
    *flags, held = loaded.extra
    allowed = frozenset(action for action, value in zip(rights, flags, strict=True) if value)
    return Stored(loaded.values, enter_targets(scene, [loaded, *lines.loaded]), allowed, read_holds(held))


def select_whole(form: PublishedForm, forms: Mapping[str, PublishedForm]) -> Selection:
    """Every column, with the titles of references and what expressions read of them."""
    reads = {path: fields for path, fields in form.compiled.relation_reads.items() if "." not in path}
    return select_records(form, forms, form.columns, reads)


def _statement(
    selection: Selection, rights: Mapping[str, BoundFilter], seen: BoundFilter, *, lock: bool, deleted: bool
) -> sa.Select[Any]:
    table = selection.form.table
    flags = [
        (sa.literal(True) if bound is EVERYTHING else bound.clause).label(f"may_{action}")
        for action, bound in rights.items()
    ]
    wanted = table.c.deleted_at.is_not(None) if deleted else table.c.deleted_at.is_(None)
    mine = table.c.id == sa.bindparam("record", type_=sa.BigInteger())
    held = holds_of(selection.form.key, table.c.id).label("held")
    statement = (
        sa.select(*selection.columns, *flags, held)
        .select_from(selection.source)
        .where(mine, wanted, seen.clause)
    )
    return statement.with_for_update(of=table) if lock else statement


def enter_targets(scene: Scene, loaded: Sequence[Loaded]) -> Targets:
    """What the statements read of the references' targets. Stored ones were allowed when they were made."""
    targets = Targets()
    for one in loaded:
        for target, values in one.targets.items():
            if values.get("id", target[1]) is None or target in targets.values:
                continue
            title = target_title(target, values, scene.metadata.forms, scene.language)
            targets.enter(target, values, title)
    return targets


def unknown_record(form: PublishedForm, record: int) -> NotFound:
    """What is said of a record that does not exist, or not for the one who asks."""
    return NotFound((Problem("records.record.unknown", params={"form": form.form.label, "record": record}),))
