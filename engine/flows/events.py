"""What can happen to a process. Every event carries the facts that FEEL expressions may read in its step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from engine.flows.rule import Resolver
from engine.problems import Problem


@dataclass(frozen=True, slots=True)
class Facts:
    """The world as it is when the event happens.

    record     the record's fields as FEEL values, those of the record after the event's own patch
    initiator  FEEL context of who started the process
    user       FEEL context of who acts now
    zone       time zone of the workspace, for `now()` and `today()`
    """

    record: Mapping[str, object] = field(default_factory=dict)
    initiator: Mapping[str, object] = field(default_factory=dict)
    user: Mapping[str, object] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class Start:
    """Begin the process; `initiator` is a user id."""

    initiator: int
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class Complete:
    """A person finished a task; `action` is the id of one of the node's actions."""

    task: int
    action: str
    actor: int
    opinion: str = ""
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a resolver found; who cannot sign in is `enabled=False` and is never asked."""

    id: int
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """The people one resolver found, in the order they should be asked."""

    resolver: Resolver
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer to a `Need`: one entry for each of its resolvers."""

    activation: int
    answers: tuple[Answer, ...]
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class JobDone:
    """A job came back; `result` is a JSON value (numbers as Decimal or int)."""

    job: int
    result: object = None
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class JobFailed:
    """A job gave up for good; the token stays with an incident."""

    job: int
    problem: Problem
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class Retry:
    """An administrator lets a token with an incident try its node again."""

    token: int
    actor: int
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the process now (撤销); the reason goes to the log."""

    actor: int
    reason: str = ""
    facts: Facts = field(default_factory=Facts)


Event = Start | Complete | Resolved | JobDone | JobFailed | Retry | Cancel
