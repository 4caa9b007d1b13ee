"""Rules that answer to changes, inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import sqlalchemy as sa

from engine.problems import Problem, Severity
from engine.rules.language.compile import CompiledRule
from engine.rules.language.model import Button, Saving, Schedule
from engine.rules.language.run import Reason, wakes
from runtime.actions.doing import Budget
from runtime.automation.events import event_data, event_of
from runtime.automation.log import Run, RunState, write_runs
from runtime.automation.moments import pull_forward
from runtime.automation.running import Occasion, Runner, occasion_of, reads_of_rules, run_of
from runtime.automation.schedules import JOB_RECORDS, JOB_SECONDS
from runtime.automation.together import asks, foresee_answers, foresee_contexts
from runtime.catalog.metadata import Metadata
from runtime.outbox.jobs import enqueue
from runtime.records.model import OriginKind, RecordChange
from runtime.records.reactions import MAX_DEPTH, write_together
from runtime.records.scene import Scene

REST: Final = "automation.rest"
"""Kind of the job that runs the rules for which a request had no budget left."""
_BUDGET: Final = "dougong.automation.budget"
_ELSEWHERE: Final = (Saving, Button, Schedule)


@dataclass(frozen=True, slots=True)
class Limits:
    """What rules may do in one unit of work (SEMANTICS §3)."""

    records: int = 200
    seconds: float = 2.0


JOB_LIMITS: Final = Limits(JOB_RECORDS, JOB_SECONDS)


class RuleReactions:
    """A `Reaction` of records: rules for created, saved, changed and deleted."""

    def __init__(self, runner: Runner, limits: Limits) -> None:
        self._runner = runner
        self._limits = limits

    def watches(self, metadata: Metadata, form: str) -> bool:
        return any(_reacts(rule) for rule in metadata.rules_by_form.get(form, ()))

    def after(self, conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
        event = event_of(change, scene.actor.id)
        rules = scene.metadata.rules_by_form.get(change.form, ())
        if event is None or not rules:
            return
        pull_forward(conn, scene, rules, change)
        awake = [
            rule for rule in rules if rule.key != event.writer and wakes(rule, event.kind, event.changed)
        ]
        if not awake:
            return
        occasion = occasion_of(conn, scene, event, change.new)
        runs, left = self._runner.run_all(occasion, awake, budget_of(conn, self._limits_of(change)))
        if left:
            runs.append(defer(occasion, left))
        write_together(conn, write_runs, runs)

    def _limits_of(self, change: RecordChange) -> Limits:
        """An import is a job, not a request that somebody waits for."""
        return JOB_LIMITS if change.origin.kind is OriginKind.IMPORT else self._limits

    def expect(self, conn: sa.Connection, scene: Scene, changes: Sequence[RecordChange]) -> None:
        """Read at once what the conditions of all these changes need."""
        events = [(event_of(change, scene.actor.id), change.new) for change in changes]
        rules = scene.metadata.rules_by_form.get(changes[0].form, ())
        known = [(event, values) for event, values in events if event is not None]
        awake = [rule for rule in rules if any(wakes(rule, one.kind, one.changed) for one, _ in known)]
        if not awake or not known:
            return
        form = scene.metadata.form(changes[0].form)
        foresee_contexts(conn, scene, form, [values for _, values in known], reads_of_rules(scene, form))
        asking = [rule for rule in awake if asks(rule)]
        occasions = (occasion_of(conn, scene, event, values) for event, values in known if asking)
        foresee_answers(conn, scene, ((rule, one.facts(rule)) for one in occasions for rule in asking))

    def cut(self, conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
        """Say in the run log which rules a change at the depth limit did not reach any more."""
        event = event_of(change, scene.actor.id)
        if event is None:
            return
        rules = scene.metadata.rules_by_form.get(change.form, ())
        awake = [rule for rule in rules if wakes(rule, event.kind, event.changed)]
        occasion = occasion_of(conn, scene, event, change.new)
        write_together(conn, write_runs, [_cut_run(occasion, rule) for rule in awake])


def _reacts(rule: CompiledRule) -> bool:
    """A relative date answers to changes of its date."""
    return any(not isinstance(wake.trigger, _ELSEWHERE) for wake in rule.wakes)


def _cut_run(occasion: Occasion, rule: CompiledRule) -> Run:
    run = run_of(occasion, rule, RunState.CUT, Reason.EVENT)
    problem = Problem("automation.cut", params={"depth": MAX_DEPTH}, severity=Severity.WARNING)
    return replace(run, problems=(problem,))


def budget_of(conn: sa.Connection, limits: Limits) -> Budget:
    """One for each transaction."""
    transaction = conn.get_transaction()
    kept: tuple[object, Budget] | None = conn.info.get(_BUDGET)
    if kept is not None and kept[0] is transaction:
        return kept[1]
    budget = Budget(limits.records, limits.seconds)
    conn.info[_BUDGET] = (transaction, budget)
    return budget


def defer(occasion: Occasion, rules: Sequence[CompiledRule]) -> Run:
    """Have the rules run as one job after the commit; the run that says so."""
    event, conn, now = occasion.event, occasion.conn, occasion.scene.moment.now
    keys = [rule.key for rule in rules]
    enqueue(conn, REST, {"event": event_data(event, occasion.form), "rules": keys}, now=now)
    problem = Problem("automation.deferred", params={"rules": ", ".join(keys)}, severity=Severity.WARNING)
    run = run_of(occasion, rules[0], RunState.DEFERRED, Reason.FIRES)
    return replace(run, problems=(problem,))
