"""Counting in working days and working hours.

Moments are aware and come back in UTC; days are those of the calendar's zone. A wall-clock time that does
not exist (the clocks go forward) counts as the moment at which the old offset would have reached it; of a
time that comes twice the first one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from engine.calendars.model import Calendar

_DAY: Final = timedelta(days=1)
_ZERO: Final = timedelta(0)
_FIRST: Final = date(1, 1, 3)
_LAST: Final = date(9999, 12, 29)


def zone_of(calendar: Calendar, workspace: ZoneInfo) -> ZoneInfo:
    """The zone whose days and hours the calendar means."""
    return ZoneInfo(calendar.zone) if calendar.zone is not None else workspace


def at_wall(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The moment when the clock of `zone` shows so many minutes after midnight of the day."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001  # a wall clock
    return wall.replace(tzinfo=zone).astimezone(UTC)


def is_working_day(calendar: Calendar, day: date) -> bool:
    return bool(calendar.hours_on(day))


def add_working_days(calendar: Calendar, day: date, count: int) -> date:
    """The day so many working days later, or earlier if negative; 0 is the day itself.

    Every step goes to the next working day, so one working day after a Saturday is Monday.
    Raises OverflowError outside the years 1 to 9999.
    """
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(calendar, _inside(day)):
            day += step
    return day


def is_working_time(calendar: Calendar, moment: datetime, workspace: ZoneInfo) -> bool:
    """Whether somebody works at that moment."""
    day = moment.astimezone(zone_of(calendar, workspace)).date()
    return any(start <= moment < end for start, end in _periods(calendar, day, workspace))


def next_working_moment(calendar: Calendar, moment: datetime, workspace: ZoneInfo) -> datetime:
    """The moment itself if it is working time, else the next start of work."""
    for start, end in _forward(calendar, moment, workspace):
        if moment < end:
            return max(start, moment.astimezone(UTC))
    raise OverflowError("no working time before the year 9999")


def add_working_time(
    calendar: Calendar, moment: datetime, amount: timedelta, workspace: ZoneInfo
) -> datetime:
    """The moment after so much working time, or before if negative.

    Eight hours from 17:00 with an end of work at 18:00 end at 16:00 of the next working day, if work begins
    at 09:00 there. What is left at the end of a period goes on at the start of the next one; an amount used
    up at the very end of a period ends there. Raises OverflowError outside the years 1 to 9999.
    """
    if amount < _ZERO:
        return _subtract(calendar, moment, -amount, workspace)
    left, here = amount, moment.astimezone(UTC)
    for start, end in _forward(calendar, moment, workspace):
        begin = max(start, here)
        if begin >= end:
            continue
        if left <= end - begin:
            return begin + left
        left -= end - begin
    raise OverflowError("no working time before the year 9999")


def _subtract(calendar: Calendar, moment: datetime, amount: timedelta, workspace: ZoneInfo) -> datetime:
    left, here = amount, moment.astimezone(UTC)
    day = moment.astimezone(zone_of(calendar, workspace)).date()
    while True:
        for start, end in reversed(list(_periods(calendar, _inside(day), workspace))):
            stop = min(end, here)
            if stop <= start:
                continue
            if left <= stop - start:
                return stop - left
            left -= stop - start
        day -= _DAY


def _forward(
    calendar: Calendar, moment: datetime, workspace: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """The periods of work from the day of the moment on."""
    day = moment.astimezone(zone_of(calendar, workspace)).date()
    while True:
        yield from _periods(calendar, _inside(day), workspace)
        day += _DAY


def _periods(calendar: Calendar, day: date, workspace: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    zone = zone_of(calendar, workspace)
    for hours in calendar.hours_on(day):
        yield at_wall(day, hours.start, zone), at_wall(day, hours.end, zone)


def _inside(day: date) -> date:
    if not _FIRST <= day <= _LAST:
        raise OverflowError("outside the years 1 to 9999")
    return day
