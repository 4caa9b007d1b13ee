"""How the clauses around the actions are written: events, schedules, `for each`, tests, the two headers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.rules.language.model import (
    Button,
    Changed,
    Created,
    Cron,
    Deleted,
    EveryDay,
    EveryMinutes,
    EveryMonth,
    EveryWeekday,
    EveryWorkingDay,
    OnFailure,
    Saved,
    Saving,
    Trigger,
    Unit,
)
from engine.rules.language.patterns import (
    Clock,
    Element,
    Expr,
    Integer,
    Key,
    Names,
    OneOf,
    Plain,
    Scoped,
    Text,
    Word,
    opt,
    seq,
)

_AT: Final = seq(Word("at"), Clock("at"))
_CALENDAR: Final = opt("calendar", Word("by calendar"), Key("calendar", Names.CALENDAR))
_ZONE: Final = opt("zone", Word("in zone"), Plain("zone"))
_WEEKDAYS: Final[Mapping[str, object]] = MappingProxyType(
    {"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7}
)

EVENTS: Final[Mapping[type[Trigger], Element]] = MappingProxyType(
    {
        Saving: seq(Word("saving")),
        Created: seq(Word("created")),
        Saved: seq(Word("saved")),
        Deleted: seq(Word("deleted")),
        Button: seq(Word("button"), Text("label", optional=True)),
        Changed: seq(Word("changed"), Key("fields", Names.FIELD, many=True, optional=True)),
    }
)
"""Behind `when`, each by its first word."""

STEP: Final = seq(
    Key("fields", Names.FIELD),
    Word("changed"),
    opt("before", Word("from"), Expr("before", many=True)),
    opt("to", Word("to"), Expr("to", many=True)),
)
"""`stage changed from "new" to "won"`: one field, and its values."""

RELATIVE: Final = seq(
    Integer("amount"),
    OneOf("unit", {unit.value: unit for unit in Unit}),
    OneOf("before", {"before": True, "after": False}),
    Key("field", Names.FIELD),
    opt("at", Word("at"), Clock("at")),
    _CALENDAR,
)

SCHEDULES: Final[Mapping[type[Trigger], Element]] = MappingProxyType(
    {
        EveryDay: seq(Word("day"), _AT, _ZONE),
        EveryWorkingDay: seq(Word("working day"), _AT, _CALENDAR, _ZONE),
        EveryWeekday: seq(OneOf("days", _WEEKDAYS, many=True), _AT, _ZONE),
        EveryMonth: seq(Word("month on day"), Integer("day"), Word("month day"), _AT, _ZONE),
        EveryMinutes: seq(Integer("minutes"), Word("minutes"), _ZONE),
        Cron: seq(Word("cron"), Text("text"), _ZONE),
    }
)
"""Behind `every`."""

LAST_DAY: Final = seq(Word("month on last day"), _AT, _ZONE)
"""The last day of every month: `EveryMonth(0, …)`."""

FOR_EACH: Final = seq(
    Key("form", Names.FORM), opt("where", Word("where"), Expr("where", Scoped.FORM, form="form"))
)

_ON: Final = opt("form", Word("on"), Key("form", Names.FORM))
_PRIORITY: Final = opt("priority", Word("priority"), Integer("priority"))
RULE: Final = seq(Text("label"), _ON, _PRIORITY)
SCORE: Final = seq(
    Key("field", Names.FIELD),
    _ON,
    Word("from"),
    Integer("low"),
    Word("to"),
    Integer("high"),
    _PRIORITY,
)
POINTS: Final = seq(Integer("points"), Word("where"), Expr("where"))
ON_FAILURE: Final = seq(OneOf("on_failure", {"incident": OnFailure.INCIDENT, "refuse": OnFailure.REFUSE}))
TEST: Final = seq(Text("name"), Word("given"), Expr("given"), Word("expect"))
