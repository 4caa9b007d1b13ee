"""Rules that run after their event: what a request had no budget for, and what failed and is tried again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from engine.rules.language.compile import CompiledRule
from runtime.automation.events import read_event
from runtime.automation.log import Run, RunState, find_run, write_run, write_runs
from runtime.automation.running import Runner
from runtime.automation.schedules import run_as_job
from runtime.catalog.catalog import Catalog
from runtime.catalog.metadata import Metadata
from runtime.http.errors import Conflict
from runtime.identity.actors import find_actor
from runtime.outbox.run import JobRun
from runtime.records.scene import Scene


class RestJob:
    """Handler of `REST`: the rules that a request left over, on the record as it is now."""

    def __init__(self, catalog: Catalog, runner: Runner) -> None:
        self._catalog = catalog
        self._runner = runner

    def run(self, run: JobRun) -> None:
        run.finish(lambda conn: self._rules(conn, run))

    def _rules(self, conn: sa.Connection, run: JobRun) -> None:
        """A rule that is gone meanwhile is passed over: the log has the run that left it over."""
        payload: Any = run.payload
        metadata = self._catalog.load(conn, run.workspace)
        event = read_event(payload["event"], metadata.forms.get(payload["event"]["form"]))
        scene = Scene(run.workspace, metadata, find_actor(conn, event.actor))
        known = (metadata.rules.get(key) for key in payload["rules"])
        with self._runner.records.unit(conn):
            for rule in known:
                if rule is not None and rule.form == event.form:
                    write_runs(conn, [run_as_job(self._runner, conn, scene, event, rule)])


def retry_run(conn: sa.Connection, scene: Scene, runner: Runner, run_id: int) -> int:
    """Repeat a failed run with its stored event on the record as it is now; the id of the new run.

    If its condition does not hold any more, the new run is skipped, and says so.
    Raises NotFound; Conflict for a run that cannot be repeated, or whose rule is gone or has another form.
    """
    before = find_run(conn, run_id)
    if before.state is not RunState.FAILED or before.origin is None:
        raise Conflict.because("automation.run.final", run=run_id)
    rule = _rule_of(scene.metadata, before)
    event = read_event(before.origin, scene.metadata.forms.get(before.form))
    actor_scene = Scene(scene.workspace, scene.metadata, find_actor(conn, event.actor))
    with runner.records.unit(conn):
        run = run_as_job(runner, conn, actor_scene, event, rule)
    return write_run(conn, replace(run, retry_of=run_id))


def _rule_of(metadata: Metadata, run: Run) -> CompiledRule:
    rule = metadata.rules.get(run.rule)
    if rule is None or rule.form != run.form:
        raise Conflict.because("automation.rule.gone", rule=run.rule)
    return rule
