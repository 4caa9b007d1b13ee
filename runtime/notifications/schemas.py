"""JSON of the notification endpoints, for checking bodies and for the contract."""

from __future__ import annotations

from typing import Final

from runtime.notifications.model import NoticeKind

Schema = dict[str, object]
_KINDS: Final = [kind.value for kind in NoticeKind]
_CLOCK: Final[Schema] = {"type": "string", "maxLength": 5}

LIST: Final[dict[str, Schema]] = {
    "unread": {"type": "boolean", "default": False},
    "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 30},
    "cursor": {"type": "string", "maxLength": 200},
}
NOTIFICATIONS: Final[Schema] = {
    "type": "object",
    "required": ["items", "next", "unread"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "kind", "title", "body", "link", "created_at", "read"],
                "properties": {
                    "id": {"type": "integer"},
                    "kind": {"enum": _KINDS},
                    "title": {"type": "string"},
                    "body": {"type": "string"},
                    "link": {"type": "string"},
                    "form": {"type": ["string", "null"]},
                    "record": {"type": ["integer", "null"]},
                    "created_at": {"type": "string", "format": "date-time"},
                    "read": {"type": "boolean"},
                },
            },
        },
        "next": {"type": ["string", "null"]},
        "unread": {"type": "integer"},
    },
}
READ: Final[Schema] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "ids": {"type": "array", "minItems": 1, "maxItems": 500, "items": {"type": "integer", "minimum": 1}}
    },
}
UNREAD: Final[Schema] = {
    "type": "object",
    "required": ["unread"],
    "properties": {"unread": {"type": "integer"}},
}
PREFERENCES: Final[Schema] = {
    "type": "object",
    "required": ["kinds", "quiet"],
    "additionalProperties": False,
    "properties": {
        "kinds": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                kind: {
                    "type": "object",
                    "required": ["muted", "mail"],
                    "additionalProperties": False,
                    "properties": {"muted": {"type": "boolean"}, "mail": {"type": ["boolean", "null"]}},
                }
                for kind in _KINDS
            },
        },
        "quiet": {
            "type": ["object", "null"],
            "required": ["starts", "ends"],
            "additionalProperties": False,
            "properties": {"starts": _CLOCK, "ends": _CLOCK},
        },
    },
}
