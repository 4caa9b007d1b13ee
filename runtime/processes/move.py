"""One move of one process: the engine's step with its commands carried out, in the caller's transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import sqlalchemy as sa

from engine.flows.commands import (
    CloseTask,
    Command,
    EndProcess,
    Job,
    Need,
    OpenTask,
    RecordPatch,
    SetStatus,
)
from engine.flows.events import Event, Facts, Resolved
from engine.flows.execute.step import step
from engine.flows.model import Hold
from engine.forms.fields import FIELD_TYPES
from engine.problems import InputError
from runtime.access.shares import Level, Share, give_shares, user_subject
from runtime.http.errors import Conflict
from runtime.notifications.notify import notify
from runtime.outbox.jobs import enqueue
from runtime.processes import log, store
from runtime.processes.flows import Flow
from runtime.processes.people import People, admin_roles
from runtime.processes.tell import end_notice, task_notices, task_sources
from runtime.processes.world import World
from runtime.records.holds import Hold as RecordHold
from runtime.records.json_form import feel_json
from runtime.records.model import Origin, OriginKind
from runtime.records.scene import Scene
from runtime.records.service import Records

SERVICE_JOB: Final = "flow.service"
"""Kind of the outbox job that does the work of a service task."""

Make = Callable[[Facts], Event]


@dataclass(slots=True)
class Move:
    """The working copy of a move; `play` it, then `finish` writes what it gathered."""

    conn: sa.Connection
    scene: Scene
    records: Records
    flow: Flow
    stored: store.StoredProcess
    world: World
    command_id: str | None = None
    opened: list[OpenTask] = field(default_factory=list)
    closed: list[CloseTask] = field(default_factory=list)
    lines: list[log.Line] = field(default_factory=list)
    status: str | None = None
    ended: str | None = None

    def play(self, make: Make) -> None:
        """Let the engine take the event and everything that follows from it without a person.

        make   builds the event from the facts as they are when its turn comes
        Raises InputError or Conflict if the engine refuses the event itself.
        """
        waiting: deque[Make] = deque([make])
        while waiting:
            event, rev = waiting.popleft()(self.world.facts()), self.world.rev
            moved = step(self.flow.graph, self.stored.state, event, now=self.scene.moment.now)
            if moved.problem is not None and isinstance(event, Resolved):
                continue  # what was asked before has ended the process meanwhile
            if moved.problem is not None:
                raise _refusal(moved.problem.code)([moved.problem])
            self.stored = replace(self.stored, state=moved.state)
            self.lines += [log.Line(entry, rev) for entry in moved.log]
            for command in moved.commands:
                self._carry_out(command, waiting)

    def _carry_out(self, command: Command, waiting: deque[Make]) -> None:
        match command:
            case OpenTask():
                self.opened.append(command)
            case CloseTask():
                self._close(command)
            case Need():
                waiting.append(self._answer(command))
            case RecordPatch():
                self._patch(command)
            case SetStatus():
                self.status = command.status
            case Job():
                self._queue(command)
            case EndProcess():
                self.ended = command.outcome
            case _:
                return  # CloseJob: the answer is refused when it comes. Incident: the state keeps it.

    def _close(self, command: CloseTask) -> None:
        """A task that was opened in this very move never reaches an inbox."""
        before = len(self.opened)
        self.opened = [task for task in self.opened if task.task != command.task]
        if len(self.opened) == before:
            self.closed.append(command)

    def _answer(self, need: Need) -> Make:
        roles = admin_roles(self.scene.metadata)

        def make(facts: Facts) -> Event:
            people = People(self.conn, self.stored.initiator, roles)
            return Resolved(need.activation, people.resolve(need.resolvers, facts), facts)

        return make

    def _patch(self, command: RecordPatch) -> None:
        form = self.flow.form.form
        data: dict[str, object] = {}
        for key, value in command.values.items():
            kind, one = FIELD_TYPES[form.fields[key].type], form.fields[key]
            parsed = kind.from_feel(one, value, self.world.references)
            if parsed.problems:
                raise InputError(parsed.problems)
            data[key] = kind.to_json(one, parsed.value)
        self.world.write(self.records, data, Origin(OriginKind.FLOW, process_id=self.stored.id))

    def _queue(self, command: Job) -> None:
        payload = {"process": self.stored.id, "job": command.job, "name": command.name, "node": command.node}
        key = f"{SERVICE_JOB}:{self.stored.id}:{command.job}"
        now = self.scene.moment.now
        enqueue(self.conn, SERVICE_JOB, {**payload, "params": feel_json(command.params)}, now=now, key=key)

    def finish(self) -> store.StoredProcess:
        """Write the state, the tasks, the shares, the hold and the log; then the record shows the new status.

        The process comes first: raises Overtaken if another step was committed since it was read.
        """
        now, process_id, began = self.scene.moment.now, self.stored.id, self.stored.log_seq == 0
        head = log.LogHead(self.stored.log_seq, self.stored.log_hash)
        head, rows = log.seal(process_id, head, self.lines, at=now, command_id=self.command_id)
        state = self.stored.state
        self.stored = replace(
            self.stored,
            title=self.world.title,
            status=self.ended or self.stored.status,
            incident=any(token.incident for token in state.tokens.values()),
            ended_at=now if self.ended else None,
            log_seq=head.seq,
            log_hash=head.hash,
        )
        store.update_process(self.conn, self.stored)
        log.write(self.conn, rows)
        store.close_tasks(self.conn, process_id, self.closed, now)
        ids = store.open_tasks(self.conn, process_id, self.opened, now)
        self._share()
        self._hold(began=began)
        if self.status is not None:
            self.records.set_flow_status(
                self.conn, self.scene, self.flow.form.key, self.stored.record, self.status
            )
        self._tell(ids)
        return self.stored

    def _tell(self, ids: Mapping[int, int]) -> None:
        """In the workspace and by mail, once this transaction is committed; closed tasks ring no bell."""
        actor = self.scene.actor.id
        told = list(task_notices(self.flow, self.stored, self.opened, ids, actor))
        if self.ended is not None:
            told.append(end_notice(self.flow, self.stored, actor))
        settled = task_sources(self.stored, self.closed)
        notify(self.conn, *told, now=self.scene.moment.now, settled=settled)

    def _hold(self, *, began: bool) -> None:
        """From the start to the end nobody else changes the record, if the flow says so (SEMANTICS §6)."""
        settings, form, record = self.flow.graph.settings, self.flow.form.key, self.stored.record
        if settings is None or settings.hold is not Hold.ALL or began == (self.ended is not None):
            return
        if began:
            self.records.hold(self.conn, form, record, RecordHold(self.stored.id, self.flow.key))
        elif self.ended is not None:
            self.records.release(self.conn, form, record, self.stored.id)

    def _share(self) -> None:
        """A task opens its record to its person; afterwards she may still read it (SEMANTICS §4)."""
        shares = [
            Share(
                form=self.flow.form.key,
                record=self.stored.record,
                subject=user_subject(person),
                level=Level.READ,
                reason=self.flow.key,
                source=share_source(self.stored.id),
            )
            for person in dict.fromkeys(task.person for task in self.opened)
        ]
        give_shares(self.conn, shares, at=self.scene.moment.now, by=None)


def share_source(process_id: int) -> str:
    return f"process:{process_id}"


def _refusal(code: str) -> type[InputError] | type[Conflict]:
    """A task that somebody closed meanwhile is no mistake of the person who clicks."""
    late = {"flow.task.closed", "flow.process.ended", "flow.process.started", "flow.incident.gone"}
    return Conflict if code in late else InputError
