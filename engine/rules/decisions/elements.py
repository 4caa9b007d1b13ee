"""Looking into DMN elements: children by name, texts, names."""

from __future__ import annotations

from collections.abc import Iterator

from engine.rules.decisions.names import dmn
from engine.xml_text import XmlElement


def children(node: XmlElement, name: str) -> Iterator[XmlElement]:
    tag = dmn(name)
    return (child for child in node.children if child.tag == tag)


def first(node: XmlElement, name: str) -> XmlElement | None:
    return next(children(node, name), None)


def text_in(node: XmlElement | None, name: str = "text") -> str:
    """What the child element `name` says, "" if there is none."""
    child = first(node, name) if node is not None else None
    return child.content if child is not None else ""


def type_of(node: XmlElement) -> str:
    return clean(node.attributes.get("typeRef"))


def clean(name: str | None) -> str:
    """A name with one blank between its words, as FEEL compares names."""
    return " ".join((name or "").split())
