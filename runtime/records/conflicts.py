"""Two people at one record: history decides whether they touched the same field (SEMANTICS §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from engine.problems import Problem, pointer
from runtime.catalog.metadata import PublishedForm
from runtime.http.errors import Conflict
from runtime.records.history import Since, changes_since
from runtime.records.model import FieldChange

_Place = tuple[str | None, int | None, str]


def refuse_conflicts(
    conn: sa.Connection,
    form: PublishedForm,
    record: int,
    *,
    seen_rev: int | None,
    current: Mapping[str, object],
    changes: Sequence[FieldChange],
) -> None:
    """Refuse a change that was made on an older revision, if somebody changed one of its fields since.

    changes   what the caller changes, against the stored record
    Raises Conflict `records.conflict.field` naming each field, who changed it and to what.
    """
    if seen_rev is None or seen_rev == current["rev"] or not changes:
        return
    if isinstance(current["rev"], int) and seen_rev > current["rev"]:
        raise Conflict.because("records.rev.unknown", "/rev", rev=seen_rev)
    latest = _latest(changes_since(conn, form.key, record, seen_rev))
    problems = [
        _problem(form, change, latest[place]) for change in changes if (place := _place(change)) in latest
    ]
    if problems:
        raise Conflict(problems)


def _latest(since: Iterable[Since]) -> dict[_Place, Since]:
    """The last change of every place; rows of sub-tables are places of their own."""
    return {_place(one.change): one for one in since}


def _place(change: FieldChange) -> _Place:
    return (change.subtable, change.row, change.field)


def _problem(form: PublishedForm, change: FieldChange, other: Since) -> Problem:
    outer = form.form.fields.get(change.subtable or change.field)
    field = outer.fields.get(change.field) if outer is not None and change.subtable else outer
    params = {
        "field": change.field,
        "label": field.label if field is not None else change.field,
        "by": other.actor,
        "value": other.change.new,
        "shown": _shown(other.change.new),
    }
    at = pointer("values", change.field) if change.subtable is None else pointer("values", change.subtable)
    return Problem("records.conflict.field", at, params)


def _shown(value: object) -> str:
    """A JSON value as a message shows it; references by their title."""
    if isinstance(value, Mapping):
        return str(value.get("title") or value.get("id"))
    return "" if value is None else str(value)
