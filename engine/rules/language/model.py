"""The rule as its author wrote it: when what happens, under which condition, what is done.

Source: `docs/reference/rule-language.md`. The text of a rule is canonical; this tree is what the visual
editor changes. Everything a person wrote is kept as FEEL text or as a word; nothing is compiled here.
Spans and comments never make two rules different: `parse(print(rule)) == rule`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Final

from engine.problems import Span

NOWHERE: Final = Span(0, 0)
"""The span of what was not read from a text."""


@dataclass(frozen=True, slots=True)
class Feel:
    """A FEEL expression as written; `span` is its place in the rule's text."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A key: of a form, a field, a decision, …; `span` is its place in the rule's text."""

    key: str
    span: Span = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text for people, in English; other languages stand in `locale/` under `rule/<key>/<place>`.

    In messages `{field}` stands for the field as the reader sees it.
    """

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Assignment:
    """`field = value`."""

    field: Name
    value: Feel


@dataclass(frozen=True, slots=True)
class Statement:
    """Base of everything that begins on a line of its own.

    span   from the first to the last character
    notes  the comments above it and at its end, without `#`
    """

    span: Span = field(default=NOWHERE, compare=False, kw_only=True)
    notes: tuple[str, ...] = field(default=(), compare=False, kw_only=True)


# Events ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trigger(Statement):
    """When a rule is looked at; one of the classes below."""


@dataclass(frozen=True, slots=True)
class Saving(Trigger):
    """Before a record is created or updated: after formulas, before `required` and checks (SEMANTICS §3)."""


@dataclass(frozen=True, slots=True)
class Created(Trigger):
    """A record was created."""


@dataclass(frozen=True, slots=True)
class Saved(Trigger):
    """A record was created or updated."""


@dataclass(frozen=True, slots=True)
class Changed(Trigger):
    """An existing record was updated, and one of the fields has another value than before.

    fields  none = any field
    before  the old value of the (only) field is one of these; none = any
    to      the new value of the (only) field is one of these; none = any
    """

    fields: tuple[Name, ...] = ()
    before: tuple[Feel, ...] = ()
    to: tuple[Feel, ...] = ()


@dataclass(frozen=True, slots=True)
class Deleted(Trigger):
    """A record was moved to the recycle bin; the rule sees it as it was."""


@dataclass(frozen=True, slots=True)
class Button(Trigger):
    """A person pressed the rule's button on a record; the condition says when the button is offered.

    label   what stands on it, None = the rule's label
    """

    label: Quoted | None = None


class Unit(StrEnum):
    """Of a relative date; working days and hours are those of a working calendar."""

    DAYS = "days"
    WORKING_DAYS = "working days"
    HOURS = "hours"
    WORKING_HOURS = "working hours"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class RelativeDate(Trigger):
    """Once for each record, so long before or after the moment in one of its date fields.

    at        time of day in the workspace's zone, for days and working days; a date field needs it, a
              date-and-time field keeps its own time without it
    calendar  key of the working calendar, None = the workspace's
    """

    amount: int
    unit: Unit
    before: bool
    field: Name
    at: time | None = None
    calendar: Name | None = None


# Schedules ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Schedule(Trigger):
    """At times of a clock, whatever happens to records; one of the classes below.

    zone      IANA name, None = the workspace's
    """

    zone: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class EveryDay(Schedule):
    """`every day at 09:00`."""

    at: time


@dataclass(frozen=True, slots=True)
class EveryWorkingDay(Schedule):
    """`every working day at 09:00`, make-up days included, holidays not."""

    at: time
    calendar: Name | None = None


@dataclass(frozen=True, slots=True)
class EveryWeekday(Schedule):
    """`every monday, friday at 09:00`; 1 is Monday, 7 is Sunday, in ascending order."""

    days: tuple[int, ...]
    at: time


@dataclass(frozen=True, slots=True)
class EveryMonth(Schedule):
    """`every month on day 1 at 06:00`; day 31 is the last one of a shorter month, 0 is always the last."""

    day: int
    at: time


@dataclass(frozen=True, slots=True)
class EveryMinutes(Schedule):
    """`every 15 minutes`, counted from midnight UTC so that restarts change nothing; divides a day."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Cron(Schedule):
    """`every cron "0 2 * * 1-5"`: minute, hour, day of month, month, day of week (0 and 7 are Sunday)."""

    text: Quoted


# Rules -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ForEach(Statement):
    """The records that a scheduled rule looks at; `where` is translated to SQL."""

    form: Name
    where: Feel | None = None


@dataclass(frozen=True, slots=True)
class Action(Statement):
    """One thing to do; the kinds stand in `actions/`, one file each."""


class OnFailure(StrEnum):
    """What an action that fails does to the save it belongs to.

    incident   the rule's effects are undone, the save stays, an administrator can retry
    refuse     the save is refused
    """

    INCIDENT = "incident"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a test expects; one of the classes below."""

    span: Span = field(default=NOWHERE, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class ExpectNothing(Expectation):
    """No action is done."""


@dataclass(frozen=True, slots=True)
class ExpectReject(Expectation):
    """The save is refused, at this field if one is named."""

    field: Name | None = None


@dataclass(frozen=True, slots=True)
class ExpectValue(Expectation):
    """The field of the record has this value afterwards."""

    field: Name
    value: Feel


@dataclass(frozen=True, slots=True)
class ExpectAction(Expectation):
    """An action of this kind is done: `create`, `notify`, …; on this form, field or connector if named."""

    kind: str
    target: Name | None = None


@dataclass(frozen=True, slots=True)
class Test(Statement):
    """An example: a situation and what the rule makes of it.

    given   a FEEL context: fields of the record; `old`, `user`, `settings`, `now` beside them
    """

    name: Quoted
    given: Feel
    expect: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Rule(Statement):
    """A rule file.

    label       in English; `locale/` has the others
    form        whose records it is about; None for a schedule
    triggers    any of them wakes it; several only if all are events of records
    for_each    only with a schedule
    where       None = always
    do          if the condition holds, in this order
    otherwise   if it does not
    priority    smaller runs first, then the key
    """

    label: Quoted
    form: Name | None
    triggers: tuple[Trigger, ...]
    for_each: ForEach | None
    where: Feel | None
    do: tuple[Action, ...]
    otherwise: tuple[Action, ...] = ()
    priority: int = 0
    on_failure: OnFailure = OnFailure.INCIDENT
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreLine(Statement):
    """`+20 where …`: points that count while the condition holds; each line shows up in the explanation."""

    points: int
    where: Feel


@dataclass(frozen=True, slots=True)
class Score(Statement):
    """`score lead_score on lead from 0 to 100`: a number field kept up to date with what speaks for it.

    field      number field that holds the sum, cut to `low`…`high`
    triggers   none = whenever a record was saved
    do         what follows, such as `decide tier by table …`; sees the new score
    """

    field: Name
    form: Name | None
    low: int
    high: int
    lines: tuple[ScoreLine, ...]
    triggers: tuple[Trigger, ...] = ()
    for_each: ForEach | None = None
    do: tuple[Action, ...] = ()
    priority: int = 0
    on_failure: OnFailure = OnFailure.INCIDENT
    tests: tuple[Test, ...] = ()


RuleText = Rule | Score
"""What a `.rule` file holds."""
