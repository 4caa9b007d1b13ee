"""Which working calendar and which clock hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest

from engine.calendars import Calendar, Hours
from runtime.calendars.in_force import USUAL, calendar_for, zone_for
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM
from runtime.http.errors import NotFound

DAY = (Hours(540, 720), Hours(810, 1080))
TEAM = Calendar("team", "Team", (DAY, DAY, DAY, DAY, DAY, (), ()))
NIGHT = Calendar("night", "Night", ((), (), (), (), (), DAY, DAY), zone="Europe/Berlin")
FRIDAY_EVENING = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)  # 17:30 in Shanghai


def test_the_usual_week_holds_until_a_calendar_is_published(workspace: Workspace) -> None:
    usual = calendar_for(workspace, {})

    assert usual.calendar is USUAL
    assert usual.later(FRIDAY_EVENING, timedelta(hours=1)) == datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
    assert usual.days_later(date(2026, 3, 6), 1) == date(2026, 3, 9)
    assert (usual.works_on(date(2026, 3, 7)), usual.works_at(FRIDAY_EVENING)) == (False, True)


def test_the_only_one_holds_else_the_workspaces_own_and_a_name_wins(workspace: Workspace) -> None:
    own = replace(TEAM, key="workspace", makeup=MappingProxyType({date(2026, 3, 7): DAY}))
    all_three = {"team": TEAM, "night": NIGHT, "workspace": own}

    assert calendar_for(workspace, {"team": TEAM}).calendar is TEAM
    assert calendar_for(workspace, {"team": TEAM, "night": NIGHT}).calendar is USUAL
    assert calendar_for(workspace, all_three).works_on(date(2026, 3, 7))
    night = calendar_for(workspace, all_three, "night")
    assert night.zone.key == "Europe/Berlin"
    assert night.next_moment(FRIDAY_EVENING) == datetime(2026, 3, 7, 8, 0, tzinfo=UTC)
    with pytest.raises(NotFound) as missing:
        calendar_for(workspace, all_three, "nigth")
    assert missing.value.problems[0].params["meant"] == "night"


def test_a_person_reads_her_own_clock(workspace: Workspace) -> None:
    assert zone_for(workspace, SYSTEM).key == "Asia/Shanghai"
    assert zone_for(workspace, replace(SYSTEM, zone="Europe/Berlin")).key == "Europe/Berlin"
