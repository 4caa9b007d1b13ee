"""What our extension says inside `extensionElements`; the reference is docs/reference/bpmn-extension.md.

A misspelt element, attribute or value is an error with its line and what would be right: an approval rule
that is half understood would be worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.flows.bpmn.names import DG, bpmn
from engine.flows.bpmn.part import Part, labels
from engine.flows.bpmn.rules import read_rule
from engine.flows.findings import Findings
from engine.flows.model import (
    Expression,
    FlowSettings,
    Hold,
    Service,
    ServiceType,
    StartOn,
    Withdrawal,
)
from engine.flows.rule import ApprovalRule, Label, Opinion, TaskKind
from engine.xml_text import XmlElement

ALLOWED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "process": ("flow", "label"),
        "userTask": ("approval", "work", "label"),
        "serviceTask": ("service", "label"),
        "endEvent": ("outcome", "label"),
    }
)
"""Our elements by the BPMN element they may extend; every other element takes `label` alone."""


@dataclass(frozen=True, slots=True)
class Extension:
    """What one BPMN element says in our namespace, and the extensions of others."""

    label: Label = ""
    rule: ApprovalRule | None = None
    service: Service | None = None
    outcome: str = ""
    settings: FlowSettings | None = None
    foreign: tuple[XmlElement, ...] = ()


def read_extension(element: XmlElement, at: str, found: Findings) -> Extension:
    """Everything in the element's `extensionElements`."""
    holders = [child for child in element.children if child.tag == bpmn("extensionElements")]
    parts = [part for holder in holders for part in holder.children]
    ours = [Part(part, at, found) for part in parts if part.namespace == DG]
    by_name = _by_name(element.name, ours)
    return Extension(
        label=labels(part for part in ours if part.name == "label"),
        rule=_rule(by_name),
        service=_service(by_name["service"]) if "service" in by_name else None,
        outcome=_outcome(by_name["outcome"]) if "outcome" in by_name else "",
        settings=_settings(by_name["flow"]) if "flow" in by_name else None,
        foreign=tuple(part for part in parts if part.namespace != DG),
    )


def _by_name(host: str, ours: list[Part]) -> dict[str, Part]:
    """Our elements that may stand here, each once; labels apart, which come once a language."""
    allowed = ALLOWED.get(host, ("label",))
    kept: dict[str, Part] = {}
    for part in ours:
        if part.name not in allowed:
            part.refuse("flow.extension.misplaced", host=host, allowed=allowed)
        elif part.name in kept:
            part.refuse("flow.extension.repeated")
        elif part.name != "label":
            kept[part.name] = part
    return kept


def _rule(by_name: Mapping[str, Part]) -> ApprovalRule | None:
    if "approval" in by_name and "work" in by_name:
        by_name["work"].refuse("flow.extension.repeated")
    if "approval" in by_name:
        return read_rule(by_name["approval"], TaskKind.APPROVE)
    return read_rule(by_name["work"], TaskKind.WORK) if "work" in by_name else None


def _settings(part: Part) -> FlowSettings:
    part.check("form", "start", "hold", children=("when", "withdraw"))
    whens = [when.expression() for when in part.parts("when")]
    ways = [_withdrawal(way) for way in part.parts("withdraw")]
    return FlowSettings(
        form=part.required("form"),
        start=part.choice("start", StartOn, StartOn.MANUAL),
        when=whens[0] if whens else None,
        hold=part.choice("hold", Hold, Hold.NONE),
        withdraw=ways[0] if ways else Withdrawal(),
    )


def _withdrawal(part: Part) -> Withdrawal:
    part.check("reason", children=("set",))
    return Withdrawal(
        reason=part.choice("reason", Opinion, Opinion.OPTIONAL), values=_values(part, "set", "field")
    )


def _service(part: Part) -> Service | None:
    if not part.required("type"):
        return None
    return _SERVICES[part.choice("type", ServiceType, ServiceType.JOB)](part)


def _record_patch(part: Part) -> Service:
    part.check("type", children=("set",))
    values = _values(part, "set", "field")
    if not values:
        part.refuse("flow.service.nothing-set")
    return Service(ServiceType.RECORD_PATCH, values=values)


def _set_status(part: Part) -> Service:
    part.check("type", "status")
    return Service(ServiceType.SET_STATUS, status=part.required("status"))


def _job(part: Part) -> Service:
    part.check("type", "name", "result", children=("param",))
    return Service(
        ServiceType.JOB,
        name=part.required("name"),
        result=part.optional("result"),
        values=_values(part, "param", "name"),
    )


_SERVICES: Final = MappingProxyType(
    {
        ServiceType.RECORD_PATCH: _record_patch,
        ServiceType.SET_STATUS: _set_status,
        ServiceType.JOB: _job,
    }
)


def _values(part: Part, child_name: str, attribute: str) -> dict[str, Expression]:
    values: dict[str, Expression] = {}
    for child in part.parts(child_name):
        child.check(attribute)
        key = child.required(attribute)
        if key in values:
            child.refuse("flow.service.set-twice", name=key)
        values[key] = child.expression()
    return values


def _outcome(part: Part) -> str:
    part.check("value")
    return part.required("value")
