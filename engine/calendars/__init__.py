"""Working time: which days and hours people work, holidays and make-up days (调休) included."""

from engine.calendars.arithmetic import (
    add_working_days,
    add_working_time,
    is_working_day,
    is_working_time,
    next_working_moment,
)
from engine.calendars.model import Calendar, Hours
from engine.calendars.read import CalendarReading, read_calendar

__all__ = [
    "Calendar",
    "CalendarReading",
    "Hours",
    "add_working_days",
    "add_working_time",
    "is_working_day",
    "is_working_time",
    "next_working_moment",
    "read_calendar",
]
