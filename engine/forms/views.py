"""Saved lists: which columns of which records, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.forms.documents import exact, meta_validator, schema_problems
from engine.forms.layout import label_of
from engine.forms.model import Form, Label
from engine.forms.system import SYSTEM
from engine.forms.unknown import unknown
from engine.keys import is_free_key
from engine.problems import Problem, errors, pointer


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """width   in CSS pixels, None = by content"""

    field: str
    width: int | None = None


@dataclass(frozen=True, slots=True)
class SortKey:
    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A list of one form.

    where         FEEL over the record and `user`; "" = all that the reader may see
    exact_count   whether the number of records is counted to the end
    """

    key: str
    label: Label
    form: str
    columns: tuple[ViewColumn, ...]
    where: str = ""
    sort: tuple[SortKey, ...] = ()
    exact_count: bool = False


@dataclass(frozen=True, slots=True)
class ViewReading:
    view: View | None
    problems: tuple[Problem, ...]


def read_view(document: object) -> ViewReading:
    """The view that a JSON document describes; None if it has errors. What it refers to: `check_view`."""
    given = exact(document)
    problems = given.problems or schema_problems(meta_validator("view"), given.document)
    if problems:
        return ViewReading(None, problems)
    view = _view(given.document)
    if not is_free_key(view.key):
        problems = (Problem("view.key.invalid", "/key", {"key": view.key[:60]}),)
    return ViewReading(None if errors(problems) else view, problems)


def _view(raw: Mapping[str, object]) -> View:
    columns, sort = raw["columns"], raw.get("sort", [])
    return View(
        key=str(raw["key"]),
        label=label_of(raw["label"]) or "",
        form=str(raw["form"]),
        columns=tuple(_column(one) for one in columns) if isinstance(columns, list) else (),
        where=str(raw.get("where", "")),
        sort=tuple(sort_key(str(one)) for one in sort) if isinstance(sort, list) else (),
        exact_count=raw.get("count") == "exact",
    )


def _column(raw: object) -> ViewColumn:
    if not isinstance(raw, Mapping):
        return ViewColumn(str(raw))
    width = raw.get("width")
    return ViewColumn(str(raw["field"]), width if isinstance(width, int) else None)


def sort_key(text: str) -> SortKey:
    """`-amount` sorts from the greatest down."""
    return SortKey(text[1:], descending=True) if text.startswith("-") else SortKey(text)


def check_view(view: View, forms: Mapping[str, Form]) -> tuple[Problem, ...]:
    """What the view refers to and does not exist; its `where` is compiled by `check_condition`."""
    form = forms.get(view.form)
    if form is None:
        return (unknown("view.form-unknown", "/form", view.form, forms),)
    return tuple(_check_fields(view, form))


def _check_fields(view: View, form: Form) -> Iterator[Problem]:
    known = {**SYSTEM, **form.fields}
    places = [(pointer("columns", i), one.field) for i, one in enumerate(view.columns)]
    places += [(pointer("sort", i), one.field) for i, one in enumerate(view.sort)]
    for at, name in places:
        field = known.get(name)
        if field is None:
            yield unknown("view.field-unknown", at, name, known, form=form.key)
        elif at.startswith("/sort") and field.type in ("subtable", "longtext"):
            params = {"form": form.key, "name": name, "type": field.type}
            yield Problem("view.field-unsortable", at, params)
