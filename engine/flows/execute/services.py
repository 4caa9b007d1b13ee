"""Service tasks: what they write or ask for, with FEEL values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.flows.commands import Job, LogEntry, LogKind, RecordPatch, SetStatus
from engine.flows.events import JobDone, JobFailed
from engine.flows.execute.routing import activity_edges, evaluate, feel_context
from engine.flows.execute.run import Run
from engine.flows.graph import GraphNode
from engine.flows.model import Service
from engine.flows.state import Activation, Phase, Token
from engine.problems import Problem
from engine.rules.feel import Compiled


def enter_patch(run: Run, node: GraphNode, token: Token) -> None:
    """Write fields; what comes later in the same step reads the record with them."""
    values = values_of(run, node.values, node.id)
    if isinstance(values, Problem):
        run.hold(token, values)
        return
    run.command(RecordPatch(node.id, values))
    run.log(LogEntry(LogKind.PATCHED, node.id))
    run.facts = replace(run.facts, record={**run.facts.record, **values})
    pass_through(run, node, token)


def enter_status(run: Run, node: GraphNode, token: Token) -> None:
    status = service_of(node).status
    run.command(SetStatus(status))
    run.log(LogEntry(LogKind.STATUS, node.id, outcome=status))
    pass_through(run, node, token)


def enter_job(run: Run, node: GraphNode, token: Token) -> None:
    """Ask for work outside the transaction and wait for its answer."""
    values = values_of(run, node.values, node.id)
    if isinstance(values, Problem):
        run.hold(token, values)
        return
    activation = Activation(run.number(), node.id, token.id, Phase.JOB)
    run.activations[activation.number] = activation
    run.tokens[token.id] = replace(token, activation=activation.number)
    run.command(Job(activation.number, node.id, service_of(node).name, values))
    run.log(LogEntry(LogKind.JOB_STARTED, node.id, activation.number))


def finish_job(run: Run, event: JobDone) -> Problem | None:
    """The job came back; an answer nobody awaits any more is refused and changes nothing."""
    activation = _job(run, event.job)
    if activation is None:
        return Problem("flow.activation.closed", params={"activation": event.job})
    node = run.graph.node(activation.node)
    name = service_of(node).result
    if name:
        run.vars[name] = event.result
    del run.activations[activation.number]
    run.log(LogEntry(LogKind.JOB_DONE, node.id, activation.number))
    token = run.tokens[activation.token] = replace(run.tokens[activation.token], activation=0)
    pass_through(run, node, token)
    return None


def fail_job(run: Run, event: JobFailed) -> Problem | None:
    activation = _job(run, event.job)
    if activation is None:
        return Problem("flow.activation.closed", params={"activation": event.job})
    del run.activations[activation.number]
    run.hold(run.tokens[activation.token], event.problem)
    return None


def pass_through(run: Run, node: GraphNode, token: Token) -> None:
    """The node's work is done: take the ways out of it, or end here if there is none."""
    edges = activity_edges(run, node, None)
    if isinstance(edges, Problem):
        run.hold(token, edges, done=True)
    elif edges:
        run.leave(token, edges)
    else:
        run.finish_branch(token, "")


def service_of(node: GraphNode) -> Service:
    if node.service is None:
        raise TypeError(f"{node.id} is no service task")
    return node.service


def _job(run: Run, number: int) -> Activation | None:
    activation = run.activations.get(number)
    return activation if activation is not None and activation.phase is Phase.JOB else None


def withdraw(run: Run) -> None:
    """Write what a withdrawn record holds. What FEEL finds wrong goes to the log: ending comes first."""
    if not run.graph.withdrawn:
        return
    values = values_of(run, run.graph.withdrawn, run.graph.process)
    if isinstance(values, Problem):
        run.log(LogEntry(LogKind.INCIDENT, problem=values))
        return
    run.command(RecordPatch("", values))
    run.log(LogEntry(LogKind.PATCHED))


def values_of(run: Run, expressions: Mapping[str, Compiled], at: str) -> dict[str, object] | Problem:
    """The value of each, or the first problem, placed at the element."""
    context = feel_context(run)
    values: dict[str, object] = {}
    for name, compiled in expressions.items():
        value = evaluate(run, compiled, at, context)
        if isinstance(value, Problem):
            return value
        values[name] = value
    return values
