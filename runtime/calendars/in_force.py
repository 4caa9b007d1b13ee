"""The working calendar and the zone that hold for a piece of work or for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from engine.calendars import (
    Calendar,
    Hours,
    add_working_days,
    add_working_time,
    is_working_day,
    is_working_time,
    next_working_moment,
)
from engine.calendars.arithmetic import zone_of
from engine.keys import nearest
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.errors import NotFound

WORKSPACE_CALENDAR: Final = "workspace"
"""Key of the calendar that holds where none is named, if there are several."""
_OFFICE: Final = (Hours(9 * 60, 18 * 60),)
USUAL: Final = Calendar(
    key="",
    label=MappingProxyType({"zh-CN": "周一至周五 9:00–18:00", "en": "Monday to Friday, 9:00–18:00"}),
    week=(*(_OFFICE for _ in range(5)), (), ()),
)
"""What holds in a workspace that has published no calendar."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """One calendar on one clock. Moments are aware; results of moments are in UTC."""

    calendar: Calendar
    workspace_zone: ZoneInfo

    @property
    def zone(self) -> ZoneInfo:
        """The clock its hours are read from."""
        return zone_of(self.calendar, self.workspace_zone)

    def works_on(self, day: date) -> bool:
        return is_working_day(self.calendar, day)

    def works_at(self, moment: datetime) -> bool:
        return is_working_time(self.calendar, moment, self.workspace_zone)

    def later(self, moment: datetime, time: timedelta) -> datetime:
        """The moment after so much working time; before it if negative."""
        return add_working_time(self.calendar, moment, time, self.workspace_zone)

    def next_moment(self, moment: datetime) -> datetime:
        """Itself in working time, else when work begins again."""
        return next_working_moment(self.calendar, moment, self.workspace_zone)

    def days_later(self, day: date, count: int) -> date:
        return add_working_days(self.calendar, day, count)


def calendar_for(workspace: Workspace, calendars: Mapping[str, Calendar], key: str = "") -> WorkingTime:
    """The calendar named `key`; without a name the workspace's own.

    calendars  those in force, by key
    The workspace's own is the one with the key `workspace`, else the only one there is, else `USUAL`.
    Raises NotFound `calendars.unknown`.
    """
    if key:
        found = calendars.get(key)
        if found is None:
            meant = nearest(key, calendars) or ", ".join(sorted(calendars)) or "-"
            raise NotFound.because("calendars.unknown", calendar=key, meant=meant)
        return WorkingTime(found, workspace.zone)
    only = next(iter(calendars.values())) if len(calendars) == 1 else USUAL
    return WorkingTime(calendars.get(WORKSPACE_CALENDAR, only), workspace.zone)


def zone_for(workspace: Workspace, person: Actor) -> ZoneInfo:
    """The clock she reads: her own zone, else the workspace's."""
    return ZoneInfo(person.zone) if person.zone else workspace.zone
