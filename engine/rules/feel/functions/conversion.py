"""Conversion functions (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from engine.rules.feel.functions.signature import BuiltIn, Overload, p
from engine.rules.feel.kinds import shown, text_of
from engine.rules.feel.machine import Fault, Machine
from engine.rules.feel.types import (
    ANY,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    NUMBER,
    STRING,
    TIME,
    YEARS_DURATION,
)
from engine.values import (
    Date,
    DateTime,
    DayTimeDuration,
    Number,
    Time,
    YearMonthDuration,
    date_from_text,
    date_time_from_text,
    duration_from_text,
    number_from_text,
    time_from_text,
)
from engine.values.temporal import NANOS, find_zone


def _unreadable(text: str, kind: str) -> Fault:
    return Fault("feel.value.text", value=shown(text), kind=kind)


def _whole(value: Number, parameter: str) -> int:
    if value != int(value):
        raise Fault("feel.function.value", parameter=parameter, value=shown(value))
    return int(value)


@lru_cache(maxsize=1024)
def date_of_text(text: str) -> Date:
    day = date_from_text(text)
    if day is None:
        raise _unreadable(text, "date")
    return day


def date_of_parts(year: Number, month: Number, day: Number) -> Date:
    return Date(_whole(year, "year"), _whole(month, "month"), _whole(day, "day"))


def date_of(value: Date | DateTime) -> Date:
    return value if isinstance(value, Date) else value.date


def time_of_text(text: str) -> Time:
    time = time_from_text(text)
    if time is None:
        raise _unreadable(text, "time")
    return time


def time_of(value: Date | DateTime | Time) -> Time:
    """A date is midnight UTC."""
    if isinstance(value, Time):
        return value
    return Time(0, 0, 0, 0, 0) if isinstance(value, Date) else value.time


def time_of_parts(
    hour: Number, minute: Number, second: Number, offset: DayTimeDuration | None = None
) -> Time:
    """`second` may have a fraction; `offset` in whole seconds, within 18 hours."""
    seconds = int(second)
    nanos = int((Decimal(second) - seconds) * NANOS)
    ahead = None if offset is None else offset.nanos // NANOS
    return Time(_whole(hour, "hour"), _whole(minute, "minute"), seconds, nanos, ahead)


def moment_of_text(text: str) -> DateTime:
    moment = date_time_from_text(text)
    if moment is None:
        raise _unreadable(text, "date and time")
    return moment


def moment_of(value: Date | DateTime) -> DateTime:
    return value if isinstance(value, DateTime) else DateTime(value, Time(0, 0, 0, 0, 0))


def moment_of_day_and_time(day: Date | DateTime, time: Time) -> DateTime:
    return DateTime(date_of(day), time)


def moment_in_zone(value: DateTime, zone: str) -> DateTime:
    """The same wall clock, in an IANA zone."""
    if find_zone(zone) is None:
        raise Fault("feel.function.value", parameter="timezone", value=shown(zone))
    time = value.time
    return DateTime(value.date, Time(time.hour, time.minute, time.second, time.nanosecond, None, zone))


def duration_of_text(text: str) -> DayTimeDuration | YearMonthDuration:
    duration = duration_from_text(text)
    if duration is None:
        raise _unreadable(text, "duration")
    return duration


def months_between(start: Date | DateTime, end: Date | DateTime) -> YearMonthDuration:
    """Whole months from `start` to `end`, negative when `end` lies before."""
    first, last = _as_moment(start), _as_moment(end)
    if last < first:
        return YearMonthDuration(-_months(last, first))
    return YearMonthDuration(_months(first, last))


def _as_moment(value: Date | DateTime) -> tuple[Date, int]:
    return (value, 0) if isinstance(value, Date) else (value.date, value.time.nanos)


def _months(first: tuple[Date, int], last: tuple[Date, int]) -> int:
    (start, start_nanos), (end, end_nanos) = first, last
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - ((end.day, end_nanos) < (start.day, start_nanos))


def number_of(text: str, grouping: str | None = None, point: str | None = None) -> Number:
    """`number("1 234,5", " ", ",")`; the separators are one of blank, comma, full stop and differ."""
    if (
        grouping not in (None, " ", ",", ".")
        or point not in (None, ".", ",")
        or (grouping and grouping == point)
    ):
        raise Fault("feel.function.value", parameter="grouping separator", value=shown(grouping))
    plain = text.replace(grouping, "") if grouping else text
    if point and point != ".":
        plain = plain.replace(".", "?").replace(point, ".")
    value = number_from_text(plain)
    if value is None:
        raise _unreadable(text, "number")
    return value


def text(machine: Machine, value: object) -> str | None:
    if value is None:
        return None
    result = text_of(value)
    machine.check_text(len(result))
    return result


_MOMENT_PARTS = tuple(p(name, NUMBER) for name in ("year", "month", "day", "hour", "minute", "second"))


def moment_of_parts(*parts: Number) -> DateTime:
    """Year, month, day, hour, minute, second."""
    hour, minute, second = parts[3:]
    return DateTime(date_of_parts(*parts[:3]), time_of_parts(hour, minute, second))


CONVERSION_FUNCTIONS: Final = (
    BuiltIn(
        "date",
        (
            Overload((p("from", STRING),), DATE, date_of_text),
            Overload((p("from", DATE, DATE_TIME),), DATE, date_of),
            Overload((p("year", NUMBER), p("month", NUMBER), p("day", NUMBER)), DATE, date_of_parts),
        ),
    ),
    BuiltIn(
        "time",
        (
            Overload((p("from", STRING),), TIME, time_of_text),
            Overload((p("from", TIME, DATE_TIME, DATE),), TIME, time_of),
            Overload(
                (
                    p("hour", NUMBER),
                    p("minute", NUMBER),
                    p("second", NUMBER),
                    p("offset", DAYS_DURATION, optional=True, nullable=True),
                ),
                TIME,
                time_of_parts,
            ),
        ),
    ),
    BuiltIn(
        "date and time",
        (
            Overload((p("from", STRING),), DATE_TIME, moment_of_text),
            Overload((p("from", DATE_TIME, DATE),), DATE_TIME, moment_of),
            Overload((p("date", DATE, DATE_TIME), p("time", TIME)), DATE_TIME, moment_of_day_and_time),
            Overload((p("date", DATE_TIME), p("timezone", STRING)), DATE_TIME, moment_in_zone),
            Overload(_MOMENT_PARTS, DATE_TIME, moment_of_parts),
        ),
    ),
    BuiltIn(
        "duration",
        (
            Overload((p("from", STRING),), ANY, duration_of_text),
            Overload((p("from", DAYS_DURATION, YEARS_DURATION),), ANY, lambda value: value),
        ),
    ),
    BuiltIn(
        "years and months duration",
        (Overload((p("from", DATE, DATE_TIME), p("to", DATE, DATE_TIME)), YEARS_DURATION, months_between),),
    ),
    BuiltIn(
        "number",
        (
            Overload(
                (
                    p("from", STRING),
                    p("grouping separator", STRING, optional=True, nullable=True),
                    p("decimal separator", STRING, optional=True, nullable=True),
                ),
                NUMBER,
                number_of,
            ),
            Overload((p("from", NUMBER),), NUMBER, lambda value: value),
        ),
    ),
    BuiltIn("string", (Overload((p("from"),), STRING, text, with_machine=True),)),
)
