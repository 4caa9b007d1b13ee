"""When a schedule is due next, and when a relative date is: pure arithmetic on an injected clock.

A time that the clocks skip is reached a little later that day, a time that comes twice counts once. A cron
expression with `*` for its hours runs by the real time: never in a skipped hour, twice in a double one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from engine.calendars import Calendar, add_working_days, add_working_time, is_working_day
from engine.calendars.arithmetic import at_wall, zone_of
from engine.rules.language.cron import CronFields, read_cron
from engine.rules.language.model import (
    Cron,
    EveryDay,
    EveryMinutes,
    EveryMonth,
    EveryWeekday,
    EveryWorkingDay,
    RelativeDate,
    Schedule,
    Unit,
)

HORIZON_DAYS: Final = 366 * 8
"""A 29 February on a given day of the month lies within eight years."""
_MINUTE: Final = timedelta(minutes=1)


def next_occurrence(
    schedule: Schedule, after: datetime, zone: ZoneInfo, calendar: Calendar | None = None
) -> datetime | None:
    """The first moment after `after` (aware) at which the schedule is due, in UTC; None if there is none.

    zone      the workspace's; the schedule's own zone wins
    calendar  for `every working day`
    """
    if isinstance(schedule, EveryMinutes):
        return _next_minutes(schedule.minutes, after)
    own = ZoneInfo(schedule.zone) if schedule.zone is not None else zone
    start = after.astimezone(own).date() - timedelta(days=1)
    for moment in _moments(schedule, start, own, calendar):
        if moment > after:
            return moment
    return None


def _next_minutes(minutes: int, after: datetime) -> datetime:
    midnight = after.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    passed = (after - midnight) // (_MINUTE * minutes)
    return midnight + _MINUTE * minutes * (passed + 1)


def _moments(
    schedule: Schedule, start: date, zone: ZoneInfo, calendar: Calendar | None
) -> Iterator[datetime]:
    if isinstance(schedule, Cron):
        fields, _ = read_cron(schedule.text.text)
        if fields is not None:
            yield from _cron_moments(fields, start, zone)
        return
    fits, at = _days(schedule, calendar)
    for day in _from(start):
        if fits(day):
            yield at_wall(day, at.hour * 60 + at.minute, zone)


def _from(start: date) -> Iterator[date]:
    return (start + timedelta(days=number) for number in range(HORIZON_DAYS))


def _days(schedule: Schedule, calendar: Calendar | None) -> tuple[Callable[[date], bool], time]:
    match schedule:
        case EveryDay(at):
            return lambda _: True, at
        case EveryWorkingDay(at):
            if calendar is None:
                raise ValueError("a schedule of working days needs a calendar")
            return lambda day: is_working_day(calendar, day), at
        case EveryWeekday(days, at):
            return lambda day: day.isoweekday() in days, at
        case EveryMonth(number, at):
            return lambda day: day.day == _day_of_month(number, day), at
    raise TypeError(type(schedule).__name__)


def _day_of_month(number: int, day: date) -> int:
    last = monthrange(day.year, day.month)[1]
    return min(number, last) if number else last


def _cron_moments(fields: CronFields, start: date, zone: ZoneInfo) -> Iterator[datetime]:
    for day in _from(start):
        if fields.fits(day):
            found = {
                moment
                for hour in fields.hours
                for minute in fields.minutes
                for moment in _at(day, time(hour, minute), zone, by_real_time=fields.every_hour)
            }
            yield from sorted(found)


def _at(day: date, clock: time, zone: ZoneInfo, *, by_real_time: bool) -> Iterator[datetime]:
    first = datetime.combine(day, clock, tzinfo=zone)
    moments = [first.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    exists = moments[0].astimezone(zone).replace(tzinfo=None) == first.replace(tzinfo=None)
    if not by_real_time:
        yield moments[0]
    elif exists:
        yield from moments


def due_at(
    trigger: RelativeDate, value: date | datetime, zone: ZoneInfo, calendar: Calendar | None = None
) -> datetime | None:
    """When a relative date is due for a record whose field holds `value`, in UTC; None outside the years.

    value     stored: a `date`, or an aware `datetime`
    zone      the workspace's; the days of a calendar are those of its own zone
    calendar  for working days and hours
    """
    try:
        return _due(trigger, value, zone, calendar)
    except OverflowError:
        return None


def _due(
    trigger: RelativeDate, value: date | datetime, zone: ZoneInfo, calendar: Calendar | None
) -> datetime:
    amount = -trigger.amount if trigger.before else trigger.amount
    working = trigger.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
    if working and calendar is None:
        raise ValueError("working days and hours need a calendar")
    own = zone_of(calendar, zone) if calendar is not None and working else zone
    moment = value if isinstance(value, datetime) else at_wall(value, 0, own)
    if trigger.unit is Unit.HOURS:
        return moment.astimezone(UTC) + timedelta(hours=amount)
    if trigger.unit is Unit.MINUTES:
        return moment.astimezone(UTC) + timedelta(minutes=amount)
    if trigger.unit is Unit.WORKING_HOURS and calendar is not None:
        return add_working_time(calendar, moment, timedelta(hours=amount), zone)
    local = moment.astimezone(own)
    at = trigger.at or local.time()
    if trigger.unit is Unit.WORKING_DAYS and calendar is not None:
        day = add_working_days(calendar, local.date(), amount)
    else:
        day = local.date() + timedelta(days=amount)
    return datetime.combine(day, at, tzinfo=own).astimezone(UTC)
