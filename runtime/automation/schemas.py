"""Shapes of requests and answers about rules."""

from __future__ import annotations

from typing import Any, Final

STATES: Final = ["done", "skipped", "failed", "cut", "deferred"]
_PROBLEMS: Final[dict[str, Any]] = {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}}
_ACTIONS: Final[dict[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["action", "words"],
        "properties": {
            "action": {"type": "integer", "description": "number of the action in the rule, from 0"},
            "words": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "text"],
                    "properties": {"code": {"type": "string"}, "text": {"type": "string"}},
                },
            },
        },
    },
}
RUN: Final[dict[str, Any]] = {
    "type": "object",
    "required": [
        *("id", "rule", "version", "event", "form", "record", "at", "actor", "depth", "state", "reason"),
        *("reads", "problems", "actions", "duration_us", "retry_of", "may_retry"),
    ],
    "properties": {
        "id": {"type": "integer"},
        "rule": {"type": "string"},
        "version": {"type": "integer"},
        "event": {"type": "string"},
        "form": {"type": "string"},
        "record": {"type": ["integer", "null"]},
        "at": {"type": "string", "format": "date-time"},
        "actor": {
            "type": "object",
            "required": ["id", "name"],
            "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
        },
        "depth": {"type": "integer"},
        "state": {"enum": STATES},
        "reason": {"type": "string"},
        "reads": {"type": "object"},
        "problems": _PROBLEMS,
        "actions": _ACTIONS,
        "duration_us": {"type": "integer"},
        "retry_of": {"type": ["integer", "null"]},
        "may_retry": {"type": "boolean"},
    },
}
RUNS: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["items", "next"],
    "properties": {"items": {"type": "array", "items": RUN}, "next": {"type": ["string", "null"]}},
}
RUN_QUERY: Final[dict[str, Any]] = {
    "rule": {"type": "string", "maxLength": 40, "default": ""},
    "form": {"type": "string", "maxLength": 40, "default": ""},
    "record": {"type": "integer", "minimum": 1},
    "state": {"enum": ["", *STATES], "default": ""},
    "cursor": {"type": "string", "maxLength": 400},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
}
RETRIED: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["run"],
    "properties": {"run": {"type": "integer"}},
}
WHY_NOT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["form", "record"],
    "additionalProperties": False,
    "properties": {"form": {"type": "string", "maxLength": 40}, "record": {"type": "integer", "minimum": 1}},
}
FORESEEN: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["record", "reason", "trace", "reads", "actions", "problems"],
    "properties": {
        "record": {"type": "integer"},
        "reason": {"enum": ["fires", "otherwise", "condition", "event", "values", "failed"]},
        "trace": {"type": ["object", "null"]},
        "reads": {"type": "object"},
        "actions": _ACTIONS,
        "problems": _PROBLEMS,
    },
}
DRY_RUN: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "text": {"type": ["string", "null"], "maxLength": 100_000},
        "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 100},
    },
}
DRY_RUN_ANSWER: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["items", "totals"],
    "properties": {
        "items": {"type": "array", "items": FORESEEN},
        "totals": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}
BUTTONS: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["rule", "label"],
                "properties": {"rule": {"type": "string"}, "label": {"type": "string"}},
            },
        }
    },
}
PRESSED: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["run", "state", "problems", "actions"],
    "properties": {
        "run": {"type": "integer"},
        "state": {"enum": STATES},
        "problems": _PROBLEMS,
        "actions": _ACTIONS,
    },
}
