"""Whether a parallel join can be left waiting for ever, found by playing the token game without data.

Every way a gateway may choose is tried. Source: workflow nets (van der Aalst), deadlock part of soundness.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

from engine.flows.model import FlowNode, ProcessModel

MAX_MOVES: Final = 20_000
"""More moves than this are not tried: the answer is then "not found", never a wrong accusation."""
MAX_TOKENS: Final = 12

Marking = tuple[str, ...]
"""The sequence flows on which a token lies, sorted; a flow stands in it once for each of its tokens."""


def stuck_joins(process: ProcessModel) -> tuple[str, ...]:
    """Ids of the joins at which tokens can remain when nothing else can move, in document order."""
    starts = [node for node in process.nodes.values() if node.kind == "startEvent"]
    first = [tuple(sorted(out)) for node in starts for out in _choices(node, process)]
    seen: set[Marking] = set(first)
    queue = deque(first)
    stuck: set[str] = set()
    budget = iter(range(MAX_MOVES))
    while queue:
        marking = queue.popleft()
        moved = False
        for after, _ in zip(_moves(marking, process), budget, strict=False):
            moved = True
            if after not in seen and len(after) <= MAX_TOKENS:
                seen.add(after)
                queue.append(after)
        if next(budget, None) is None:
            break
        if not moved:
            stuck |= {process.flows[flow].target for flow in marking}
    return tuple(key for key in process.nodes if key in stuck)


def _moves(marking: Marking, process: ProcessModel) -> Iterator[Marking]:
    for key in {process.flows[flow].target for flow in marking}:
        node = process.nodes[key]
        for used in _takes(node, marking):
            if "terminate" in node.events:
                yield ()
                continue
            rest = list(marking)
            for flow in used:
                rest.remove(flow)
            for out in _choices(node, process):
                yield tuple(sorted([*rest, *out]))


def _takes(node: FlowNode, marking: Marking) -> Iterator[tuple[str, ...]]:
    """Which tokens the node takes at once: a join one of each flow, everything else a single one."""
    if node.kind == "parallelGateway":
        if all(flow in marking for flow in node.incoming):
            yield node.incoming
        return
    for flow in node.incoming:
        if flow in marking:
            yield (flow,)


def _choices(node: FlowNode, process: ProcessModel) -> Iterator[tuple[str, ...]]:
    """The sets of flows that may be taken out of the node."""
    if node.kind == "exclusiveGateway" and node.outgoing:
        yield from ((flow,) for flow in node.outgoing)
        return
    open_flows = tuple(
        flow for flow in node.outgoing if flow == node.default or process.flows[flow].condition is not None
    )
    always = tuple(flow for flow in node.outgoing if flow not in open_flows)
    if node.kind == "parallelGateway" or not open_flows:
        yield node.outgoing
        return
    yield from ((*always, flow) for flow in open_flows)
