"""A DMN file as an immutable model: what we evaluate in typed form, and everything else kept as it was.

`Model.tree` is the whole document; the typed part is read from it and never disagrees with it.
Semantics: DMN 1.5 (OMG formal/2024-01-01), clauses 6 to 8 and 10.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.xml_text import XmlElement


@dataclass(frozen=True, slots=True)
class Element:
    """Where something stands in the file: its id (that of the nearest element that has one) and line."""

    id: str
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Variable(Element):
    """A name with the type its author gave it, "" for none."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Expression(Element):
    """Base of all boxed expressions; `type` is the declared type of its value, "" for none."""

    type: str


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """FEEL text."""

    text: str


@dataclass(frozen=True, slots=True)
class ContextEntry(Element):
    """An entry without a name is the result of the whole context."""

    variable: Variable | None
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Context(Expression):
    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class Relation(Expression):
    columns: tuple[Variable, ...]
    rows: tuple[tuple[Expression | None, ...], ...]


@dataclass(frozen=True, slots=True)
class BoxedList(Expression):
    items: tuple[Expression | None, ...]


@dataclass(frozen=True, slots=True)
class Binding(Element):
    parameter: Variable
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Invocation(Expression):
    function: Expression | None
    bindings: tuple[Binding, ...]


class FunctionKind(StrEnum):
    FEEL = "FEEL"
    JAVA = "Java"
    PMML = "PMML"


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Expression):
    kind: FunctionKind
    parameters: tuple[Variable, ...]
    body: Expression | None


@dataclass(frozen=True, slots=True)
class Conditional(Expression):
    condition: Expression | None
    then: Expression | None
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class Filter(Expression):
    source: Expression | None
    match: Expression | None


@dataclass(frozen=True, slots=True)
class For(Expression):
    name: str
    source: Expression | None
    body: Expression | None


@dataclass(frozen=True, slots=True)
class Quantified(Expression):
    """`some`, or with `every` the other one."""

    every: bool
    name: str
    source: Expression | None
    condition: Expression | None


class HitPolicy(StrEnum):
    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(StrEnum):
    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True)
class Cell(Element):
    """The text of one cell: unary tests of an input, an expression of an output."""

    text: str


@dataclass(frozen=True, slots=True)
class Input(Element):
    """allowed  unary tests that every value has to pass, "" for none
    field    `form.field` whose values the column holds, "" for none
    """

    label: str
    expression: Literal
    allowed: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Output(Element):
    """allowed  unary tests in order of priority, "" for none
    default  the value when no rule matches, None for none
    field    `form.field` whose values the column holds, "" for none
    """

    label: str
    name: str
    type: str
    allowed: str
    default: Literal | None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Element):
    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    annotations: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class DecisionTable(Expression):
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    output_label: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    annotations: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Import(Element):
    name: str
    namespace: str
    kind: str


@dataclass(frozen=True, slots=True)
class ItemDefinition(Element):
    """A named type: another type, components, or a function; perhaps a collection of it.

    allowed     unary tests of each value; constraint  unary tests of the value as a whole (a collection too)
    parameters  of a function type; `result` is then its result's type
    """

    name: str
    type: str
    collection: bool
    allowed: str
    constraint: str
    components: tuple[ItemDefinition, ...]
    is_function: bool
    parameters: tuple[Variable, ...]
    result: str


@dataclass(frozen=True, slots=True)
class InputData(Element):
    name: str
    label: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class Decision(Element):
    """requires  references (`#id` or `namespace#id`) to decisions and input data
    knows     references to business knowledge models and decision services
    """

    name: str
    label: str
    question: str
    variable: Variable
    requires: tuple[str, ...]
    knows: tuple[str, ...]
    expression: Expression | None


@dataclass(frozen=True, slots=True)
class KnowledgeModel(Element):
    name: str
    label: str
    variable: Variable
    knows: tuple[str, ...]
    function: FunctionDefinition | None


@dataclass(frozen=True, slots=True)
class DecisionService(Element):
    """All parts are references; the parameters are the input data first, then the input decisions."""

    name: str
    label: str
    variable: Variable
    outputs: tuple[str, ...]
    encapsulated: tuple[str, ...]
    input_decisions: tuple[str, ...]
    input_data: tuple[str, ...]


DrgElement = InputData | Decision | KnowledgeModel | DecisionService


@dataclass(frozen=True, slots=True)
class Model:
    """elements  input data, decisions, knowledge models and services by id, in the order of the file"""

    tree: XmlElement
    name: str
    namespace: str
    language: str
    imports: tuple[Import, ...]
    types: tuple[ItemDefinition, ...]
    elements: Mapping[str, DrgElement]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return tuple(e for e in self.elements.values() if isinstance(e, Decision))

    @property
    def inputs(self) -> tuple[InputData, ...]:
        return tuple(e for e in self.elements.values() if isinstance(e, InputData))
