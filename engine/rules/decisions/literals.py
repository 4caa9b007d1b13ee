"""Values as FEEL text that reads back as the same value: for cells that are proposed, and for results."""

from __future__ import annotations

from collections.abc import Mapping

from engine.rules.feel.kinds import text_of
from engine.values import Date, DateTime, DayTimeDuration, Time, YearMonthDuration, temporal_text

_MAKERS = (
    (DateTime, "date and time"),
    (Date, "date"),
    (Time, "time"),
    (DayTimeDuration, "duration"),
    (YearMonthDuration, "duration"),
)


def feel_literal(value: object) -> str:
    """`"A"`, `0.1`, `date("2026-01-31")`, `[1, 2]`, `{level: 2}`; of a function only what it is called."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(feel_literal, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {feel_literal(item)}" for key, item in value.items()) + "}"
    for kind, name in _MAKERS:
        if isinstance(value, kind):
            return f'{name}("{temporal_text(value)}")'
    return text_of([value])[1:-1]


def _key(key: object) -> str:
    text = str(key)
    return text if text.replace("_", "a").isalnum() and not text[0].isdigit() else text_of([text])[1:-1]
