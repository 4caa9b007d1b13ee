"""Whether a flow may start on a record: what `<dg:when>` says."""

from __future__ import annotations

from datetime import datetime

from engine.flows.events import Facts
from engine.flows.execute.routing import evaluate, feel_context
from engine.flows.execute.run import Run
from engine.flows.graph import Graph
from engine.flows.state import new_state
from engine.problems import Problem


def start_refusal(graph: Graph, facts: Facts, *, now: datetime) -> Problem | None:
    """None if the flow may start on the record; else `flow.start.condition`, or what FEEL found wrong.

    A flow without condition may always start. `step` does not ask: who starts a process asks before.
    """
    if graph.when is None:
        return None
    run = Run(graph, new_state(), facts, now)
    value = evaluate(run, graph.when, graph.process, feel_context(run))
    if isinstance(value, Problem):
        return value
    if value is True:
        return None
    return Problem("flow.start.condition", graph.process, {"text": graph.when.text})
