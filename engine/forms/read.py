"""Reads a form document into its model and names everything that is wrong with the document by itself.

What it refers to (expressions, other forms) is looked at by `compile_form`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from engine.forms.documents import exact, meta_validator, schema_problems
from engine.forms.fields.checkbox import CheckboxType
from engine.forms.layout import check_layout, label_of, read_layout
from engine.forms.model import Check, Field, Form, Reading
from engine.forms.read_fields import Fields, read_fields
from engine.forms.system import SYSTEM
from engine.forms.title import title_fields
from engine.forms.unknown import unknown
from engine.keys import is_free_key
from engine.problems import Problem, Severity, pointer

MAX_FIELDS: Final = 500


def read_form(document: object, name: str = "") -> Reading:
    """The form that a JSON document describes, with all problems of the document at once.

    name   the form's key, for problems of a document that has none; problems name `form/<key>`
    The model is None only for what is no object or too deep; else it lacks what could not be understood.
    """
    given = exact(document)
    if given.problems:
        return Reading(None, _of(given.problems, name))
    raw = given.document
    key = raw["key"] if isinstance(raw.get("key"), str) else name
    fields = read_fields(raw.get("fields"))
    form = _form(raw, str(key), fields)
    known = _placeable(form, raw)
    shape = schema_problems(meta_validator("form"), raw)
    found = [*shape, *_check_key(form), *fields.problems, *_check_count(form)]
    found += [*_check_title(form, raw, known), *_check_checks(form, known)]
    if not any(problem.at.startswith("/layout") for problem in shape):
        found += check_layout(form.layout, known)
    return Reading(form, _of(found, form.key))


def _of(problems: Iterable[Problem], key: str) -> tuple[Problem, ...]:
    return tuple(problem.within(document=f"form/{key}") for problem in problems)


def _form(raw: Mapping[str, object], key: str, fields: Fields) -> Form:
    title, icon, checks = raw.get("title"), raw.get("icon"), raw.get("checks")
    checks = checks if isinstance(checks, list) else []
    return Form(
        key=key,
        label=label_of(raw.get("label")) or key,
        title=title if isinstance(title, str) else _default_title(fields.fields),
        fields=fields.fields,
        checks=tuple(_check(one) for one in checks if isinstance(one, Mapping)),
        layout=read_layout(raw.get("layout")),
        icon=icon if isinstance(icon, str) else None,
        document=raw,
    )


def _default_title(fields: Mapping[str, Field]) -> str:
    """The first text, else the auto-number."""
    for kind in ("text", "auto_number"):
        for key, field in fields.items():
            if field.type == kind:
                return f"{{{key}}}"
    return ""


def _check(raw: Mapping[str, object]) -> Check:
    reject, unique, at = raw.get("reject"), raw.get("unique"), raw.get("at")
    return Check(
        message=label_of(raw.get("message")) or "",
        reject=reject if isinstance(reject, str) else None,
        unique=tuple(map(str, unique)) if isinstance(unique, list) else (),
        at=at if isinstance(at, str) else "",
        severity=Severity.WARNING if raw.get("severity") == "warning" else Severity.ERROR,
    )


def _check_key(form: Form) -> Iterator[Problem]:
    if not is_free_key(form.key):
        yield Problem("form.key.invalid", "/key", {"key": form.key[:60]})


def _check_count(form: Form) -> Iterator[Problem]:
    count = sum(1 for _ in form.places())
    if count > MAX_FIELDS:
        yield Problem("form.fields.too-many", "/fields", {"limit": MAX_FIELDS, "count": count})


def _placeable(form: Form, raw: Mapping[str, object]) -> Mapping[str, Field]:
    """What layout, title and checks may name; a field that could not be read has its own problem already."""
    given = raw.get("fields")
    unread = {key: Field(key, "text", key) for key in (given if isinstance(given, Mapping) else ())}
    return {**SYSTEM, **unread, **form.fields}


def _check_title(form: Form, raw: Mapping[str, object], known: Mapping[str, Field]) -> Iterator[Problem]:
    for name in title_fields(form.title) if "title" in raw else ():
        field = known.get(name)
        if field is None:
            yield unknown("form.title.field-unknown", "/title", name, known)
        elif field.type in ("subtable", "longtext", CheckboxType.name):
            yield Problem("form.title.field-unusable", "/title", {"name": name, "type": field.type})


def _check_checks(form: Form, known: Mapping[str, Field]) -> Iterator[Problem]:
    for index, check in enumerate(form.checks):
        at = pointer("checks", index)
        if (check.reject is None) == (not check.unique):
            yield Problem("form.check.kind", at)
        if check.at and check.at not in known:
            yield unknown("form.check.field-unknown", at + "/at", check.at, known)
        for number, name in enumerate(check.unique):
            yield from _check_unique(name, known, f"{at}/unique/{number}")


def _check_unique(name: str, known: Mapping[str, Field], at: str) -> Iterator[Problem]:
    field = known.get(name)
    if field is None:
        yield unknown("form.check.field-unknown", at, name, known)
    elif field.type in ("subtable", "longtext"):
        yield Problem("form.check.field-unusable", at, {"name": name, "type": field.type})
