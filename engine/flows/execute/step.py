"""`step`: one event, one move of a process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from engine.flows.commands import LogEntry, LogKind, SetStatus, Step
from engine.flows.events import Cancel, Complete, Event, JobDone, JobFailed, Resolved, Retry, Start
from engine.flows.execute.gateways import enter_end, enter_exclusive, enter_parallel, enter_terminate
from engine.flows.execute.run import Run
from engine.flows.execute.services import (
    enter_job,
    enter_patch,
    enter_status,
    fail_job,
    finish_job,
    pass_through,
    withdraw,
)
from engine.flows.execute.tasks import complete_task, enter_task, leave_task, open_tasks
from engine.flows.graph import Graph, GraphNode, NodeKind
from engine.flows.rule import Opinion
from engine.flows.state import ProcessState, ProcessStatus, Token
from engine.problems import Problem

MAX_MOVES: Final = 10_000
"""Nodes entered in one step; a process that wants more goes round in a loop in which nobody is asked."""

RUNNING: Final = "running"
CANCELLED: Final = "cancelled"

_ENTER: Final[Mapping[NodeKind, Callable[[Run, GraphNode, Token], None]]] = MappingProxyType(
    {
        NodeKind.START: pass_through,
        NodeKind.END: enter_end,
        NodeKind.TERMINATE: enter_terminate,
        NodeKind.PASS: pass_through,
        NodeKind.USER: enter_task,
        NodeKind.PATCH: enter_patch,
        NodeKind.STATUS: enter_status,
        NodeKind.JOB: enter_job,
        NodeKind.EXCLUSIVE: enter_exclusive,
        NodeKind.PARALLEL: enter_parallel,
    }
)


def step(graph: Graph, state: ProcessState, event: Event, *, now: datetime) -> Step:
    """Advance one process by one event.

    state   tokens, open activities and results; it is not changed
    now     aware; recorded with decisions, and what FEEL reads as `now()`
    Returns the next state, the commands in the order they must be carried out, and the lines for the log.
    An event that does not fit (its task is closed, its opinion missing, the process over) gives the old
    state and a `problem`. When no outgoing condition holds, or FEEL finds an error, the token stays and the
    commands contain an `Incident`; a decision already taken is kept. Nothing is raised.
    Semantics: BPMN 2.0.2, clause 13 (execution semantics); approvals: docs/reference/bpmn-extension.md.
    """
    if now.tzinfo is None:
        raise ValueError("`now` must be an aware time")
    run = Run(graph, state, event.facts, now)
    refused = _take(run, event, started=state.seq > 0)
    if refused is not None:
        return Step(state, problem=refused)
    _settle(run)
    return run.step()


def _take(run: Run, event: Event, *, started: bool) -> Problem | None:
    if run.status is ProcessStatus.ENDED:
        return Problem("flow.process.ended", params={"outcome": run.outcome})
    if isinstance(event, Start) == started:
        return Problem("flow.process.started" if started else "flow.process.not-started")
    if not isinstance(event, Resolved):
        run.by_rule = 0
    return _handle(run, event)


def _handle(run: Run, event: Event) -> Problem | None:
    refused: Problem | None = None
    match event:
        case Start():
            _start(run, event)
        case Complete():
            refused = complete_task(run, event)
        case Resolved():
            refused = open_tasks(run, event)
        case JobDone():
            refused = finish_job(run, event)
        case JobFailed():
            refused = fail_job(run, event)
        case Retry():
            refused = _retry(run, event)
        case Cancel():
            refused = _cancel(run, event)
    return refused


def _settle(run: Run) -> None:
    """Move tokens until each stands somewhere; without tokens the process is over."""
    moves = 0
    while run.ready:
        token = run.tokens.get(run.ready.popleft())
        if token is None:
            continue
        moves += 1
        node = run.graph.node(token.node)
        if moves > MAX_MOVES:
            run.hold(token, Problem("flow.step.too-long", node.id, {"limit": MAX_MOVES}))
        else:
            _ENTER[node.kind](run, node, token)
    if run.status is ProcessStatus.ACTIVE and not run.tokens:
        run.end(run.outcome)


def _start(run: Run, event: Start) -> None:
    run.initiator = event.initiator
    node = run.graph.nodes[run.graph.start]
    run.command(SetStatus(RUNNING))
    run.log(LogEntry(LogKind.STARTED, node.id, actor=event.initiator))
    run.place(node, "", {})


def _cancel(run: Run, event: Cancel) -> Problem | None:
    settings = run.graph.settings
    if settings is not None and settings.withdraw.reason is Opinion.REQUIRED and not event.reason.strip():
        return Problem("flow.withdraw.reason", params={"flow": run.graph.label or run.graph.process})
    withdraw(run)
    entry = LogEntry(LogKind.CANCELLED, actor=event.actor, text=event.reason)
    run.end(CANCELLED, entry=entry)
    return None


def _retry(run: Run, event: Retry) -> Problem | None:
    """Let a token with an incident try again: its node, or only the way out of it."""
    token = run.tokens.get(event.token)
    if token is None or not token.incident:
        return Problem("flow.incident.gone", params={"token": event.token})
    node = run.graph.node(token.node)
    run.log(LogEntry(LogKind.RETRIED, node.id, actor=event.actor))
    cleared = run.tokens[token.id] = replace(token, incident="", done=False)
    if not token.done:
        run.ready.append(token.id)
    elif node.kind is NodeKind.USER:
        leave_task(run, node, cleared, run.results[node.id].outcome)
    else:
        pass_through(run, node, cleared)
    return None
