"""What other rooms may ask of processes: start, decide, retry, cancel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import sqlalchemy as sa

from engine.flows.events import Cancel, Complete, JobDone, JobFailed, Retry, Start
from engine.flows.execute.starting import start_refusal
from engine.flows.graph import GraphNode
from engine.flows.preview import Preview, preview, preview_rest
from engine.flows.rule import REJECTED, Action
from engine.flows.state import new_state
from engine.problems import InputError, Problem
from runtime.http.errors import Conflict, Forbidden, NotFound
from runtime.processes import store
from runtime.processes.flows import Flow, Flows
from runtime.processes.move import Make, Move
from runtime.processes.people import People, admin_roles
from runtime.processes.rights import opened_by
from runtime.processes.world import World
from runtime.records.memory import memory_of
from runtime.records.model import Origin, OriginKind
from runtime.records.scene import Scene
from runtime.records.service import Records

T = TypeVar("T")
NO_VALUES: Final[Mapping[str, object]] = {}
ATTEMPTS: Final = 5
"""So often a step begins again because another one of its process was committed meanwhile."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person does with her task.

    action      id of one of the node's actions; the word of its outcome is understood too
    values      changes of the record's fields, as in `PATCH` of the record
    rev         revision of the record she saw
    command_id  a second command with the same id changes nothing
    """

    action: str
    opinion: str = ""
    values: Mapping[str, object] = field(default_factory=lambda: NO_VALUES)
    rev: int | None = None
    command_id: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The task and the process as the decision left them."""

    flow: Flow
    process: store.StoredProcess
    task: store.StoredTask


