"""The history of records: one row per change, with the fields that people or rules changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.fields import FIELD_TYPES, SUBTABLE, ReferenceType
from engine.forms.model import Field, Form, Row
from engine.forms.system import SYSTEM
from engine.keys import WRITABLE_SYSTEM_FIELDS
from runtime.access.policy import Access
from runtime.db.prepared import Prepared
from runtime.identity.tables import user_account
from runtime.records.model import Action, FieldChange, HistoryEntry, Origin, Target
from runtime.records.tables import record_history


@dataclass(frozen=True, slots=True)
class Differ:
    """Compares two states of a record.

    titles   of everything that the references of both states point to; they are kept in the history
    """

    form: Form
    titles: Mapping[Target, str]

    def changes(self, old: Mapping[str, object], new: Mapping[str, object]) -> tuple[FieldChange, ...]:
        """What differs, computed fields left out (SEMANTICS §3)."""
        found: list[FieldChange] = []
        for key, field in (*self.form.fields.items(), *_MOVABLE):
            if field.type == SUBTABLE.name:
                found += self._rows(field, _rows(old.get(key)), _rows(new.get(key)))
            elif not field.is_computed and not same(old.get(key), new.get(key)):
                found.append(
                    FieldChange(key, self._json(field, old.get(key)), self._json(field, new.get(key)))
                )
        return tuple(found)

    def _rows(self, subtable: Field, old: Sequence[Row], new: Sequence[Row]) -> Iterable[FieldChange]:
        before = {row.id: row.values for row in old}
        after = {row.id: row.values for row in new}
        for identity in (*before, *(one for one in after if one not in before)):
            yield from self._row(subtable, identity, before.get(identity), after.get(identity))
        if [one for one in before if one in after] != [one for one in after if one in before]:
            yield FieldChange(subtable.key, list(before), list(after))

    def _row(
        self,
        subtable: Field,
        identity: int | None,
        old: Mapping[str, object] | None,
        new: Mapping[str, object] | None,
    ) -> Iterable[FieldChange]:
        for key, field in subtable.fields.items():
            then, now = (old or {}).get(key), (new or {}).get(key)
            if not field.is_computed and not same(then, now):
                yield FieldChange(
                    key, self._json(field, then), self._json(field, now), identity, subtable.key
                )

    def _json(self, field: Field, value: object) -> object:
        if value is None:
            return None
        target = reference_target(field)
        if target is not None and isinstance(value, int):
            return {"id": value, "title": self.titles.get((target, value))}
        return FIELD_TYPES[field.type].to_json(field, value)


_MOVABLE = tuple((key, SYSTEM[key]) for key in sorted(WRITABLE_SYSTEM_FIELDS))
_REFERENCES = {name: kind for name, kind in FIELD_TYPES.items() if isinstance(kind, ReferenceType)}


def reference_target(field: Field) -> str | None:
    """The form key, `user` or `department` that a field points to; None for other fields."""
    kind = _REFERENCES.get(field.type)
    return None if kind is None else kind.target(field)


def same(old: object, new: object) -> bool:
    """Whether a field has not changed; an unticked box that was never stored is no change."""
    return old == new or (_is_unticked(old) and _is_unticked(new))


def _is_unticked(value: object) -> bool:
    """Zero is a value, although it equals False."""
    return value is None or value is False


def _rows(value: object) -> Sequence[Row]:
    return value if isinstance(value, tuple | list) else ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One history row to write."""

    form: str
    record: int
    rev: int
    action: Action
    changes: Sequence[FieldChange]


def write_history(
    conn: sa.Connection, entries: Sequence[Entry], origin: Origin, *, at: Any, actor: int
) -> None:
    """One statement for all of them."""
    rows = [
        {
            "form": entry.form,
            "record": entry.record,
            "rev": entry.rev,
            "at": at,
            "actor": actor,
            "action": entry.action,
            "cause": origin.shown_cause,
            "batch_id": origin.batch_id,
            "changes": [_stored(change) for change in entry.changes],
        }
        for entry in entries
    ]
    if rows:
        _INSERT.send(conn, rows)


_INSERT: Final = Prepared(
    record_history.insert().inline(),
    ("form", "record", "rev", "at", "actor", "action", "cause", "batch_id", "changes"),
)


def _stored(change: FieldChange) -> dict[str, object]:
    stored: dict[str, object] = {"field": change.field, "old": change.old, "new": change.new}
    if change.subtable is not None:
        stored |= {"row": change.row, "subtable": change.subtable}
    return stored


def _read_changes(stored: object) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(**one) for one in stored) if isinstance(stored, list) else ()


def read_history(
    conn: sa.Connection, access: Access, record: int, *, before: int | None, limit: int
) -> tuple[HistoryEntry, ...]:
    """The newest entries first, below id `before`; fields the reader may not see are left out, masked
    ones say so."""
    h, u = record_history.c, user_account.c
    query = (
        sa.select(record_history, u.name)
        .outerjoin(user_account, u.id == h.actor)
        .where(h.form == access.form.key, h.record == record)
        .order_by(h.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(h.id < before)
    return tuple(_entry(row, access) for row in conn.execute(query))


def _entry(row: sa.Row[*tuple[Any, ...]], access: Access) -> HistoryEntry:
    changes = tuple(
        shown for change in _read_changes(row.changes) if (shown := _shown(change, access)) is not None
    )
    return HistoryEntry(
        row.id, row.rev, row.at, row.actor, row.name or "", Action(row.action), row.cause, changes
    )


def _shown(change: FieldChange, access: Access) -> FieldChange | None:
    key = change.subtable or change.field
    inner = change.field if change.subtable is not None else None
    if key not in access.readable or (inner is not None and not access.sees(key, inner)):
        return None
    if key in access.masked or (inner is not None and access.masks(key, inner)):
        return FieldChange(change.field, MASK, MASK, change.row, change.subtable)
    return change


MASK = "***"
"""Stands for a value that is there and may not be seen."""


@dataclass(frozen=True, slots=True)
class Since:
    """A change that somebody made after the revision a caller knows."""

    change: FieldChange
    actor: str


def changes_since(conn: sa.Connection, form: str, record: int, rev: int) -> tuple[Since, ...]:
    """What others changed after revision `rev`, oldest first."""
    h, u = record_history.c, user_account.c
    rows = conn.execute(
        sa.select(h.changes, u.name)
        .outerjoin(user_account, u.id == h.actor)
        .where(h.form == form, h.record == record, h.rev > rev)
        .order_by(h.id)
    )
    return tuple(Since(change, row.name or "") for row in rows for change in _read_changes(row.changes))
