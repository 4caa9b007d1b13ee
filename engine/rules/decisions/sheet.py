"""A decision with its table as one sheet: the table's JSON, what people call it, and the input data it reads.

A column that reads a new name needs input data of that name and a requirement; one that is the last to read a
name leaves both behind. The sheet lists the names, and the file follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from engine.keys import is_key
from engine.problems import Problem
from engine.rules.decisions.elements import children, clean, first
from engine.rules.decisions.grid import TableJson, table_from_json, table_of, table_to_json
from engine.rules.decisions.hits import LISTS
from engine.rules.decisions.model import Aggregation, Decision, DecisionTable, DrgElement, InputData, Model
from engine.rules.decisions.names import DOUGONG, FIELD, MODEL, dmn
from engine.rules.decisions.read import Reading, read_tree
from engine.xml_text import XmlElement

_INPUT: Final = dmn("inputData")
_NEED: Final = dmn("informationRequirement")


def sheet_to_json(model: Model, name: str) -> TableJson | None:
    """The JSON of `table_to_json` with "label" and, of a decision, "data": [{"name", "type"}] that it reads.

    A knowledge model has parameters of its own and no data. None if there is no table.
    """
    table, element = table_to_json(model, name), _element(model, name)
    if table is None or element is None:
        return None
    label = element.label or element.name
    if not isinstance(element, Decision):
        return {**table, "label": label}
    data = [{"name": one.variable.name, "type": one.variable.type} for one in _data(model, element)]
    return {**table, "label": label, "data": data}


def sheet_from_json(model: Model, name: str, document: object) -> Reading:
    """The model with that sheet instead; what it does not say ("label", "data") stays as it is."""
    problems = tuple(_problems(document))
    if problems or not isinstance(document, dict):
        return Reading(model, problems or table_from_json(model, name, document).problems)
    before = table_of(model, name)
    reading = table_from_json(model, name, document)
    element = _element(model, name)
    if reading.model is None or before is None or element is None:
        return reading
    after = table_of(reading.model, name)
    if reading.problems and reading.model is model:
        return reading
    tree = reading.model.tree
    if isinstance(document.get("label"), str):
        tree = _changed(tree, element.id, lambda node: _labelled(node, document["label"]))
    if isinstance(element, Decision) and after is not None:
        tree = _changed(tree, element.id, lambda node: _typed(node, _type_of(before), _type_of(after)))
        if "data" in document:
            tree = _with_data(tree, reading.model, element, document["data"])
    return read_tree(_declared(tree))


def _element(model: Model, name: str) -> DrgElement | None:
    return next((one for one in model.elements.values() if name in (one.id, one.name)), None)


def _data(model: Model, decision: Decision) -> Iterator[InputData]:
    """The input data of this file that the decision requires itself."""
    for href in decision.requires:
        element = model.elements.get(href.removeprefix("#"))
        if isinstance(element, InputData):
            yield element


def _problems(document: object) -> Iterator[Problem]:
    data = document.get("data", []) if isinstance(document, dict) else []
    named = isinstance(data, list) and all(
        isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("type", ""), str)
        for one in data
    )
    if not named:
        yield Problem("decision.grid.shape", params={"reason": "data"})
        return
    names = [clean(one["name"]) for one in data]
    if not all(names) or len({*names}) < len(names):
        yield Problem("decision.grid.shape", params={"reason": "data/name"})


def _changed(tree: XmlElement, at: str, change: Callable[[XmlElement], XmlElement]) -> XmlElement:
    """The file with one of its elements changed, which is known by its id, else by its name."""
    made = [
        change(child) if child.namespace == MODEL and at == _identity(child) else child
        for child in tree.children
    ]
    return replace(tree, children=tuple(made))


def _identity(node: XmlElement) -> str:
    return node.attributes.get("id") or clean(node.attributes.get("name"))


def _labelled(node: XmlElement, label: str) -> XmlElement:
    old = node.attributes.get("label") or node.attributes.get("name", "")
    return node if label in ("", old) else replace(node, attributes={**node.attributes, "label": label})


def _type_of(table: DecisionTable) -> str:
    """The type of what the table gives, as far as it has a name."""
    if table.aggregation in (Aggregation.SUM, Aggregation.COUNT):
        return "number"
    if len(table.outputs) != 1 or (table.aggregation is None and table.hit_policy in LISTS):
        return ""
    return table.outputs[0].type


def _typed(node: XmlElement, before: str, after: str) -> XmlElement:
    """A decision whose value had the type of its table keeps having it; a type its author chose stays."""
    variable = first(node, "variable")
    own = clean(variable.attributes.get("typeRef")) if variable is not None else ""
    return _of_type(node, after) if own == before else node


def _with_data(
    tree: XmlElement, model: Model, decision: Decision, wanted: list[Mapping[str, Any]]
) -> XmlElement:
    known = {one.variable.name: one for one in _data(model, decision)}
    names = {clean(one["name"]): clean(one.get("type")) for one in wanted}
    for name, kind in names.items():
        if name in known:
            tree = _changed(tree, known[name].id, partial(_of_type, kind=kind))
        else:
            tree = _required(tree, model, decision, name, kind)
    for name, one in known.items():
        if name not in names:
            tree = _released(tree, decision, one)
    return tree


def _of_type(node: XmlElement, kind: str) -> XmlElement:
    variable = first(node, "variable")
    if variable is None or clean(variable.attributes.get("typeRef")) == kind:
        return node
    attributes = {name: value for name, value in variable.attributes.items() if name != "typeRef"}
    made = replace(variable, attributes=attributes | ({"typeRef": kind} if kind else {}))
    return replace(node, children=tuple(made if child is variable else child for child in node.children))


def _required(tree: XmlElement, model: Model, decision: Decision, name: str, kind: str) -> XmlElement:
    """The decision needs input data of that name; data that another decision reads is shared."""
    there = next(
        (one for one in model.elements.values() if isinstance(one, InputData) and one.variable.name == name),
        None,
    )
    taken = {node.attributes.get("id", "") for node in tree.walk()}
    if there is None:
        identity = _free(f"input_{name}" if is_key(name) else "input_1", taken)
        tree = _before(tree, decision, _input_data(identity, name, kind))
    else:
        identity = there.id
    need = XmlElement(
        _NEED,
        {"id": _free(f"need_{identity}", taken)},
        (XmlElement(dmn("requiredInput"), {"href": f"#{identity}"}),),
    )
    return _changed(tree, decision.id, lambda node: _with_need(node, need))


def _input_data(identity: str, name: str, kind: str) -> XmlElement:
    attributes = {"id": f"{identity}_variable", "name": name} | ({"typeRef": kind} if kind else {})
    return XmlElement(_INPUT, {"id": identity, "name": name}, (XmlElement(dmn("variable"), attributes),))


def _free(wanted: str, taken: set[str]) -> str:
    base, number, name = wanted.rstrip("0123456789").rstrip("_"), 1, wanted
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    taken.add(name)
    return name


def _before(tree: XmlElement, decision: Decision, made: XmlElement) -> XmlElement:
    """With a new element in front of the first decision: the standard wants types and imports earlier."""
    places = [index for index, child in enumerate(tree.children) if child.tag == dmn("decision")]
    at = places[0] if places else len(tree.children)
    return replace(tree, children=(*tree.children[:at], made, *tree.children[at:]))


def _with_need(node: XmlElement, need: XmlElement) -> XmlElement:
    """Requirements stand after the variable and before everything that decides."""
    early = (
        "description",
        "extensionElements",
        "question",
        "allowedAnswers",
        "variable",
        "informationRequirement",
    )
    places = [i for i, child in enumerate(node.children) if child.tag in {dmn(name) for name in early}]
    at = places[-1] + 1 if places else 0
    return replace(node, children=(*node.children[:at], need, *node.children[at:]))


def _released(tree: XmlElement, decision: Decision, one: InputData) -> XmlElement:
    """The decision no longer needs it; nobody's data, without anything foreign in it, goes."""
    href = f"#{one.id}"

    def without(node: XmlElement) -> XmlElement:
        kept = [child for child in node.children if not (child.tag == _NEED and _asks(child, href))]
        return replace(node, children=tuple(kept))

    tree = _changed(tree, decision.id, without)
    if any(node.attributes.get("href") == href for node in tree.walk()) or _is_drawn(tree, one.id):
        return tree
    kept = [
        child
        for child in tree.children
        if not (child.tag == _INPUT and child.attributes.get("id", "") == one.id and _is_plain(child))
    ]
    return replace(tree, children=tuple(kept))


def _asks(need: XmlElement, href: str) -> bool:
    return any(child.attributes.get("href") == href for child in children(need, "requiredInput"))


def _is_plain(node: XmlElement) -> bool:
    return all(child.tag == dmn("variable") and not child.children for child in node.children)


def _is_drawn(tree: XmlElement, identity: str) -> bool:
    """A diagram shows it: then its author may want it, and a drawing of nothing would be a fault."""
    return any(node.attributes.get("dmnElementRef") == identity for node in tree.walk())


def _declared(tree: XmlElement) -> XmlElement:
    """Our namespace gets its name at the root once something is in it."""
    used = any(FIELD in node.attributes for node in tree.walk())
    if not used or DOUGONG in {uri for _, uri in tree.prefixes}:
        return tree
    taken = {prefix for prefix, _ in tree.prefixes}
    prefix = "dougong" if "dougong" not in taken else "dougong-dmn"
    return replace(tree, prefixes=tuple(sorted((*tree.prefixes, (prefix, DOUGONG)))))
