"""Rows inside a record; rows have ids of their own that are never reused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.protocol import (
    FieldType,
    Parsed,
    Schema,
    TargetTypes,
    TextFormats,
    Widget,
    World,
    named,
    refused,
)
from engine.forms.model import Field, Row
from engine.forms.table_plan import Column
from engine.problems import Problem, pointer
from engine.rules.feel.types import ContextType, FeelType, ListType

DEFAULT_MAX_ROWS = 200


class SubtableType(FieldType):
    """max_rows (default 200), min_rows   how many rows there may and must be

    row_types   the field types that a row may have; a sub-table is not among them
    """

    name: ClassVar[str] = "subtable"
    has_formula: ClassVar[bool] = False
    has_default: ClassVar[bool] = False
    has_unique: ClassVar[bool] = False
    needs: ClassVar[tuple[str, ...]] = ("fields",)
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType(
        {
            "max_rows": {"type": "integer", "minimum": 1, "maximum": 1000},
            "min_rows": {"type": "integer", "minimum": 1, "maximum": 1000},
        }
    )

    def __init__(self, row_types: Mapping[str, FieldType]) -> None:
        self._types = row_types

    def check(self, field: Field, siblings: Mapping[str, Field]) -> Iterable[Problem]:
        low, high = self.bounds(field)
        if low > high:
            yield Problem("form.field.bounds", "/min_rows", {"field": field.key, "min": low, "max": high})

    def bounds(self, field: Field) -> tuple[int, int]:
        """The least and greatest number of rows."""
        low, high = field.props.get("min_rows", 0), field.props.get("max_rows", DEFAULT_MAX_ROWS)
        return (low, high) if isinstance(low, int) and isinstance(high, int) else (0, DEFAULT_MAX_ROWS)

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        inner = {key: self._types[one.type].feel_type(one, targets) for key, one in field.fields.items()}
        return ListType(item=ContextType(fields=inner))

    def schema(self, field: Field) -> Schema:
        """Only the shape of the list; `engine.forms.json_schema` puts the rows' schema into it."""
        return {"type": "array", "maxItems": self.bounds(field)[1]}

    def column(self, field: Field) -> Column | None:
        return None

    def is_empty(self, value: object) -> bool:
        return not value

    def empty(self) -> object:
        return ()

    def parse(self, field: Field, json: object) -> Parsed:
        """The rows of a new record, each `{"values": {…}}`."""
        rows, problems = [], list[Problem]()
        for index, item in enumerate(json if isinstance(json, list | tuple) else ()):
            parsed = self.parse_row(field, item.get("values", {}))
            rows.append(Row(None, parsed.value if isinstance(parsed.value, Mapping) else {}))
            problems += [problem.within(pointer(index, "values")) for problem in parsed.problems]
        return Parsed(tuple(rows), tuple(problems))

    def parse_row(self, field: Field, values: Mapping[str, object]) -> Parsed:
        """The stored values of the given JSON values of one row; places start at a field of the row."""
        stored: dict[str, object] = {}
        problems: list[Problem] = []
        for key, json in values.items():
            inner = field.fields.get(key)
            if inner is not None:
                parsed = self._types[inner.type].parse(inner, json)
                stored[key] = parsed.value
                problems += [named(problem, inner).within(pointer(key)) for problem in parsed.problems]
        return Parsed(stored, tuple(problems))

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        return refused("form.text.subtable")

    def to_json(self, field: Field, value: object) -> object:
        rows = value if isinstance(value, list | tuple) else ()
        return [{"id": row.id, "values": self._row_json(field, row.values)} for row in rows]

    def _row_json(self, field: Field, values: Mapping[str, object]) -> dict[str, object]:
        return {
            key: self._types[field.fields[key].type].to_json(field.fields[key], value)
            for key, value in values.items()
            if key in field.fields
        }

    def to_feel(self, field: Field, value: object, world: World) -> object:
        rows = value if isinstance(value, list | tuple) else ()
        return [self.row_to_feel(field, row.values, world) for row in rows]

    def row_to_feel(self, field: Field, values: Mapping[str, object], world: World) -> dict[str, object]:
        """The context of one row; every field is in it."""
        return {
            key: self._types[inner.type].to_feel(inner, values.get(key), world)
            for key, inner in field.fields.items()
        }

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        return refused("form.formula.type", expected=self.name)

    def widget(self, field: Field) -> Widget:
        low, high = self.bounds(field)
        return Widget(self.name, {"min_rows": low, "max_rows": high})

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        return str(len(value)) if isinstance(value, list | tuple) else ""