class Processes:
    """Every method works in the caller's unit of work, on behalf of the scene's actor."""

    def __init__(self, records: Records, flows: Flows) -> None:
        self._records = records
        self.flows = flows

    def start(
        self, conn: sa.Connection, scene: Scene, flow_key: str, record: int, *, command_id: str | None = None
    ) -> int:
        """Start the flow that is in force on a record; returns the process' id.

        Raises NotFound, Conflict `process.already-running`, InputError `flow.start.condition` if the flow
        does not start on the record as it is, Forbidden if the actor may not edit the record.
        """
        flow = self.flows.in_force(conn, scene.metadata, flow_key)
        self._may_start(conn, scene, flow, record)
        world = World(conn, scene, flow, record, scene.actor.id, lock=True)
        refused = start_refusal(flow.graph, world.facts(), now=scene.moment.now)
        if command_id:
            before = store.started_by(conn, flow.key, flow.form.key, record, command_id)
            if before is not None:
                return before
        if store.runs(conn, flow.key, flow.form.key, record):
            raise Conflict.because("process.already-running", flow=label_of(flow))
        if refused is not None:
            raise InputError([refused])
        with self._records.unit(conn):
            return self._begin(conn, scene, flow, world, command_id)

    def start_by_event(self, conn: sa.Connection, scene: Scene, flow_key: str, record: int) -> Problem | None:
        """Start the flow because of a change of the record, where its condition holds and it does not run.

        Whether the actor may is not asked. Returns what FEEL found wrong with the condition.
        """
        flow = self.flows.in_force(conn, scene.metadata, flow_key)
        if store.runs(conn, flow.key, flow.form.key, record):
            return None
        world = World(conn, scene, flow, record, scene.actor.id, lock=True)
        refused = start_refusal(flow.graph, world.facts(), now=scene.moment.now)
        if refused is None:
            self._begin(conn, scene, flow, world, None)
        return None if refused is None or refused.code == "flow.start.condition" else refused

    def complete(self, conn: sa.Connection, scene: Scene, task_id: int, decision: Decision) -> Decided:
        """Finish a task.

        Raises NotFound for a task that is not the actor's, Conflict if it is closed or the record has
        changed since she saw it, InputError for an unknown action, a missing opinion, or values that node or
        record refuse.
        """
        return _until_current(conn, lambda: self._complete(conn, scene, task_id, decision))

    def _complete(self, conn: sa.Connection, scene: Scene, task_id: int, decision: Decision) -> Decided:
        task, stored, commanded = store.load_task(conn, task_id, decision.command_id)
        if task.assignee != scene.actor.id:
            raise NotFound.because("process.task.unknown", task=task_id)
        flow = self._flow_of(conn, scene, stored)
        if commanded == task.number:
            return Decided(flow, stored, task)
        if commanded is not None:
            raise Conflict.because("process.command.reused")
        if task.status != store.OPEN:
            raise Conflict.because("process.task.closed", status=task.status, outcome=task.outcome)
        with self._records.unit(conn):
            move = self._move(conn, scene, stored, decision.command_id)
            action = _action_of(flow.graph.node(task.node), decision.action)
            action_id = action.id if action is not None else decision.action
            self._write_values(move, flow.graph.node(task.node), decision, action)
            move.play(lambda facts: Complete(task.number, action_id, scene.actor.id, decision.opinion, facts))
            stored = move.finish()
        outcome = action.outcome if action is not None else ""
        return Decided(flow, stored, store.done(task, outcome, decision.opinion, scene.moment.now))

    def rest(self, conn: sa.Connection, scene: Scene, stored: store.StoredProcess) -> Preview:
        """Who will be asked after those who are asked now, if everybody says yes; nothing is written."""
        flow = self._flow_of(conn, scene, stored)
        facts = World(conn, scene, flow, stored.record, stored.initiator).facts()
        people = People(conn, stored.initiator, admin_roles(scene.metadata))
        return preview_rest(flow.graph, stored.state, facts, people.resolve, now=scene.moment.now)

    def preview(self, conn: sa.Connection, scene: Scene, flow_key: str, record: int) -> tuple[Flow, Preview]:
        """Who would be asked if the actor started the flow now; nothing is written.

        Raises NotFound if she may not see the record.
        """
        flow = self.flows.in_force(conn, scene.metadata, flow_key)
        self._records.get(conn, scene, flow.form.key, record)
        facts = World(conn, scene, flow, record, scene.actor.id).facts()
        people = People(conn, scene.actor.id, admin_roles(scene.metadata))
        start = Start(scene.actor.id, facts)
        return flow, preview(flow.graph, new_state(), start, people.resolve, now=scene.moment.now)

    def cancel(self, conn: sa.Connection, scene: Scene, process_id: int, reason: str) -> None:
        """End the process now. Its initiator may, before anybody decided; administrators may always.

        Raises NotFound, Forbidden, Conflict if it has ended.
        """
        actor = scene.actor

        def work() -> None:
            stored = store.load_process(conn, process_id)
            if stored.initiator != actor.id and "settings" not in actor.rights:
                raise NotFound.because("process.unknown", process=process_id)
            if "settings" not in actor.rights and store.is_decided(conn, stored):
                raise Forbidden.because("process.cancel.decided")
            self._play(conn, scene, stored, lambda facts: Cancel(actor.id, reason, facts))

        _until_current(conn, work)

    def retry(self, conn: sa.Connection, scene: Scene, process_id: int) -> None:
        """Let every token that stands with an incident try again. For administrators (right `settings`)."""

        def work() -> None:
            stored = store.load_process(conn, process_id)
            tokens = [token.id for token in stored.state.tokens.values() if token.incident]
            self._play(conn, scene, stored, *(_retry(token, scene.actor.id) for token in tokens))

        _until_current(conn, work)

    def job_ended(
        self,
        conn: sa.Connection,
        scene: Scene,
        process_id: int,
        job: int,
        result: object,
        fault: Problem | None,
    ) -> None:
        """The answer of a service task's job; one that nobody awaits any more changes nothing.

        What the record refuses of the steps behind it is an incident: nobody is there to be told.
        """

        def work(failure: Problem | None) -> None:
            stored = store.load_process(conn, process_id)
            if job in stored.state.activations:
                self._play(conn, scene, stored, _job_answer(job, result, failure))

        try:
            _until_current(conn, lambda: work(fault))
        except (InputError, Conflict) as error:
            refused = error.problems[0]
            _until_current(conn, lambda: work(refused))

    def _may_start(self, conn: sa.Connection, scene: Scene, flow: Flow, record: int) -> None:
        view = self._records.get(conn, scene, flow.form.key, record)
        if "edit" not in (view.actions or ()):
            raise Forbidden.because("access.record", form=flow.form.form.label, action="edit")

    def _begin(
        self, conn: sa.Connection, scene: Scene, flow: Flow, world: World, command_id: str | None
    ) -> int:
        initiator, now = scene.actor.id, scene.moment.now
        new = store.new_process(flow.key, flow.version, flow.form.key, world.record, initiator, now)
        new = replace(new, title=world.title)
        new = replace(new, id=store.insert_process(conn, new))
        move = Move(conn, scene, self._records, flow, new, world, command_id)
        move.play(lambda facts: Start(initiator, facts))
        return move.finish().id

    def _play(self, conn: sa.Connection, scene: Scene, stored: store.StoredProcess, *events: Make) -> None:
        with self._records.unit(conn):
            move = self._move(conn, scene, stored, None)
            for make in events:
                move.play(make)
            move.finish()

    def _move(
        self, conn: sa.Connection, scene: Scene, stored: store.StoredProcess, command_id: str | None
    ) -> Move:
        flow = self._flow_of(conn, scene, stored)
        world = World(conn, scene, flow, stored.record, stored.initiator, lock=True)
        return Move(conn, scene, self._records, flow, stored, world, command_id)

    def _flow_of(self, conn: sa.Connection, scene: Scene, stored: store.StoredProcess) -> Flow:
        return self.flows.version(conn, scene.metadata, stored.flow, stored.version, stored.form)

    def _write_values(self, move: Move, node: GraphNode, decision: Decision, action: Action | None) -> None:
        """The approver's own changes: through the record pipeline, with the fields her node opens.

        What the node requires is asked of everybody but who rejects.
        """
        _refuse_unseen(move.world, decision)
        opened = opened_by(move.flow.form.form, node)
        refused = list(opened.refuse(decision.values))
        if refused:
            raise InputError(refused)
        if decision.values:
            origin = Origin(OriginKind.FLOW, process_id=move.stored.id, allow=opened.touched)
            move.world.write(self._records, decision.values, origin)
        missing = list(opened.missing(move.world.stored.values))
        if missing and action is not None and action.outcome != REJECTED:
            raise InputError(missing)


def _until_current(conn: sa.Connection, work: Callable[[], T]) -> T:
    """Run a step, again if another one of its process was committed between its reading and its writing."""
    for _ in range(ATTEMPTS):
        try:
            with conn.begin_nested():
                return work()
        except store.Overtaken:
            memory_of(conn).forget()
    raise Conflict.because("process.changed")


def _refuse_unseen(world: World, decision: Decision) -> None:
    """Nobody decides on a record that changed since she opened it (SEMANTICS §6)."""
    if decision.rev is not None and decision.rev != world.rev:
        raise Conflict.because("process.record.changed", title=world.title)


def label_of(flow: Flow) -> object:
    return flow.graph.label or flow.key


def _action_of(node: GraphNode, word: str) -> Action | None:
    """The action by its id, or by the outcome it stands for."""
    actions = node.rule.actions if node.rule else ()
    return next((action for action in actions if word in {action.id, action.outcome}), None)


def _retry(token: int, actor: int) -> Make:
    return lambda facts: Retry(token, actor, facts)


def _job_answer(job: int, result: object, fault: Problem | None) -> Make:
    if fault is None:
        return lambda facts: JobDone(job, result, facts)
    return lambda facts: JobFailed(job, fault, facts)
