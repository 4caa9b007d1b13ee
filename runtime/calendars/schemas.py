"""Shapes of requests and answers about working calendars."""

from __future__ import annotations

from typing import Any, Final

_MOST: Final = 1000

TRY: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["document", "from", "amount", "unit"],
    "additionalProperties": False,
    "properties": {
        "document": {"type": "object", "description": "of a calendar, published or not"},
        "from": {
            "type": "string",
            "pattern": r"^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d$",
            "description": "day and time on the calendar's clock",
        },
        "amount": {"type": "integer", "minimum": -_MOST, "maximum": _MOST},
        "unit": {"enum": ["working days", "working hours"]},
    },
}
TRIED: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["at", "zone"],
    "properties": {
        "at": {"type": "string", "description": "a date for days, else day and time on the calendar's clock"},
        "zone": {"type": "string"},
    },
}
