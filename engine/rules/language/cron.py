"""Cron expressions of five fields: minute, hour, day of month, month, day of week.

`*`, numbers, ranges, lists, steps and English names. As in Vixie cron a day fits if either day field fits,
when both are given; 0 and 7 are Sunday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()


_FIELDS: Final = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of week", 0, 7, _DAYS),
)


@dataclass(frozen=True, slots=True)
class CronFields:
    """every_hour   the hours were given as `*`"""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    every_hour: bool
    any_day: bool
    any_weekday: bool

    def fits(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return by_day and by_weekday if self.any_day or self.any_weekday else by_day or by_weekday


def read_cron(text: str) -> tuple[CronFields | None, str]:
    """The fields, or the name of the field that is wrong ("" = there are not five)."""
    parts = text.lower().split()
    if len(parts) != len(_FIELDS):
        return None, ""
    values: list[frozenset[int]] = []
    for part, one in zip(parts, _FIELDS, strict=True):
        found = _values(part, one)
        if not found:
            return None, one.name
        values.append(found)
    minutes, hours, days, months, weekdays = values
    fields = CronFields(
        minutes=tuple(sorted(minutes)),
        hours=tuple(sorted(hours)),
        days=days,
        months=months,
        weekdays=frozenset(day % 7 for day in weekdays),
        every_hour=parts[1].startswith("*"),
        any_day=parts[2].startswith("*"),
        any_weekday=parts[4].startswith("*"),
    )
    return fields, ""


def _values(part: str, one: _Field) -> frozenset[int]:
    """The values of one field; none if it is wrong."""
    found: set[int] = set()
    for item in part.split(","):
        span, slash, step = item.partition("/")
        width = _number(step, 1, one.high, ()) if slash else 1
        first, dash, last = span.partition("-")
        low = one.low if span == "*" else _number(first, one.low, one.high, one.names)
        high = _end(span, dash, last, slash, one, low)
        if width is None or low is None or high is None or low > high:
            return frozenset()
        found |= set(range(low, high + 1, width))
    return frozenset(found)


def _end(span: str, dash: str, last: str, slash: str, one: _Field, low: int | None) -> int | None:
    if span == "*":
        return min(one.high, 6) if one.names == _DAYS else one.high
    if dash:
        return _number(last, one.low, one.high, one.names)
    return one.high if slash else low


def _number(text: str, low: int, high: int, names: tuple[str, ...]) -> int | None:
    if text in names:
        return names.index(text) + (1 if names == _MONTHS else 0)
    if not text.isascii() or not text.isdigit() or len(text) > 2:
        return None
    return int(text) if low <= int(text) <= high else None
