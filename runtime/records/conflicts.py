"""Two people at one record: history decides whether they touched the same field (SEMANTICS §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from engine.forms.model import Row, RowChanges
from engine.problems import Problem, pointer
from runtime.catalog.metadata import PublishedForm
from runtime.http.errors import Conflict
from runtime.records.history import Since, changes_since
from runtime.records.model import FieldChange

_Place = tuple[str | None, int | None, str]


def without_gone_rows(
    conn: sa.Connection,
    form: PublishedForm,
    stored: Mapping[str, object],
    seen_rev: int | None,
    values: Mapping[str, object],
) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """The given values without the rows that somebody else removed since; the removed rows they change.

    Removing a row that is gone already is done, and an order without it means the same. A row that never
    was one of the record stays in the values, where `merge` names it.
    """
    unknown = {
        key: rows - {row.id for row in _rows(stored.get(key))}
        for key, change in values.items()
        if isinstance(change, RowChanges) and (rows := _named(change))
    }
    if seen_rev is None or not any(unknown.values()):
        return values, ()
    known, problems = dict(values), list[Problem]()
    since = changes_since(conn, form.key, _number(stored["id"]), seen_rev)
    for key, rows in unknown.items():
        gone = {one.change.row: one for one in since if one.change.subtable == key and one.change.row in rows}
        change = values[key]
        assert isinstance(change, RowChanges)
        known[key] = _without(change, frozenset(row for row in gone if row is not None))
        problems += [
            _row_problem(form, key, row, gone[row], (), removed=True) for row in change.update if row in gone
        ]
    return known, tuple(problems)


def refuse_conflicts(
    conn: sa.Connection,
    form: PublishedForm,
    record: int,
    *,
    seen_rev: int | None,
    current: Mapping[str, object],
    changes: Sequence[FieldChange],
    gone: Sequence[Problem] = (),
) -> None:
    """Refuse a change that was made on an older revision, if somebody changed one of its fields since.

    changes   what the caller changes, against the stored record
    gone      the rows she changes that are not there any more, from `without_gone_rows`
    Raises Conflict: `records.conflict.field` naming each field, who changed it and to what;
    `records.conflict.row` and `records.conflict.row-removed`, once for each row of a sub-table.
    """
    if seen_rev is None or seen_rev == current["rev"] or not (changes or gone):
        return
    if isinstance(current["rev"], int) and seen_rev > current["rev"]:
        raise Conflict.because("records.rev.unknown", "/rev", rev=seen_rev)
    latest = _latest(changes_since(conn, form.key, record, seen_rev))
    both = [(change, latest[place]) for change in changes if (place := _place(change)) in latest]
    problems = [_problem(form, change, other) for change, other in both if change.subtable is None]
    problems += [*_row_problems(form, both), *gone]
    if problems:
        raise Conflict(problems)


def _latest(since: Iterable[Since]) -> dict[_Place, Since]:
    """The last change of every place; rows of sub-tables are places of their own."""
    return {_place(one.change): one for one in since}


def _place(change: FieldChange) -> _Place:
    return (change.subtable, change.row, change.field)


def _problem(form: PublishedForm, change: FieldChange, other: Since) -> Problem:
    field = form.form.fields.get(change.field)
    params = {
        "field": change.field,
        "label": field.label if field is not None else change.field,
        "by": other.actor,
        "value": other.change.new,
        "shown": _shown(other.change.new),
    }
    return Problem("records.conflict.field", pointer("values", change.field), params)


def _row_problems(form: PublishedForm, both: Iterable[tuple[FieldChange, Since]]) -> list[Problem]:
    """One for each row, however many of its fields both changed."""
    rows: dict[tuple[str, int], list[tuple[FieldChange, Since]]] = {}
    for change, other in both:
        if change.subtable is not None and change.row is not None:
            rows.setdefault((change.subtable, change.row), []).append((change, other))
    return [
        _row_problem(form, key, row, pairs[-1][1], [change.field for change, _ in pairs])
        for (key, row), pairs in rows.items()
    ]


def _row_problem(
    form: PublishedForm, key: str, row: int, other: Since, columns: Sequence[str], *, removed: bool = False
) -> Problem:
    """columns   the fields of the row that both changed"""
    params = {
        "field": key,
        "label": form.form.fields[key].label,
        "row": row,
        "columns": list(columns),
        "by": other.actor,
    }
    code = "records.conflict.row-removed" if removed else "records.conflict.row"
    return Problem(code, pointer("values", key), params)


def _named(change: RowChanges) -> frozenset[int]:
    """The rows that must exist already."""
    return frozenset((*change.update, *change.delete, *(row for row in change.order if row > 0)))


def _without(change: RowChanges, gone: frozenset[int]) -> RowChanges:
    return replace(
        change,
        update={row: values for row, values in change.update.items() if row not in gone},
        delete=change.delete - gone,
        order=tuple(row for row in change.order if row not in gone),
    )


def _rows(value: object) -> Sequence[Row]:
    return value if isinstance(value, tuple | list) else ()


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _shown(value: object) -> str:
    """A JSON value as a message shows it; references by their title."""
    if isinstance(value, Mapping):
        return str(value.get("title") or value.get("id"))
    return "" if value is None else str(value)
