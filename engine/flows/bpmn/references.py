"""Ids and the references to them, in the whole file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.flows.bpmn.names import BPMN, BPMNDI, bpmn
from engine.flows.findings import Findings
from engine.flows.model import Category, FlowNode, Model, ProcessModel, SequenceFlow
from engine.xml_text import XmlElement

_WITH_IDS: Final = frozenset({BPMN, BPMNDI})


def check_references(model: Model, found: Findings) -> None:
    """Report ids that are missing or given twice, and references that lead nowhere.

    A reference inside an executable process is an error; one in a drawing, from a lane or from the diagram
    only makes the picture incomplete and is a warning.
    """
    ids = _check_ids(model.tree, found)
    for process in model.processes:
        for node in process.nodes.values():
            _check_node(node, process, found)
        for flow in process.flows.values():
            _check_flow(flow, process, found)
    for element, ref in _pictured(model.tree):
        if ref.rpartition(":")[2] not in ids:
            at = element.attributes.get("id", "")
            found.warn("flow.reference.picture", at, element.line, element=element.name, ref=ref)


def _check_ids(root: XmlElement, found: Findings) -> frozenset[str]:
    lines: dict[str, int] = {}
    for element in root.walk():
        key = element.attributes.get("id")
        if key is None or element.namespace not in _WITH_IDS:
            continue
        if key in lines:
            found.refuse(
                Category.STRUCTURE, "flow.id.duplicate", key, element.line, id=key, first_line=lines[key]
            )
        lines.setdefault(key, element.line)
    return frozenset(lines)


def _pictured(root: XmlElement) -> Iterator[tuple[XmlElement, str]]:
    for element in root.walk():
        if element.namespace == BPMNDI and "bpmnElement" in element.attributes:
            yield element, element.attributes["bpmnElement"]
        elif element.tag == bpmn("flowNodeRef"):
            yield element, element.text.strip()


def _check_node(node: FlowNode, process: ProcessModel, found: Findings) -> None:
    if not node.id:
        found.refuse(Category.STRUCTURE, "flow.id.missing", process.id, node.line, element=node.kind)
    if node.default and node.default not in node.outgoing:
        _dangling(process, found, node.id, node.line, element=node.kind, ref=node.default)


def _check_flow(flow: SequenceFlow, process: ProcessModel, found: Findings) -> None:
    for ref in (flow.source, flow.target):
        if ref not in process.nodes:
            _dangling(process, found, flow.id, flow.line, element="sequenceFlow", ref=ref)
        elif process.nodes[ref].scope != flow.scope:
            found.refuse(
                Category.STRUCTURE, "flow.flow.crosses-scope", flow.id, flow.line, flow=flow.id, node=ref
            )


def _dangling(process: ProcessModel, found: Findings, at: str, line: int, **params: str) -> None:
    if process.executable:
        found.refuse(Category.STRUCTURE, "flow.reference.dangling", at, line, **params)
    else:
        found.warn("flow.reference.dangling", at, line, **params)
