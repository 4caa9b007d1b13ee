"""Yes or no; never null, false unless ticked (SEMANTICS §1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, tzinfo
from types import MappingProxyType
from typing import ClassVar, Final

from engine.forms.fields.protocol import FieldType, Parsed, Schema, TargetTypes, TextFormats, World, refused
from engine.forms.model import Field
from engine.forms.table_plan import Column, ColumnKind
from engine.rules.feel.types import BOOLEAN, FeelType

YES: Final = frozenset(["是", "真", "对", "yes", "y", "true", "t", "1", "on", "√", "✓", "✔"])
NO: Final = frozenset(["否", "假", "错", "no", "n", "false", "f", "0", "off", "×", "✗", "✘"])


class CheckboxType(FieldType):
    """A required checkbox must be ticked."""

    name: ClassVar[str] = "checkbox"
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType({})
    has_unique: ClassVar[bool] = False

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        return BOOLEAN

    def schema(self, field: Field) -> Schema:
        return {"type": "boolean"}

    def column(self, field: Field) -> Column | None:
        return Column(field.key, ColumnKind.BOOLEAN)

    def is_empty(self, value: object) -> bool:
        return value is not True

    def empty(self) -> object:
        return False

    def parse(self, field: Field, json: object) -> Parsed:
        return Parsed(json is True)

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        word = unicodedata.normalize("NFKC", text).strip().casefold()
        if not word:
            return Parsed()
        if word in YES or word in NO:
            return Parsed(word in YES)
        return refused("form.text.checkbox", text=word[:40])

    def to_feel(self, field: Field, value: object, world: World) -> object:
        return value is True

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        if value is None or isinstance(value, bool):
            return Parsed(value is True)
        return refused("form.formula.type", expected=self.name)

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        return "✓" if value is True else "✗"
