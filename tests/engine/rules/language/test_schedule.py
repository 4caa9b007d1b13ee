"""When schedules and relative dates are due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendars import Calendar, Hours
from engine.rules.language.model import (
    Cron,
    EveryDay,
    EveryMinutes,
    EveryMonth,
    EveryWeekday,
    EveryWorkingDay,
    Name,
    Quoted,
    RelativeDate,
    Schedule,
    Unit,
)
from engine.rules.language.schedule import due_at, next_occurrence

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
START = datetime(2026, 1, 1, tzinfo=UTC)
WEEK = ((Hours(540, 1080),),) * 5 + ((), ())
OFFICE = Calendar("office", "Office", WEEK, None, frozenset({date(2026, 10, 1)}))


def shown(moment: datetime | None, zone: ZoneInfo) -> str:
    assert moment is not None
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        (EveryDay(time(9)), "2026-09-30 08:59", "2026-09-30 09:00"),
        (EveryDay(time(9)), "2026-09-30 09:00", "2026-10-01 09:00"),
        (EveryWorkingDay(time(9)), "2026-09-30 09:00", "2026-10-02 09:00"),
        (EveryWeekday((1, 5), time(9)), "2026-09-29 10:00", "2026-10-02 09:00"),
        (EveryMonth(1, time(6)), "2026-09-01 06:00", "2026-10-01 06:00"),
        (EveryMonth(31, time(6)), "2026-09-01 06:00", "2026-09-30 06:00"),
        (EveryMonth(0, time(6)), "2026-02-01 06:00", "2026-02-28 06:00"),
        (EveryMinutes(15), "2026-09-30 09:15", "2026-09-30 09:30"),
        (Cron(Quoted("0 2 * * 1-5")), "2026-10-02 02:00", "2026-10-05 02:00"),
        (Cron(Quoted("*/20 8-9 * * *")), "2026-10-02 09:40", "2026-10-03 08:00"),
        (Cron(Quoted("0 0 29 feb *")), "2026-03-01 00:00", "2028-02-29 00:00"),
        (Cron(Quoted("0 9 13 * fri")), "2026-10-10 00:00", "2026-10-13 09:00"),
        (Cron(Quoted("30 9 * * sun")), "2026-10-10 00:00", "2026-10-11 09:30"),
    ],
)
def test_a_schedule_is_due_at_its_next_time(schedule: Schedule, after: str, due: str) -> None:
    start = datetime.fromisoformat(after).replace(tzinfo=SHANGHAI)

    assert shown(next_occurrence(schedule, start, SHANGHAI, OFFICE), SHANGHAI) == due


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        (EveryDay(time(2, 30)), "2026-03-28 12:00", "2026-03-29 03:30"),  # 02:00 becomes 03:00
        (Cron(Quoted("30 2 * * *")), "2026-03-28 12:00", "2026-03-29 03:30"),
        (Cron(Quoted("30 * * * *")), "2026-03-29 01:30", "2026-03-29 03:30"),
    ],
)
def test_a_time_that_the_clocks_skip_is_made_up_for(schedule: Schedule, after: str, due: str) -> None:
    start = datetime.fromisoformat(after).replace(tzinfo=BERLIN)

    assert shown(next_occurrence(schedule, start, BERLIN), BERLIN) == due


def test_a_time_that_comes_twice_counts_once_but_every_hour_means_every_hour() -> None:
    start = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # midnight in Berlin, 03:00 becomes 02:00
    daily, hourly = EveryDay(time(2, 30)), Cron(Quoted("30 * * * *"))

    first = next_occurrence(daily, start, BERLIN)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_occurrence(daily, first, BERLIN) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)
    assert next_occurrence(hourly, first, BERLIN) == first + timedelta(hours=1)


def test_a_date_that_never_comes_is_no_endless_search() -> None:
    assert next_occurrence(Cron(Quoted("0 0 31 2 *")), datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI) is None


@given(
    st.sampled_from(
        [EveryDay(time(2, 30)), EveryMonth(29, time(0)), EveryMinutes(45), Cron(Quoted("5 */3 * * *"))]
    ),
    st.integers(0, 525_600).map(lambda minutes: START + timedelta(minutes=minutes)),
)
def test_what_is_due_next_lies_ahead_and_nothing_lies_between(schedule: Schedule, start: datetime) -> None:
    found = next_occurrence(schedule, start, BERLIN)

    assert found is not None
    assert found > start
    assert next_occurrence(schedule, found - timedelta(seconds=1), BERLIN) == found


@pytest.mark.parametrize(
    ("amount", "unit", "before", "at", "due"),
    [
        (3, Unit.DAYS, True, time(9), "2026-10-02 09:00"),
        (3, Unit.WORKING_DAYS, True, time(9), "2026-09-29 09:00"),
        (1, Unit.WORKING_DAYS, False, None, "2026-10-06 00:00"),
        (2, Unit.WORKING_HOURS, False, None, "2026-10-05 11:00"),
        (36, Unit.HOURS, True, None, "2026-10-03 12:00"),
        (30, Unit.MINUTES, False, None, "2026-10-05 00:30"),
    ],
)
def test_a_relative_date_counts_from_the_records_own(
    amount: int, unit: Unit, before: bool, at: time | None, due: str
) -> None:
    trigger = RelativeDate(amount, unit, before, Name("due_on"), at)

    assert shown(due_at(trigger, date(2026, 10, 5), SHANGHAI, OFFICE), SHANGHAI) == due


def test_a_moment_keeps_its_own_time_and_the_end_of_time_is_never_due() -> None:
    week = RelativeDate(7, Unit.DAYS, before=False, field=Name("at"))
    moment = datetime(2026, 10, 24, 10, 15, tzinfo=UTC)

    assert shown(due_at(week, moment, BERLIN), BERLIN) == "2026-10-31 12:15"
    assert due_at(week, date(9999, 12, 30), SHANGHAI) is None
