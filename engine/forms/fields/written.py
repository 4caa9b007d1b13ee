"""What text in a known notation has in common: many ways to write it, one way to store it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.protocol import Parsed, Schema, World, refused
from engine.forms.fields.text import TextType
from engine.forms.model import Field


class WrittenType(TextType):
    """The stored text is the canonical one, so that equal means equal in FEEL, in `unique` and in imports.

    longest   characters of what may come in, before it is made canonical
    """

    longest: ClassVar[int]
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType({})

    def canonical(self, field: Field, text: str) -> str | Parsed:
        """The one way to store what people write as `text`, or the refusal. Of canonical text: itself."""
        raise NotImplementedError

    def schema(self, field: Field) -> Schema:
        return {"type": "string", "maxLength": self.longest}

    def parse(self, field: Field, json: object) -> Parsed:
        given = super().parse(field, json)
        if not isinstance(given.value, str):
            return given
        found = self.canonical(field, given.value)
        return Parsed(found) if isinstance(found, str) else found

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        given = super().from_feel(field, value, world)
        return given if given.problems else self.parse(field, given.value)

    def sought(self, field: Field, text: str) -> str:
        found = self.canonical(field, text)
        return found if isinstance(found, str) else text

    def _max(self, field: Field) -> int:
        return self.longest


def half_width(text: str) -> str:
    """Without blanks around it, letters, digits and signs as a keyboard has them."""
    return unicodedata.normalize("NFKC", text).strip()


def misspelt(code: str, text: str) -> Parsed:
    """No value: the text is not in the notation."""
    return refused(code, text=text.strip()[:40])
