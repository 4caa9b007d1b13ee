"""What other rooms may ask of processes: start, decide, retry, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import sqlalchemy as sa

from engine.flows.events import Cancel, Complete, JobDone, JobFailed, Retry, Start
from engine.flows.execute.starting import start_refusal
from engine.flows.graph import GraphNode
from engine.flows.preview import Preview, preview
from engine.flows.state import new_state
from engine.problems import InputError, Problem, pointer
from runtime.http.errors import Conflict, Forbidden, NotFound
from runtime.processes import log, store
from runtime.processes.flows import Flow, Flows
from runtime.processes.move import Move
from runtime.processes.people import People, admin_roles
from runtime.processes.rights import fields_to_write
from runtime.processes.world import World
from runtime.records.model import Origin, OriginKind
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.records.update import Patch

NO_VALUES: Final[Mapping[str, object]] = {}


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
        refuse_second(conn, flow, record)
        with self._records.unit(conn):
            return self.begin(conn, scene, flow, record, command_id=command_id)

    def begin(
        self, conn: sa.Connection, scene: Scene, flow: Flow, record: int, *, command_id: str | None = None
    ) -> int:
        """Start without asking whether the actor may: for events of records.

        Raises InputError `flow.start.condition`.
        """
        world = World(conn, scene, flow, record, scene.actor.id)
        refused = start_refusal(flow.graph, world.facts(), now=scene.moment.now)
        if refused is not None:
            raise InputError([refused])
        stored = store.StoredProcess(
            id=0,
            flow=flow.key,
            version=flow.version,
            form=flow.form.key,
            record=record,
            title=world.title,
            status=store.RUNNING,
            incident=False,
            state=new_state(),
            lock_version=1,
            log_seq=0,
            log_hash=log.FIRST_HASH,
            initiator=scene.actor.id,
            started_at=scene.moment.now,
            ended_at=None,
        )
        stored = replace(stored, id=store.insert_process(conn, stored))
        move = Move(conn, scene, self._records, flow, stored, command_id)
        move.play(lambda facts: Start(scene.actor.id, facts))
        return move.finish().id

    def complete(self, conn: sa.Connection, scene: Scene, task_id: int, decision: Decision) -> int:
        """Finish a task; returns the process' id.

        Raises NotFound for a task that is not the actor's, Conflict if it is closed, InputError for an
        unknown action, a missing opinion, or values that node or record refuse.
        """
        task, stored = store.lock_task(conn, task_id)
        if task.assignee != scene.actor.id:
            raise NotFound.because("process.task.unknown", task=task_id)
        if task.status != store.OPEN:
            return self._already_closed(conn, task, stored, decision)
        flow = self._flow_of(conn, scene, stored)
        with self._records.unit(conn):
            move = Move(conn, scene, self._records, flow, stored, decision.command_id)
            node = flow.graph.node(task.node)
            _refuse_unseen(move.world, decision)
            self._write_values(move, node, decision)
            action = _action_of(node, decision.action)
            move.play(lambda facts: Complete(task.number, action, scene.actor.id, decision.opinion, facts))
            return move.finish().id

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
        stored = store.lock_process(conn, process_id)
        is_admin = "settings" in scene.actor.rights
        mine = stored.initiator == scene.actor.id
        if not (mine or is_admin):
            raise NotFound.because("process.unknown", process=process_id)
        if not is_admin and any(result.decision for result in stored.state.results.values()):
            raise Forbidden.because("process.cancel.decided")
        with self._records.unit(conn):
            move = Move(conn, scene, self._records, self._flow_of(conn, scene, stored), stored)
            move.play(lambda facts: Cancel(scene.actor.id, reason, facts))
            move.finish()

    def retry(self, conn: sa.Connection, scene: Scene, process_id: int) -> None:
        """Let every token that stands with an incident try again. For administrators (right `settings`)."""
        stored = store.lock_process(conn, process_id)
        held = [token.id for token in stored.state.tokens.values() if token.incident]
        with self._records.unit(conn):
            move = Move(conn, scene, self._records, self._flow_of(conn, scene, stored), stored)
            for token in held:
                move.play(lambda facts, token=token: Retry(token, scene.actor.id, facts))  # type: ignore[misc]
            move.finish()

    def job_ended(
        self,
        conn: sa.Connection,
        scene: Scene,
        process_id: int,
        job: int,
        result: object,
        fault: Problem | None,
    ) -> None:
        """The answer of a service task's job; one that nobody awaits any more changes nothing."""
        stored = store.lock_process(conn, process_id)
        if job not in stored.state.activations:
            return
        with self._records.unit(conn):
            move = Move(conn, scene, self._records, self._flow_of(conn, scene, stored), stored)
            if fault is None:
                move.play(lambda facts: JobDone(job, result, facts))
            else:
                move.play(lambda facts: JobFailed(job, fault, facts))
            move.finish()

    def _may_start(self, conn: sa.Connection, scene: Scene, flow: Flow, record: int) -> None:
        view = self._records.get(conn, scene, flow.form.key, record)
        if "edit" not in (view.actions or ()):
            raise Forbidden.because("access.record", form=flow.form.form.label, action="edit")

    def _flow_of(self, conn: sa.Connection, scene: Scene, stored: store.StoredProcess) -> Flow:
        return self.flows.version(conn, scene.metadata, stored.flow, stored.version, stored.form)

    def _already_closed(
        self, conn: sa.Connection, task: store.StoredTask, stored: store.StoredProcess, decision: Decision
    ) -> int:
        """The same command once more is answered like the first; anything else comes too late."""
        if decision.command_id and log.knows_command(conn, stored.id, decision.command_id):
            return stored.id
        raise Conflict.because("process.task.closed", status=task.status, outcome=task.outcome)

    def _write_values(self, move: Move, node: GraphNode, decision: Decision) -> None:
        """The approver's own changes: through the record pipeline, with the fields her node opens."""
        if not decision.values:
            return
        opened, stored = fields_to_write(node), move.stored
        closed = [key for key in decision.values if key not in opened]
        if closed:
            raise InputError(
                Problem("process.field.closed", pointer("values", key), {"field": key}) for key in closed
            )
        origin = Origin(OriginKind.FLOW, process_id=stored.id, allow=opened)
        patch = Patch(stored.record, decision.values, decision.rev)
        self._records.update(move.conn, move.scene, stored.form, patch, origin=origin)
        move.world.changed()


def _refuse_unseen(world: World, decision: Decision) -> None:
    """Nobody decides on a record that changed since she opened it (SEMANTICS §6)."""
    if decision.rev is not None and decision.rev != world.rev:
        raise Conflict.because("process.record.changed", title=world.title)


def refuse_second(conn: sa.Connection, flow: Flow, record: int) -> None:
    """At most one process of a flow runs on a record."""
    if store.runs(conn, flow.key, flow.form.key, record):
        raise Conflict.because("process.already-running", flow=label_of(flow))


def label_of(flow: Flow) -> object:
    return flow.graph.label or flow.key


def _action_of(node: GraphNode, word: str) -> str:
    """The action by its id, or by the outcome it stands for."""
    for action in node.rule.actions if node.rule else ():
        if word in {action.id, action.outcome}:
            return action.id
    return word
