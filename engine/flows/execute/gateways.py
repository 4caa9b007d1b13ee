"""Gateways and ends: where tokens choose, split, wait for each other, and stop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.flows.execute.routing import exclusive_edge
from engine.flows.execute.run import Run
from engine.flows.graph import GraphNode
from engine.flows.state import Token
from engine.problems import Problem


def enter_exclusive(run: Run, node: GraphNode, token: Token) -> None:
    if not node.out:
        run.finish_branch(token, "")
        return
    edges = exclusive_edge(run, node)
    if isinstance(edges, Problem):
        run.hold(token, edges)
    else:
        run.leave(token, edges)


def enter_parallel(run: Run, node: GraphNode, token: Token) -> None:
    """Wait until a token has come by every flow, take one of each, and leave by all ways.

    The token that goes on has come through everything its parts came through. Source: BPMN 2.0.2, 13.4.1.
    """
    taken = _one_of_each(run, node)
    if taken is None:
        return
    past = _united(part.past for part in taken)
    for part in taken:
        del run.tokens[part.id]
    merged = Token(run.number(), node.id, past=past)
    run.tokens[merged.id] = merged
    if node.out:
        run.leave(merged, [run.graph.edges[index] for index in node.out])
    else:
        run.finish_branch(merged, "")


def enter_end(run: Run, node: GraphNode, token: Token) -> None:
    run.finish_branch(token, node.outcome)


def enter_terminate(run: Run, node: GraphNode, token: Token) -> None:
    """End the whole process now, whatever else is open (BPMN 2.0.2, 10.5.3)."""
    run.finish_branch(token, node.outcome)
    run.end(run.outcome)


def _one_of_each(run: Run, node: GraphNode) -> list[Token] | None:
    here = [token for _, token in sorted(run.tokens.items()) if token.node == node.id and not token.incident]
    first: dict[str, Token] = {}
    for token in here:
        first.setdefault(token.flow, token)
    flows = [run.graph.edges[index].id for index in node.incoming]
    if any(flow not in first for flow in flows):
        return None
    return [first[flow] for flow in flows]


def _united(pasts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    united: dict[str, int] = {}
    for past in pasts:
        for key, number in past.items():
            united[key] = max(number, united.get(key, 0))
    return united
