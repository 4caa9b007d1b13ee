"""When each scheduled rule is looked at next: a row per rule, and a job for the moment in it.

The row is the truth. A job whose moment is not the row's is stale and does nothing, so planning anew, taking
a rule out of force and two workers at once need nobody to find old jobs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from engine.calendars import Calendar
from engine.rules.language.compile import CompiledRule
from engine.rules.language.model import EveryWorkingDay, RelativeDate, Schedule, Unit
from engine.rules.language.schedule import next_occurrence
from runtime.automation.events import moment_text
from runtime.automation.tables import rule_schedule
from runtime.calendars.in_force import calendar_for
from runtime.catalog.metadata import Metadata
from runtime.db.insert import insert_into
from runtime.db.workspace import Workspace
from runtime.outbox.jobs import enqueue

SCHEDULE: Final = "automation.schedule"
"""Kind of the job that runs a scheduled rule, or looks for relative dates that have come."""


@dataclass(frozen=True, slots=True)
class Plan:
    """See the columns of `rule_schedule`."""

    rule: str
    version: int
    due_at: datetime | None
    through: datetime
    upto: datetime | None
    last_id: int
    until_id: int | None


def timed_trigger(rule: CompiledRule) -> Schedule | RelativeDate | None:
    """The trigger that waits for the clock; a rule has one at most of the first kind."""
    timed = (wake.trigger for wake in rule.wakes if isinstance(wake.trigger, Schedule | RelativeDate))
    return next(timed, None)


def working_calendar(
    workspace: Workspace, metadata: Metadata, trigger: Schedule | RelativeDate
) -> Calendar | None:
    """The calendar that its working days are those of. Raises NotFound if it is gone."""
    working = isinstance(trigger, EveryWorkingDay)
    if isinstance(trigger, RelativeDate):
        working = trigger.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
    if not working or not isinstance(trigger, EveryWorkingDay | RelativeDate):
        return None
    key = "" if trigger.calendar is None else trigger.calendar.key
    return calendar_for(workspace, metadata.calendars, key).calendar


def next_run(
    workspace: Workspace, metadata: Metadata, trigger: Schedule | RelativeDate, after: datetime
) -> datetime | None:
    """The next occurrence of a schedule. Relative dates are looked for at once; the look says when again."""
    if isinstance(trigger, RelativeDate):
        return after
    calendar = working_calendar(workspace, metadata, trigger)
    return next_occurrence(trigger, after, workspace.zone, calendar)


def plan_rules(conn: sa.Connection, workspace: Workspace, metadata: Metadata) -> None:
    """Bring the plans in line with the rules in force: in the transaction that publishes them.

    A new version begins with its next occurrence; what came due before it is done by none. Relative dates go
    on from where they were.
    """
    plans = {row.rule: Plan(*row) for row in conn.execute(_plans())}
    timed = {key: one for key, rule in metadata.rules.items() if (one := timed_trigger(rule)) is not None}
    gone = plans.keys() - timed.keys()
    if gone:
        conn.execute(sa.delete(rule_schedule).where(rule_schedule.c.rule.in_(gone)))
    for key, trigger in sorted(timed.items()):
        _plan(conn, workspace, metadata, key, trigger, plans.get(key))


def _plan(
    conn: sa.Connection,
    workspace: Workspace,
    metadata: Metadata,
    key: str,
    trigger: Schedule | RelativeDate,
    plan: Plan | None,
) -> None:
    now, version = workspace.now(), metadata.rule_version(key)
    if plan is not None and plan.version == version and (plan.due_at is None or plan.due_at <= now):
        return
    due_at = next_run(workspace, metadata, trigger, now)
    if plan is not None and plan.version == version and plan.due_at == due_at:
        return
    goes_on = plan is not None and isinstance(trigger, RelativeDate)
    through = plan.through if plan is not None and goes_on else now
    values = {"version": version, "due_at": due_at, "through": through, "upto": None, "last_id": 0}
    values |= {"until_id": None}
    statement = insert_into(conn, rule_schedule).values(rule=key, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["rule"], set_=values))
    look_at(conn, key, due_at)


def look_at(conn: sa.Connection, rule: str, due_at: datetime | None) -> None:
    """Leave a job for the moment; the same moment is asked for once."""
    if due_at is not None:
        text = moment_text(due_at)
        payload = {"rule": rule, "due": text}
        enqueue(conn, SCHEDULE, payload, now=due_at, run_at=due_at, key=f"{SCHEDULE}:{rule}:{text}")


def lock_plan(conn: sa.Connection, rule: str, due_at: datetime) -> Plan | None:
    """The plan, if it still waits for this moment; nobody else works on it until the transaction ends."""
    row = conn.execute(_plans().where(rule_schedule.c.rule == rule).with_for_update()).one_or_none()
    plan = None if row is None else Plan(*row)
    return plan if plan is not None and plan.due_at == due_at else None


def keep_progress(conn: sa.Connection, rule: str, **values: object) -> None:
    """How far a run has come, in the transaction of what it did."""
    conn.execute(sa.update(rule_schedule).where(rule_schedule.c.rule == rule).values(**values))


def end_run(conn: sa.Connection, rule: str, *, through: datetime, due_at: datetime | None) -> None:
    """The run is over; the next one is planned in the transaction of its last effects."""
    keep_progress(conn, rule, due_at=due_at, through=through, upto=None, last_id=0, until_id=None)
    look_at(conn, rule, due_at)


def _plans() -> sa.Select[Any]:
    c = rule_schedule.c
    return sa.select(c.rule, c.version, c.due_at, c.through, c.upto, c.last_id, c.until_id)
