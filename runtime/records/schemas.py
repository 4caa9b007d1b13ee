"""JSON Schemas of the bodies and query strings of this room."""

from __future__ import annotations

from typing import Final

from engine.keys import MAX_ID
from runtime.http.schema import Schema

_TEXT: Final[Schema] = {"type": "string"}
_ID: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
_KEY: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 40}
_VALUES: Final[Schema] = {"type": "object"}

LIST_QUERY: Final[dict[str, Schema]] = {
    "where": {"type": "string", "maxLength": 4000},
    "search": {"type": "string", "maxLength": 200},
    "sort": {"type": "string", "maxLength": 300},
    "fields": {"type": "string", "maxLength": 5000},
    "view": {"type": "string", "maxLength": 40},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    "cursor": {"type": "string", "maxLength": 4000},
    "count": {"type": "string", "enum": ["bounded", "exact"], "default": "bounded"},
}
HISTORY_QUERY: Final[dict[str, Schema]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    "cursor": {"type": "string", "maxLength": 400},
}
EXPLAIN_QUERY: Final[dict[str, Schema]] = {"action": {"type": "string", "maxLength": 40, "default": "edit"}}
RECORD: Final[Schema] = {
    "type": "object",
    "required": ["id", "rev", "title", "values"],
    "properties": {
        "id": _ID,
        "rev": _ID,
        "title": _TEXT,
        "values": _VALUES,
        "actions": {"type": "array", "items": _TEXT},
        "deleted_at": {"type": "string", "format": "date-time"},
        "warnings": {"type": "array", "items": {"type": "object"}},
        "held_by": {"type": "array", "items": {"type": "object"}},
    },
}
RECORDS: Final[Schema] = {
    "type": "object",
    "required": ["items", "next", "count"],
    "properties": {
        "items": {"type": "array", "items": RECORD},
        "next": {"type": ["string", "null"]},
        "count": {
            "type": "object",
            "properties": {"value": {"type": "integer"}, "exact": {"type": "boolean"}},
        },
    },
}
CREATE: Final[Schema] = {
    "type": "object",
    "required": ["values"],
    "properties": {"values": _VALUES},
    "additionalProperties": False,
}
PATCH: Final[Schema] = {
    "type": "object",
    "required": ["values"],
    "properties": {"rev": _ID, "values": _VALUES},
    "additionalProperties": False,
}
AGGREGATE: Final[Schema] = {
    "type": "object",
    "required": ["measures"],
    "properties": {
        "group": {"type": "array", "items": _KEY, "maxItems": 3},
        "where": {"type": "string", "maxLength": 4000},
        "measures": {
            "type": "array",
            "minItems": 1,
            "maxItems": 20,
            "items": {
                "type": "object",
                "required": ["key", "fn"],
                "properties": {
                    "key": _KEY,
                    "fn": {"enum": ["count", "sum", "min", "max", "avg", "ratio"]},
                    "field": _KEY,
                    "where": {"type": "string", "maxLength": 4000},
                    "numerator": _KEY,
                    "denominator": _KEY,
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
EVALUATE: Final[Schema] = {
    "type": "object",
    "properties": {
        "form": _KEY,
        "version": {"type": "integer", "minimum": 1},
        "expression_id": {"type": "string", "minLength": 1, "maxLength": 200},
        "expression": {"type": "string", "minLength": 1, "maxLength": 10000},
        "scope": {
            "type": "object",
            "properties": {"form": _KEY},
            "required": ["form"],
            "additionalProperties": False,
        },
        "values": _VALUES,
        "record": _ID,
        "row": {"type": "integer", "minimum": 0, "maximum": 1000},
        "trace": {"type": "boolean"},
    },
    "additionalProperties": False,
}
FEEL_HINTS_ASKED: Final[Schema] = {
    "type": "object",
    "required": ["form", "expression"],
    "properties": {"form": _KEY, "expression": {"type": "string", "minLength": 1, "maxLength": 10000}},
    "additionalProperties": False,
}
_SPAN: Final[Schema] = {
    "type": "object",
    "required": ["start", "end"],
    "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}},
}
FEEL_HINTS: Final[Schema] = {
    "type": "object",
    "required": ["empty", "cost"],
    "properties": {
        "empty": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["span", "name", "fallback"],
                "properties": {
                    "span": _SPAN,
                    "name": _TEXT,
                    "fallback": {
                        "type": "string",
                        "description": "FEEL to go on with; empty: none is obvious",
                    },
                },
            },
        },
        "cost": {
            "anyOf": [
                {
                    "type": "object",
                    "required": ["span", "steps"],
                    "properties": {"span": _SPAN, "steps": {"type": "integer"}},
                },
                {"type": "null"},
            ],
            "description": "only where it is high",
        },
    },
}
_SUBJECT: Final[Schema] = {
    "type": "object",
    "required": ["kind", "id"],
    "properties": {
        "kind": {"enum": ["user", "department", "role"]},
        "id": {"anyOf": [_ID, _KEY]},
    },
    "additionalProperties": False,
}
SHARE: Final[Schema] = {
    "type": "object",
    "required": ["subject", "level"],
    "properties": {
        "subject": _SUBJECT,
        "level": {"enum": ["read", "edit"]},
        "reason": {"type": "string", "maxLength": 200},
        "until": {"type": ["string", "null"], "format": "date-time", "maxLength": 40},
    },
    "additionalProperties": False,
}
UNSHARE_QUERY: Final[dict[str, Schema]] = {
    "kind": {"type": "string", "enum": ["user", "department", "role"]},
    "id": {"type": "string", "maxLength": 40},
}
