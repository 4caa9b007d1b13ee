"""What `value.name` gives for dates, times, durations and ranges (DMN 1.5, table 65)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from engine.rules.feel.types import ANY, BOOLEAN, DAYS_DURATION, NUMBER, STRING, FeelType
from engine.values import Date, DateTime, DayTimeDuration, Time, YearMonthDuration
from engine.values.temporal import DAY_NANOS, NANOS


def _clock(value: Time | DateTime) -> Time:
    return value.time if isinstance(value, DateTime) else value


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


def _offset(value: Time | DateTime) -> DayTimeDuration | None:
    """None for a local time; a time of day in a named zone has no offset of its own."""
    seconds = value.offset
    return None if seconds is None else DayTimeDuration.of(seconds=seconds)


def _months(part: Callable[[int], int]) -> Callable[[YearMonthDuration], int]:
    return lambda value: part(abs(value.months)) * (-1 if value.months < 0 else 1)


def _nanos(part: Callable[[int], int]) -> Callable[[DayTimeDuration], int]:
    return lambda value: part(abs(value.nanos)) * (-1 if value.nanos < 0 else 1)


Getter = Callable[[Any], object]
_DATE: Final[dict[str, tuple[FeelType, Getter]]] = {
    "year": (NUMBER, lambda value: _day(value).year),
    "month": (NUMBER, lambda value: _day(value).month),
    "day": (NUMBER, lambda value: _day(value).day),
    "weekday": (NUMBER, lambda value: _day(value).weekday),
}
_TIME: Final[dict[str, tuple[FeelType, Getter]]] = {
    "hour": (NUMBER, lambda value: _clock(value).hour),
    "minute": (NUMBER, lambda value: _clock(value).minute),
    "second": (NUMBER, lambda value: _clock(value).second),
    "time offset": (DAYS_DURATION, _offset),
    "timezone": (STRING, lambda value: _clock(value).zone),
}
_DAYS: Final[dict[str, tuple[FeelType, Getter]]] = {
    "days": (NUMBER, _nanos(lambda nanos: nanos // DAY_NANOS)),
    "hours": (NUMBER, _nanos(lambda nanos: nanos // (3600 * NANOS) % 24)),
    "minutes": (NUMBER, _nanos(lambda nanos: nanos // (60 * NANOS) % 60)),
    "seconds": (NUMBER, _nanos(lambda nanos: nanos // NANOS % 60)),
}
_MONTHS: Final[dict[str, tuple[FeelType, Getter]]] = {
    "years": (NUMBER, _months(lambda months: months // 12)),
    "months": (NUMBER, _months(lambda months: months % 12)),
}
_RANGE: Final[dict[str, tuple[FeelType, Getter]]] = {
    "start": (ANY, lambda value: value.low),
    "end": (ANY, lambda value: value.high),
    "start included": (BOOLEAN, lambda value: value.low_included),
    "end included": (BOOLEAN, lambda value: value.high_included),
}
PROPERTIES: Final[Mapping[str, Mapping[str, tuple[FeelType, Getter]]]] = MappingProxyType(
    {
        "date": _DATE,
        "time": _TIME,
        "date and time": _DATE | _TIME,
        "days and time duration": _DAYS,
        "years and months duration": _MONTHS,
        "range": _RANGE,
    }
)
