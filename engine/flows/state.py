"""The live state of one process: small, immutable, and the same whenever it is written and read again.

It holds what is alive (tokens, open activities) and the newest result of each node; its size is bounded by
the graph and by live work, never by history. History is the process log, which the runtime keeps.

The life of a token: it *moves* along sequence flows inside one step; between steps it *stands* at
  - an activity (`activation` names the open `Activation`): a person or a job has to answer,
  - a parallel gateway: it waits for the other branches (`flow` tells by which flow it came),
  - any node with an `incident`: nothing happens until `Retry` or `Cancel`.
The life of an activation: RESOLVING (people are asked for; RESOLVING_ALL: once more, because a policy needs
others) → OPEN (tasks exist), or JOB (a service works); it is gone as soon as the node has its outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

STATE_FORMAT: Final = 1


class ProcessStatus(StrEnum):
    """ACTIVE has at least one token; ENDED has none, and nothing open."""

    ACTIVE = "active"
    ENDED = "ended"


class Phase(StrEnum):
    RESOLVING = "resolving"
    RESOLVING_ALL = "resolving_all"
    OPEN = "open"
    JOB = "job"


class ItemStatus(StrEnum):
    """WAITING for its turn (mode `order`) · OPEN has a task in somebody's inbox · DONE has voted."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Item:
    """One person's part of an activation; `task` numbers it within the process.

    by_rule  an approval given earlier counts here: it votes yes when its turn comes, without a task
    """

    task: int
    person: int
    status: ItemStatus
    outcome: str = ""
    by_rule: bool = False


@dataclass(frozen=True, slots=True)
class Activation:
    """One activity at work; `votes` are the outcomes of its items in the order they came."""

    number: int
    node: str
    token: int
    phase: Phase
    items: tuple[Item, ...] = ()
    votes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """Where control is.

    flow        the sequence flow it came by; empty at the start
    past        the user tasks it causally came through: node -> newest activation number
    activation  number of the activity it stands in, 0 if none
    incident    code of the problem that holds it, empty if none
    done        with an incident: the node's work is done and kept, only no way out was found
    """

    id: int
    node: str
    flow: str = ""
    past: Mapping[str, int] = field(default_factory=dict)
    activation: int = 0
    incident: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class NodeResult:
    """The newest outcome of a node, read in FEEL as `nodes.<id>`.

    actor      who decided last; None when a rule did
    at         ISO 8601 instant in UTC
    approvers  everybody who said yes, for `Dedupe`
    decision   whether it came from an approval
    """

    activation: int
    outcome: str
    actor: int | None
    at: str
    approvers: tuple[int, ...] = ()
    decision: bool = False


@dataclass(frozen=True, slots=True)
class ProcessState:
    """One process between two steps.

    seq      the last number given out; tokens, activations, tasks and jobs share the row of numbers
    by_rule  nodes decided by rule since somebody outside last did something; limited, see `execute.step`
    vars     results of jobs; JSON values with Decimal for numbers
    outcome  while ACTIVE what ended branches have said so far, afterwards the outcome of the process
    """

    initiator: int = 0
    seq: int = 0
    status: ProcessStatus = ProcessStatus.ACTIVE
    outcome: str = ""
    by_rule: int = 0
    tokens: Mapping[int, Token] = field(default_factory=dict)
    activations: Mapping[int, Activation] = field(default_factory=dict)
    results: Mapping[str, NodeResult] = field(default_factory=dict)
    vars: Mapping[str, object] = field(default_factory=dict)
    format: int = STATE_FORMAT


def new_state() -> ProcessState:
    """A process that has not started: no token yet; the first event must be `Start`."""
    return ProcessState()
