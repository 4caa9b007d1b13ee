"""XML text to `XmlNode` and back, for text that may be hostile.

A first pass only counts and refuses; no tree is built before it has gone through. It sees the document after
libxml2 decoded it, so that a DOCTYPE cannot hide in UTF-16, UTF-7 or behind a byte order mark.
Comments and processing instructions are dropped; XInclude and style sheets are never followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from lxml import etree

from engine.flows.model import XmlNode
from engine.problems import Problem

MAX_BYTES: Final = 4_000_000
MAX_ELEMENTS: Final = 20_000
MAX_DEPTH: Final = 100


def parse_xml(text: bytes) -> tuple[XmlNode | None, tuple[Problem, ...]]:
    """The root element, or None and why the text cannot be read; `line` among the params."""
    if len(text) > MAX_BYTES:
        return None, (Problem("flow.xml.too-large", params={"limit": MAX_BYTES, "size": len(text)}),)
    try:
        _gate(text)
        return _node(etree.fromstring(text, _parser()), {}), ()
    except _Refused as refusal:
        return None, (Problem(refusal.code, params=refusal.params),)
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "").partition(", line ")[0].strip()
        return None, (Problem("flow.xml.syntax", params={"line": error.lineno or 1, "reason": reason}),)


def print_xml(root: XmlNode) -> bytes:
    """UTF-8 text with a declaration; reading it again gives an equal tree, line numbers aside."""
    element = etree.Element(root.tag, dict(root.attributes), nsmap=_nsmap(root))
    _fill(element, root)
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8")


class _Refused(Exception):
    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class _Gate:
    """A parser target that keeps nothing and stops at the first thing we do not accept."""

    def __init__(self) -> None:
        self.depth = 0
        self.elements = 0
        self.line = 0

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        raise _Refused("flow.xml.doctype", line=self.line)

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise _Refused("flow.xml.too-deep", line=self.line, limit=MAX_DEPTH)
        if self.elements > MAX_ELEMENTS:
            raise _Refused("flow.xml.too-many-elements", line=self.line, limit=MAX_ELEMENTS)

    def end(self, tag: str) -> None:
        self.depth -= 1

    def close(self) -> None:
        """Nothing was kept."""


def _gate(text: bytes) -> None:
    """Fed line by line, so that a refusal knows about where it happened."""
    gate = _Gate()
    parser = _parser(gate)
    for chunk in text.splitlines(keepends=True) or [b""]:
        gate.line += 1
        parser.feed(chunk)
    parser.close()


def _parser(target: _Gate | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        target=cast("etree.ParserTarget | None", target),
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )


def _node(element: etree._Element, outer: Mapping[str | None, str]) -> XmlNode:
    inner: dict[str | None, str] = dict(element.nsmap)
    declared = {prefix or "": uri for prefix, uri in inner.items() if outer.get(prefix) != uri}
    if None in outer and None not in inner:
        declared[""] = ""
    return XmlNode(
        tag=str(element.tag),
        attributes={str(name): str(value) for name, value in element.attrib.items()},
        children=tuple(_node(child, inner) for child in element),
        text=element.text or "",
        tail=element.tail or "",
        prefixes=tuple(sorted(declared.items())),
        line=cast("int | None", element.sourceline) or 0,
    )


def _nsmap(node: XmlNode) -> Mapping[str, str]:
    """lxml names the default namespace None, which its stubs do not know."""
    return {cast("str", prefix or None): uri for prefix, uri in node.prefixes}


def _fill(element: etree._Element, node: XmlNode) -> None:
    element.text = node.text or None
    element.tail = node.tail or None
    for child in node.children:
        made = etree.SubElement(element, child.tag, dict(child.attributes), nsmap=_nsmap(child))
        _fill(made, child)
