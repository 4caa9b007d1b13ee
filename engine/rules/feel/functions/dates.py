"""Date and time functions, and the clock (DMN 1.5, 10.3.4.6). Names of days are English, by the standard."""

from __future__ import annotations

from typing import Final

from engine.rules.feel.functions.signature import BuiltIn, Overload, p
from engine.rules.feel.types import DATE, DATE_TIME, NUMBER, STRING
from engine.values import Date, DateTime

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_of(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


def day_of_year(value: Date | DateTime) -> int:
    day = day_of(value)
    return day.ordinal - Date(day.year, 1, 1).ordinal + 1


def week_of_year(value: Date | DateTime) -> int:
    """ISO 8601: the week belongs to the year of its Thursday."""
    day = day_of(value)
    thursday = day.plus_days(4 - day.weekday)
    return (thursday.ordinal - Date(thursday.year, 1, 1).ordinal) // 7 + 1


def day_of_week(value: Date | DateTime) -> str:
    return WEEKDAYS[day_of(value).weekday - 1]


def month_of_year(value: Date | DateTime) -> str:
    return MONTHS[day_of(value).month - 1]


_DATE = p("date", DATE, DATE_TIME)
DATE_FUNCTIONS: Final = (
    BuiltIn("now", (Overload((), DATE_TIME, lambda machine: machine.now, with_machine=True),), pure=False),
    BuiltIn("today", (Overload((), DATE, lambda machine: machine.now.date, with_machine=True),), pure=False),
    BuiltIn("day of year", (Overload((_DATE,), NUMBER, day_of_year),)),
    BuiltIn("day of week", (Overload((_DATE,), STRING, day_of_week),)),
    BuiltIn("month of year", (Overload((_DATE,), STRING, month_of_year),)),
    BuiltIn("week of year", (Overload((_DATE,), NUMBER, week_of_year),)),
)
