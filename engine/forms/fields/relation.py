"""A link to one record of another form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import ClassVar, Final

from engine.forms.fields.protocol import Widget
from engine.forms.fields.reference import ReferenceType
from engine.forms.model import Field
from engine.forms.unknown import unknown
from engine.keys import is_free_key
from engine.problems import Problem, pointer

_KEY: Final[Mapping[str, object]] = MappingProxyType({"type": "string", "minLength": 1, "maxLength": 40})


class RelationType(ReferenceType):
    """pick       what the picker shows (`columns`) and offers (`where`: FEEL over the other form)
    fill       own fields that take a field of the picked record: `{"price": "list_price"}`
    inverse    the name under which the other form sees these records
    on_delete  what happens to this record when the other goes (SEMANTICS §7)
    """

    name: ClassVar[str] = "relation"
    needs: ClassVar[tuple[str, ...]] = ("to",)
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType(
        {
            "pick": {
                "type": "object",
                "properties": {
                    "columns": {"type": "array", "items": dict(_KEY), "maxItems": 20, "uniqueItems": True},
                    "where": {"type": "string", "minLength": 1},
                },
                "additionalProperties": False,
            },
            "fill": {"type": "object", "additionalProperties": dict(_KEY), "maxProperties": 50},
            "inverse": dict(_KEY),
            "on_delete": {"type": "string", "enum": ["restrict", "clear", "cascade"]},
        }
    )

    def target(self, field: Field) -> str:
        return field.to or ""

    def check(self, field: Field, siblings: Mapping[str, Field]) -> Iterable[Problem]:
        if field.to is not None and not is_free_key(field.to):
            yield Problem("form.relation.target-invalid", "/to", {"field": field.key, "to": field.to})
        fill = field.props.get("fill", {})
        for key in fill if isinstance(fill, Mapping) else ():
            taker = siblings.get(key)
            if taker is None:
                yield unknown("form.relation.fill-unknown", pointer("fill", key), key, siblings)
            elif taker.is_computed or taker.type in ("subtable", "auto_number"):
                params = {"field": field.key, "name": key}
                yield Problem("form.relation.fill-computed", pointer("fill", key), params)

    def widget(self, field: Field) -> Widget:
        return Widget(self.name)


def fill_of(field: Field) -> Mapping[str, str]:
    """Own field -> field of the picked record."""
    fill = field.props.get("fill", {})
    return {str(own): str(theirs) for own, theirs in fill.items()} if isinstance(fill, Mapping) else {}


def pick_of(field: Field) -> tuple[tuple[str, ...], str | None]:
    """Columns and condition of the picker."""
    pick = field.props.get("pick", {})
    if not isinstance(pick, Mapping):
        return (), None
    columns, where = pick.get("columns", ()), pick.get("where")
    return tuple(map(str, columns)), where if isinstance(where, str) else None
