"""A stored record and what a patch says about it, made into the whole record that is to be stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.forms.model import Form, Row, RowChanges
from engine.forms.validate import Input
from engine.problems import Problem, pointer


def merge(form: Form, stored: Mapping[str, object], changes: Mapping[str, object]) -> Input:
    """The stored values with the changes of `Validators.patch`; rows that do not exist are named.

    New rows have no id and only the values that were given; `apply_row_defaults` completes them.
    """
    values = {**stored}
    problems: list[Problem] = []
    for key, change in changes.items():
        if isinstance(change, RowChanges):
            rows = _rows(stored.get(key))
            problems += (problem.within(pointer(key)) for problem in _unknown_rows(rows, change))
            values[key] = _merged(rows, change)
        else:
            values[key] = change
    return Input(values, tuple(problems))


def _rows(value: object) -> tuple[Row, ...]:
    return tuple(value) if isinstance(value, tuple | list) else ()


def _unknown_rows(rows: tuple[Row, ...], change: RowChanges) -> Iterator[Problem]:
    known = {row.id for row in rows}
    named = {"update": tuple(change.update), "delete": tuple(sorted(change.delete))}
    named["order"] = tuple(identity for identity in change.order if identity > 0)
    for part, ids in named.items():
        for identity in ids:
            if identity not in known:
                yield Problem("form.value.row-unknown", pointer(part), {"id": identity})


def _merged(rows: tuple[Row, ...], change: RowChanges) -> tuple[Row, ...]:
    kept = [
        replace(row, values={**row.values, **change.update.get(row.id or 0, {})})
        for row in rows
        if row.id not in change.delete
    ]
    created = [Row(None, values) for values in change.create]
    if not change.order:
        return (*kept, *created)
    return _ordered(kept, created, change.order)


def _ordered(kept: list[Row], created: list[Row], order: tuple[int, ...]) -> tuple[Row, ...]:
    """In the order given; rows that it does not name follow as they were, new ones last."""
    by_name = {row.id or 0: row for row in kept} | {-1 - index: row for index, row in enumerate(created)}
    first = [by_name.pop(identity) for identity in order if identity in by_name]
    return (*first, *by_name.values())
