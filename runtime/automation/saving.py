"""Rules in the phase `saving`: they set fields of a record before its checks, or refuse it (SEMANTICS §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Final

import sqlalchemy as sa

from engine.forms.facts import RecordWorld
from engine.forms.fields import FIELD_TYPES
from engine.keys import WRITABLE_SYSTEM_FIELDS
from engine.problems import Problem, errors, pointer
from engine.rules.language.compile import CompiledRule
from engine.rules.language.effects import Effect, Reject, SetFields
from engine.rules.language.model import OnFailure, Saving
from engine.rules.language.run import EventKind, Reason, Verdict, effect, verdict
from engine.rules.language.situation import Facts
from runtime.actions.words import message_params, set_words
from runtime.automation.condition import explained_data
from runtime.automation.log import ActionWords, Run, RunState, write_runs
from runtime.automation.running import NO_CONTEXT, reads_of_rules, reads_old
from runtime.automation.together import asks, foresee_answers
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.records.asking import asked_by_automation
from runtime.records.saving import Unsaved
from runtime.records.scene import Scene
from runtime.records.sight import record_context

_NOTHING: Final = (None, "", ())


class SavingRules:
    """What records call `saving`. A save that is refused leaves no run: the person has its reasons."""

    def watches(self, metadata: Metadata, form: str) -> bool:
        return any(_is_saving(rule) for rule in metadata.rules_by_form.get(form, ()))

    def expect(self, conn: sa.Connection, scene: Scene, records: Sequence[Unsaved]) -> None:
        form = records[0].form
        rules = [
            one for one in scene.metadata.rules_by_form.get(form.key, ()) if _is_saving(one) and asks(one)
        ]
        found = ((rule, _OneRule(conn, scene, record, rule).facts()) for record in records for rule in rules)
        foresee_answers(conn, scene, found)

    def before(self, conn: sa.Connection, scene: Scene, record: Unsaved) -> tuple[Problem, ...]:
        refused: list[Problem] = []
        runs: list[Run] = []
        for rule in scene.metadata.rules_by_form.get(record.form.key, ()):
            if _is_saving(rule):
                run = _OneRule(conn, scene, record, rule).run()
                refused += errors(run.problems) if _refuses(run, rule) else ()
                runs += [run] if run.state is not RunState.SKIPPED else []
        if not refused:
            write_runs(conn, runs)
        return tuple(refused)


def _is_saving(rule: CompiledRule) -> bool:
    return any(isinstance(wake.trigger, Saving) for wake in rule.wakes)


def _refuses(run: Run, rule: CompiledRule) -> bool:
    """A rejection is done; a failure refuses only where the rule says so."""
    return run.state is RunState.DONE or rule.rule.on_failure is OnFailure.REFUSE


class _OneRule:
    """One rule on one record that is about to be saved."""

    def __init__(self, conn: sa.Connection, scene: Scene, record: Unsaved, rule: CompiledRule) -> None:
        self._conn = conn
        self._scene = scene
        self._record = record
        self._rule = rule
        self._problems: list[Problem] = []
        self._reads: dict[str, object] = {}
        self._effects: list[ActionWords] = []

    def run(self) -> Run:
        began = perf_counter()
        found = verdict(self._rule, self.facts(), EventKind.SAVING)
        self._reads |= found.reads
        state = RunState.FAILED if found.reason is Reason.FAILED else RunState.SKIPPED
        if found.actions:
            state = RunState.DONE if self._actions(found) else RunState.FAILED
        self._problems += found.problems
        return replace(
            self._start(state, found),
            reads=self._reads,
            problems=tuple(self._problems),
            effects=tuple(self._effects),
            duration_us=int((perf_counter() - began) * 1_000_000),
            condition=explained_data(self._rule, found.trace),
        )

    def _actions(self, found: Verdict) -> bool:
        """Whether all went well; a failure takes back what the rule set."""
        before = self._record.values
        for index in found.actions:
            evaluated = effect(self._rule, index, self.facts())
            self._reads |= evaluated.reads
            self._problems += evaluated.problems
            set_values = {} if evaluated.failed else self._carry_out(evaluated.effect)
            if set_values is None or evaluated.failed:
                self._record.set(before)
                self._effects.clear()
                return False
            if set_values:
                self._effects.append(ActionWords(index, set_words(self._record.form, set_values)))
        return True

    def _carry_out(self, effect: Effect | None) -> Mapping[str, object] | None:
        """The FEEL values that were set; None if a field cannot hold its value."""
        if isinstance(effect, Reject):
            at = pointer(effect.field) if effect.field else ""
            message = message_params(effect.message, self._record.form, self._record.values, self._scene)
            self._problems.append(Problem("actions.rejected", at, {**message, "rule": self._rule.key}))
        if not isinstance(effect, SetFields):
            return {}
        values, problems = _stored(self._record.form, effect.values, self._scene)
        self._problems += problems
        if errors(problems):
            return None
        self._record.set(values)
        return effect.values

    def facts(self) -> Facts:
        """What the rule sees now."""
        scene, record = self._scene, self._record
        old = self._context(record.old) if reads_old(self._rule) and record.old is not None else None
        return Facts(
            record=self._context(record.values),
            now=scene.moment.feel_now,
            user=scene.moment.user,
            old=old if reads_old(self._rule) else NO_CONTEXT,
            changed=_changed(record.values, record.old),
            settings=scene.settings,
            answers=asked_by_automation(self._conn, scene),
        )

    def _context(self, values: Mapping[str, object]) -> Mapping[str, object]:
        form, reads = self._record.form, reads_of_rules(self._scene, self._record.form)
        return record_context(self._conn, self._scene, form, values, self._record.targets, reads)

    def _start(self, state: RunState, found: Verdict) -> Run:
        scene, old = self._scene, self._record.old
        record = None if old is None else old.get("id")
        return Run(
            rule=self._rule.key,
            version=scene.metadata.rule_version(self._rule.key),
            event=EventKind.SAVING,
            form=self._record.form.key,
            record=record if isinstance(record, int) else None,
            at=scene.moment.now,
            actor=scene.actor.id,
            depth=0,
            state=state,
            reason=found.reason,
        )


def _changed(values: Mapping[str, object], old: Mapping[str, object] | None) -> frozenset[str]:
    if old is None:
        return frozenset(key for key, value in values.items() if value is not False and value not in _NOTHING)
    return frozenset(key for key, value in values.items() if old.get(key) != value)


def _stored(
    form: PublishedForm, values: Mapping[str, object], scene: Scene
) -> tuple[dict[str, object], list[Problem]]:
    """FEEL values as stored values, with what a field cannot hold."""
    world = RecordWorld(form.compiled.forms, scene.facts({}))
    stored: dict[str, object] = {}
    problems: list[Problem] = []
    for key, value in values.items():
        field = form.form.fields.get(key)
        if field is not None:
            parsed = FIELD_TYPES[field.type].from_feel(field, value, world)
            stored[key] = parsed.value
            problems += [problem.within(pointer(key)) for problem in parsed.problems]
        elif key in WRITABLE_SYSTEM_FIELDS:
            stored[key] = value.get("id") if isinstance(value, Mapping) else value
        else:
            problems.append(Problem("actions.field-gone", pointer(key), {"name": key}))
    return stored, problems
