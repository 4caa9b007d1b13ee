"""Dates, times and durations of FEEL: years of nine digits, offsets or named zones, nanoseconds.

The proleptic Gregorian calendar has a year 0. Constructors raise ValueError for what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MAX_YEAR: Final = 999_999_999
NANOS: Final = 1_000_000_000
DAY_SECONDS: Final = 86_400
DAY_NANOS: Final = DAY_SECONDS * NANOS
MAX_OFFSET: Final = 18 * 3600
MAX_MONTHS: Final = 12 * (2 * MAX_YEAR + 1)
MAX_DURATION_NANOS: Final = MAX_MONTHS * 31 * DAY_NANOS
_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A day of the calendar, without a zone."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not (-MAX_YEAR <= self.year <= MAX_YEAR and 1 <= self.month <= 12):
            raise ValueError("no such date")
        if not 1 <= self.day <= (28 if self.day <= 28 else month_length(self.year, self.month)):
            raise ValueError("no such date")

    @property
    def ordinal(self) -> int:
        """Days since 1970-01-01 (Howard Hinnant's `days_from_civil`, which holds for any year)."""
        year = self.year - (self.month <= 2)
        era, year_of_era = divmod(year, 400)
        day_of_year = (153 * (self.month + (-3 if self.month > 2 else 9)) + 2) // 5 + self.day - 1
        return (
            era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468
        )

    @classmethod
    def from_ordinal(cls, days: int) -> Date:
        era, day_of_era = divmod(days + 719_468, 146_097)
        year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
        day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
        shifted = (5 * day_of_year + 2) // 153
        month = shifted + (3 if shifted < 10 else -9)
        day = day_of_year - (153 * shifted + 2) // 5 + 1
        return cls(year_of_era + era * 400 + (month <= 2), month, day)

    @property
    def weekday(self) -> int:
        """1 is Monday, 7 is Sunday (ISO 8601)."""
        return (self.ordinal + 3) % 7 + 1

    def plus_days(self, days: int) -> Date:
        return Date.from_ordinal(self.ordinal + days)

    def plus_months(self, months: int) -> Date:
        """The same day `months` later, or the last of that month where the day does not exist."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if not -MAX_YEAR <= year <= MAX_YEAR:
            raise ValueError("no such date")
        return Date(year, month + 1, min(self.day, month_length(year, month + 1)))


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day: local, or with an offset from UTC in seconds, or in a named zone."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    offset: int | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.hour < 24 and 0 <= self.minute < 60 and 0 <= self.second < 60):
            raise ValueError("no such time")
        if self.offset is not None and abs(self.offset) > MAX_OFFSET:
            raise ValueError("no such offset")

    @property
    def is_local(self) -> bool:
        return self.offset is None and self.zone is None

    @property
    def nanos(self) -> int:
        """Nanoseconds since midnight of the wall clock."""
        return ((self.hour * 60 + self.minute) * 60 + self.second) * NANOS + self.nanosecond

    @classmethod
    def from_nanos(cls, nanos: int, offset: int | None = None, zone: str | None = None) -> Time:
        seconds, nanosecond = divmod(nanos % DAY_NANOS, NANOS)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        return cls(hour, minute, second, nanosecond, offset, zone)

    @property
    def utc_nanos(self) -> int:
        """Nanoseconds since midnight UTC; a named zone counts with its offset of 1970-01-01."""
        shift = self.offset if self.zone is None else zone_offset(self.zone, 0)
        return self.nanos - (shift or 0) * NANOS


@dataclass(frozen=True, slots=True)
class DateTime:
    """A date and a time of day; the time carries the offset or the zone."""

    date: Date
    time: Time

    @property
    def is_local(self) -> bool:
        return self.time.is_local

    @property
    def local_nanos(self) -> int:
        return self.date.ordinal * DAY_NANOS + self.time.nanos

    @property
    def offset(self) -> int | None:
        """Seconds ahead of UTC; None for a local date and time."""
        if self.time.zone is None:
            return self.time.offset
        return zone_offset(self.time.zone, self.local_nanos // NANOS)

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z; a local date and time counts as UTC."""
        return self.local_nanos - (self.offset or 0) * NANOS

    @classmethod
    def from_local_nanos(cls, nanos: int, offset: int | None = None, zone: str | None = None) -> DateTime:
        days, rest = divmod(nanos, DAY_NANOS)
        return cls(Date.from_ordinal(days), Time.from_nanos(rest, offset, zone))

    @classmethod
    def from_instant(cls, nanos: int, zone: str) -> DateTime:
        """The wall clock of `zone` at that instant."""
        return cls.from_local_nanos(nanos + instant_offset(zone, nanos // NANOS) * NANOS, zone=zone)


@dataclass(frozen=True, slots=True, order=True)
class YearMonthDuration:
    """A number of whole months, never comparable with days."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) > MAX_MONTHS:
            raise ValueError("duration out of range")


@dataclass(frozen=True, slots=True, order=True)
class DayTimeDuration:
    """An exact length of time; a day is 24 hours."""

    nanos: int

    def __post_init__(self) -> None:
        if abs(self.nanos) > MAX_DURATION_NANOS:
            raise ValueError("duration out of range")

    @classmethod
    def of(cls, days: int = 0, seconds: int = 0) -> DayTimeDuration:
        return cls((days * DAY_SECONDS + seconds) * NANOS)


@lru_cache(maxsize=1024)
def find_zone(name: str) -> ZoneInfo | None:
    """The IANA zone of that name, or None; names that are no plain keys never reach the file system."""
    if not name or name.startswith(("/", ".")) or ".." in name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_offset(name: str, local_seconds: int) -> int:
    """Seconds ahead of UTC in zone `name` when its wall clock shows `local_seconds` since 1970."""
    return _offset_of(_python_time(local_seconds).replace(tzinfo=find_zone(name)))


def instant_offset(name: str, epoch_seconds: int) -> int:
    """Seconds ahead of UTC in zone `name` at an instant."""
    moment = _python_time(epoch_seconds).replace(tzinfo=UTC)
    return _offset_of(moment.astimezone(find_zone(name) or UTC))


_CYCLE: Final = 146_097 * DAY_SECONDS
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001  only a carrier for seconds
_FIRST: Final = Date(1, 1, 3).ordinal * DAY_SECONDS
_LAST: Final = Date(9999, 12, 29).ordinal * DAY_SECONDS


def _python_time(seconds: int) -> datetime:
    """A moment of Python's calendar at which every zone is as far from UTC as it is then.

    Before year 1 a zone keeps its first offset; after 9999 its last rule repeats with the calendar, every
    400 years. Two days at each end are left for the way from UTC to the wall clock.
    """
    if seconds > _LAST:
        seconds = _LAST - (_LAST - seconds) % _CYCLE
    return _EPOCH + timedelta(seconds=max(seconds, _FIRST))


def _offset_of(moment: datetime) -> int:
    offset = moment.utcoffset()
    return 0 if offset is None else int(offset.total_seconds())
