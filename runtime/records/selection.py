"""Reading rows of a form's table together with the titles of what their references point to, in one
statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.table_plan import ColumnKind
from engine.forms.title import record_title
from runtime.catalog.metadata import PublishedForm
from runtime.identity.tables import department, user_account
from runtime.query.names import SYSTEM_PLANS, plan_of
from runtime.records.model import Target

PEOPLE: Final[Mapping[str, sa.Table]] = {"user": user_account, "department": department}
"""The two kinds of reference targets that are no forms; both have `id` and `name`."""
_OWN: Final = ("id", "rev")


@dataclass(frozen=True, slots=True)
class Joined:
    """One reference field whose target is read too.

    there     the alias of the target's table
    columns   fields of the target and where their values stand in the row; `name` of people
    """

    field: str
    target: str
    there: sa.FromClause
    columns: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One row as it was read.

    values   stored values by key
    targets  what its references point to: stored values of the fields that were read, by target
    """

    values: dict[str, object]
    targets: dict[Target, Mapping[str, object]]
    extra: tuple[object, ...] = ()


@dataclass(frozen=True, eq=False)
class Selection:
    """What to select, from where, and how to read a row of it. Built once per form and set of keys.

    columns  all of them; `extras` more may be put behind by the statement
    source   the table with its joins
    """

    form: PublishedForm
    forms: Mapping[str, PublishedForm]
    keys: tuple[str, ...]
    columns: tuple[sa.ColumnElement[Any], ...]
    source: sa.FromClause
    joined: tuple[Joined, ...]

    def read(self, row: Sequence[Any]) -> Loaded:
        values = dict(zip(self.keys, row, strict=False))
        targets: dict[Target, Mapping[str, object]] = {}
        for one in self.joined:
            identity = values[one.field]
            if isinstance(identity, int):
                targets[one.target, identity] = {name: row[place] for name, place in one.columns}
        return Loaded(values, targets, tuple(row[len(self.columns) :]))


def select_records(
    form: PublishedForm,
    forms: Mapping[str, PublishedForm],
    keys: Iterable[str],
    reads: Mapping[str, frozenset[str]],
) -> Selection:
    """The columns of `keys` and of the title, with the titles of the references among them.

    reads   fields of targets that evaluation needs beside the title, by reference field
    """
    wanted = dict.fromkeys((*_OWN, *form.title_keys, *keys))
    stored = {key: form.columns[key] for key in wanted if key in form.columns}
    plans = ((key, plan_of(form, key)) for key in stored)
    references = {
        key: plan.target or ""
        for key, plan in plans
        if plan is not None and plan.kind is ColumnKind.REFERENCE
    }
    return _select(form, forms, form.table, stored, references, reads)


def select_rows(
    form: PublishedForm,
    forms: Mapping[str, PublishedForm],
    key: str,
    reads: Mapping[str, frozenset[str]],
) -> Selection:
    """The columns of a sub-table, with the titles of its references; `reads` as of `select_records`."""
    subtable = form.subtables[key]
    references = {one.field.key: one.target for one in form.references if one.subtable == key}
    return _select(form, forms, subtable.table, subtable.fields, references, reads)


def _select(
    form: PublishedForm,
    forms: Mapping[str, PublishedForm],
    table: sa.Table,
    stored: Mapping[str, sa.Column[Any]],
    references: Mapping[str, str],
    reads: Mapping[str, frozenset[str]],
) -> Selection:
    columns: list[sa.ColumnElement[Any]] = list(stored.values())
    source: sa.FromClause = table
    joined = []
    for key, target in references.items():
        found = _target(target, forms, reads.get(key, frozenset()))
        if found is not None:
            there, fields = found
            source = source.outerjoin(there, stored[key] == there.c.id)
            places = tuple((name, len(columns) + place) for place, name in enumerate(fields))
            columns += [there.c[name] for name in fields]
            joined.append(Joined(key, target, there, places))
    return Selection(form, forms, tuple(stored), tuple(columns), source, tuple(joined))


def _target(
    target: str, forms: Mapping[str, PublishedForm], reads: frozenset[str]
) -> tuple[sa.FromClause, tuple[str, ...]] | None:
    if target in PEOPLE:
        return PEOPLE[target].alias(), ("name",)
    form = forms.get(target)
    return None if form is None else (form.table.alias(), target_fields(form, reads))


def target_fields(form: PublishedForm, reads: Iterable[str] = ()) -> tuple[str, ...]:
    """The fields of a target that are read for its title and for evaluation, as far as they are stored."""
    wanted = dict.fromkeys(("id", *form.title_keys, *sorted(reads)))
    return tuple(key for key in wanted if key in form.columns)


def target_title(
    target: Target, values: Mapping[str, object], forms: Mapping[str, PublishedForm], language: str
) -> str:
    """The title of a record, person or department that a reference points to."""
    kind, identity = target
    if kind in PEOPLE:
        name = values.get("name")
        return name if isinstance(name, str) else f"#{identity}"
    return record_title(forms[kind].form, {**values, "id": identity}, language, references={})


def own_title(
    form: PublishedForm, values: Mapping[str, object], titles: Mapping[Target, str], language: str
) -> str:
    """The title of a record itself, with the titles of what it points to."""
    references = {
        key: titles[plan.target or "", identity]
        for key in form.title_keys
        if (plan := plan_of(form, key)) is not None
        and isinstance(identity := values.get(key), int)
        and (plan.target or "", identity) in titles
    }
    return record_title(form.form, values, language, references=references)


SYSTEM_KEYS: Final = tuple(key for key in SYSTEM_PLANS if key != "deleted_at")
