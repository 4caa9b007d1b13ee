"""Which way a token takes: FEEL conditions on sequence flows, and what they may read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from engine.flows.execute.run import Run
from engine.flows.graph import NO_EDGE, Edge, GraphNode
from engine.flows.state import NodeResult
from engine.problems import Problem, errors
from engine.rules.feel import Compiled
from engine.values import DateTime, Reference, from_python

_NO_RESULT: Final[dict[str, object]] = {"outcome": None, "actor": None, "at": None}


def exclusive_edge(run: Run, node: GraphNode) -> tuple[Edge, ...] | Problem:
    """The first edge whose condition holds, in the order of the file, else the default.

    Source: BPMN 2.0.2, 13.4.2. An edge without condition always holds.
    """
    context = feel_context(run)
    for edge in _out(run, node):
        if edge.index == node.default:
            continue
        holds = _holds(run, edge, context)
        if isinstance(holds, Problem):
            return holds
        if holds:
            return (edge,)
    return _default(run, node)


def activity_edges(run: Run, node: GraphNode, outcome: str | None) -> tuple[Edge, ...] | Problem:
    """All edges without condition and those whose condition holds; if there are none, the default.

    outcome  of a user task, which its out-flows read by this name. Source: BPMN 2.0.2, 13.3.1.
    """
    out = _out(run, node)
    asks = any(edge.condition is not None for edge in out)
    local = {} if outcome is None else {"outcome": outcome}
    context = {**feel_context(run), **local} if asks else {}
    taken = []
    for edge in out:
        if edge.index == node.default:
            continue
        holds = _holds(run, edge, context)
        if isinstance(holds, Problem):
            return holds
        if holds:
            taken.append(edge)
    return tuple(taken) if taken or not node.out else _default(run, node)


def evaluate(run: Run, compiled: Compiled, at: str, context: Mapping[str, object]) -> object | Problem:
    """The value, or what FEEL found wrong, placed at the element."""
    result = compiled.evaluate(context, now=_feel_time(run, run.now))
    return errors(result.problems)[0].within(at=at) if result.failed else result.value


def feel_context(run: Run) -> dict[str, object]:
    """`record`, `initiator`, `user`, `nodes`, `vars`, and the record's fields by their bare names."""
    facts = run.facts
    return {
        **facts.record,
        "record": dict(facts.record),
        "initiator": Reference(facts.initiator),
        "user": Reference(facts.user),
        "nodes": dict.fromkeys(run.graph.tasks, _NO_RESULT)
        | {node: _result(run, result) for node, result in run.results.items()},
        "vars": dict.fromkeys(run.graph.vars) | run.vars,
    }


def _result(run: Run, result: NodeResult) -> dict[str, object]:
    actor = Reference(id=result.actor) if result.actor is not None else None
    at = _feel_time(run, datetime.fromisoformat(result.at))
    return {"outcome": result.outcome, "actor": actor, "at": at}


def _feel_time(run: Run, instant: datetime) -> DateTime:
    value = from_python(instant, run.facts.zone)
    if not isinstance(value, DateTime):
        raise TypeError("an instant becomes a date and time")
    return value


def _out(run: Run, node: GraphNode) -> list[Edge]:
    return [run.graph.edges[index] for index in node.out]


def _default(run: Run, node: GraphNode) -> tuple[Edge, ...] | Problem:
    if node.default == NO_EDGE:
        return Problem("flow.gateway.no-way", node.id, {"node": node.id})
    return (run.graph.edges[node.default],)


def _holds(run: Run, edge: Edge, context: Mapping[str, object]) -> bool | Problem:
    if edge.condition is None:
        return True
    value = evaluate(run, edge.condition, edge.id, context)
    if isinstance(value, Problem):
        return value
    if value is None or isinstance(value, bool):
        return value is True
    return Problem("flow.condition.value", edge.id, {"flow": edge.id, "text": edge.condition.text})
