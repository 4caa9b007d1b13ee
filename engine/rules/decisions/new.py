"""A first DMN file: one decision with a table of one output."""

from __future__ import annotations

from collections.abc import Iterable

from engine.rules.decisions.names import DMNDI, DOUGONG, MODEL, dmn
from engine.xml_text import XmlElement, print_xml


def new_decision_xml(
    key: str, label: str, inputs: Iterable[tuple[str, str]] = (), output: str = "string"
) -> bytes:
    """The file of a new decision table.

    key     id and name of the decision; also the name of its output
    inputs  names and FEEL types of its input data, a column each; without any the table has no row either
    """
    given = [*inputs]
    data = tuple(_input_data(name, kind) for name, kind in given)
    tree = XmlElement(
        dmn("definitions"),
        {"id": f"{key}_definitions", "name": key, "namespace": f"urn:dougong:decision:{key}"},
        (*data, _decision(key, label, given, output)),
        prefixes=(("", MODEL), ("dmndi", DMNDI), ("dougong", DOUGONG)),
    )
    return print_xml(tree)


def _input_data(name: str, kind: str) -> XmlElement:
    variable = XmlElement(dmn("variable"), {"id": f"input_{name}_variable", "name": name, "typeRef": kind})
    return XmlElement(dmn("inputData"), {"id": f"input_{name}", "name": name}, (variable,))


def _decision(key: str, label: str, inputs: list[tuple[str, str]], output: str) -> XmlElement:
    needs = tuple(
        XmlElement(
            dmn("informationRequirement"),
            {"id": f"need_{name}"},
            (XmlElement(dmn("requiredInput"), {"href": f"#input_{name}"}),),
        )
        for name, _ in inputs
    )
    variable = XmlElement(dmn("variable"), {"id": f"{key}_variable", "name": key, "typeRef": output})
    attributes = {"id": key, "name": key} | ({"label": label} if label else {})
    return XmlElement(dmn("decision"), attributes, (variable, *needs, _table(key, label, inputs, output)))


def _table(key: str, label: str, inputs: list[tuple[str, str]], output: str) -> XmlElement:
    columns = tuple(
        XmlElement(
            dmn("input"),
            {"id": f"column_{name}", "label": name},
            (
                XmlElement(
                    dmn("inputExpression"), {"id": f"expression_{name}", "typeRef": kind}, (_text(name),)
                ),
            ),
        )
        for name, kind in inputs
    )
    result = XmlElement(
        dmn("output"), {"id": f"{key}_output", "label": label, "name": key, "typeRef": output}
    )
    cells = tuple(
        XmlElement(dmn("inputEntry"), {"id": f"cell_1_{name}"}, (_text("-"),)) for name, _ in inputs
    )
    decided = XmlElement(dmn("outputEntry"), {"id": "cell_1_output"}, (_text("null"),))
    row = XmlElement(dmn("rule"), {"id": "row_1"}, (*cells, decided))
    attributes = {"id": f"{key}_table", "hitPolicy": "UNIQUE"}
    return XmlElement(dmn("decisionTable"), attributes, (*columns, result, *([row] if inputs else [])))


def _text(text: str) -> XmlElement:
    return XmlElement(dmn("text"), text=text)
