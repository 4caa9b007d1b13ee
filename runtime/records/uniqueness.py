"""Unique values are kept by partial unique indexes; what they refuse becomes a problem that names the
field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import IntegrityError

from engine.problems import Problem, pointer
from runtime.catalog.metadata import PublishedForm
from runtime.catalog.schema import UniqueIndex
from runtime.http.errors import Conflict

_SQLITE_COLUMNS: Final = re.compile(r"UNIQUE constraint failed: (.+)", re.DOTALL)


@contextmanager
def naming_duplicates(form: PublishedForm) -> Iterator[None]:
    """Raises Conflict `records.value.taken` instead of the database's own error."""
    try:
        yield
    except IntegrityError as error:
        broken = _broken(form, error)
        if broken is None:
            raise
        raise Conflict(duplicate(form, broken)) from error


def duplicate(form: PublishedForm, index: UniqueIndex) -> tuple[Problem, ...]:
    """What to say when another living record holds the same values."""
    check = next((one for one in form.form.checks if set(one.unique) == set(index.fields)), None)
    labels = [form.form.fields[key].label for key in index.fields if key in form.form.fields]
    if check is None:
        params: dict[str, object] = {"field": index.fields[0], "label": labels[0]}
        return (Problem("records.value.taken", pointer(index.fields[0]), params),)
    at = pointer(check.at or index.fields[0])
    return (
        Problem("records.value.taken-together", at, {"fields": list(index.fields), "message": check.message}),
    )


def _broken(form: PublishedForm, error: IntegrityError) -> UniqueIndex | None:
    """PostgreSQL names the index, SQLite its columns."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return next((one for one in form.tables.uniques if one.name == diagnosis.constraint_name), None)
    found = _SQLITE_COLUMNS.search(str(error.orig))
    named = {part.strip().rpartition(".")[2] for part in found[1].split(",")} if found else set()
    return next((one for one in form.tables.uniques if one.columns == named), None)
