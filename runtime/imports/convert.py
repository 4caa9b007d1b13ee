"""Cells of a row as JSON values of fields, as the mapping says; names of records are looked up later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.apps.link_mapping import PEOPLE_MATCHES
from engine.apps.mapping import ColumnMapping, ImportMapping
from engine.forms.fields import FIELD_TYPES
from engine.forms.fields.protocol import Parsed, TextFormats, named
from engine.forms.model import Field, Form
from engine.problems import InputError, Problem, pointer
from runtime.imports.rows import FileRow

_REFERENCES: Final = frozenset({"relation", *PEOPLE_MATCHES})


@dataclass(frozen=True, slots=True)
class Lookup:
    """A text that names a record, a person or a department.

    target   field key of the import's form; "owner" for the stamp
    form     key of the other form, `user` or `department`
    match    the field of the other side that the text is compared with
    """

    target: str
    form: str
    match: str
    text: str


@dataclass(frozen=True, slots=True)
class MappedRow:
    """A row whose texts are read.

    values    JSON values by field key; those that need a lookup are missing
    stamps    created_at, updated_at as instants
    own_key   text by which other rows of the file name this one; "" where none can
    match_key texts of the columns by which the record to update is found
    problems  of the row, with the field as place
    """

    row: FileRow
    values: Mapping[str, object]
    lookups: tuple[Lookup, ...] = ()
    stamps: Mapping[str, datetime] = field(default_factory=dict)
    own_key: str = ""
    match_key: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class RowReader:
    """Reads the rows of one file with one mapping into one form.

    own_match   field by which rows of the file may name each other, in a relation of the form to itself; ""
    """

    def __init__(self, form: Form, mapping: ImportMapping, zone: ZoneInfo) -> None:
        self._mapping = mapping
        self._zone = zone
        self._columns = [
            _Column(column, form.fields[column.target], _formats(column, zone)) for column in mapping.columns
        ]
        by_target = {column.target: column for column in mapping.columns}
        self._match_by = [by_target[name] for name in mapping.match_by]
        own = next((one for one in mapping.columns if form.fields[one.target].to == form.key), None)
        self.own_match = own.match or "" if own is not None else ""
        self._own_key = by_target.get(self.own_match)

    @property
    def names_itself(self) -> bool:
        """Whether rows of the file may name other rows of it."""
        return self._own_key is not None

    def check_headings(self, headings: Sequence[str]) -> None:
        """Raises InputError with every column that the file does not have."""
        wanted = [*self._mapping.columns, *self._mapping.stamps.values()]
        missing = [name for name in dict.fromkeys(one.source for one in wanted) if name not in headings]
        if missing:
            known = list(headings)
            raise InputError(
                Problem("imports.file.column-missing", params={"column": name, "known": known})
                for name in missing
            )

    def read(self, row: FileRow) -> MappedRow:
        if row.problems:
            return MappedRow(row, {}, problems=row.problems)
        values: dict[str, object] = dict(self._mapping.constants)
        lookups: list[Lookup] = []
        problems: list[Problem] = []
        for column in self._columns:
            text = _text(column.mapping, row)
            if text and column.field.type in _REFERENCES:
                lookups.append(column.lookup(text))
                continue
            parsed = column.parse(text)
            values[column.field.key] = parsed.value
            place = pointer(column.field.key)
            problems += [named(problem, column.field).within(place) for problem in parsed.problems]
        stamps = dict(self._stamps(row, problems))
        lookups += self._owner(row)
        own_key = _text(self._own_key, row) if self._own_key is not None else ""
        match_key = tuple(_text(column, row) for column in self._match_by)
        return MappedRow(row, values, tuple(lookups), stamps, own_key, match_key, tuple(problems))

    def _stamps(self, row: FileRow, problems: list[Problem]) -> Iterator[tuple[str, datetime]]:
        for name, stamp in self._mapping.stamps.items():
            text = _text(stamp, row)
            if name == "owner" or not text:
                continue
            moment = _moment(text, stamp.format, self._zone)
            if moment is None:
                params = {"text": text[:40], "format": stamp.format or "ISO 8601"}
                problems.append(Problem("imports.row.not-a-moment", pointer(name), params))
            else:
                yield name, moment

    def _owner(self, row: FileRow) -> Iterator[Lookup]:
        stamp = self._mapping.stamps.get("owner")
        text = _text(stamp, row) if stamp is not None else ""
        if stamp is not None and text:
            yield Lookup("owner", "user", stamp.match or "name", text)


@dataclass(frozen=True, slots=True)
class _Column:
    mapping: ColumnMapping
    field: Field
    formats: TextFormats

    def lookup(self, text: str) -> Lookup:
        form = {"member": "user", "department": "department"}.get(self.field.type, self.field.to or "")
        return Lookup(self.field.key, form, self.mapping.match or "name", text)

    def parse(self, text: str) -> Parsed:
        parsed = FIELD_TYPES[self.field.type].parse_text(self.field, text, self.formats)
        if self.mapping.times is None or not isinstance(parsed.value, int | Decimal):
            return parsed
        return Parsed(parsed.value * self.mapping.times, parsed.problems)


def _text(column: ColumnMapping, row: FileRow) -> str:
    text = row.cells[column.source].strip()
    return column.replace.get(text, text)


def _formats(column: ColumnMapping, zone: ZoneInfo) -> TextFormats:
    patterns = (column.format,) if column.format is not None else ()
    return TextFormats(date=patterns, datetime=patterns, zone=zone)


def _moment(text: str, pattern: str | None, zone: ZoneInfo) -> datetime | None:
    """An instant; without an offset it is in the workspace's zone."""
    try:
        found = datetime.strptime(text, pattern) if pattern else datetime.fromisoformat(text)  # noqa: DTZ007
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)
