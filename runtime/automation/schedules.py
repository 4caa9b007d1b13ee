"""The job of a scheduled rule: page after page of records, each page one transaction with its progress.

A worker may be killed anywhere: what a page did and how far it came are committed together, so the next one
goes on behind it; the next occurrence is planned with the last effects. After downtime it runs once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from engine.problems import InputError, Problem
from engine.rules.language.compile import CompiledRule
from engine.rules.language.effects import Selection
from engine.rules.language.model import RelativeDate
from engine.rules.language.run import EventKind, Reason
from runtime.actions.doing import Budget, OverBudget
from runtime.actions.selecting import find_ids
from runtime.automation.events import Event, event_data, moment_text
from runtime.automation.log import Run, RunState, write_runs
from runtime.automation.moments import Dates, fire_once
from runtime.automation.plans import Plan, end_run, keep_progress, lock_plan, next_run, timed_trigger
from runtime.automation.running import Runner, occasion_of, run_of
from runtime.catalog.catalog import Catalog
from runtime.http.actor import SYSTEM
from runtime.http.errors import NotFound
from runtime.outbox.run import JobRun
from runtime.records.scene import Scene

PAGE: Final = 100
"""Records of one transaction."""
JOB_RECORDS: Final = 5000
JOB_SECONDS: Final = 20.0
"""What one rule may do on one event as a job; below the lease."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One page: its plan is locked."""

    conn: sa.Connection
    scene: Scene
    rule: CompiledRule
    plan: Plan
    due: datetime


class ScheduleJob:
    """Handler of `SCHEDULE`."""

    def __init__(self, catalog: Catalog, runner: Runner) -> None:
        self._catalog = catalog
        self._runner = runner

    def run(self, run: JobRun) -> None:
        while run.write(lambda conn: self._step(conn, run)):
            pass

    def _step(self, conn: sa.Connection, run: JobRun) -> bool:
        """One page; whether there is another one."""
        key, due = str(run.payload["rule"]), datetime.fromisoformat(str(run.payload["due"]))
        plan = lock_plan(conn, key, due)
        metadata = self._catalog.load(conn, run.workspace)
        rule = metadata.rules.get(key)
        trigger = None if rule is None else timed_trigger(rule)
        if plan is None or rule is None or trigger is None:
            return False
        scene = Scene(run.workspace, metadata, SYSTEM)
        page = _Page(conn, scene, rule, plan, due)
        with self._runner.records.unit(conn):
            if isinstance(trigger, RelativeDate):
                return self._dates(page, trigger)
            return self._records(page) if rule.form else self._alone(page)

    def _alone(self, page: _Page) -> bool:
        write_runs(page.conn, list(self._run(page, None)))
        return self._end(page)

    def _records(self, page: _Page) -> bool:
        plan, conn = page.plan, page.conn
        table = page.scene.metadata.form(page.rule.form).table
        until = plan.until_id
        if until is None:
            until = int(conn.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))) or 0)
        around = {"user": page.scene.moment.user, "settings": page.scene.settings}
        chosen = Selection(page.rule.form, page.rule.selects, around)
        ids = find_ids(conn, page.scene, chosen, after=plan.last_id, until=until, limit=PAGE)
        write_runs(conn, [run for record in ids for run in self._run(page, record)])
        if len(ids) < PAGE:
            return self._end(page)
        keep_progress(conn, page.rule.key, last_id=ids[-1], until_id=until)
        return True

    def _end(self, page: _Page) -> bool:
        now, scene = page.scene.moment.now, page.scene
        trigger = timed_trigger(page.rule)
        assert trigger is not None
        due_at = next_run(scene.workspace, scene.metadata, trigger, max(now, page.due))
        end_run(page.conn, page.rule.key, through=now, due_at=due_at)
        return False

    def _dates(self, page: _Page, trigger: RelativeDate) -> bool:
        plan, conn = page.plan, page.conn
        dates = Dates.of(page.scene, page.rule, trigger)
        upto = plan.upto or page.scene.moment.now
        found = dates.due(conn, after=plan.last_id, since=plan.through, upto=upto, limit=PAGE)
        runs: list[Run] = []
        for record, moment in found:
            came = moment is not None and plan.through < moment <= upto
            if moment is not None and came and fire_once(conn, page.rule.key, record, moment):
                runs += self._run(page, record, moment)
        write_runs(conn, runs)
        if len(found) < PAGE:
            end_run(conn, page.rule.key, through=upto, due_at=dates.next_look(conn, upto))
            return False
        keep_progress(conn, page.rule.key, last_id=found[-1][0], upto=upto)
        return True

    def _run(self, page: _Page, record: int | None, moment: datetime | None = None) -> Iterator[Run]:
        """The rule on one record."""
        kind = EventKind.SCHEDULE if moment is None else EventKind.RELATIVE_DATE
        text = moment_text(moment or page.due)
        occurrence = text if record is None else f"{record}/{text}"
        event = Event(kind, page.rule.form, record, occurrence, SYSTEM.id)
        yield run_as_job(self._runner, page.conn, page.scene, event, page.rule)


def run_as_job(runner: Runner, conn: sa.Connection, scene: Scene, event: Event, rule: CompiledRule) -> Run:
    """Run one rule with the budget of a job. Raises nothing that the rule does.

    A rule that asks for more, that refuses a save where there is none, or whose record is gone has failed.
    """
    occasion = occasion_of(conn, scene, event)
    try:
        return runner.run(occasion, rule, Budget(JOB_RECORDS, JOB_SECONDS))
    except OverBudget:
        problems: tuple[Problem, ...] = (Problem("automation.over-budget", params={"records": JOB_RECORDS}),)
    except (InputError, NotFound) as error:
        problems = error.problems
    run = run_of(occasion, rule, RunState.FAILED, Reason.FAILED)
    return replace(run, problems=problems, origin=event_data(event, occasion.form))
