"""A working calendar as its document describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

Label = str | Mapping[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """Working time of one day, in minutes from its midnight: `start` ≤ t < `end` ≤ 1440."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """A working calendar.

    zone      IANA name; None = the workspace's
    week      hours from Monday to Sunday, in ascending order; empty = no working day
    holidays  days without work, whatever day of the week they are
    makeup    days with work, whatever day of the week they are, with their hours; they win over holidays
    """

    key: str
    label: Label
    week: tuple[tuple[Hours, ...], ...]
    zone: str | None = None
    holidays: frozenset[date] = frozenset()
    makeup: Mapping[date, tuple[Hours, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def hours_on(self, day: date) -> tuple[Hours, ...]:
        """The working hours of a day; empty if nobody works."""
        if day in self.makeup:
            return self.makeup[day]
        return () if day in self.holidays else self.week[day.weekday()]
