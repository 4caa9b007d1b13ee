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
_LABEL: Final[dict[str, Any]] = {
    "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]
}
_READS: Final[dict[str, Any]] = {
    "type": "array",
    "description": "what she may see of what was read",
    "items": {
        "type": "object",
        "required": ["path", "label", "old", "value"],
        "properties": {
            "path": {"type": "string"},
            "label": {"type": "string"},
            "old": {"type": "boolean", "description": "before the event"},
            "value": {},
        },
    },
}
CONDITION: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["text", "value", "evaluated", "joint", "omitted", "parts"],
    "properties": {
        "text": {"type": "string", "description": "with labels for keys"},
        "value": {},
        "evaluated": {"type": "boolean"},
        "joint": {"enum": ["", "and", "or"], "description": "if the parts are its operands"},
        "omitted": {"type": "integer"},
        "parts": {"type": "array", "items": {"type": "object"}, "description": "each like the whole"},
    },
}
_OPTIONAL_CONDITION: Final[dict[str, Any]] = {"anyOf": [CONDITION, {"type": "null"}]}
_CLOSED: Final[dict[str, Any]] = {
    "type": "boolean",
    "description": "something is left out that she may not see",
}
REASONS: Final = ["fires", "otherwise", "condition", "event", "values", "failed"]
RUN: Final[dict[str, Any]] = {
    "type": "object",
    "required": [
        *("id", "rule", "label", "version", "event", "form", "record", "title", "at", "actor", "depth"),
        *(
            "state",
            "reason",
            "reads",
            "closed",
            "problems",
            "actions",
            "duration_us",
            "retry_of",
            "may_retry",
        ),
    ],
    "properties": {
        "id": {"type": "integer"},
        "rule": {"type": "string"},
        "label": _LABEL,
        "version": {"type": "integer"},
        "event": {"type": "string"},
        "form": {"type": "string"},
        "record": {"type": ["integer", "null"]},
        "title": {"type": ["string", "null"], "description": "null if she may not view the record"},
        "at": {"type": "string", "format": "date-time"},
        "actor": {
            "type": "object",
            "required": ["id", "name"],
            "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
        },
        "depth": {"type": "integer"},
        "state": {"enum": STATES},
        "reason": {"enum": REASONS},
        "reads": _READS,
        "closed": _CLOSED,
        "problems": _PROBLEMS,
        "actions": _ACTIONS,
        "duration_us": {"type": "integer"},
        "retry_of": {"type": ["integer", "null"]},
        "may_retry": {"type": "boolean"},
    },
}
WHOLE_RUN: Final[dict[str, Any]] = {
    "type": "object",
    "required": [*RUN["required"], "condition"],
    "properties": {**RUN["properties"], "condition": _OPTIONAL_CONDITION},
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
    "days": {"type": "integer", "minimum": 1, "maximum": 90},
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
    "required": [
        *("record", "title", "reason", "before", "condition", "reads", "closed", "actions", "problems"),
    ],
    "properties": {
        "record": {"type": "integer"},
        "title": {"type": "string"},
        "reason": {"enum": REASONS},
        "before": {
            "enum": [*REASONS, None],
            "description": "what the rule in force makes of it, where a draft was tried",
        },
        "condition": _OPTIONAL_CONDITION,
        "reads": _READS,
        "closed": _CLOSED,
        "actions": _ACTIONS,
        "problems": _PROBLEMS,
    },
}
RULES: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["key", "label", "trigger"],
                "properties": {
                    "key": {"type": "string"},
                    "label": _LABEL,
                    "trigger": {"type": ["string", "null"], "description": "the kind of the first one"},
                },
            },
        }
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
_TOTALS: Final[dict[str, Any]] = {"type": "object", "additionalProperties": {"type": "integer"}}
DRY_RUN_ANSWER: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["form", "items", "totals", "before"],
    "properties": {
        "form": {"type": "string"},
        "items": {"type": "array", "items": FORESEEN},
        "totals": {**_TOTALS, "description": "records by reason"},
        "before": {"anyOf": [_TOTALS, {"type": "null"}], "description": "the same of the rule in force"},
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
