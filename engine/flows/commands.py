"""What a step asks the runtime to do, in order in the step's transaction; and what it writes to the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.flows.rule import Resolver, TaskKind
from engine.flows.state import ProcessState
from engine.problems import Problem


class TaskEnd(StrEnum):
    """DONE by its person · NOT_NEEDED because the others decided · CANCELLED with the process."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Put a task into a person's inbox; `task` is its number within the process."""

    task: int
    activation: int
    node: str
    person: int
    kind: TaskKind


@dataclass(frozen=True, slots=True)
class CloseTask:
    """Take a task out of the inbox; `outcome` and `opinion` only when its person finished it."""

    task: int
    end: TaskEnd
    outcome: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Find people and answer with `Resolved` naming the same activation, still in this transaction.

    One step may have several needs. When the answer to one of them ends the process, the answers to the
    others are refused like any event that comes too late, and that refusal means nothing.
    """

    activation: int
    node: str
    resolvers: tuple[Resolver, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """Do something outside the transaction; answer with `JobDone` or `JobFailed` naming `job`."""

    job: int
    node: str
    name: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CloseJob:
    """The answer of this job is not awaited any more."""

    job: int


@dataclass(frozen=True, slots=True)
class RecordPatch:
    """Write these fields of the record; values are FEEL values, to be rounded and checked by the fields.

    node  empty when the process was withdrawn
    """

    node: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Show `status` as the record's `flow_status`: `running`, an author's word, or the process' outcome."""

    status: str


@dataclass(frozen=True, slots=True)
class Incident:
    """The token stands at `node` and cannot go on; tell the administrators of flows."""

    token: int
    node: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class EndProcess:
    """The process is over: `completed`, `approved`, `rejected`, `cancelled`, or an author's word."""

    outcome: str


Command = OpenTask | CloseTask | Need | Job | CloseJob | RecordPatch | SetStatus | Incident | EndProcess


class LogKind(StrEnum):
    STARTED = "started"
    ASKED = "asked"
    DECIDED = "decided"
    NODE_DONE = "node_done"
    PATCHED = "patched"
    STATUS = "status"
    JOB_STARTED = "job_started"
    JOB_DONE = "job_done"
    INCIDENT = "incident"
    RETRIED = "retried"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Fate(StrEnum):
    """What became of a person whom the rule found, and why.

    ASKED · ADDED by a policy in somebody's place and asked · DISABLED · SELF the initiator, left out or
    replaced · REPEATED named twice · EARLIER approved earlier in the branch, counts as a yes.
    """

    ASKED = "asked"
    ADDED = "added"
    DISABLED = "disabled"
    SELF = "self"
    REPEATED = "repeated"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of "why these people": frozen in the log when a node opens."""

    person: int
    resolver: Resolver
    fate: Fate


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the process log.

    actor    who did it; None means a rule or the engine
    text     opinion, reason, or why a rule decided (`empty`, `earlier`)
    choices  only for ASKED: everybody the rule found
    """

    kind: LogKind
    node: str = ""
    activation: int = 0
    task: int = 0
    actor: int | None = None
    outcome: str = ""
    text: str = ""
    choices: tuple[Choice, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What one event leads to.

    problem  set when the event was refused (the task is closed, an opinion is missing); then the state
             is the old one and nothing is to be done
    """

    state: ProcessState
    commands: tuple[Command, ...] = ()
    log: tuple[LogEntry, ...] = ()
    problem: Problem | None = None
