"""XML text to an immutable tree and back, for text that may be hostile.

A first pass only counts and refuses; no tree is built before it has gone through. It sees the document after
libxml2 decoded it, so that a DOCTYPE cannot hide in UTF-16, UTF-7 or behind a byte order mark.
Comments inside the root stay if they are wanted, processing instructions are dropped; XInclude and style
sheets are never followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from lxml import etree

from engine.problems import Problem

COMMENT: Final = "#comment"


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """bytes     of the encoded text
    elements  of the whole document
    depth     elements inside elements
    """

    bytes: int = 4_000_000
    elements: int = 60_000
    depth: int = 100


DEFAULT_XML_LIMITS: Final = XmlLimits()


@dataclass(frozen=True, slots=True)
class XmlElement:
    """One XML element, complete: `tag` and attribute names in Clark notation, `prefixes` as declared on it.

    A comment is an element of the tag COMMENT whose text is what it says.
    line  1-based line of its start tag, 0 if it was made by a program; no part of equality
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[XmlElement, ...] = ()
    text: str = ""
    tail: str = ""
    prefixes: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def namespace(self) -> str:
        return self.tag[1:].partition("}")[0] if self.tag.startswith("{") else ""

    @property
    def name(self) -> str:
        return self.tag.rpartition("}")[2]

    @property
    def content(self) -> str:
        """The text directly inside, comments left out."""
        return self.text + "".join(child.tail for child in self.children)

    def walk(self) -> Iterator[XmlElement]:
        """This element and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def parse_xml(
    text: bytes, limits: XmlLimits = DEFAULT_XML_LIMITS, *, comments: bool = True
) -> tuple[XmlElement | None, tuple[Problem, ...]]:
    """The root element, or None and why the text cannot be read; `line` among the params."""
    if len(text) > limits.bytes:
        return None, (Problem("xml.text.too-large", params={"limit": limits.bytes, "size": len(text)}),)
    try:
        _gate(text, limits)
        return _element(etree.fromstring(text, _parser(comments=comments)), {}), ()
    except _Refused as refusal:
        return None, (Problem(refusal.code, params=refusal.params),)
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "").partition(", line ")[0].strip()
        return None, (Problem("xml.text.syntax", params={"line": error.lineno or 1, "reason": reason}),)


def print_xml(root: XmlElement) -> bytes:
    """UTF-8 text with a declaration; reading it again gives an equal tree."""
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

    def __init__(self, limits: XmlLimits) -> None:
        self.limits = limits
        self.depth = 0
        self.elements = 0
        self.line = 0

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        raise _Refused("xml.text.doctype", line=self.line)

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > self.limits.depth:
            raise _Refused("xml.text.too-deep", line=self.line, limit=self.limits.depth)
        if self.elements > self.limits.elements:
            raise _Refused("xml.text.too-many-elements", line=self.line, limit=self.limits.elements)

    def end(self, tag: str) -> None:
        self.depth -= 1

    def close(self) -> None:
        """Nothing was kept."""


def _gate(text: bytes, limits: XmlLimits) -> None:
    """Fed line by line, so that a refusal knows about where it happened."""
    gate = _Gate(limits)
    parser = _parser(gate)
    for chunk in text.splitlines(keepends=True) or [b""]:
        gate.line += 1
        parser.feed(chunk)
    parser.close()


def _parser(target: _Gate | None = None, *, comments: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        target=cast("etree.ParserTarget | None", target),
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=not comments,
        remove_pis=True,
    )


def _element(node: etree._Element, outer: Mapping[str | None, str]) -> XmlElement:
    if isinstance(node, etree._Comment):  # noqa: SLF001  # lxml has no public name for the class
        return XmlElement(COMMENT, text=node.text or "", tail=node.tail or "")
    inner: dict[str | None, str] = dict(node.nsmap)
    declared = {prefix or "": uri for prefix, uri in inner.items() if outer.get(prefix) != uri}
    if None in outer and None not in inner:
        declared[""] = ""
    return XmlElement(
        tag=str(node.tag),
        attributes={str(name): str(value) for name, value in node.attrib.items()},
        children=tuple(_element(child, inner) for child in node),
        text=node.text or "",
        tail=node.tail or "",
        prefixes=tuple(sorted(declared.items())),
        line=cast("int | None", node.sourceline) or 0,
    )


def _nsmap(node: XmlElement) -> Mapping[str, str]:
    """lxml names the default namespace None, which its stubs do not know."""
    return {cast("str", prefix or None): uri for prefix, uri in node.prefixes}


def _fill(element: etree._Element, node: XmlElement) -> None:
    element.text = node.text or None
    element.tail = node.tail or None
    for child in node.children:
        if child.tag == COMMENT:
            comment = etree.Comment(child.text)
            comment.tail = child.tail or None
            element.append(comment)
        else:
            _fill(etree.SubElement(element, child.tag, dict(child.attributes), nsmap=_nsmap(child)), child)
