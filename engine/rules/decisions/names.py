"""The namespaces of DMN, and how a file of an older version is brought to 1.5 while it is read.

Only names change between 1.1 and 1.5: of the namespaces, and of types, which 1.1 writes as prefixed names.
Source: DMN 1.1 to 1.5, XML schemas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from engine.xml_text import XmlElement

MODEL: Final = "https://www.omg.org/spec/DMN/20230324/MODEL/"
FEEL: Final = "https://www.omg.org/spec/DMN/20230324/FEEL/"
DMNDI: Final = "https://www.omg.org/spec/DMN/20230324/DMNDI/"
DOUGONG: Final = "urn:dougong:dmn:1"
FIELD: Final = f"{{{DOUGONG}}}field"
"""Our attribute of a column: `form.field` whose values it holds, so that they can be shown as there."""
_OLD_MODELS: Final = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
)
_OLD_FEEL: Final = (
    "http://www.omg.org/spec/FEEL/20140401",
    "http://www.omg.org/spec/DMN/20180521/FEEL/",
    "https://www.omg.org/spec/DMN/20191111/FEEL/",
    "https://www.omg.org/spec/DMN/20211108/FEEL/",
)
_OLD_DMNDI: Final = (
    "http://www.omg.org/spec/DMN/20180521/DMNDI/",
    "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "https://www.omg.org/spec/DMN/20211108/DMNDI/",
)
NEWER: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(_OLD_MODELS, MODEL) | dict.fromkeys(_OLD_FEEL, FEEL) | dict.fromkeys(_OLD_DMNDI, DMNDI)
)
_TYPES: Final = frozenset({"typeRef", "outputTypeRef"})


def dmn(name: str) -> str:
    """The name of a DMN element in Clark notation."""
    return f"{{{MODEL}}}{name}"


def to_newest(root: XmlElement) -> XmlElement:
    """The same document in the namespaces of DMN 1.5; one that is there already comes back as it is."""
    uris = {uri for node in root.walk() for _, uri in node.prefixes}
    prefixed = "20151101" in root.tag or any(
        node.name == "typeRef" and ":" in node.text for node in root.walk()
    )
    if not prefixed and not uris & NEWER.keys():
        return root
    return _renewed(root, {}, _import_names(root), root.attributes.get("namespace", ""))


def _import_names(root: XmlElement) -> Mapping[str, str]:
    return {
        child.attributes.get("namespace", ""): child.attributes.get("name", "")
        for child in root.children
        if child.name == "import"
    }


def _renewed(node: XmlElement, outer: Mapping[str, str], imports: Mapping[str, str], own: str) -> XmlElement:
    scope = {**outer, **dict(node.prefixes)}
    is_type = node.tag.rpartition("}")[2] in _TYPES
    return replace(
        node,
        tag=_clark(node.tag),
        attributes={
            _clark(name): _type(value, scope, imports, own) if name in _TYPES else NEWER.get(value, value)
            for name, value in node.attributes.items()
        },
        children=tuple(_renewed(child, scope, imports, own) for child in node.children),
        text=_type(node.text, scope, imports, own) if is_type else node.text,
        prefixes=tuple((prefix, NEWER.get(uri, uri)) for prefix, uri in node.prefixes),
    )


def _clark(name: str) -> str:
    namespace, closing, local = name[1:].partition("}")
    return f"{{{NEWER.get(namespace, namespace)}}}{local}" if closing and name[0] == "{" else name


def _type(written: str, scope: Mapping[str, str], imports: Mapping[str, str], own: str) -> str:
    """`feel:number` is `number`, a prefix of an imported model becomes that import's name."""
    prefix, colon, local = written.strip().partition(":")
    uri = scope.get(prefix)
    if not colon or uri is None:
        return written
    if uri in imports and uri != own:
        return f"{imports[uri]}.{local}" if imports[uri] else local
    return local
