"""Whether an executable process is built so that it can run: starts, ends, conditions, people, ways."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from engine.flows.approvals import APPROVAL_MODES
from engine.flows.bpmn.names import EXECUTED, TASKS
from engine.flows.findings import Findings
from engine.flows.model import Category, FlowNode, MultiInstance, ProcessModel, SequenceFlow, ServiceType
from engine.flows.rule import ApprovalRule, OnEmpty, OnSelf, ResolverKind
from engine.flows.soundness import stuck_joins

_CHOOSES: Final = TASKS | {"exclusiveGateway", "inclusiveGateway", "subProcess", "callActivity"}
Ways = Mapping[str, Sequence[str]]
"""Node -> the nodes to which its sequence flows lead, or from which they come."""

_RULE_DECIDES: Final = frozenset({OnEmpty.PASS, OnEmpty.REJECT})


def check_structure(process: ProcessModel, found: Findings) -> None:
    """Report what is built wrongly (errors) and what looks like a mistake (warnings)."""
    _check_starts(process, found)
    for node in process.nodes.values():
        _check_ends(node, found)
        _check_choice(node, process, found)
        _check_people(node, found)
    if all(node.kind in EXECUTED for node in process.nodes.values()):
        _check_ways(process, found)


def _check_starts(process: ProcessModel, found: Findings) -> None:
    starts = [node for node in process.nodes.values() if node.kind == "startEvent" and not node.scope]
    plain = [node for node in starts if not node.events]
    if not starts:
        found.refuse(Category.STRUCTURE, "flow.start.none", process.id, process.line)
    for node in plain[1:]:
        found.refuse(Category.STRUCTURE, "flow.start.several", node.id, node.line, first=plain[0].id)


def _check_ends(node: FlowNode, found: Findings) -> None:
    if node.kind == "startEvent" and node.incoming:
        found.refuse(Category.STRUCTURE, "flow.start.incoming", node.id, node.line)
    if node.kind == "endEvent" and node.outgoing:
        found.refuse(Category.STRUCTURE, "flow.end.outgoing", node.id, node.line)


def _check_choice(node: FlowNode, process: ProcessModel, found: Findings) -> None:
    flows = [process.flows[key] for key in node.outgoing]
    conditional = [flow for flow in flows if flow.condition is not None and flow.id != node.default]
    if node.kind not in _CHOOSES:
        for flow in conditional:
            found.refuse(Category.STRUCTURE, "flow.condition.misplaced", flow.id, flow.line, kind=node.kind)
        return
    _check_default(node, flows, found)
    plain = [flow for flow in flows if flow.condition is None and flow.id != node.default]
    if node.kind == "exclusiveGateway" and len(flows) > 1:
        for flow in plain:
            found.refuse(Category.STRUCTURE, "flow.condition.missing", flow.id, flow.line, gateway=node.id)
    elif conditional:
        for flow in plain:
            found.warn("flow.condition.beside", flow.id, flow.line, node=node.id)
    if conditional and not plain and not node.default:
        found.warn("flow.gateway.default-missing", node.id, node.line, node=node.id)


def _check_default(node: FlowNode, flows: Iterable[SequenceFlow], found: Findings) -> None:
    for flow in flows:
        if flow.id == node.default and flow.condition is not None:
            found.warn("flow.condition.on-default", flow.id, flow.line, node=node.id)


def _check_people(node: FlowNode, found: Findings) -> None:
    if node.kind != "userTask":
        return
    if node.rule is None:
        found.warn("flow.task.nobody-named", node.id, node.line)
        return
    if _nobody_can_decide(node.rule):
        found.warn("flow.rule.no-human", node.id, node.line)
    if node.multi_instance is not None:
        _check_standard_part(node.id, node.rule, node.multi_instance, found)


def _nobody_can_decide(rule: ApprovalRule) -> bool:
    only_self = all(resolver.kind is ResolverKind.INITIATOR for resolver in rule.who)
    return only_self and rule.on_self is OnSelf.SKIP and rule.on_empty in _RULE_DECIDES


def _check_standard_part(at: str, rule: ApprovalRule, standard: MultiInstance, found: Findings) -> None:
    """Other tools follow the standard part, we follow the rule: they have to say the same."""
    mode = APPROVAL_MODES[rule.mode]
    written = _standard(standard.sequential, standard.completion.text if standard.completion else "")
    meant = _standard(mode.sequential, mode.completion_condition)
    if written != meant:
        found.refuse(
            Category.STRUCTURE,
            "flow.rule.standard-part-differs",
            at,
            standard.line,
            mode=rule.mode,
            written=written,
            meant=meant,
        )


def _standard(sequential: bool, condition: str) -> str:
    text = f'isSequential="{str(sequential).lower()}"'
    return f"{text}, completionCondition: {' '.join(condition.split())}" if condition else text


def _check_ways(process: ProcessModel, found: Findings) -> None:
    ahead = {key: [process.flows[flow].target for flow in n.outgoing] for key, n in process.nodes.items()}
    back = {key: [process.flows[flow].source for flow in n.incoming] for key, n in process.nodes.items()}
    if any(
        target not in process.nodes for targets in [*ahead.values(), *back.values()] for target in targets
    ):
        return
    starts = [key for key, node in process.nodes.items() if node.kind == "startEvent"]
    ends = [key for key, node in process.nodes.items() if not node.outgoing]
    from_start, to_end = _reached(starts, ahead), _reached(ends, back)
    for key, node in process.nodes.items():
        if key not in from_start:
            found.warn("flow.node.unreachable", key, node.line, node=key)
        elif key not in to_end:
            found.warn("flow.node.no-way-out", key, node.line, node=key)
    _check_loops(process, ahead, back, found)
    for key in stuck_joins(process):
        found.warn("flow.join.stuck", key, process.nodes[key].line, node=key)


def _reached(roots: Iterable[str], ways: Ways) -> set[str]:
    seen = set(roots)
    queue = deque(seen)
    while queue:
        for target in ways[queue.popleft()]:
            if target not in seen:
                seen.add(target)
                queue.append(target)
    return seen


def _check_loops(process: ProcessModel, ahead: Ways, back: Ways, found: Findings) -> None:
    """A cycle in which nothing waits would never let go of the step."""
    busy = {key for key, node in process.nodes.items() if not _waits(node)}
    cyclic = _without_ends(_without_ends(busy, ahead, back), back, ahead)
    if cyclic:
        first = next(key for key in process.nodes if key in cyclic)
        line = process.nodes[first].line
        found.refuse(Category.STRUCTURE, "flow.loop.no-wait", first, line, nodes=tuple(sorted(cyclic)))


def _without_ends(nodes: set[str], ways: Ways, back: Ways) -> set[str]:
    """What is left when nodes from which no way leads inside `nodes` are taken away, again and again."""
    left = set(nodes)
    open_ways = {key: sum(target in left for target in ways[key]) for key in left}
    queue = deque(key for key, number in open_ways.items() if not number)
    while queue:
        gone = queue.popleft()
        left.remove(gone)
        for source in back[gone]:
            if source in left:
                open_ways[source] -= 1
                if not open_ways[source]:
                    queue.append(source)
    return left


def _waits(node: FlowNode) -> bool:
    is_job = node.service is not None and node.service.type is ServiceType.JOB
    return node.kind == "userTask" or is_job
