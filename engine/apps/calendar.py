"""Working calendars as definitions: the shape of the document, then its meaning."""

from __future__ import annotations

from typing import Any, cast

from engine.apps.shape import check_shape
from engine.calendars import CalendarReading, read_calendar
from engine.problems import errors


def read_calendar_document(document: object) -> CalendarReading:
    """Read `calendars/<key>.json`."""
    problems = check_shape(document, "calendar")
    if errors(problems):
        return CalendarReading(None, problems)
    return read_calendar(cast(dict[str, Any], document))
