"""One of a list of options; records hold the option's key."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, tzinfo
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.protocol import FieldType, Parsed, Schema, TargetTypes, TextFormats, World, refused
from engine.forms.model import Field, Option, label_text
from engine.forms.table_plan import Column, ColumnKind
from engine.forms.unknown import unknown
from engine.rules.feel.types import FeelType, SelectType


class SelectFieldType(FieldType):
    """style   how the options are offered"""

    name: ClassVar[str] = "select"
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType(
        {"style": {"type": "string", "enum": ["dropdown", "radio"]}}
    )
    needs: ClassVar[tuple[str, ...]] = ("options",)

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        return SelectType(keys=tuple(option.key for option in field.options))

    def schema(self, field: Field) -> Schema:
        return {"type": "string", "enum": [option.key for option in field.options]}

    def column(self, field: Field) -> Column | None:
        return Column(field.key, ColumnKind.TEXT, unique=field.unique)

    def parse(self, field: Field, json: object) -> Parsed:
        return Parsed(json)

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        wanted = _fold(text)
        if not wanted:
            return Parsed()
        keys = {option.key for option in field.options if wanted in _spellings(option)}
        if len(keys) == 1:
            return Parsed(keys.pop())
        code = "form.text.option-ambiguous" if keys else "form.text.option"
        return Parsed(None, (unknown(code, "", text.strip(), [_shown(one) for one in field.options]),))

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        if value is None or value == "":
            return Parsed()
        if value in {option.key for option in field.options}:
            return Parsed(value)
        return refused("form.formula.option", value=str(value)[:40])

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        for option in field.options:
            if option.key == value:
                return label_text(option.label, language)
        return "" if value is None else str(value)


def _labels(option: Option) -> list[str]:
    return [option.label] if isinstance(option.label, str) else list(option.label.values())


def _shown(option: Option) -> str:
    """Its labels in all languages."""
    return " / ".join(dict.fromkeys(_labels(option)))


def _spellings(option: Option) -> set[str]:
    return {_fold(text) for text in (option.key, *_labels(option))}


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
