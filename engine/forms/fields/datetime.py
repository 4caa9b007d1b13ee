"""An instant, stored in UTC; FEEL sees it in the workspace's zone."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.date import read_by_patterns
from engine.forms.fields.protocol import FieldType, Parsed, Schema, TargetTypes, TextFormats, World, refused
from engine.forms.model import Field
from engine.forms.table_plan import Column, ColumnKind
from engine.rules.feel.types import DATE_TIME, FeelType
from engine.values import DateTime, from_python, to_python


class DateTimeType(FieldType):
    name: ClassVar[str] = "datetime"
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType({})

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        return DATE_TIME

    def schema(self, field: Field) -> Schema:
        return {"type": "string", "format": "date-time"}

    def column(self, field: Field) -> Column | None:
        return Column(field.key, ColumnKind.DATETIME, unique=field.unique)

    def parse(self, field: Field, json: object) -> Parsed:
        if not isinstance(json, str):
            return Parsed()
        instant = _instant(json)
        return refused("form.value.datetime") if instant is None else Parsed(instant)

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return Parsed()
        found = read_by_patterns(plain, formats.datetime) if formats.datetime else _iso(plain)
        if found is None:
            return refused(
                "form.text.datetime", text=plain[:40], formats=list(formats.datetime) or ["ISO 8601"]
            )
        instant = _utc(found if found.tzinfo else found.replace(tzinfo=formats.zone))
        return refused("form.value.datetime") if instant is None else Parsed(_text(instant))

    def to_json(self, field: Field, value: object) -> object:
        return _text(value) if isinstance(value, datetime) else None

    def to_feel(self, field: Field, value: object, world: World) -> object:
        return from_python(value, world.zone) if isinstance(value, datetime) else None

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        if value is None:
            return Parsed()
        if not isinstance(value, DateTime):
            return refused("form.formula.type", expected=self.name)
        try:
            return Parsed(to_python(value, world.zone))
        except ValueError:
            return refused("form.formula.year")

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else ""


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _instant(text: str) -> datetime | None:
    found = _iso(text)
    return _utc(found) if found is not None and found.tzinfo else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _utc(moment: datetime) -> datetime | None:
    """None where the instant lies outside years 1 to 9999 of UTC."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None
