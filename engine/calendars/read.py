"""Reads the document of a calendar whose shape was checked, with everything that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from engine.calendars.model import Calendar, Hours
from engine.problems import Problem, errors, pointer
from engine.values.temporal import find_zone

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS: Final = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)
_DAY_MINUTES: Final = 24 * 60
_MAX_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class CalendarReading:
    """The calendar, if nothing about it is wrong, and all problems."""

    calendar: Calendar | None
    problems: tuple[Problem, ...]


def read_calendar(document: Mapping[str, Any]) -> CalendarReading:
    """Read `calendars/<key>.json`.

    hours     by day of the week: `["09:00-12:00", "13:30-18:00"]`; days left out are free
    holidays  `{"from": "2026-10-01", "to": "2026-10-07"}`, without `to` one day
    makeup    `{"on": "2026-10-10", "as": "monday"}`, or with `hours` of its own
    """
    problems: list[Problem] = []
    given: Mapping[str, Sequence[str]] = document["hours"]
    week = tuple(_hours(given.get(day, ()), pointer("hours", day), problems) for day in WEEKDAYS)
    zone = document.get("zone")
    if zone is not None and find_zone(zone) is None:
        problems.append(Problem("calendar.zone", "/zone", {"zone": zone}))
    if not any(week) and not problems:
        problems.append(Problem("calendar.no-hours", "/hours"))
    holidays = _holidays(document.get("holidays", ()), problems)
    makeup = dict(_makeup(document.get("makeup", ()), week, problems))
    if errors(problems):
        return CalendarReading(None, tuple(problems))
    calendar = Calendar(document["key"], document["label"], week, zone, holidays, MappingProxyType(makeup))
    return CalendarReading(calendar, tuple(problems))


def _hours(texts: Sequence[str], at: str, problems: list[Problem]) -> tuple[Hours, ...]:
    found: list[Hours] = []
    for index, text in enumerate(texts):
        hours = _period(text)
        if hours is None:
            problems.append(Problem("calendar.hours", at + pointer(index), {"text": text}))
        elif found and hours.start < found[-1].end:
            problems.append(Problem("calendar.hours-overlap", at + pointer(index), {"text": text}))
        else:
            found.append(hours)
    return tuple(found)


def _period(text: str) -> Hours | None:
    parts = _HOURS.fullmatch(text)
    if parts is None or int(parts[2]) > 59 or int(parts[4]) > 59:
        return None
    start, end = int(parts[1]) * 60 + int(parts[2]), int(parts[3]) * 60 + int(parts[4])
    return Hours(start, end) if start < end <= _DAY_MINUTES else None


def _holidays(entries: Sequence[Mapping[str, str]], problems: list[Problem]) -> frozenset[date]:
    found: set[date] = set()
    for index, entry in enumerate(entries):
        first = _date(entry["from"], pointer("holidays", index, "from"), problems)
        last = _date(entry["to"], pointer("holidays", index, "to"), problems) if "to" in entry else first
        if first is None or last is None:
            continue
        count = (last - first).days + 1
        if not 0 < count <= _MAX_DAYS:
            params = {"from": entry["from"], "to": entry["to"], "limit": _MAX_DAYS}
            problems.append(Problem("calendar.holiday-range", pointer("holidays", index), params))
            continue
        found |= {first + timedelta(days=number) for number in range(count)}
    return frozenset(found)


def _makeup(
    entries: Sequence[Mapping[str, Any]], week: tuple[tuple[Hours, ...], ...], problems: list[Problem]
) -> Iterator[tuple[date, tuple[Hours, ...]]]:
    for index, entry in enumerate(entries):
        at = pointer("makeup", index)
        day = _date(entry["on"], at + "/on", problems)
        own = _hours(entry.get("hours", ()), at + "/hours", problems)
        hours = own or (week[WEEKDAYS.index(entry["as"])] if "as" in entry else ())
        if not hours:
            problems.append(Problem("calendar.makeup-hours", at, {"day": entry["on"]}))
        elif day is not None:
            yield day, hours


def _date(text: str, at: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(Problem("calendar.date", at, {"text": text}))
        return None
