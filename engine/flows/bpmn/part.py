"""Reading one element of our extension strictly: its attributes, its children, and their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from engine.flows.bpmn.names import DG
from engine.flows.findings import Findings
from engine.flows.model import Category, Expression
from engine.flows.rule import Label
from engine.keys import nearest
from engine.xml_text import XmlElement

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Part:
    """An XML element being read; `at` is the id of the BPMN element it belongs to, for the problems found."""

    node: XmlElement
    at: str
    found: Findings

    @property
    def name(self) -> str:
        return self.node.name

    def refuse(self, code: str, **params: object) -> None:
        self.found.refuse(Category.STRUCTURE, code, self.at, self.node.line, element=self.name, **params)

    def parts(self, *names: str) -> Iterator[Part]:
        """The children of our namespace with one of these names; all of them if none is given."""
        for child in self.node.children:
            if child.namespace == DG and (child.name in names or not names):
                yield Part(child, self.at, self.found)

    def check(self, *attributes: str, children: tuple[str, ...] = ()) -> None:
        """Report every attribute and child element that may not be here."""
        for name in self.node.attributes:
            if name not in attributes:
                self._unknown("flow.extension.attribute", name, attributes, self.node.line)
        for child in self.node.children:
            if child.namespace != DG or child.name not in children:
                self._unknown("flow.extension.child", child.name, children, child.line)

    def _unknown(self, code: str, name: str, known: tuple[str, ...], line: int) -> None:
        params = {
            "element": self.name,
            "name": name,
            "nearest": nearest(name, known) or ", ".join(known) or "-",
        }
        self.found.refuse(Category.STRUCTURE, code, self.at, line, **params)

    def has(self, name: str) -> bool:
        return name in self.node.attributes

    def optional(self, name: str) -> str:
        return self.node.attributes.get(name, "").strip()

    def required(self, name: str) -> str:
        """The attribute's value; a missing or empty one is reported."""
        value = self.optional(name)
        if not value:
            self.refuse("flow.extension.missing", name=name)
        return value

    def word(self, name: str, known: Sequence[str], default: str) -> str:
        """The attribute if it is one of the known words; else `default`, and reported if it was there."""
        value = self.node.attributes.get(name, default)
        if value in known:
            return value
        self.refuse("flow.extension.value", name=name, value=value, known=tuple(known))
        return default

    def choice(self, name: str, kind: type[Choice], default: Choice) -> Choice:
        """The attribute as a member of `kind`."""
        return kind(self.word(name, [str(member) for member in kind], str(default)))

    def expression(self) -> Expression:
        """The element's text as FEEL."""
        return Expression(self.node.text.strip(), "", self.node.line)

    def label(self) -> Label:
        """The `<dg:label lang="…">` among the children, one per language; empty if there are none."""
        return labels(self.parts("label"))


def labels(parts: Iterator[Part]) -> Label:
    texts: dict[str, str] = {}
    for part in parts:
        part.check("lang")
        texts[part.required("lang")] = part.node.text.strip()
    return texts or ""
