"""DMN XML of any version to a `Model`, and the model to DMN 1.5."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from engine.problems import Problem, errors
from engine.rules.decisions import model
from engine.rules.decisions.elements import children, clean, first, text_in
from engine.rules.decisions.expressions import Reader
from engine.rules.decisions.names import MODEL, dmn, to_newest
from engine.xml_text import XmlElement, parse_xml, print_xml

_IMPORTABLE: Final = frozenset({MODEL, ""})


@dataclass(frozen=True, slots=True)
class Reading:
    """model  None if the text is not DMN at all; a model with problems can be shown, not published"""

    model: model.Model | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return self.model is not None and not errors(self.problems)


def read_decisions(xml: bytes, name: str = "") -> Reading:
    """Read a DMN file of version 1.1 to 1.5 and say everything that is wrong with it by itself.

    name  which document this is, put into every problem
    Every problem's `at` is the id of an element (empty for the whole file) and has a `line` among its params.
    """
    root, problems = parse_xml(xml)
    if root is not None:
        root = to_newest(root)
        if root.tag != dmn("definitions"):
            problems = (Problem("decision.xml.not-dmn", params={"line": root.line, "element": root.name}),)
    if root is None or problems:
        return Reading(None, _named(problems, name))
    return read_tree(root, name)


def read_tree(root: XmlElement, name: str = "") -> Reading:
    """The model of a document that was read, or edited, as a tree."""
    reader = Reader(root.attributes.get("expressionLanguage", ""))
    elements: dict[str, model.DrgElement] = {}
    for child in root.children:
        if child.tag in _ELEMENTS:
            _element(reader, child, elements)
    read = model.Model(
        root,
        clean(root.attributes.get("name")),
        root.attributes.get("namespace", ""),
        reader.language,
        tuple(_import(reader, child) for child in children(root, "import")),
        tuple(_item(reader, child) for child in children(root, "itemDefinition")),
        MappingProxyType(elements),
    )
    return Reading(read, _named(tuple(reader.problems), name))


def write_decisions(decisions: model.Model) -> bytes:
    """The whole file as DMN 1.5, with everything in it that we do not evaluate."""
    return print_xml(decisions.tree)


def _named(problems: tuple[Problem, ...], name: str) -> tuple[Problem, ...]:
    return tuple(problem.within(document=name) for problem in problems)


def _element(reader: Reader, node: XmlElement, elements: dict[str, model.DrgElement]) -> None:
    name = clean(node.attributes.get("name"))
    place = node.attributes.get("id") or name
    if not name:
        reader.problem("decision.xml.missing", node, place, element=node.name, missing="name")
        return
    if place in elements:
        reader.problem("decision.xml.id-twice", node, place, id=place)
        return
    elements[place] = _ELEMENTS[node.tag](reader, node, place, name)


def _variable(reader: Reader, node: XmlElement, place: str, name: str) -> model.Variable:
    """An element's variable has the element's name; a file that leaves it out means just that."""
    written = first(node, "variable")
    if written is None:
        return model.Variable(place, node.line, name, "")
    variable = reader.variable(written, place)
    return variable if variable.name else model.Variable(variable.id, variable.line, name, variable.type)


def _input_data(reader: Reader, node: XmlElement, place: str, name: str) -> model.InputData:
    label = node.attributes.get("label", "")
    return model.InputData(place, node.line, name, label, _variable(reader, node, place, name))


def _decision(reader: Reader, node: XmlElement, place: str, name: str) -> model.Decision:
    return model.Decision(
        place,
        node.line,
        name,
        node.attributes.get("label", ""),
        text_in(node, "question"),
        _variable(reader, node, place, name),
        _targets(node, "informationRequirement", "requiredDecision", "requiredInput"),
        _targets(node, "knowledgeRequirement", "requiredKnowledge"),
        reader.expression(node, place),
    )


def _targets(node: XmlElement, requirement: str, *parts: str) -> tuple[str, ...]:
    tags = {dmn(part) for part in parts}
    return tuple(
        target.attributes.get("href", "")
        for child in children(node, requirement)
        for target in child.children
        if target.tag in tags
    )


def _knowledge(reader: Reader, node: XmlElement, place: str, name: str) -> model.KnowledgeModel:
    logic = first(node, "encapsulatedLogic")
    function = None if logic is None else reader.function(logic, logic.attributes.get("id") or place)
    return model.KnowledgeModel(
        place,
        node.line,
        name,
        node.attributes.get("label", ""),
        _variable(reader, node, place, name),
        _targets(node, "knowledgeRequirement", "requiredKnowledge"),
        function,
    )


def _service(reader: Reader, node: XmlElement, place: str, name: str) -> model.DecisionService:
    def hrefs(part: str) -> tuple[str, ...]:
        return tuple(child.attributes.get("href", "") for child in children(node, part))

    return model.DecisionService(
        place,
        node.line,
        name,
        node.attributes.get("label", ""),
        _variable(reader, node, place, name),
        hrefs("outputDecision"),
        hrefs("encapsulatedDecision"),
        hrefs("inputDecision"),
        hrefs("inputData"),
    )


def _import(reader: Reader, node: XmlElement) -> model.Import:
    attributes = node.attributes
    kind = attributes.get("importType", "")
    place = attributes.get("id") or clean(attributes.get("name"))
    if kind not in _IMPORTABLE:
        reader.problem("decision.import.kind", node, place, kind=kind)
    return model.Import(
        place, node.line, clean(attributes.get("name")), attributes.get("namespace", ""), kind
    )


def _item(reader: Reader, node: XmlElement) -> model.ItemDefinition:
    name = clean(node.attributes.get("name"))
    place = node.attributes.get("id") or name
    function = first(node, "functionItem")
    parameters = () if function is None else tuple(children(function, "parameters"))
    return model.ItemDefinition(
        place,
        node.line,
        name,
        clean(text_in(node, "typeRef")),
        node.attributes.get("isCollection", "false").strip() in ("true", "1"),
        text_in(first(node, "allowedValues")).strip(),
        text_in(first(node, "typeConstraint")).strip(),
        tuple(_item(reader, child) for child in children(node, "itemComponent")),
        function is not None,
        tuple(reader.variable(parameter, place) for parameter in parameters),
        clean(function.attributes.get("outputTypeRef")) if function is not None else "",
    )


_Read = Callable[[Reader, XmlElement, str, str], model.DrgElement]
_ELEMENTS: Final[Mapping[str, _Read]] = MappingProxyType(
    {
        dmn("inputData"): _input_data,
        dmn("decision"): _decision,
        dmn("businessKnowledgeModel"): _knowledge,
        dmn("decisionService"): _service,
    }
)
