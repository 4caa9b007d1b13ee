"""A number that the system allots at the first write, and nobody enters (SEMANTICS §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.protocol import Parsed, TextFormats, Widget, refused
from engine.forms.fields.text import TextType
from engine.forms.model import Field
from engine.forms.numbering import NumberPattern
from engine.problems import Problem


class AutoNumberType(TextType):
    """pattern   see `engine.forms.numbering` · reset: when the sequence starts again"""

    name: ClassVar[str] = "auto_number"
    needs: ClassVar[tuple[str, ...]] = ("pattern",)
    has_formula: ClassVar[bool] = False
    has_default: ClassVar[bool] = False
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType(
        {
            "pattern": {"type": "string", "minLength": 1, "maxLength": 60},
            "reset": {"type": "string", "enum": ["none", "year", "month", "day"]},
        }
    )

    def check(self, field: Field, siblings: Mapping[str, Field]) -> Iterable[Problem]:
        text, reset = field.props.get("pattern"), field.props.get("reset", "none")
        if not isinstance(text, str):
            return
        pattern = pattern_of(field)
        params = {"field": field.key, "pattern": text, "reset": reset}
        if pattern is None:
            yield Problem("form.auto-number.pattern", "/pattern", params)
        elif not pattern.is_unambiguous:
            yield Problem("form.auto-number.ambiguous", "/pattern", params)

    def schema(self, field: Field) -> dict[str, object]:
        return {"type": "string"}

    def parse(self, field: Field, json: object) -> Parsed:
        return refused("form.value.computed")

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        return refused("form.value.computed")

    def widget(self, field: Field) -> Widget:
        return Widget(self.name)


def pattern_of(field: Field) -> NumberPattern | None:
    """The field's pattern; None if its text is no pattern."""
    return NumberPattern.read(str(field.props.get("pattern", "")), str(field.props.get("reset", "none")))
