"""Running rules on one event: all conditions on the state at the event, then the actions in order.

Semantics: SEMANTICS §3 (Reactions, Queue), `docs/reference/rule-language.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Final

import sqlalchemy as sa

from engine.problems import InputError, Problem, ProblemsError, errors
from engine.rules.language.compile import CompiledRule
from engine.rules.language.model import OnFailure
from engine.rules.language.run import EventKind, Reason, Verdict, effect, verdict
from engine.rules.language.situation import Facts
from runtime.actions.doing import Budget, Doing, OverBudget
from runtime.actions.perform import perform
from runtime.actions.record import RuleRecord
from runtime.automation.condition import explained_data
from runtime.automation.events import Event, event_data
from runtime.automation.log import ActionWords, Run, RunState
from runtime.automation.together import foreseen_context
from runtime.catalog.metadata import PublishedForm
from runtime.http.errors import Unavailable
from runtime.http.problems import refused_by_database
from runtime.records.asking import asked_by_automation
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.records.sight import Reads, reads_of_expressions

NO_CONTEXT: Final[Mapping[str, object]] = {}


@dataclass(slots=True)
class Occasion:
    """One event in its transaction, with the record it is about."""

    conn: sa.Connection
    scene: Scene
    event: Event
    record: RuleRecord | None
    _old: Mapping[str, object] | None = None

    @property
    def form(self) -> PublishedForm | None:
        return None if self.record is None else self.record.form

    def facts(self, rule: CompiledRule) -> Facts:
        """What the rule sees now."""
        scene = self.scene
        return Facts(
            record=None if self.record is None else self.record.context(),
            now=scene.moment.feel_now,
            user=scene.moment.user,
            old=self._old_context() if reads_old(rule) else NO_CONTEXT,
            changed=self.event.changed,
            settings=scene.settings,
            answers=asked_by_automation(self.conn, scene),
        )

    def _old_context(self) -> Mapping[str, object] | None:
        if self._old is None and self.event.old is not None and self.record is not None:
            self._old = self.record.context_of(self.event.old)
        return self._old


def reads_old(rule: CompiledRule) -> bool:
    return any(way[0] == "old" for way in rule.paths) or any(wake.before or wake.to for wake in rule.wakes)


def reads_of_rules(scene: Scene, form: PublishedForm) -> Reads:
    """What the rules of a form read behind its references; worked out once per publish."""

    def collect() -> Reads:
        rules = scene.metadata.rules_by_form.get(form.key, ())
        return reads_of_expressions(form, {way for rule in rules for way in rule.paths})

    return scene.statements.get((form, "rule reads"), collect)


def occasion_of(
    conn: sa.Connection, scene: Scene, event: Event, values: Mapping[str, object] | None = None
) -> Occasion:
    """values   stored values of the record at the event; None = as it is now. Raises NotFound."""
    record = None
    if event.record is not None:
        form = scene.metadata.form(event.form)
        gone = event.kind is EventKind.DELETED
        seen = event.old if gone else values
        reads = reads_of_rules(scene, form)
        context = None if values is None else foreseen_context(conn, form, values)
        record = RuleRecord(conn, scene, form, event.record, reads, seen, context, is_gone=gone)
    return Occasion(conn, scene, event, record)


@dataclass(slots=True)
class _Course:
    """What came of a rule so far."""

    problems: list[Problem] = field(default_factory=list)
    reads: dict[str, object] = field(default_factory=dict)
    effects: list[ActionWords] = field(default_factory=list)


class Runner:
    """Carries out what rules decide. `records` is asked for when a rule runs: records call this."""

    def __init__(self, records: Callable[[], Records]) -> None:
        self._records = records

    @property
    def records(self) -> Records:
        return self._records()

    def run(self, occasion: Occasion, rule: CompiledRule, budget: Budget) -> Run:
        """Look at one rule, and do what it says.

        Raises OverBudget (its effects are undone then), and its failure if the rule refuses the save.
        """
        return self.act(occasion, rule, verdict(rule, occasion.facts(rule), occasion.event.kind), budget)

    def run_all(
        self, occasion: Occasion, rules: Sequence[CompiledRule], budget: Budget
    ) -> tuple[list[Run], Sequence[CompiledRule]]:
        """Every rule in turn; the runs, and the rules that the budget left over."""
        kind = occasion.event.kind
        verdicts = [verdict(rule, occasion.facts(rule), kind) for rule in rules]
        runs: list[Run] = []
        for index, (rule, found) in enumerate(zip(rules, verdicts, strict=True)):
            if found.actions and budget.is_spent():
                return runs, rules[index:]
            try:
                runs.append(self.act(occasion, rule, found, budget))
            except OverBudget:
                return runs, rules[index:]
        return runs, ()

    def act(self, occasion: Occasion, rule: CompiledRule, found: Verdict, budget: Budget) -> Run:
        """Carry out the actions of a verdict. Raises as `run` does."""
        began = perf_counter()
        course = _Course(list(found.problems), dict(found.reads))
        state = RunState.SKIPPED
        if found.reason is Reason.FAILED:
            state = RunState.FAILED
        elif found.actions and self._looped(occasion.event, rule):
            state = RunState.CUT
        elif found.actions:
            state = self._carry_out(occasion, rule, found, budget, course)
        return self._run(occasion, rule, found, course, state, began)

    @staticmethod
    def _looped(event: Event, rule: CompiledRule) -> bool:
        """Whether the rule ran on this record in the chain that led to the event."""
        return event.record is not None and (rule.key, event.form, event.record) in event.chain

    def _carry_out(
        self, occasion: Occasion, rule: CompiledRule, found: Verdict, budget: Budget, course: _Course
    ) -> RunState:
        try:
            with self.records.undoable(occasion.conn):
                self._actions(occasion, rule, found, budget, course)
        except OverBudget:
            _forget(occasion)
            raise
        except Unavailable:
            raise
        except (ProblemsError, sa.exc.StatementError) as error:
            problems = _problems_of(error)
            _forget(occasion)
            if rule.rule.on_failure is OnFailure.REFUSE:
                raise InputError(problems) from error
            course.problems += problems
            course.effects.clear()
            return RunState.FAILED
        return RunState.DONE

    def _actions(
        self, occasion: Occasion, rule: CompiledRule, found: Verdict, budget: Budget, course: _Course
    ) -> None:
        doing = self.doing(occasion, rule, budget)
        for index in found.actions:
            if occasion.record is not None:
                occasion.record.lock()
            evaluated = effect(rule, index, occasion.facts(rule))
            course.reads |= evaluated.reads
            if evaluated.failed:
                raise InputError(errors(evaluated.problems))
            course.problems += evaluated.problems
            if evaluated.effect is not None:
                done = perform(doing, evaluated.effect)
                course.problems += done.problems
                course.effects.append(ActionWords(index, done.words))

    def doing(self, occasion: Occasion, rule: CompiledRule, budget: Budget) -> Doing:
        event, scene = occasion.event, occasion.scene
        return Doing(
            conn=occasion.conn,
            scene=scene,
            records=self.records,
            record=occasion.record,
            rule=rule.key,
            version=scene.metadata.rule_version(rule.key),
            occurrence=event.occurrence,
            origin=event.origin(rule.key),
            budget=budget,
        )

    def _run(
        self,
        occasion: Occasion,
        rule: CompiledRule,
        found: Verdict,
        course: _Course,
        state: RunState,
        began: float,
    ) -> Run:
        run = run_of(occasion, rule, state, found.reason)
        return replace(
            run,
            reads=course.reads,
            problems=tuple(course.problems),
            effects=tuple(course.effects),
            duration_us=int((perf_counter() - began) * 1_000_000),
            origin=event_data(occasion.event, occasion.form) if state is RunState.FAILED else None,
            condition=explained_data(rule, found.trace),
        )


def run_of(occasion: Occasion, rule: CompiledRule, state: RunState, reason: Reason) -> Run:
    event, scene = occasion.event, occasion.scene
    return Run(
        rule=rule.key,
        version=scene.metadata.rule_version(rule.key),
        event=event.kind,
        form=event.form,
        record=event.record,
        at=scene.moment.now,
        actor=event.actor,
        depth=event.depth,
        state=state,
        reason=reason,
    )


def _forget(occasion: Occasion) -> None:
    """What the rule wrote is undone in the database, so what was read of it is, too."""
    if occasion.record is not None:
        occasion.record.forget()


def _problems_of(error: ProblemsError | sa.exc.StatementError) -> tuple[Problem, ...]:
    """Raises the error itself where it is no fault of the values."""
    if isinstance(error, ProblemsError):
        return error.problems
    refused = refused_by_database(error)
    if refused is None:
        raise error
    return refused.problems
