"""Finds the records, people and departments that texts of a file name; all of a batch together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine.forms.fields import FIELD_TYPES
from engine.forms.fields.protocol import TextFormats
from engine.problems import Problem, pointer
from runtime.identity.departments import list_departments
from runtime.identity.directory import list_people
from runtime.imports.convert import Lookup
from runtime.records.scene import Scene
from runtime.records.service import Records

PENDING: Final = 0
"""A row of the same file that a dry run accepted: there is no record, but there would be."""
_AMBIGUOUS: Final = -1
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

    def __init__(self, records: Records) -> None:
        self._records = records
        self._known: dict[_Side, dict[str, int]] = {}

    def find(self, conn: sa.Connection, scene: Scene, lookups: Iterable[Lookup]) -> None:
        """Look up what is not known yet; one statement per side."""
        wanted: dict[_Side, set[str]] = {}
        for lookup in lookups:
            side = _Side(lookup.form, lookup.match)
            if lookup.text not in self._known.get(side, {}):
                wanted.setdefault(side, set()).add(lookup.text)
        for side, texts in wanted.items():
            known = self._known.setdefault(side, {})
            if len(known) > _REMEMBERED:
                known.clear()
            known.update(self._search(conn, scene, side, texts))

    def learn(self, form: str, match: str, text: str, record: int) -> None:
        """A record that this import created is found by the rows behind it."""
        self._known.setdefault(_Side(form, match), {})[text] = record

    def value(self, lookup: Lookup) -> int | None:
        """The id; None if nothing, or more than one thing, has this text."""
        found = self._known.get(_Side(lookup.form, lookup.match), {}).get(lookup.text)
        return None if found == _AMBIGUOUS else found

    def problem(self, scene: Scene, lookup: Lookup) -> Problem:
        """Why `value` is None; form and field are named as people know them."""
        found = self._known.get(_Side(lookup.form, lookup.match), {}).get(lookup.text)
        code = "many-matches" if found == _AMBIGUOUS else "no-match"
        params = {**_names(scene, lookup), "text": lookup.text[:80]}
        return Problem(f"imports.row.{code}", pointer(lookup.target), params)

    def _search(
        self, conn: sa.Connection, scene: Scene, side: _Side, texts: Collection[str]
    ) -> Mapping[str, int]:
        if side.form == "user":
            return _people(conn, side.match, texts)
        if side.form == "department":
            return _once((one.name, one.id) for one in list_departments(conn) if one.name in texts)
        stored = _stored(scene, side, texts)
        found = self._records.find(conn, scene, side.form, [side.match], stored)
        return _once((stored[key], record) for key, records in found.items() for record in records)


def _names(scene: Scene, lookup: Lookup) -> dict[str, object]:
    published = scene.metadata.forms.get(lookup.form)
    if published is None:
        return {"form": lookup.form, "field": lookup.match}
    field = published.form.fields.get(lookup.match)
    return {"form": published.form.label, "field": field.label if field is not None else lookup.match}


def _stored(scene: Scene, side: _Side, texts: Collection[str]) -> dict[tuple[object, ...], str]:
    """The value that each text stands for in the matched field; a text that is none finds nothing."""
    field = scene.metadata.form(side.form).form.fields[side.match]
    kind, formats = FIELD_TYPES[field.type], TextFormats(zone=scene.workspace.zone)
    values: dict[tuple[object, ...], str] = {}
    for text in texts:
        parsed = kind.parse_text(field, text, formats)
        value = None if parsed.problems else kind.parse(field, parsed.value).value
        if value is not None:
            values[(value,)] = text
    return values


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
        found[text] = _AMBIGUOUS if found.get(text, identity) != identity else identity
    return found
