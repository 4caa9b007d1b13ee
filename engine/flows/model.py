"""A BPMN 2.0 file as an immutable model: what we execute in typed form, and everything else kept as it was.

`Model.tree` is the whole document; the typed part is read from it and never disagrees with it.
Semantics: BPMN 2.0.2 (OMG formal/2013-12-09); our additions are in the namespace `urn:dougong:bpmn:1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.flows.rule import ApprovalRule, Label, Opinion
from engine.problems import Problem
from engine.xml_text import XmlElement


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as written; `language` is what the file says, empty if it says nothing."""

    text: str
    language: str
    line: int


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """The standard multi-instance part of an activity."""

    sequential: bool
    completion: Expression | None
    line: int


class ServiceType(StrEnum):
    """RECORD_PATCH writes fields · SET_STATUS sets `flow_status` · JOB works outside the transaction."""

    RECORD_PATCH = "record_patch"
    SET_STATUS = "set_status"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Service:
    """What a service task does.

    name    of the job; empty for the other types
    status  for SET_STATUS
    result  for JOB: the name under `vars` that takes the job's result, empty to drop it
    values  field or parameter -> FEEL
    """

    type: ServiceType
    name: str = ""
    status: str = ""
    result: str = ""
    values: Mapping[str, Expression] = field(default_factory=dict)


class StartOn(StrEnum):
    """MANUAL somebody starts the flow · CREATED with the record · SAVED with every change of it."""

    MANUAL = "manual"
    CREATED = "created"
    SAVED = "saved"


class Hold(StrEnum):
    """Which fields nobody may edit while the process runs."""

    NONE = "none"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What `<dg:withdraw>` says of ending a process early (撤回).

    reason  whether who does it may, must or cannot give one
    values  field -> FEEL, written to the record before the process ends
    """

    reason: Opinion = Opinion.OPTIONAL
    values: Mapping[str, Expression] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FlowSettings:
    """What `<dg:flow>` says: the form, when the flow starts, what it holds, and how it is withdrawn."""

    form: str
    start: StartOn = StartOn.MANUAL
    when: Expression | None = None
    hold: Hold = Hold.NONE
    withdraw: Withdrawal = field(default_factory=Withdrawal)


@dataclass(frozen=True, slots=True)
class Foreign:
    """An attribute or extension element of another product on an element of ours: kept, never executed.

    names  the local names of the attribute, or of the element and of everything in it
    texts  all attribute values and texts in it
    """

    namespace: str
    name: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A flow node of BPMN, executed or not.

    kind          local name in BPMN: `userTask`, `exclusiveGateway`, …
    scope         id of the sub-process around it; empty at the level of the process
    default       id of its default flow
    events        event definitions of an event, by their BPMN name without `EventDefinition`
    unusual       markers we do not execute: `standardLoopCharacteristics`, `isForCompensation`, …
    script        language of a script task, as written
    label         what people read: its name, or one text per language
    """

    id: str
    kind: str
    label: Label
    line: int
    scope: str = ""
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str = ""
    events: tuple[str, ...] = ()
    unusual: tuple[str, ...] = ()
    multi_instance: MultiInstance | None = None
    script: str = ""
    rule: ApprovalRule | None = None
    service: Service | None = None
    outcome: str = ""
    foreign: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class SequenceFlow:
    """From one flow node to another; a file may leave out the id, then it is `#` and a number."""

    id: str
    source: str
    target: str
    label: Label
    line: int
    scope: str = ""
    condition: Expression | None = None
    foreign: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessModel:
    """One `process` of the file; `nodes` and `flows` include those of its sub-processes."""

    id: str
    label: Label
    executable: bool
    line: int
    nodes: Mapping[str, FlowNode]
    flows: Mapping[str, SequenceFlow]
    settings: FlowSettings | None = None
    foreign: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    tree: XmlElement
    processes: tuple[ProcessModel, ...]
    name: str = ""

    @property
    def executable(self) -> tuple[ProcessModel, ...]:
        return tuple(process for process in self.processes if process.executable)


class Outcome(StrEnum):
    """What can be done with a file.

    DEPLOYABLE can run · DRAWING has no executable process, is kept and shown · REFUSED asks for what we do
    not execute, or is built wrongly · MALFORMED is not well-formed, has a DOCTYPE, is too large or not BPMN.
    """

    DEPLOYABLE = "deployable"
    DRAWING = "drawing"
    REFUSED = "refused"
    MALFORMED = "malformed"


class Category(StrEnum):
    """Why a model is refused."""

    ELEMENT = "element"
    EXPRESSION_LANGUAGE = "expression-language"
    IMPLEMENTATION = "implementation"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file; `model` is None only when it is MALFORMED."""

    outcome: Outcome
    model: Model | None
    problems: tuple[Problem, ...] = ()

    @property
    def categories(self) -> frozenset[Category]:
        """The refusal categories of its errors."""
        found = (problem.params.get("category") for problem in self.problems if problem.is_error)
        return frozenset(Category(str(category)) for category in found if category)
