"""Between stored Python values and temporal FEEL values."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.values.temporal import NANOS, Date, DateTime, Time, zone_offset

Temporal = Date | DateTime | Time


def from_python(value: date | datetime | time, zone: ZoneInfo) -> Temporal:
    """A stored value as FEEL sees it: an instant becomes a date and time in `zone`, the rest stays local.

    A naive `datetime` is taken as the wall clock of `zone`.
    """
    if isinstance(value, datetime):
        local = value.astimezone(zone) if value.tzinfo else value
        return DateTime(Date(local.year, local.month, local.day), _time(local.time(), zone.key))
    if isinstance(value, date):
        return Date(value.year, value.month, value.day)
    return _time(value, None)


def _time(value: time, zone: str | None) -> Time:
    return Time(value.hour, value.minute, value.second, value.microsecond * 1000, None, zone)


def to_python(value: Temporal, zone: ZoneInfo) -> date | datetime | time:
    """The stored form: `date`, aware `datetime` in UTC, or naive `time`. Fractions below 1 µs are cut off.

    A local date and time is read as the wall clock of `zone`. Raises ValueError outside years 1..9999.
    """
    if isinstance(value, Date):
        return date(value.year, value.month, value.day)
    if isinstance(value, Time):
        return time(value.hour, value.minute, value.second, value.nanosecond // 1000)
    offset = value.offset
    if offset is None:
        offset = zone_offset(zone.key, value.local_nanos // NANOS)
    try:
        micros = (value.local_nanos // 1000) - offset * 1_000_000
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    except OverflowError:
        raise ValueError("outside years 1 to 9999") from None
