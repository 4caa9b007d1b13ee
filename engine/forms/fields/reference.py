"""What relation, member and department have in common: the id of a record of another form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from engine.forms.fields.protocol import FieldType, Parsed, Schema, TargetTypes, TextFormats, World, refused
from engine.forms.model import Field
from engine.forms.table_plan import Column, ColumnKind
from engine.keys import MAX_ID
from engine.rules.feel.types import FeelType

_ID: Final[Mapping[str, object]] = MappingProxyType({"type": "integer", "minimum": 1, "maximum": MAX_ID})
_ID_TEXT: Final = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


class ReferenceType(FieldType):
    """The stored value is the id; in FEEL it is a context `{id, title, …}`, in JSON `{"id": …}`."""

    def target(self, field: Field) -> str:
        """The form referred to: a key, `user` or `department`."""
        raise NotImplementedError

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        return targets.target(self.target(field))

    def schema(self, field: Field) -> Schema:
        given = {"type": "object", "properties": {"id": dict(_ID), "title": {}}, "required": ["id"]}
        return {"anyOf": [dict(_ID), {**given, "additionalProperties": False}], "x-ref": self.target(field)}

    def output_schema(self, field: Field) -> Schema:
        shown = {"id": dict(_ID), "title": {"type": ["string", "null"]}}
        return {"type": "object", "properties": shown, "required": ["id"], "x-ref": self.target(field)}

    def column(self, field: Field) -> Column | None:
        target = self.target(field)
        return Column(field.key, ColumnKind.REFERENCE, target=target, indexed=True, unique=field.unique)

    def parse(self, field: Field, json: object) -> Parsed:
        identity = json.get("id") if isinstance(json, Mapping) else json
        return Parsed(int(identity) if isinstance(identity, int | Decimal) else None)

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        plain = text.strip()
        if not plain:
            return Parsed()
        if not _ID_TEXT.fullmatch(plain):
            return refused("form.text.reference", text=plain[:40])
        return Parsed(int(plain))

    def to_json(self, field: Field, value: object) -> object:
        return {"id": value} if isinstance(value, int) else None

    def to_feel(self, field: Field, value: object, world: World) -> object:
        return world.reference(self.target(field), value) if isinstance(value, int) else None

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        identity = value.get("id") if isinstance(value, Mapping) else value
        if identity is None:
            return Parsed()
        if isinstance(identity, bool) or not isinstance(identity, int) or not 0 < identity <= MAX_ID:
            return refused("form.formula.type", expected=self.name)
        return Parsed(identity)

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        return "" if value is None else f"#{value}"
