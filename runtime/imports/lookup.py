"""Finds the records, people and departments that texts of a file name; all of a batch together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.problems import Problem, pointer
from runtime.identity.departments import list_departments
from runtime.identity.directory import list_people
from runtime.imports.convert import Lookup
from runtime.records.scene import Scene

AMBIGUOUS: Final = -1
_CHUNK: Final = 500
_REMEMBERED: Final = 100_000


@dataclass(frozen=True, slots=True)
class _Side:
    """What texts are compared with: a field of a form, or of people or departments."""

    form: str
    match: str


class Matcher:
    """Remembers what it found, so that each text is looked up once in a file.

    Only records that the importing person may see are found: an import must not tell what exists elsewhere.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._known: dict[_Side, dict[str, int]] = {}

    def find(self, conn: sa.Connection, lookups: Iterable[Lookup]) -> None:
        """Look up what is not known yet; one statement per side and 500 texts."""
        wanted: dict[_Side, set[str]] = {}
        for lookup in lookups:
            side = _Side(lookup.form, lookup.match)
            if lookup.text not in self._known.get(side, {}):
                wanted.setdefault(side, set()).add(lookup.text)
        for side, texts in wanted.items():
            known = self._known.setdefault(side, {})
            if len(known) > _REMEMBERED:
                known.clear()
            known.update(self._search(conn, side, texts))

    def learn(self, form: str, match: str, text: str, record: int) -> None:
        """A record that this import created is found by the rows behind it."""
        self._known.setdefault(_Side(form, match), {})[text] = record

    def value(self, lookup: Lookup) -> int | None:
        """The id; None if nothing, or more than one thing, has this text."""
        found = self._known.get(_Side(lookup.form, lookup.match), {}).get(lookup.text)
        return None if found == AMBIGUOUS else found

    def problem(self, lookup: Lookup) -> Problem:
        """Why `value` is None."""
        found = self._known.get(_Side(lookup.form, lookup.match), {}).get(lookup.text)
        code = "many-matches" if found == AMBIGUOUS else "no-match"
        params = {"form": self._label(lookup.form), "field": lookup.match, "text": lookup.text[:80]}
        return Problem(f"imports.row.{code}", pointer(lookup.target), params)

    def _label(self, form: str) -> object:
        published = self._scene.metadata.forms.get(form)
        return published.form.label if published is not None else form

    def _search(self, conn: sa.Connection, side: _Side, texts: Collection[str]) -> Mapping[str, int]:
        if side.form == "user":
            return _people(conn, side.match, texts)
        if side.form == "department":
            return _once((one.name, one.id) for one in list_departments(conn) if one.name in texts)
        ordered = sorted(texts)
        chunks = [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
        return _once(pair for chunk in chunks for pair in self._records(conn, side, chunk))

    def _records(self, conn: sa.Connection, side: _Side, texts: list[str]) -> list[tuple[str, int]]:
        form = self._scene.metadata.form(side.form)
        column: sa.Column[Any] = form.columns[side.match]
        visible = self._scene.access(form).records("view")
        query = sa.select(column, form.table.c.id).where(
            column.in_(texts), form.table.c.deleted_at.is_(None), visible.clause
        )
        return [(str(text), int(record)) for text, record in conn.execute(query, visible.params)]


def _people(conn: sa.Connection, match: str, texts: Iterable[str]) -> Mapping[str, int]:
    found = [
        (getattr(person, match), person.id)
        for text in texts
        for person in list_people(conn, search=text)
        if getattr(person, match) == text
    ]
    return _once(found)


def _once(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """By text; a text that stands for several is marked."""
    found: dict[str, int] = {}
    for text, identity in pairs:
        found[text] = AMBIGUOUS if found.get(text, identity) != identity else identity
    return found
