"""The layout of a form: reading it, and what is wrong with what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.forms.model import Field, FieldNode, GroupNode, Label, LayoutNode, Tab, TabsNode, TextNode
from engine.forms.unknown import unknown
from engine.problems import Problem, pointer

Path = tuple[str | int, ...]
_DEFAULT_COLUMNS: Final = 2


def read_layout(raw: object) -> tuple[LayoutNode, ...]:
    """The nodes that can be understood; the meta-schema has named the others."""
    nodes = (_node(item) for item in (raw if isinstance(raw, list) else ()))
    return tuple(node for node in nodes if node is not None)


def _node(raw: object) -> LayoutNode | None:
    if isinstance(raw, str):
        return FieldNode(raw)
    if not isinstance(raw, Mapping):
        return None
    if isinstance(raw.get("field"), str):
        span = raw.get("span")
        return FieldNode(raw["field"], span if isinstance(span, int) else None)
    if isinstance(raw.get("tabs"), list):
        return TabsNode(tuple(_tab(tab) for tab in raw["tabs"] if isinstance(tab, Mapping)))
    text = label_of(raw.get("text"))
    return _group(raw) if text is None else TextNode(text)


def _tab(raw: Mapping[str, object]) -> Tab:
    return Tab(label_of(raw.get("label")) or "", read_layout(raw.get("items")))


def _group(raw: Mapping[str, object]) -> GroupNode:
    columns, visible = raw.get("columns", _DEFAULT_COLUMNS), raw.get("visible", True)
    return GroupNode(
        read_layout(raw.get("items")),
        label=label_of(raw.get("group")),
        columns=columns if isinstance(columns, int) else _DEFAULT_COLUMNS,
        collapsed=raw.get("collapsed") is True,
        visible=visible if isinstance(visible, bool | str) else True,
    )


def label_of(raw: object) -> Label | None:
    """A label of a document, if it is one."""
    if isinstance(raw, str):
        return raw or None
    if isinstance(raw, Mapping) and raw and all(isinstance(text, str) for text in raw.values()):
        return dict(raw)
    return None


def check_layout(layout: tuple[LayoutNode, ...], known: Mapping[str, Field]) -> Iterator[Problem]:
    """Fields that do not exist, and fields that are placed twice."""
    placed: set[str] = set()
    for path, node in walk(layout):
        if not isinstance(node, FieldNode):
            continue
        at = pointer("layout", *path)
        if node.field not in known:
            yield unknown("form.layout.field-unknown", at, node.field, known)
        elif node.field in placed:
            yield Problem("form.layout.field-twice", at, {"name": node.field})
        placed.add(node.field)


def walk(layout: tuple[LayoutNode, ...], path: Path = ()) -> Iterator[tuple[Path, LayoutNode]]:
    """Every node with its path in the document."""
    for index, node in enumerate(layout):
        yield (*path, index), node
        if isinstance(node, GroupNode):
            yield from walk(node.items, (*path, index, "items"))
        elif isinstance(node, TabsNode):
            for number, tab in enumerate(node.tabs):
                yield from walk(tab.items, (*path, index, "tabs", number, "items"))
