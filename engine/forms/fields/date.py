"""A day of the calendar; it never has a zone."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.protocol import FieldType, Parsed, Schema, TargetTypes, TextFormats, World, refused
from engine.forms.model import Field
from engine.forms.table_plan import Column, ColumnKind
from engine.rules.feel.types import DATE, FeelType
from engine.values import Date, from_python, to_python


class DateType(FieldType):
    name: ClassVar[str] = "date"
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType({})

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        return DATE

    def schema(self, field: Field) -> Schema:
        return {"type": "string", "format": "date"}

    def column(self, field: Field) -> Column | None:
        return Column(field.key, ColumnKind.DATE, unique=field.unique)

    def parse(self, field: Field, json: object) -> Parsed:
        if not isinstance(json, str):
            return Parsed()
        try:
            return Parsed(date.fromisoformat(json))
        except ValueError:
            return refused("form.value.date")

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return Parsed()
        found = read_by_patterns(plain, formats.date)
        if found is not None:
            return Parsed(found.date().isoformat())
        if not formats.date and _is_iso(plain):
            return Parsed(plain)
        return refused("form.text.date", text=plain[:40], formats=list(formats.date) or ["%Y-%m-%d"])

    def to_json(self, field: Field, value: object) -> object:
        return value.isoformat() if isinstance(value, date) else None

    def to_feel(self, field: Field, value: object, world: World) -> object:
        return from_python(value, world.zone) if isinstance(value, date) else None

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        if value is None:
            return Parsed()
        if not isinstance(value, Date):
            return refused("form.formula.type", expected=self.name)
        try:
            return Parsed(to_python(value, world.zone))
        except ValueError:
            return refused("form.formula.year")

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        return value.isoformat() if isinstance(value, date) else ""


def read_by_patterns(text: str, patterns: tuple[str, ...]) -> datetime | None:
    """The first reading that a `strptime` pattern allows; it has a zone only if its pattern has one."""
    for pattern in patterns:
        try:
            return datetime.strptime(text, pattern)  # noqa: DTZ007  the caller knows the zone
        except ValueError:
            continue
    return None


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
