"""XML of a decision table to the model."""

from __future__ import annotations

from typing import Final, Protocol

from engine.problems import Problem
from engine.rules.decisions import model
from engine.rules.decisions.elements import children, clean, first, text_in, type_of
from engine.rules.decisions.model import Aggregation, HitPolicy
from engine.rules.decisions.names import FIELD
from engine.xml_text import XmlElement

MAX_CELLS: Final = 20_000
MAX_COLUMNS: Final = 100
_OF_NUMBERS: Final = frozenset({Aggregation.SUM})


class Reading(Protocol):
    """What a table asks of the reader of the whole file."""

    problems: list[Problem]

    def problem(self, code: str, node: XmlElement, at: str, **params: object) -> None: ...

    def literal(self, node: XmlElement, at: str) -> model.Literal: ...


def read_table(reader: Reading, node: XmlElement, at: str) -> model.DecisionTable:
    """The table; rows of a wrong length and unknown policies are problems."""
    inputs = tuple(_input(reader, child, at) for child in children(node, "input"))
    outputs = tuple(_output(reader, child, at) for child in children(node, "output"))
    annotations = tuple(clean(child.attributes.get("name")) for child in children(node, "annotation"))
    rows = [*children(node, "rule")]
    if not outputs:
        reader.problem("decision.xml.missing", node, at, element="decisionTable", missing="output")
    if len(rows) * (len(inputs) + len(outputs)) > MAX_CELLS or len(inputs) + len(outputs) > MAX_COLUMNS:
        params = {"rows": len(rows), "columns": len(inputs) + len(outputs)}
        reader.problem(
            "decision.table.too-large", node, at, limit=MAX_CELLS, column_limit=MAX_COLUMNS, **params
        )
        rows = []
    policy = _policy(reader, node, at)
    aggregation = _aggregation(reader, node, at, policy, outputs)
    return model.DecisionTable(
        at,
        node.line,
        type_of(node),
        policy,
        aggregation,
        node.attributes.get("outputLabel", ""),
        inputs,
        outputs,
        annotations,
        tuple(_rule(reader, row, at, len(inputs), len(outputs)) for row in rows),
    )


def _policy(reader: Reading, node: XmlElement, at: str) -> HitPolicy:
    written = node.attributes.get("hitPolicy", HitPolicy.UNIQUE)
    found = next((policy for policy in HitPolicy if policy == written), None)
    if found is None:
        reader.problem("decision.table.hit-policy", node, at, policy=written)
    return found or HitPolicy.UNIQUE


def _aggregation(
    reader: Reading, node: XmlElement, at: str, policy: HitPolicy, outputs: tuple[model.Output, ...]
) -> Aggregation | None:
    written = node.attributes.get("aggregation", "")
    if not written:
        return None
    found = next((one for one in Aggregation if one == written), None)
    if found is None or policy is not HitPolicy.COLLECT:
        reader.problem("decision.table.aggregation", node, at, aggregation=written, policy=str(policy))
    elif len(outputs) > 1:
        reader.problem("decision.table.aggregation-outputs", node, at, aggregation=written)
    elif found in _OF_NUMBERS and outputs and outputs[0].type in ("string", "boolean", "date", "time"):
        params = {"aggregation": written, "type": outputs[0].type}
        reader.problem("decision.table.aggregation-type", node, outputs[0].id, **params)
    return found


def _input(reader: Reading, node: XmlElement, at: str) -> model.Input:
    place = node.attributes.get("id") or at
    written = first(node, "inputExpression")
    if written is None:
        reader.problem("decision.xml.missing", node, place, element="input", missing="inputExpression")
        expression = model.Literal(place, node.line, "", "null")
    else:
        expression = reader.literal(written, written.attributes.get("id") or place)
    allowed = text_in(first(node, "inputValues")).strip()
    return model.Input(
        place,
        node.line,
        node.attributes.get("label", ""),
        expression,
        allowed,
        node.attributes.get(FIELD, ""),
    )


def _output(reader: Reading, node: XmlElement, at: str) -> model.Output:
    place = node.attributes.get("id") or at
    default = first(node, "defaultOutputEntry")
    attributes = node.attributes
    return model.Output(
        place,
        node.line,
        attributes.get("label", ""),
        clean(attributes.get("name")),
        type_of(node),
        text_in(first(node, "outputValues")).strip(),
        reader.literal(default, default.attributes.get("id") or place) if default is not None else None,
        attributes.get(FIELD, ""),
    )


def _rule(reader: Reading, node: XmlElement, at: str, inputs: int, outputs: int) -> model.Rule:
    place = node.attributes.get("id") or at
    read = tuple(_cell(child, place) for child in children(node, "inputEntry"))
    written = tuple(_cell(child, place) for child in children(node, "outputEntry"))
    if (len(read), len(written)) != (inputs, outputs):
        params = {"found": len(read) + len(written), "expected": inputs + outputs}
        reader.problem("decision.table.row-length", node, place, **params)
        read = (read + (model.Cell(place, node.line, "-"),) * inputs)[:inputs]
        written = (written + (model.Cell(place, node.line, "null"),) * outputs)[:outputs]
    notes = tuple(text_in(child) for child in children(node, "annotationEntry"))
    return model.Rule(place, node.line, read, written, notes, text_in(node, "description"))


def _cell(node: XmlElement, at: str) -> model.Cell:
    return model.Cell(node.attributes.get("id") or at, node.line, text_in(node))
