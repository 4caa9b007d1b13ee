"""Values of expressions: exact numbers, dates and times without Python's year limits, durations, ranges.

A FEEL value is `int | Decimal`, `str`, `bool`, `None`, one of the classes here, `list`, `dict` (a context)
or a function. All of them are treated as immutable. Source: DMN 1.5, clause 10.3.2.3.
"""

from engine.values.numbers import (
    CONTEXT,
    PRECISION,
    Number,
    number_from_text,
    number_text,
    round_half_even,
    tidy,
)
from engine.values.python import Temporal, from_python, to_python
from engine.values.ranges import Range
from engine.values.reference import Reference
from engine.values.temporal import (
    MAX_YEAR,
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
)
from engine.values.text import (
    date_from_text,
    date_time_from_text,
    duration_from_text,
    temporal_text,
    time_from_text,
)

__all__ = [
    "CONTEXT",
    "MAX_YEAR",
    "PRECISION",
    "Date",
    "DateTime",
    "DayTimeDuration",
    "Number",
    "Range",
    "Reference",
    "Temporal",
    "Time",
    "YearMonthDuration",
    "date_from_text",
    "date_time_from_text",
    "duration_from_text",
    "from_python",
    "number_from_text",
    "number_text",
    "round_half_even",
    "temporal_text",
    "tidy",
    "time_from_text",
    "to_python",
]
