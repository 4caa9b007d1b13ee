"""Exact numbers and the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.values import (
    MAX_YEAR,
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    date_from_text,
    date_time_from_text,
    duration_from_text,
    from_python,
    number_from_text,
    number_text,
    round_half_even,
    temporal_text,
    tidy,
    time_from_text,
    to_python,
)
from engine.values.temporal import find_zone

SHANGHAI = ZoneInfo("Asia/Shanghai")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  the wall clock of some zone
MOMENTS = st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29))  # noqa: DTZ001
ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Africa/Casablanca"]
).map(ZoneInfo)
ORDINALS = st.integers(min_value=-365 * MAX_YEAR, max_value=365 * MAX_YEAR)


@given(ORDINALS)
def test_a_day_and_its_number_are_the_same(days: int) -> None:
    assert Date.from_ordinal(days).ordinal == days


@given(st.dates())
def test_the_calendar_agrees_with_pythons(day: date) -> None:
    ours = Date(day.year, day.month, day.day)

    assert ours.ordinal == (day - date(1970, 1, 1)).days
    assert ours.weekday == day.isoweekday()


@given(ORDINALS)
def test_a_date_is_read_back_from_its_text(days: int) -> None:
    day = Date.from_ordinal(days)

    assert date_from_text(temporal_text(day)) == day


@given(st.integers(min_value=-(10**24), max_value=10**24))
def test_a_duration_is_read_back_from_its_text(nanos: int) -> None:
    assert duration_from_text(temporal_text(DayTimeDuration(nanos))) == DayTimeDuration(nanos)


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_months_are_read_back_from_their_text(months: int) -> None:
    assert duration_from_text(temporal_text(YearMonthDuration(months))) == YearMonthDuration(months)


@given(MOMENTS, ZONES)
def test_an_instant_survives_the_wall_clock_of_a_zone(moment: datetime, zone: ZoneInfo) -> None:
    instant = moment.replace(tzinfo=UTC)
    local = instant.astimezone(zone)
    assume(local.fold == 0)

    value = from_python(instant, zone)

    assert isinstance(value, DateTime)
    assert to_python(value, zone) == instant
    assert value.instant // 1000 == (instant - EPOCH) // timedelta(microseconds=1)
    assert DateTime.from_instant(value.instant, zone.key) == value
    assert timedelta(seconds=value.offset or 0) == local.utcoffset()


@given(MOMENTS, ZONES)
def test_the_wall_clock_of_a_zone_is_as_far_from_utc_as_python_says(moment: datetime, zone: ZoneInfo) -> None:
    value = DateTime.from_local_nanos(
        (moment - NAIVE_EPOCH) // timedelta(microseconds=1) * 1000, zone=zone.key
    )

    assert timedelta(seconds=value.offset or 0) == moment.replace(tzinfo=zone).utcoffset()


@given(st.integers(min_value=-(10**8), max_value=10**8), ZONES)
def test_beyond_pythons_years_the_first_offset_and_the_last_rule_hold(days: int, zone: ZoneInfo) -> None:
    nanos = days * 86_400 * 10**9
    value = DateTime.from_instant(nanos, zone.key)

    if value.date.year < 1:
        assert timedelta(seconds=value.offset or 0) == datetime(1, 1, 3, tzinfo=zone).utcoffset()
    if value.date.year > 9999:
        cycles = (value.date.year - 9600) // 400
        earlier = DateTime.from_instant(nanos - cycles * 146_097 * 86_400 * 10**9, zone.key)
        assert value.offset == earlier.offset


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("1900-06-01T12:00:00@Asia/Shanghai", 29_143),
        ("1988-07-01T12:00:00@Asia/Shanghai", 32_400),
        ("2788-07-01T12:00:00@Asia/Shanghai", 28_800),
        ("11588-07-01T12:00:00@Asia/Shanghai", 28_800),
        ("0001-01-01T00:00:00@Asia/Shanghai", 29_143),
        ("-9999-01-01T00:00:00@Asia/Shanghai", 29_143),
        ("9999-12-31T23:59:59@America/New_York", -18_000),
    ],
)
def test_an_offset_is_that_of_its_own_year(text: str, offset: int) -> None:
    value = date_time_from_text(text)

    assert value is not None
    assert value.offset == offset


def test_a_month_later_is_clipped_to_the_end_of_the_month() -> None:
    assert Date(2024, 1, 31).plus_months(1) == Date(2024, 2, 29)
    assert Date(2024, 2, 29).plus_months(12) == Date(2025, 2, 28)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2023, 2, 29), (2024, 13, 1), (2024, 4, 31), (10**9, 1, 1)]
)
def test_a_day_that_does_not_exist_cannot_be_made(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError, match="no such date"):
        Date(year, month, day)


def test_summer_time_belongs_to_the_zone_also_far_from_now() -> None:
    summer = date_time_from_text("2026-07-01T12:00:00@Europe/Berlin")
    winter = date_time_from_text("-0400-01-01T12:00:00@Europe/Berlin")
    far = date_time_from_text("800002026-07-01T12:00:00@Europe/Berlin")

    assert summer is not None
    assert summer.offset == 7200
    assert winter is not None
    assert winter.offset is not None
    assert far is not None
    assert far.offset == 7200


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "No/Where", "", "."])
def test_only_zones_of_the_database_are_found(name: str) -> None:
    assert find_zone(name) is None


@pytest.mark.parametrize(
    "text", ["25:00:00", "10:00", "10:00:00+19:00", "10:00:00@No/Where", "10:00:00+08:60"]
)
def test_a_time_that_does_not_exist_is_not_read(text: str) -> None:
    assert time_from_text(text) is None


def test_times_carry_an_offset_or_a_zone() -> None:
    assert time_from_text("10:00:00-05:30") == Time(10, 0, 0, 0, -19_800)
    assert time_from_text("10:00:00.5@Asia/Shanghai") == Time(10, 0, 0, 500_000_000, None, "Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1.50", Decimal("1.50")),
        (".5", Decimal("0.5")),
        ("1e3", Decimal("1E+3")),
        ("-7", Decimal(-7)),
    ],
)
def test_a_number_is_read(text: str, value: object) -> None:
    assert number_from_text(text) == value


@pytest.mark.parametrize(
    "text", ["", "1,2", "NaN", "Infinity", "1e99999999", "1e7000", "9" * 5000, "１", "0x1"]
)
def test_what_is_no_number_or_too_large_is_not_read(text: str) -> None:
    assert number_from_text(text) is None


def test_numbers_are_written_without_exponent_and_trailing_zeros() -> None:
    assert number_text(Decimal("1.0")) == "1"
    assert number_text(Decimal("1E+3")) == "1000"
    assert number_text(Decimal("-0")) == "0"
    assert number_text(Decimal("0.000001")) == "0.000001"


def test_whole_numbers_beyond_34_digits_are_rounded() -> None:
    assert tidy(10**33) == 10**33
    assert tidy(10**40 + 1) == Decimal(10) ** 40


def test_results_are_rounded_half_even_to_the_scale_of_a_field() -> None:
    assert round_half_even(Decimal("2.345"), 2) == Decimal("2.34")
    assert str(round_half_even(7, 2)) == "7.00"
    assert round_half_even(Decimal("1E+6000"), 2) == Decimal("1E+6000")


def test_a_stored_date_has_no_zone_and_a_local_moment_takes_the_given_one() -> None:
    assert from_python(date(2026, 1, 31), SHANGHAI) == Date(2026, 1, 31)
    local = DateTime(Date(2026, 1, 31), Time(8, 0, 0))
    assert to_python(local, SHANGHAI) == datetime(2026, 1, 31, 0, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="years"):
        to_python(DateTime(Date(99_999, 1, 1), Time(0, 0, 0)), SHANGHAI)
