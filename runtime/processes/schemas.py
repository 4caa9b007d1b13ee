"""JSON Schemas of the bodies and query strings of this room's endpoints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from runtime.processes.inbox import Box

Query = Mapping[str, Mapping[str, object]]
_KEY: Final[Mapping[str, object]] = {"type": "string", "minLength": 1, "maxLength": 40}
_ID: Final[Mapping[str, object]] = {"type": "integer", "minimum": 1}
_COMMAND: Final = {"type": "string", "minLength": 1, "maxLength": 60}

START: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["flow", "record"],
    "properties": {"flow": _KEY, "form": _KEY, "record": _ID, "command_id": _COMMAND},
}
COMPLETE: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["outcome"],
    "properties": {
        "outcome": {"type": "string", "minLength": 1, "maxLength": 80},
        "opinion": {"type": "string", "maxLength": 4000},
        "values": {"type": "object"},
        "version": {"type": ["integer", "null"], "minimum": 0},
        "command_id": _COMMAND,
    },
}
CANCEL: Final = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"reason": {"type": "string", "maxLength": 1000}},
}
BOX: Final[Query] = {
    "box": {"type": "string", "enum": [str(box) for box in Box], "default": "todo"},
    "cursor": {"type": "string", "maxLength": 500},
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
}
PREVIEW: Final[Query] = {"flow": _KEY, "record": _ID}
VERSION: Final[Query] = {"version": {"type": "integer", "minimum": 1}}
PROCESS: Final = {
    "type": "object",
    "required": ["id", "flow", "form", "record", "status", "initiator", "started_at"],
    "properties": {
        "id": _ID,
        "flow": {"type": "object"},
        "form": _KEY,
        "record": {"type": "object"},
        "status": {"type": "string"},
        "incident": {"type": "boolean"},
        "initiator": {"type": "object"},
        "started_at": {"type": "string", "format": "date-time"},
        "ended_at": {"type": ["string", "null"], "format": "date-time"},
        "actions": {"type": "array", "items": {"type": "object"}},
        "active": {"type": "array", "items": {"type": "string"}},
        "done": {"type": "array", "items": {"type": "string"}},
        "nodes": {"type": "array", "items": {"type": "object"}},
        "log": {"type": "array", "items": {"type": "object"}},
        "ahead": {"type": "array", "items": {"type": "object"}},
        "xml_url": {"type": "string"},
    },
}
EXPECTED: Final = {
    "type": "object",
    "required": ["flow", "stops", "outcome", "refused"],
    "properties": {
        "flow": {"type": "object"},
        "stops": {"type": "array", "items": {"type": "object"}},
        "outcome": {"type": ["string", "null"]},
        "refused": {"type": ["object", "null"]},
    },
}
TASK: Final = {
    "type": "object",
    "required": ["id", "kind", "title", "flow", "node", "form", "record", "process", "initiator", "actions"],
    "properties": {
        "id": _ID,
        "kind": {"enum": ["task", "process"]},
        "title": {"type": "string"},
        "status": {"type": "string"},
        "outcome": {"type": ["string", "null"]},
        "version": {"type": "integer"},
        "actions": {"type": "array", "items": {"type": "object"}},
        "summary": {"type": "array", "items": {"type": "object"}},
        "deleted": {"type": "boolean"},
    },
}
TASKS: Final = {
    "type": "object",
    "required": ["items", "next", "count"],
    "properties": {
        "items": {"type": "array", "items": TASK},
        "next": {"type": ["string", "null"]},
        "count": {"type": "object"},
    },
}
DECIDED: Final = {
    "type": "object",
    "required": ["task", "process"],
    "properties": {"task": TASK, "process": PROCESS},
}
