"""Namespaces and element names of BPMN 2.0 and of our extension, sorted by what we do with them."""

from __future__ import annotations

from typing import Final

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DG: Final = "urn:dougong:bpmn:1"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

TASKS: Final = frozenset(
    {
        "task",
        "manualTask",
        "userTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
    }
)
SUB_PROCESSES: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
EVENTS: Final = frozenset(
    {
        "startEvent",
        "endEvent",
        "boundaryEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "implicitThrowEvent",
    }
)
GATEWAYS: Final = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
)
CHOREOGRAPHY: Final = frozenset({"choreographyTask", "subChoreography", "callChoreography"})
FLOW_NODES: Final = TASKS | SUB_PROCESSES | EVENTS | GATEWAYS | CHOREOGRAPHY | {"callActivity"}
"""Everything a token can stand on (BPMN 2.0.2, 8.4.10), whether we execute it or not."""

KEPT: Final = frozenset(
    {
        "artifact",
        "association",
        "auditing",
        "category",
        "correlationSubscription",
        "dataInputAssociation",
        "dataObject",
        "dataObjectReference",
        "dataOutputAssociation",
        "dataStoreReference",
        "documentation",
        "extensionElements",
        "group",
        "humanPerformer",
        "incoming",
        "ioBinding",
        "ioSpecification",
        "laneSet",
        "monitoring",
        "outgoing",
        "performer",
        "potentialOwner",
        "property",
        "resourceRole",
        "supportedInterfaceRef",
        "supports",
        "textAnnotation",
    }
)
"""What may stand inside a process or sub-process without moving a token: kept and shown."""

EXECUTED: Final = frozenset(
    {
        "startEvent",
        "endEvent",
        "task",
        "manualTask",
        "userTask",
        "serviceTask",
        "exclusiveGateway",
        "parallelGateway",
    }
)
"""What `execute` runs; every other flow node of an executable process is refused by name and line."""

EXECUTED_EVENTS: Final = {"startEvent": frozenset[str](), "endEvent": frozenset({"terminate"})}
"""Event definitions we execute, by event; without a definition the event is a none event."""


def bpmn(name: str) -> str:
    """The Clark name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def dg(name: str) -> str:
    """The Clark name of an element of our extension."""
    return f"{{{DG}}}{name}"
