"""A decision table as JSON for the grid editor, and back into the file without touching anything else in it.

Columns and rows keep their ids; what the editor does not know (extensions, comments, other attributes) stays
at the element it belongs to. A new row or column gets an id that is not taken; `#2` is one without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from engine.problems import Problem
from engine.rules.decisions.elements import children, first, text_in
from engine.rules.decisions.model import (
    Aggregation,
    Decision,
    DecisionTable,
    HitPolicy,
    KnowledgeModel,
    Model,
)
from engine.rules.decisions.names import FIELD, dmn
from engine.rules.decisions.read import Reading, read_tree
from engine.xml_text import XmlElement

TableJson = dict[str, Any]
_TABLE: Final = dmn("decisionTable")
_ORDER: Final = ("description", "extensionElements", "input", "output", "annotation", "rule")


def table_to_json(model: Model, name: str) -> TableJson | None:
    """The table of the decision (or knowledge model) of that id or name; None if it has none.

    {"id", "hit_policy", "aggregation", "output_label",
     "inputs":  [{"id", "label", "expression", "type", "allowed", "field"}],
     "outputs": [{"id", "label", "name", "type", "allowed", "default", "field"}],
     "annotations": [name],
     "rows": [{"id", "inputs": [text], "outputs": [text], "annotations": [text], "description"}]}
    """
    table = table_of(model, name)
    if table is None:
        return None
    return {
        "id": table.id,
        "hit_policy": str(table.hit_policy),
        "aggregation": str(table.aggregation) if table.aggregation is not None else "",
        "output_label": table.output_label,
        "inputs": [
            {
                "id": _own_id(one.id, index, table),
                "label": one.label,
                "expression": one.expression.text,
                "type": one.expression.type,
                "allowed": one.allowed,
                "field": one.field,
            }
            for index, one in enumerate(table.inputs)
        ],
        "outputs": [
            {
                "id": _own_id(one.id, index, table),
                "label": one.label,
                "name": one.name,
                "type": one.type,
                "allowed": one.allowed,
                "default": one.default.text if one.default is not None else "",
                "field": one.field,
            }
            for index, one in enumerate(table.outputs)
        ],
        "annotations": [*table.annotations],
        "rows": [
            {
                "id": _own_id(rule.id, index, table),
                "inputs": [cell.text for cell in rule.inputs],
                "outputs": [cell.text for cell in rule.outputs],
                "annotations": [*rule.annotations],
                "description": rule.description,
            }
            for index, rule in enumerate(table.rules)
        ],
    }


def _own_id(found: str, index: int, table: DecisionTable) -> str:
    """An element without an id is known by the id of the table it is in."""
    return found if found != table.id else f"#{index + 1}"


def table_of(model: Model, name: str) -> DecisionTable | None:
    """The table that is the logic of that decision or knowledge model, by id or name."""
    for element in model.elements.values():
        if name in (element.id, element.name):
            logic: object = None
            if isinstance(element, Decision):
                logic = element.expression
            elif isinstance(element, KnowledgeModel) and element.function is not None:
                logic = element.function.body
            return logic if isinstance(logic, DecisionTable) else None
    return None


def table_from_json(model: Model, name: str, document: object) -> Reading:
    """The model with that table instead; its JSON is as `table_to_json` writes it, ids may be left out."""
    table = table_of(model, name)
    if table is None:
        return Reading(model, (Problem("decision.grid.not-table", params={"name": name}),))
    problems = tuple(_shape_problems(document))
    if problems or not isinstance(document, dict):
        return Reading(model, problems)
    taken = {node.attributes.get("id", "") for node in model.tree.walk()}
    writer = _Writer(taken)
    tree = _replaced(model.tree, _path_to(model.tree, name), lambda node: writer.table(node, document))
    return read_tree(tree)


class _Writer:
    """Makes elements; each new one gets an id that no other element has.

    before  of each kind of cell: where it stood before its column was moved, None in a new column
    """

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.counts: dict[str, int] = {}
        self.before: dict[str, list[int | None]] = {}

    def new_id(self, kind: str) -> str:
        number = self.counts.get(kind, 0)
        while True:
            number += 1
            candidate = f"{kind}_{number}"
            if candidate not in self.taken:
                self.taken.add(candidate)
                self.counts[kind] = number
                return candidate

    def table(self, node: XmlElement, document: Mapping[str, Any]) -> XmlElement:
        attributes = dict(node.attributes)
        _set(attributes, "hitPolicy", document["hit_policy"], default=str(HitPolicy.UNIQUE))
        _set(attributes, "aggregation", document.get("aggregation", ""))
        _set(attributes, "outputLabel", document.get("output_label", ""))
        self.before = {
            "inputEntry": _places_before(node, "input", document["inputs"]),
            "outputEntry": _places_before(node, "output", document["outputs"]),
        }
        made: dict[str, list[XmlElement]] = {
            "input": self._columns(node, "input", document["inputs"], self._input),
            "output": self._columns(node, "output", document["outputs"], self._output),
            "annotation": self._annotations(node, document.get("annotations", [])),
            "rule": self._columns(node, "rule", document["rows"], self._row),
        }
        kept = [child for child in node.children if child.name not in made]
        known = [child for child in kept if child.name in _ORDER]
        rest = [child for child in kept if child.name not in _ORDER]
        ordered = [*known, *(one for name in ("input", "output", "annotation", "rule") for one in made[name])]
        return replace(node, attributes=attributes, children=(*ordered, *rest))

    def _columns(
        self,
        node: XmlElement,
        name: str,
        documents: Sequence[Mapping[str, Any]],
        write: Callable[[XmlElement, Mapping[str, Any]], XmlElement],
    ) -> list[XmlElement]:
        """Elements that are there are changed, found by their id; others are made."""
        known = {
            child.attributes.get("id") or f"#{index + 1}": child
            for index, child in enumerate(children(node, name))
        }
        made = []
        for document in documents:
            old = known.pop(document.get("id", ""), None)
            made.append(write(old or XmlElement(dmn(name), {"id": self.new_id(name)}), document))
        return made

    def _input(self, node: XmlElement, document: Mapping[str, Any]) -> XmlElement:
        attributes = dict(node.attributes)
        for name, key in (("label", "label"), (FIELD, "field")):
            _set(attributes, name, document.get(key, ""))
        expression = first(node, "inputExpression") or XmlElement(
            dmn("inputExpression"), {"id": self.new_id("inputExpression")}
        )
        kind = dict(expression.attributes)
        _set(kind, "typeRef", document.get("type", ""))
        expression = _with_text(replace(expression, attributes=kind), document["expression"])
        node = _with(replace(node, attributes=attributes), "inputExpression", expression)
        return _with(node, "inputValues", _tests(node, "inputValues", document.get("allowed", "")))

    def _output(self, node: XmlElement, document: Mapping[str, Any]) -> XmlElement:
        attributes = dict(node.attributes)
        for name, key in (("label", "label"), ("name", "name"), ("typeRef", "type"), (FIELD, "field")):
            _set(attributes, name, document.get(key, ""))
        node = replace(node, attributes=attributes)
        node = _with(node, "outputValues", _tests(node, "outputValues", document.get("allowed", "")))
        default = _tests(node, "defaultOutputEntry", document.get("default", ""))
        return _with(node, "defaultOutputEntry", default)

    def _row(self, node: XmlElement, document: Mapping[str, Any]) -> XmlElement:
        description = document.get("description", "")
        if description != text_in(node, "description"):
            made = XmlElement(dmn("description"), text=description) if description else None
            node = _with(node, "description", made, at_start=True)
        for name, key in (
            ("inputEntry", "inputs"),
            ("outputEntry", "outputs"),
            ("annotationEntry", "annotations"),
        ):
            node = self._cells(node, name, document.get(key, []))
        return node

    def _cells(self, node: XmlElement, name: str, texts: Sequence[str]) -> XmlElement:
        old = [*children(node, name)]
        before = self.before.get(name) or [*range(len(texts))]
        made = []
        for text, place in zip(texts, before, strict=True):
            known = place is not None and place < len(old)
            made.append(_with_text(old[place] if known and place is not None else self._cell(name), text))
        kept = [child for child in node.children if child.tag != dmn(name)]
        return replace(node, children=(*kept, *made))

    def _cell(self, name: str) -> XmlElement:
        return XmlElement(dmn(name), {} if name == "annotationEntry" else {"id": self.new_id(name)})

    def _annotations(self, node: XmlElement, names: Sequence[str]) -> list[XmlElement]:
        old = [*children(node, "annotation")]
        return [
            replace(one, attributes={**one.attributes, "name": name})
            for index, name in enumerate(names)
            for one in (old[index] if index < len(old) else XmlElement(dmn("annotation")),)
        ]


def _places_before(node: XmlElement, name: str, documents: Sequence[Mapping[str, Any]]) -> list[int | None]:
    """Where each column stands in the file, found by its id as `_columns` finds it."""
    known = {
        child.attributes.get("id") or f"#{index + 1}": index
        for index, child in enumerate(children(node, name))
    }
    return [known.pop(document.get("id", ""), None) for document in documents]


def _set(attributes: dict[str, str], name: str, value: str, *, default: str = "") -> None:
    """An attribute that says nothing beyond its default is written only where it was written before."""
    if value and (value != default or name in attributes):
        attributes[name] = value
    elif not value:
        attributes.pop(name, None)
    else:
        return


def _with_text(node: XmlElement, text: str) -> XmlElement:
    """The element with this `text` child; one that says so already stays as it is, comments included."""
    old = first(node, "text")
    if old is not None and old.content == text:
        return node
    made = replace(old or XmlElement(dmn("text")), text=text, children=())
    return _with(node, "text", made, at_start=True)


def _tests(node: XmlElement, name: str, text: str) -> XmlElement | None:
    old = first(node, name)
    if not text.strip():
        return None
    if old is not None and text_in(old).strip() == text.strip():
        return old
    return _with_text(old or XmlElement(dmn(name)), text)


def _with(node: XmlElement, name: str, child: XmlElement | None, *, at_start: bool = False) -> XmlElement:
    """The element with `child` in the place of its child `name`; None takes it away."""
    tag = dmn(name)
    if any(one.tag == tag for one in node.children):
        made = [child if one.tag == tag else one for one in node.children]
        return replace(node, children=tuple(one for one in made if one is not None))
    if child is None:
        return node
    return replace(node, children=(child, *node.children) if at_start else (*node.children, child))


def _path_to(tree: XmlElement, name: str) -> tuple[int, ...]:
    """The way to the table of the decision or knowledge model: positions among children."""
    for index, element in enumerate(tree.children):
        own = (element.attributes.get("id"), " ".join(element.attributes.get("name", "").split()))
        if name in own and element.name in ("decision", "businessKnowledgeModel"):
            return (index, *_below(element))
    return ()


def _below(element: XmlElement) -> tuple[int, ...]:
    for index, child in enumerate(element.children):
        if child.tag == _TABLE:
            return (index,)
        if child.name == "encapsulatedLogic":
            return (index, *_below(child))
    return ()


def _replaced(
    node: XmlElement, path: tuple[int, ...], change: Callable[[XmlElement], XmlElement]
) -> XmlElement:
    if not path:
        return change(node)
    index = path[0]
    made = _replaced(node.children[index], path[1:], change)
    return replace(node, children=(*node.children[:index], made, *node.children[index + 1 :]))


def _shape_problems(document: object) -> Iterator[Problem]:
    """What keeps the JSON from being a table: parts missing or of another type, rows of another length."""
    if not isinstance(document, dict):
        yield _shape("object")
        return
    for key in ("inputs", "outputs", "rows"):
        items = document.get(key)
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            yield _shape(key)
            return
    if document.get("hit_policy") not in {*map(str, HitPolicy)}:
        yield _shape("hit_policy")
    if document.get("aggregation", "") not in {"", *map(str, Aggregation)}:
        yield _shape("aggregation")
    if not _texts(document.get("annotations", [])) or not _text(document.get("output_label", "")):
        yield _shape("annotations")
    if not all("expression" in item for item in document["inputs"]):
        yield _shape("inputs/expression")
    for key in ("inputs", "outputs"):
        if not all(_text(value) for item in document[key] for value in item.values()):
            yield _shape(key)
    yield from _rows_problems(document)


def _rows_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    widths = {"inputs": len(document["inputs"]), "outputs": len(document["outputs"])}
    for number, row in enumerate(document["rows"]):
        yield from _row_problems(row, number + 1, widths)


def _row_problems(row: Mapping[str, Any], number: int, widths: Mapping[str, int]) -> Iterator[Problem]:
    for key, width in widths.items():
        cells = row.get(key)
        if not isinstance(cells, list) or len(cells) != width:
            yield _shape(f"rows/{number}/{key}")
            continue
        for column, cell in enumerate(cells):
            if not _text(cell):
                yield Problem("decision.grid.cell", params={"row": number, "column": column + 1})
    if not _texts(row.get("annotations", [])) or not _text(row.get("description", "")):
        yield _shape(f"rows/{number}/annotations")
    if not _text(row.get("id", "")):
        yield _shape(f"rows/{number}/id")


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _text(value: object) -> bool:
    """Text that XML can hold."""
    return isinstance(value, str) and all(c >= " " or c in "\t\n\r" for c in value)


def _shape(reason: str) -> Problem:
    return Problem("decision.grid.shape", params={"reason": reason})
