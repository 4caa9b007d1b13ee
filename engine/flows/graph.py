"""The compiled, immutable form of a process: what `step` runs on. Made once per version and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from engine.flows.model import FlowSettings, Service
from engine.flows.rule import ApprovalRule, Label
from engine.rules.feel import Compiled

NO_EDGE: Final = -1


class NodeKind(StrEnum):
    """What a token does at a node: PASS goes straight through; PATCH, STATUS and JOB are service tasks."""

    START = "start"
    END = "end"
    TERMINATE = "terminate"
    PASS = "pass"  # noqa: S105 - a kind of node, no secret
    USER = "user"
    PATCH = "patch"
    STATUS = "status"
    JOB = "job"
    EXCLUSIVE = "exclusive"
    PARALLEL = "parallel"


@dataclass(frozen=True, slots=True)
class Edge:
    """A sequence flow between two node indexes."""

    index: int
    id: str
    label: Label
    source: int
    target: int
    condition: Compiled | None = None


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A flow node; `out` and `incoming` are edge indexes in the order of the file.

    default       its default edge, or NO_EDGE
    values        of a service: field or parameter -> FEEL
    outcome       of an end event: what the process ends with, empty if it does not say
    reject_drawn  the drawing says where a rejection goes; otherwise it ends the process
    """

    index: int
    id: str
    kind: NodeKind
    label: Label
    incoming: tuple[int, ...] = ()
    out: tuple[int, ...] = ()
    default: int = NO_EDGE
    rule: ApprovalRule | None = None
    service: Service | None = None
    values: Mapping[str, Compiled] = field(default_factory=dict)
    outcome: str = ""
    reject_drawn: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """One executable process.

    start     index of the start event
    by_id     node id -> index
    tasks     ids of the user tasks, whose results expressions read under `nodes`
    vars      names under `vars` that jobs give
    settings  what `<dg:flow>` says; None if the file does not have it
    when      the compiled start condition
    withdrawn field -> FEEL, what the record holds after the process was withdrawn
    """

    process: str
    label: Label
    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    start: int
    by_id: Mapping[str, int]
    tasks: tuple[str, ...] = ()
    vars: tuple[str, ...] = ()
    settings: FlowSettings | None = None
    when: Compiled | None = None
    withdrawn: Mapping[str, Compiled] = field(default_factory=dict)

    def node(self, node_id: str) -> GraphNode:
        return self.nodes[self.by_id[node_id]]
