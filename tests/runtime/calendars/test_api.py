"""Trying a calendar that is being edited."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import Browser

CALENDAR: dict[str, Any] = {
    "key": "office",
    "label": "Office",
    "zone": "Asia/Shanghai",
    "hours": {
        day: ["09:00-12:00", "13:00-18:00"]
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    },
    "holidays": [{"from": "2026-10-01", "to": "2026-10-07"}],
    "makeup": [{"on": "2026-10-10", "as": "monday"}],
}


@pytest.fixture
def builder(browser: Browser) -> Browser:
    browser.sign_in("admin", roles=["admin"])
    return browser


def test_working_days_and_hours_are_counted_on_the_draft(builder: Browser) -> None:
    def tried(start: str, amount: int, unit: str) -> object:
        asked = {"document": CALENDAR, "from": start, "amount": amount, "unit": unit}
        answer = builder.post("/calendars/try", asked)
        assert answer.status_code == 200, answer.json
        return answer.json["at"]

    assert tried("2026-09-30T10:00", 3, "working days") == "2026-10-10"
    assert tried("2026-10-10T10:00", -3, "working days") == "2026-09-30"
    assert tried("2026-09-30T17:00", 2, "working hours") == "2026-10-08T10:00"
    assert tried("2026-10-03T17:00", 0, "working hours") == "2026-10-08T09:00"


def test_a_wrong_calendar_or_day_is_refused_with_its_place(builder: Browser) -> None:
    wrong = {**CALENDAR, "hours": {"monday": ["9-12"]}}
    asked = {"document": wrong, "from": "2026-10-03T17:00", "amount": 1, "unit": "working days"}

    refused = builder.post("/calendars/try", asked)
    no_day = builder.post("/calendars/try", {**asked, "document": CALENDAR, "from": "2026-02-31T17:00"})

    assert (refused.status_code, no_day.status_code) == (422, 422)
    assert refused.json["problems"][0]["at"] == "/document/hours/monday/0"
    assert no_day.json["problems"][0]["code"] == "calendar.date"
