"""Changing one record, so that two people who change different fields never disturb each other (SEMANTICS
§3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from engine.forms.evaluate import states
from engine.forms.merge import merge
from engine.forms.model import Row
from engine.problems import InputError, Problem, errors, pointer
from runtime.access.policy import Access
from runtime.catalog.metadata import PublishedForm
from runtime.http.errors import Forbidden, Stale
from runtime.query.filter import EVERYTHING
from runtime.records.conflicts import refuse_conflicts, without_gone_rows
from runtime.records.history import Differ, Entry, same, write_history
from runtime.records.holds import find_holds, is_free, refuse_held
from runtime.records.intake import Intake, take_in
from runtime.records.memory import wrote
from runtime.records.model import Action, Origin, RecordChange, RecordView
from runtime.records.ownership import check_moved
from runtime.records.prepare import Preparation
from runtime.records.read import Stored, load_record
from runtime.records.rows import replace_rows
from runtime.records.scene import Scene
from runtime.records.show import WITH_SEEING, show_record
from runtime.records.uniqueness import naming_duplicates
from runtime.records.work import Work


@dataclass(frozen=True, slots=True)
class Patch:
    """rev     the revision the caller saw; None = whatever is stored
    strict  any other revision is refused, whatever was changed (`If-Match`)
    """

    record: int
    data: Mapping[str, object]
    rev: int | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class _Given:
    """gone   rows that the patch changes and somebody else removed meanwhile"""

    patch: Patch
    origin: Origin
    gone: tuple[Problem, ...]


def update_record(work: Work, form_key: str, patch: Patch, origin: Origin) -> RecordView:
    """See `Records.update`."""
    scene = work.scene
    access = scene.access_for(form_key, origin)
    exempt = origin.is_automatic or bool(origin.allow)
    seen = EVERYTHING if exempt else access.records("view")
    stored = load_record(work.conn, scene, access, patch.record, seen=seen, lock=True)
    _require_edit(access, stored, exempt=exempt)
    _refuse_stale(patch, stored)
    values, warnings = _change(work, access, stored, patch, origin)
    actions = stored.allowed | (access.actions & WITH_SEEING)
    return show_record(scene, access, values, stored.targets, actions=actions, warnings=warnings)


def change_record(work: Work, form_key: str, patch: Patch, stored: Stored, origin: Origin) -> Stored:
    """See `Records.change`."""
    values, _ = _change(work, work.scene.access_for(form_key, origin), stored, patch, origin)
    return replace(stored, values=values)


def _change(
    work: Work, access: Access, stored: Stored, patch: Patch, origin: Origin
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """The complete values after the change, and the checks that only warn."""
    scene, exempt = work.scene, origin.is_automatic or bool(origin.allow)
    intake = take_in(access, patch.data, origin, created=False)
    _require_transfer(access, stored, intake, exempt=exempt)
    values, gone = without_gone_rows(work.conn, access.form, stored.values, patch.rev, intake.values)
    intake = replace(intake, values=values)
    stored.targets.titles.setdefault(("user", scene.actor.id), scene.actor.name)
    preparation = Preparation(work.conn, scene, access.form, stored.targets, origin.is_automatic, work.saving)
    new, warnings = _settled(preparation, stored, intake, origin)
    return _write(work, access.form, stored, new, _Given(patch, origin, gone)), warnings


def _require_edit(access: Access, stored: Stored, *, exempt: bool) -> None:
    """Update tests the stored row: seeing a record is not changing it."""
    if not exempt and "edit" not in stored.allowed:
        raise Forbidden.because("access.record", form=access.form.form.label, action="edit")


def _refuse_stale(patch: Patch, stored: Stored) -> None:
    if patch.strict and patch.rev is not None and patch.rev != stored.values["rev"]:
        raise Stale.because("records.rev.stale", rev=patch.rev, current=stored.values["rev"])


def _require_transfer(access: Access, stored: Stored, intake: Intake, *, exempt: bool) -> None:
    moved = any(value != stored.values[key] for key, value in intake.moved.items())
    if moved and not exempt and "transfer" not in stored.allowed:
        raise Forbidden.because("access.record", form=access.form.form.label, action="transfer")


def _settled(
    preparation: Preparation, stored: Stored, intake: Intake, origin: Origin
) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """The whole record as it is to be stored, and the checks that only warn."""
    form = preparation.form
    merged = merge(form.form, stored.values, intake.values)
    problems = [*intake.problems, *merged.problems]
    if not problems and not origin.is_automatic:
        problems += _readonly(preparation, stored, intake, origin.allow)
    if errors(problems):
        raise InputError(problems)
    values = {**merged.values, **intake.moved}
    preparation.load(values, more=intake.targets)
    unknown = check_moved(preparation.targets, intake)
    if unknown:
        raise InputError(unknown)
    prepared = preparation.changed(values, stored.values)
    return {**values, **prepared.values}, prepared.warnings


def _readonly(
    preparation: Preparation, stored: Stored, intake: Intake, allow: frozenset[str]
) -> list[Problem]:
    """Fields that are read-only as long as the stored record is as it is."""
    form = preparation.form.form
    conditional = [
        key
        for key, value in intake.values.items()
        if isinstance(form.fields[key].readonly, str)
        and key not in allow
        and not same(stored.values.get(key), value)
    ]
    if not conditional:
        return []
    now = states(preparation.form.compiled, stored.values, preparation.facts(), stored.values)
    return [
        Problem("form.value.readonly", pointer(key), {"field": key, "label": form.fields[key].label})
        for key in conditional
        if now.fields[key].readonly
    ]


def _write(
    work: Work,
    form: PublishedForm,
    stored: Stored,
    new: Mapping[str, object],
    given: _Given,
) -> dict[str, object]:
    """Write what differs; the complete values as they are stored then. Nothing differs: nothing is
    written."""
    old, scene, patch, origin = stored.values, work.scene, given.patch, given.origin
    differ = Differ(form.form, stored.targets.titles)
    changes = differ.changes(old, new)
    refuse_conflicts(
        work.conn, form, patch.record, seen_rev=patch.rev, current=old, changes=changes, gone=given.gone
    )
    refuse_held(scene.metadata, form, stored.holds, changes, origin)
    columns = {key: new[key] for key in form.columns if key in new and not same(old.get(key), new[key])}
    tables = [key for key in form.subtables if tuple(_rows(old.get(key))) != tuple(_rows(new.get(key)))]
    if not columns and not tables:
        return dict(old)
    stamps = _stamped(old, scene) if changes else {}
    values = {**old, **new, **stamps}
    free = is_free(form.key, patch.record, origin) if changes and not stored.holds else sa.true()
    if not _update_row(work.conn, form, patch.record, {**columns, **stamps}, free):
        # A process began while this one waited for the lock, so its hold was not in what was loaded.
        holds = find_holds(work.conn, form.key, patch.record)
        refuse_held(scene.metadata, form, holds, changes, origin)
        _update_row(work.conn, form, patch.record, {**columns, **stamps}, sa.true())
    for key in tables:
        values[key] = replace_rows(
            work.conn, form, patch.record, key, (_rows(old.get(key)), _rows(new.get(key)))
        )
    _record_history(work, form, old, values, origin, differ if changes else None)
    changed = frozenset(columns) | frozenset(tables)
    at = scene.moment.now
    work.tell(RecordChange(form.key, patch.record, Action.UPDATE, old, values, changed, origin, at))
    return values


def _stamped(old: Mapping[str, object], scene: Scene) -> dict[str, object]:
    """Formulas alone never bump the revision."""
    rev = old["rev"]
    assert isinstance(rev, int)
    return {"rev": rev + 1, "updated_at": scene.moment.now, "updated_by": scene.actor.id}


def _update_row(
    conn: sa.Connection,
    form: PublishedForm,
    record: int,
    columns: Mapping[str, Any],
    allowed: sa.ColumnElement[bool],
) -> bool:
    """Whether it was written: False if `allowed` does not hold."""
    if not columns:
        return True
    wrote(conn, form.key)
    with naming_duplicates(form):
        statement = form.table.update().where(form.table.c.id == record, allowed).values(columns)
        return conn.execute(statement).rowcount == 1


def _record_history(
    work: Work,
    form: PublishedForm,
    old: Mapping[str, object],
    values: Mapping[str, object],
    origin: Origin,
    differ: Differ | None,
) -> None:
    """Rows have their ids now, so the differences are taken once more."""
    if differ is None:
        return
    scene = work.scene
    changes = differ.changes(old, values)
    record, rev = values["id"], values["rev"]
    assert isinstance(record, int)
    assert isinstance(rev, int)
    entry = Entry(form.key, record, rev, Action.UPDATE, changes)
    write_history(work.conn, [entry], origin, at=scene.moment.now, actor=scene.actor.id)


def _rows(value: object) -> tuple[Row, ...]:
    return tuple(value) if isinstance(value, tuple | list) else ()
