"""One `process` element to a `ProcessModel`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from engine.flows.bpmn.extension import read_extension
from engine.flows.bpmn.names import BPMN, DG, EXECUTED, FLOW_NODES, KEPT, SUB_PROCESSES, XSI, bpmn
from engine.flows.findings import Findings
from engine.flows.model import (
    Category,
    Expression,
    FlowNode,
    Foreign,
    MultiInstance,
    ProcessModel,
    SequenceFlow,
)
from engine.flows.rule import Label
from engine.xml_text import XmlElement

_MARKERS: Final = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
_QUANTITIES: Final = ("startQuantity", "completionQuantity")
_TRUE: Final = frozenset({"true", "1"})


def read_process(process: XmlElement, language: str, found: Findings) -> ProcessModel:
    """The process with the flow nodes and sequence flows of all its sub-processes.

    language  the file's `expressionLanguage`, for expressions that do not say their own
    """
    at = process.attributes.get("id", "")
    extension = read_extension(process, at, found)
    executable = process.attributes.get("isExecutable", "").strip() in _TRUE
    nodes: dict[str, FlowNode] = {}
    flows: dict[str, SequenceFlow] = {}
    for element, scope in _contents(process, ""):
        if element.name in FLOW_NODES:
            node = _node(element, scope, language, found)
            nodes[node.id] = node
        elif element.name == "sequenceFlow":
            flow = _flow(element, scope, f"#{len(flows) + 1}", language, found)
            flows[flow.id] = flow
        elif executable and element.name not in KEPT | _MARKERS:
            _refuse_unknown(element, at, found)
    return ProcessModel(
        id=at,
        label=extension.label or process.attributes.get("name", ""),
        executable=executable,
        line=process.line,
        nodes=_connected(nodes, flows),
        flows=flows,
        settings=extension.settings,
        foreign=_foreign(process, extension.foreign),
    )


def _contents(container: XmlElement, scope: str) -> Iterator[tuple[XmlElement, str]]:
    """All BPMN elements directly inside the process and its sub-processes, each with the id around it."""
    for child in container.children:
        if child.namespace == BPMN:
            yield child, scope
            if child.name in SUB_PROCESSES:
                yield from _contents(child, child.attributes.get("id", ""))


def _refuse_unknown(element: XmlElement, process: str, found: Findings) -> None:
    at = element.attributes.get("id", process)
    found.refuse(Category.ELEMENT, "flow.element.not-executed", at, element.line, element=element.name)


def _connected(nodes: dict[str, FlowNode], flows: dict[str, SequenceFlow]) -> dict[str, FlowNode]:
    """By the sequence flows themselves; the `incoming` and `outgoing` of a node may be left out."""
    incoming, outgoing = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for flow in flows.values():
        incoming[flow.target].append(flow.id)
        outgoing[flow.source].append(flow.id)
    return {
        key: replace(node, incoming=tuple(incoming[key]), outgoing=tuple(outgoing[key]))
        for key, node in nodes.items()
    }


def _node(element: XmlElement, scope: str, language: str, found: Findings) -> FlowNode:
    at = element.attributes.get("id", "")
    extension = read_extension(element, at, found)
    return FlowNode(
        id=at,
        kind=element.name,
        label=_label(element, extension.label),
        line=element.line,
        scope=scope,
        default=element.attributes.get("default", ""),
        events=tuple(_events(element)),
        unusual=tuple(_unusual(element)),
        multi_instance=_multi_instance(element, language),
        script=element.attributes.get("scriptFormat", ""),
        rule=extension.rule,
        service=extension.service,
        outcome=extension.outcome,
        foreign=_foreign(element, extension.foreign),
    )


def _flow(element: XmlElement, scope: str, spare_id: str, language: str, found: Findings) -> SequenceFlow:
    at = element.attributes.get("id", spare_id)
    extension = read_extension(element, at, found)
    condition = _child(element, "conditionExpression")
    return SequenceFlow(
        id=at,
        source=element.attributes.get("sourceRef", ""),
        target=element.attributes.get("targetRef", ""),
        label=_label(element, extension.label),
        line=element.line,
        scope=scope,
        condition=_expression(condition, language) if condition else None,
        foreign=_foreign(element, extension.foreign) + (_foreign(condition, ()) if condition else ()),
    )


def _label(element: XmlElement, label: Label) -> Label:
    return label or element.attributes.get("name", "")


def _child(element: XmlElement, name: str) -> XmlElement | None:
    return next((child for child in element.children if child.tag == bpmn(name)), None)


def _events(element: XmlElement) -> Iterator[str]:
    suffix = "EventDefinition"
    for child in element.children:
        if child.namespace == BPMN and child.name.endswith(suffix):
            yield child.name.removesuffix(suffix)
        elif child.tag == bpmn("eventDefinitionRef"):
            yield "eventDefinitionRef"


def _unusual(element: XmlElement) -> Iterator[str]:
    if _child(element, "standardLoopCharacteristics"):
        yield "standardLoopCharacteristics"
    if element.attributes.get("isForCompensation", "").strip() in _TRUE:
        yield "isForCompensation"
    for name in _QUANTITIES:
        if element.attributes.get(name, "1").strip() != "1":
            yield name
    if element.name in EXECUTED and _child(element, "script"):
        yield "script"


def _multi_instance(element: XmlElement, language: str) -> MultiInstance | None:
    node = _child(element, "multiInstanceLoopCharacteristics")
    if node is None:
        return None
    completion = _child(node, "completionCondition")
    return MultiInstance(
        sequential=node.attributes.get("isSequential", "").strip() in _TRUE,
        completion=_expression(completion, language) if completion else None,
        line=node.line,
    )


def _expression(node: XmlElement, language: str) -> Expression:
    return Expression(node.text.strip(), node.attributes.get("language", language).strip(), node.line)


def _foreign(element: XmlElement, parts: tuple[XmlElement, ...]) -> tuple[Foreign, ...]:
    found = [
        Foreign(_namespace(tag), _local(tag), (_local(tag),), (text,), element.line)
        for tag, text in element.attributes.items()
        if _namespace(tag) not in {"", XSI, DG}
    ]
    return tuple(found) + tuple(_foreign_part(part) for part in parts)


def _foreign_part(part: XmlElement) -> Foreign:
    names: list[str] = []
    texts: list[str] = []
    for node in part.walk():
        names += [node.name, *map(_local, node.attributes)]
        texts += [node.text, *node.attributes.values()]
    return Foreign(part.namespace, part.name, tuple(names), tuple(texts), part.line)


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
