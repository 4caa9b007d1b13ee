"""Values of expressions as people read them in a text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.values import (
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    number_text,
    temporal_text,
    to_python,
)

CHINESE: Final = "zh-CN"
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def plain_text(value: object, language: str, zone: ZoneInfo) -> str:
    """The value without a filter; "" for null and for what has no text."""
    if isinstance(value, Mapping):
        return plain_text(value.get("title"), language, zone)
    if isinstance(value, list):
        between = "、" if language == CHINESE else ", "
        return between.join(plain_text(one, language, zone) for one in value)
    if isinstance(value, DateTime):
        return _moment(value, zone)
    return _bare(value, language)


def _bare(value: object, language: str) -> str:
    match value:
        case bool():
            said = ("是" if value else "否") if language == CHINESE else ("yes" if value else "no")
        case str():
            said = value
        case int() | Decimal():
            said = number_text(value)
        case Date() | Time() | YearMonthDuration() | DayTimeDuration():
            said = temporal_text(value)
        case _:
            said = ""
    return said


def _moment(value: DateTime, zone: ZoneInfo) -> str:
    """On the reader's clock; a local time without a place stays as it is."""
    local = _local(value, zone)
    return temporal_text(value) if local is None else f"{local:%Y-%m-%d %H:%M}"


def day_of(value: object, zone: ZoneInfo) -> Date | None:
    """The day of a date, or of a moment as the reader's clock shows it."""
    if not isinstance(value, DateTime):
        return value if isinstance(value, Date) else None
    local = _local(value, zone)
    return value.date if local is None else Date(local.year, local.month, local.day)


def _local(value: DateTime, zone: ZoneInfo) -> datetime | None:
    """None outside the years of Python."""
    try:
        moment = to_python(value, zone)
    except ValueError:
        return None
    return moment.astimezone(zone) if isinstance(moment, datetime) else None


def days_text(day: Date, language: str, *, long: bool) -> str:
    if not long:
        return temporal_text(day)
    if language == CHINESE:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
