"""Temporal values as text and back: the XML Schema lexical forms, plus `@Zone/Name` (DMN 1.5, 10.3.2.3)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from engine.values.temporal import (
    DAY_SECONDS,
    NANOS,
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    find_zone,
)

MAX_TEMPORAL_TEXT: Final = 100
_DATE: Final = re.compile(r"(-?)([1-9][0-9]{4,8}|[0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_TIME: Final = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,20}))?(Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[\w/+-]+)?",
    re.ASCII,
)
_YEARS_MONTHS: Final = re.compile(r"(-?)P(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?", re.ASCII)
_DAYS_TIME: Final = re.compile(
    r"(-?)P(?:([0-9]{1,20})D)?"
    r"(T(?:([0-9]{1,20})H)?(?:([0-9]{1,20})M)?(?:([0-9]{1,20})(?:\.([0-9]{1,20}))?S)?)?",
    re.ASCII,
)


def date_from_text(text: str) -> Date | None:
    found = _DATE.fullmatch(text) if len(text) <= MAX_TEMPORAL_TEXT else None
    if not found:
        return None
    sign, year, month, day = found.groups()
    try:
        return Date(-int(year) if sign else int(year), int(month), int(day))
    except ValueError:
        return None


def time_from_text(text: str) -> Time | None:
    found = _TIME.fullmatch(text) if len(text) <= MAX_TEMPORAL_TEXT else None
    if not found:
        return None
    hour, minute, second, fraction, place = found.groups()
    offset, zone = _place(place or "")
    if place and offset is None and zone is None:
        return None
    nanos = int((fraction or "0")[:9].ljust(9, "0"))
    try:
        return Time(int(hour), int(minute), int(second), nanos, offset, zone)
    except ValueError:
        return None


def _place(text: str) -> tuple[int | None, str | None]:
    if text.startswith("@"):
        return None, text[1:] if find_zone(text[1:]) else None
    if text in ("Z", "z"):
        return 0, None
    if not text:
        return None, None
    hours, minutes, seconds = ([int(part) for part in text[1:].split(":")] + [0])[:3]
    if minutes > 59 or seconds > 59:
        return None, None
    total = hours * 3600 + minutes * 60 + seconds
    return -total if text[0] == "-" else total, None


def date_time_from_text(text: str) -> DateTime | None:
    """`2026-01-31T08:00:00+08:00`; a date alone is midnight, local; 24:00:00 is the next day's midnight."""
    day_text, separator, time_text = text.partition("T")
    day = date_from_text(day_text)
    if day is not None and time_text.startswith("24:00:00"):
        day, time_text = _next_day(day), "00:00:00" + time_text[8:]
    time = time_from_text(time_text) if separator else Time(0, 0, 0)
    return None if day is None or time is None else DateTime(day, time)


def _next_day(day: Date) -> Date | None:
    try:
        return day.plus_days(1)
    except ValueError:
        return None


def duration_from_text(text: str) -> YearMonthDuration | DayTimeDuration | None:
    if len(text) > MAX_TEMPORAL_TEXT:
        return None
    try:
        return _years_months(text) or _days_time(text)
    except ValueError:
        return None


def _years_months(text: str) -> YearMonthDuration | None:
    found = _YEARS_MONTHS.fullmatch(text)
    if not found or not (found[2] or found[3]):
        return None
    months = int(found[2] or 0) * 12 + int(found[3] or 0)
    return YearMonthDuration(-months if found[1] else months)


def _days_time(text: str) -> DayTimeDuration | None:
    found = _DAYS_TIME.fullmatch(text)
    if not found or found[3] == "T" or not (found[2] or found[3]):
        return None
    sign, days, _, hours, minutes, seconds, fraction = found.groups()
    total = int(days or 0) * DAY_SECONDS + int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    nanos = total * NANOS + int((fraction or "0")[:9].ljust(9, "0"))
    return DayTimeDuration(-nanos if sign else nanos)


def temporal_text(value: Date | Time | DateTime | YearMonthDuration | DayTimeDuration) -> str:
    """What `string(value)` gives."""
    if isinstance(value, Date):
        return _date_text(value)
    if isinstance(value, Time):
        return _time_text(value)
    if isinstance(value, DateTime):
        return f"{_date_text(value.date)}T{_time_text(value.time)}"
    if isinstance(value, YearMonthDuration):
        return _months_text(value.months)
    return _nanos_text(value.nanos)


def _date_text(value: Date) -> str:
    sign = "-" if value.year < 0 else ""
    return f"{sign}{abs(value.year):04d}-{value.month:02d}-{value.day:02d}"


def _time_text(value: Time) -> str:
    fraction = f".{value.nanosecond:09d}".rstrip("0") if value.nanosecond else ""
    clock = f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}"
    if value.zone is not None:
        return f"{clock}@{value.zone}"
    return clock + ("" if value.offset is None else _offset_text(value.offset))


def _offset_text(offset: int) -> str:
    if offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(offset), 60)
    text = f"{'-' if offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


def _months_text(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    parts = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-" if months < 0 else "") + "P" + (parts or "0M")


def _nanos_text(nanos: int) -> str:
    seconds, fraction = divmod(abs(nanos), NANOS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    exact = Decimal(seconds) + Decimal(fraction).scaleb(-9)
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n)
    clock += f"{exact.normalize():f}S" if exact else ""
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if nanos < 0 else "") + "P" + (text or "T0S")
