"""The JSON Schemas 2020-12 of a form: what comes in at creation and change, and what goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from engine.forms.fields import FIELD_TYPES, SUBTABLE
from engine.forms.fields.protocol import Schema
from engine.forms.fields.relation import fill_of
from engine.forms.model import Field, Form
from engine.keys import MAX_ID

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_ROW_ID: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": MAX_ID}


def is_input(field: Field) -> bool:
    """Whether people may give the field a value: it is neither computed nor always read-only."""
    return not field.is_computed and field.type != "auto_number" and field.readonly is not True


def create_schema(form: Form) -> Schema:
    """The `values` of a new record; required is what always is, unless a default or a relation fills it."""
    return {"$schema": DIALECT, **_object(form.fields, _created, required=True)}


def patch_schema(form: Form) -> Schema:
    """The `values` of a change; nothing is required, sub-tables change by row operations (SEMANTICS §3)."""
    return {"$schema": DIALECT, **_object(form.fields, _patched, required=False)}


def output_schema(form: Form) -> Schema:
    """The `values` of a record that is shown; what cannot be written is `readOnly`."""
    properties = {key: _shown(field) for key, field in form.fields.items()}
    return {"$schema": DIALECT, "type": "object", "properties": properties, "additionalProperties": True}


def value_schema(field: Field) -> Schema:
    """One value that comes in, or null."""
    return {"$schema": DIALECT, **_nullable(FIELD_TYPES[field.type].schema(field))}


def _object(fields: Mapping[str, Field], part: Callable[[Field], Schema], *, required: bool) -> Schema:
    given = {key: field for key, field in fields.items() if is_input(field)}
    schema: Schema = {
        "type": "object",
        "properties": {key: part(field) for key, field in given.items()},
        "additionalProperties": False,
    }
    if required:
        filled = {own for one in fields.values() for own in fill_of(one)}
        names = [key for key, one in given.items() if _is_always_required(one) and one.default is None]
        names = [key for key in names if key not in filled]
        schema["required"] = names
    return schema


def _is_always_required(field: Field) -> bool:
    """Conditions are left to the FEEL pass, which knows the whole record."""
    return field.required is True and field.visible is True and not field.override


def _created(field: Field) -> Schema:
    if field.type != SUBTABLE.name:
        return _value(field)
    rows = {**SUBTABLE.schema(field), "items": _row(field, required=True)}
    return rows if _is_always_required(field) else _nullable(rows)


def _patched(field: Field) -> Schema:
    if field.type != SUBTABLE.name:
        return _value(field)
    limit = SUBTABLE.bounds(field)[1]
    update = _row(field, required=False)
    update["properties"] = {"id": _ROW_ID, **_mapping(update["properties"])}
    update["required"] = ["id", "values"]
    order = {"type": "integer", "minimum": -limit, "maximum": MAX_ID}
    return {
        "type": "object",
        "properties": {
            "create": {"type": "array", "maxItems": limit, "items": _row(field, required=True)},
            "update": {"type": "array", "maxItems": 1000, "items": update},
            "delete": {"type": "array", "maxItems": 1000, "items": _ROW_ID},
            "order": {"type": "array", "maxItems": 2000, "items": order},
        },
        "additionalProperties": False,
    }


def _row(field: Field, *, required: bool) -> Schema:
    values = _object(field.fields, _value, required=required)
    return {
        "type": "object",
        "properties": {"values": values},
        "required": ["values"],
        "additionalProperties": False,
    }


def _value(field: Field) -> Schema:
    schema = FIELD_TYPES[field.type].schema(field)
    return schema if _is_always_required(field) else _nullable(schema)


def _shown(field: Field) -> Schema:
    if field.type == SUBTABLE.name:
        inner = {key: _shown(one) for key, one in field.fields.items()}
        row = {"id": _ROW_ID, "values": {"type": "object", "properties": inner}}
        return {"type": "array", "items": {"type": "object", "properties": row}}
    schema = _nullable(FIELD_TYPES[field.type].output_schema(field))
    return schema if is_input(field) else {**schema, "readOnly": True}


def _nullable(schema: Schema) -> Schema:
    """The same schema, which also accepts null."""
    if "anyOf" in schema:
        choices = schema["anyOf"]
        return {**schema, "anyOf": [*choices, {"type": "null"}] if isinstance(choices, list) else choices}
    wider: Schema = {**schema, "type": [schema["type"], "null"]}
    if isinstance(schema.get("enum"), list):
        wider["enum"] = [*schema["enum"], None]  # type: ignore[misc]
    return wider


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
