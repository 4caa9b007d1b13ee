"""Who will approve this? The same `step` on a copy, assuming that everybody says yes and every job works."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from engine.flows.commands import (
    Choice,
    Command,
    Job,
    LogEntry,
    LogKind,
    Need,
    OpenTask,
    RecordPatch,
)
from engine.flows.events import Answer, Complete, Event, Facts, JobDone, Resolved
from engine.flows.execute.people import ASKED_FATES
from engine.flows.execute.step import step
from engine.flows.graph import Graph
from engine.flows.rule import Label, Opinion, Resolver
from engine.flows.state import ItemStatus, Phase, ProcessState
from engine.problems import Problem

MAX_EVENTS: Final = 500
_ASSUMED: Final = "-"

ResolvePeople = Callable[[Sequence[Resolver], Facts], Sequence[Answer]]


@dataclass(frozen=True, slots=True)
class Expected:
    """One stop on the expected way.

    people   who will be asked, in order; empty when a rule decides
    by_rule  why nobody is asked: `empty` or `earlier`; empty otherwise
    problem  what would stop the process here
    """

    node: str
    label: Label
    people: tuple[Choice, ...] = ()
    by_rule: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The stops in the order they are reached, and what the process would end with (empty if it does not)."""

    stops: tuple[Expected, ...]
    outcome: str


def preview(
    graph: Graph, state: ProcessState, event: Event, resolve: ResolvePeople, *, now: datetime
) -> Preview:
    """Play the process from `event` on; neither the state nor the world is changed.

    event    usually `Start`, with the facts of the record as it stands
    resolve  finds people, as the runtime does for `Need`
    """
    return _played(graph, state, [event], event.facts, resolve, now)


def preview_rest(
    graph: Graph, state: ProcessState, facts: Facts, resolve: ResolvePeople, *, now: datetime
) -> Preview:
    """The same for a process that runs: what comes after the tasks and jobs that are open now."""
    answers: list[Event] = []
    for activation in state.activations.values():
        if activation.phase is Phase.JOB:
            answers.append(JobDone(activation.number))
        answers += [
            _yes(graph, activation.node, item.task, item.person)
            for item in activation.items
            if item.status is ItemStatus.OPEN
        ]
    return _played(graph, state, answers, facts, resolve, now)


def _played(
    graph: Graph,
    state: ProcessState,
    answers: Sequence[Event],
    facts: Facts,
    resolve: ResolvePeople,
    now: datetime,
) -> Preview:
    events: deque[Event] = deque(answers)
    stops: list[Expected] = []
    for _ in range(MAX_EVENTS):
        if not events:
            break
        moved = step(graph, state, _with_facts(events.popleft(), facts), now=now)
        state = moved.state
        stops += [stop for entry in moved.log for stop in _stop(graph, entry)]
        for command in moved.commands:
            facts = _patched(facts, command)
            events.extend(_assumed(graph, command, facts, resolve))
    return Preview(tuple(stops), state.outcome if not state.tokens else "")


def _with_facts(event: Event, facts: Facts) -> Event:
    return replace(event, facts=facts)


def _patched(facts: Facts, command: Command) -> Facts:
    if isinstance(command, RecordPatch):
        return replace(facts, record={**facts.record, **command.values})
    return facts


def _assumed(graph: Graph, command: Command, facts: Facts, resolve: ResolvePeople) -> list[Event]:
    """What the world is assumed to answer."""
    match command:
        case Need():
            return [Resolved(command.activation, tuple(resolve(command.resolvers, facts)))]
        case OpenTask():
            return [_yes(graph, command.node, command.task, command.person)]
        case Job():
            return [JobDone(command.job)]
        case _:
            return []


def _yes(graph: Graph, node: str, task: int, person: int) -> Complete:
    """The first action of the node, which is to approve or to report done."""
    rule = graph.node(node).rule
    if rule is None:
        raise TypeError(f"{node} is no user task")
    action = rule.actions[0]
    opinion = _ASSUMED if action.opinion is Opinion.REQUIRED else ""
    return Complete(task, action.id, person, opinion)


def _stop(graph: Graph, entry: LogEntry) -> list[Expected]:
    label = graph.node(entry.node).label if entry.node else ""
    if entry.kind is LogKind.ASKED:
        people = tuple(choice for choice in entry.choices if choice.fate in ASKED_FATES)
        return [Expected(entry.node, label, people)] if people else []
    if entry.kind is LogKind.NODE_DONE and entry.text == "empty":
        return [Expected(entry.node, label, by_rule=entry.text)]
    if entry.kind is LogKind.INCIDENT:
        return [Expected(entry.node, label, problem=entry.problem)]
    return []
