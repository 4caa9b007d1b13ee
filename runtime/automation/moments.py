"""Relative dates: which records' moments have come, and when to look again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.calendars import Calendar
from engine.rules.language.compile import CompiledRule
from engine.rules.language.model import RelativeDate, Unit
from engine.rules.language.schedule import due_at
from runtime.automation.plans import look_at, working_calendar
from runtime.automation.tables import rule_fired, rule_schedule
from runtime.catalog.metadata import PublishedForm
from runtime.db.insert import insert_into
from runtime.http.errors import NotFound
from runtime.records.model import RecordChange
from runtime.records.scene import Scene

LOOK_AGAIN: Final = timedelta(hours=1)
"""At the latest: records can come in without telling anybody, as an import of the past does."""
_AHEAD: Final = 200
_SLACK: Final = timedelta(days=2)
"""Zones and times of day move a moment by less."""
_HOLIDAYS: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Dates:
    """The moments of one rule, over one form."""

    trigger: RelativeDate
    form: PublishedForm
    zone: ZoneInfo
    calendar: Calendar | None

    @classmethod
    def of(cls, scene: Scene, rule: CompiledRule, trigger: RelativeDate) -> Dates:
        """Raises NotFound if the form or the calendar is gone."""
        calendar = working_calendar(scene.workspace, scene.metadata, trigger)
        return cls(trigger, scene.metadata.form(rule.form), scene.workspace.zone, calendar)

    @property
    def column(self) -> sa.Column[Any]:
        return self.form.columns[self.trigger.field.key]

    def moment(self, value: object) -> datetime | None:
        """When it is due for a record with this value; None for no value, or one that is no date."""
        if not isinstance(value, date):
            return None
        return due_at(self.trigger, value, self.zone, self.calendar)

    def due(
        self, conn: sa.Connection, *, after: int, since: datetime, upto: datetime, limit: int
    ) -> Sequence[tuple[int, datetime | None]]:
        """Records that may be due in `(since, upto]`, with their moments, in the order of their ids."""
        low, high = self._values(since, upto)
        table = self.form.table
        statement = (
            sa.select(table.c.id, self.column)
            .where(table.c.deleted_at.is_(None), table.c.id > after, self.column.between(low, high))
            .order_by(table.c.id)
            .limit(limit)
        )
        return [(row[0], self.moment(row[1])) for row in conn.execute(statement)]

    def next_look(self, conn: sa.Connection, upto: datetime) -> datetime:
        """The first moment after `upto`, but not later than `LOOK_AGAIN`."""
        low, _ = self._values(upto, upto)
        statement = (
            sa.select(self.column)
            .where(self.form.table.c.deleted_at.is_(None), self.column >= low)
            .order_by(self.column)
            .limit(_AHEAD)
        )
        moments = (self.moment(value) for value in conn.execute(statement).scalars())
        return _earliest(moments, upto, upto + LOOK_AGAIN)

    def _values(self, since: datetime, upto: datetime) -> tuple[object, object]:
        """Bounds of the field's values, wide enough for every calendar."""
        trigger = self.trigger
        hours = trigger.unit in (Unit.HOURS, Unit.WORKING_HOURS)
        minutes = timedelta(minutes=trigger.amount)
        span = timedelta(hours=trigger.amount) if hours else timedelta(days=trigger.amount)
        span = minutes if trigger.unit is Unit.MINUTES else span
        working = trigger.unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)
        widest = span * 8 + _HOLIDAYS if working else span
        near, far = (span, widest) if trigger.before else (-widest, -span)
        low, high = since + near - _SLACK, upto + far + _SLACK
        is_date = self.column.type.python_type is date
        return (low.date(), high.date()) if is_date else (low, high)


def fire_once(conn: sa.Connection, rule: str, record: int, moment: datetime) -> bool:
    """Whether this moment of the record is this caller's; it is nobody's afterwards."""
    statement = insert_into(conn, rule_fired).values(rule=rule, record=record, moment=moment)
    statement = statement.on_conflict_do_nothing(index_elements=["rule", "record", "moment"])
    return conn.execute(statement.returning(rule_fired.c.rule)).first() is not None


def pull_forward(
    conn: sa.Connection, scene: Scene, rules: Sequence[CompiledRule], change: RecordChange
) -> None:
    """A date was changed: look at its rules no later than at the new moment. One statement per such rule."""
    for rule, trigger in _relative(rules):
        if trigger.field.key not in change.changed:
            continue
        moment = _moment(scene, rule, trigger, change)
        if moment is not None and moment > scene.moment.now and _move(conn, rule.key, moment):
            look_at(conn, rule.key, moment)


def _moment(scene: Scene, rule: CompiledRule, trigger: RelativeDate, change: RecordChange) -> datetime | None:
    """None also where the calendar is gone: that is the job's failure to tell, never a lost save."""
    try:
        return Dates.of(scene, rule, trigger).moment(change.new.get(trigger.field.key))
    except NotFound:
        return None


def _relative(rules: Sequence[CompiledRule]) -> Iterator[tuple[CompiledRule, RelativeDate]]:
    for rule in rules:
        for wake in rule.wakes:
            if isinstance(wake.trigger, RelativeDate):
                yield rule, wake.trigger


def _move(conn: sa.Connection, rule: str, moment: datetime) -> bool:
    c = rule_schedule.c
    later = (c.rule == rule) & (c.due_at > moment) & c.upto.is_(None)
    return conn.execute(sa.update(rule_schedule).where(later).values(due_at=moment)).rowcount == 1


def _earliest(moments: Iterator[datetime | None], upto: datetime, latest: datetime) -> datetime:
    """Moments come in the order of the values, so the first one after `upto` is the earliest."""
    return next((min(one, latest) for one in moments if one is not None and one > upto), latest)
