"""HTTP of working calendars: trying one that is being edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from engine.apps.calendar import read_calendar_document
from engine.problems import InputError, Problem
from runtime.calendars import schemas
from runtime.calendars.in_force import WorkingTime
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.guard import right


class CalendarsApi:
    @endpoint(
        "POST",
        "/calendars/try",
        guard=right("builder"),
        summary="What a calendar, published or not, makes of some working days or hours",
        body=schemas.TRY,
        response=schemas.TRIED,
    )
    def try_out(self, call: Call) -> object:
        """The same arithmetic as of rules and deadlines; nothing is kept."""
        asked = call.fields
        reading = read_calendar_document(asked["document"])
        if reading.calendar is None:
            raise InputError(problem.within("/document") for problem in reading.problems)
        working = WorkingTime(reading.calendar, call.workspace.zone)
        return {"at": _tried(working, asked), "zone": working.zone.key}


def _tried(working: WorkingTime, asked: Mapping[str, Any]) -> str:
    wall, amount = _wall(asked["from"]), asked["amount"]
    if asked["unit"] == "working days":
        return working.days_later(wall.date(), amount).isoformat()
    later = working.later(wall.replace(tzinfo=working.zone), timedelta(hours=amount))
    return later.astimezone(working.zone).strftime("%Y-%m-%dT%H:%M")


def _wall(text: str) -> datetime:
    """Raises InputError for a day or time that does not exist."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InputError([Problem("calendar.date", "/from", {"text": text})]) from None
