"""The literal expressions of the DMN TCK: decisions that need nothing but input data.

The files are not part of this repository; `DOUGONG_SHARED` names the folder that holds them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree  # the files are read from a folder of the developer's own

import pytest

from engine.rules.feel import ANY, ContextType, FeelType, FunctionType, ListType, Scope
from engine.rules.feel.types import SIMPLE_TYPES
from engine.values import (
    date_from_text,
    date_time_from_text,
    duration_from_text,
    number_from_text,
    time_from_text,
)

_SHARED: Final = os.environ.get("DOUGONG_SHARED") or Path(__file__).parents[5] / "shared"
ROOT: Final = Path(_SHARED) / "conformance" / "dmn-tck" / "TestCases"
LEVELS: Final = ("compliance-level-2", "compliance-level-3")
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_READERS: Final = {
    "date": date_from_text,
    "time": time_from_text,
    "dateTime": date_time_from_text,
    "duration": duration_from_text,
    "decimal": number_from_text,
    "double": number_from_text,
    "integer": number_from_text,
}


@dataclass(frozen=True)
class Case:
    """One expected result: `failing` = the engine must report an error and the value is null."""

    name: str
    text: str
    scope: Scope
    values: dict[str, object]
    expected: object
    failing: bool


def need() -> None:
    """Skip the test, visibly, where the suite is not there."""
    if not ROOT.is_dir():
        pytest.skip(f"NOT RUN: no DMN TCK at {ROOT} (set DOUGONG_SHARED)")


def cases() -> Iterator[Case]:
    for level in LEVELS:
        for folder in sorted((ROOT / level).iterdir()):
            for file in sorted(folder.glob("*-test-*.xml")):
                yield from _cases_of(file)


def _cases_of(file: Path) -> Iterator[Case]:
    tests = ElementTree.parse(file).getroot()
    name = tests.findtext("{*}modelName") or ""
    path = file.with_name(name)
    if not path.exists():
        return
    model = _Model(ElementTree.parse(path).getroot())
    for case in tests.iterfind("{*}testCase"):
        if case.get("type", "decision") != "decision":
            continue
        values = {node.get("name", ""): _value(node) for node in case.iterfind("{*}inputNode")}
        for result in case.iterfind("{*}resultNode"):
            text = model.literals.get(result.get("name", ""))
            expected = result.find("{*}expected")
            if text is not None and expected is not None:
                title = f"{file.parent.name}/{case.get('id')}/{result.get('name')}"
                failing = result.get("errorResult") == "true"
                yield Case(title, text, model.scope, values, _value(expected), failing)


class _Model:
    def __init__(self, root: ElementTree.Element) -> None:
        self._definitions = {node.get("name", ""): node for node in root.iterfind("{*}itemDefinition")}
        types = {name: self._type(node) for name, node in self._definitions.items()}
        names: dict[str, FeelType] = {node.get("name", ""): ANY for node in root.iterfind("{*}inputData")}
        self.scope = Scope(names, types=types)
        self.literals = {
            node.get("name", ""): text
            for node in root.iterfind("{*}decision")
            if (text := _literal(node)) is not None
        }

    def _type(self, node: ElementTree.Element) -> FeelType:
        kind = self._single(node)
        return ListType(item=kind) if node.get("isCollection") == "true" else kind

    def _single(self, node: ElementTree.Element) -> FeelType:
        parts = node.findall("{*}itemComponent")
        if parts:
            return ContextType({part.get("name", ""): self._type(part) for part in parts})
        function = node.find("{*}functionItem")
        if function is not None:
            inputs = tuple(
                self._named(part.get("typeRef", "")) for part in function.iterfind("{*}parameters")
            )
            return FunctionType(inputs, self._named(function.get("outputTypeRef", "")))
        return self._named(node.findtext("{*}typeRef") or "Any")

    def _named(self, name: str) -> FeelType:
        name = name.removeprefix("feel:")
        if name in self._definitions:
            return self._type(self._definitions[name])
        return SIMPLE_TYPES.get(name, ANY)


def _literal(decision: ElementTree.Element) -> str | None:
    """The text of a decision that needs no other decision and no business knowledge."""
    if decision.find("{*}knowledgeRequirement") is not None:
        return None
    if decision.find("{*}informationRequirement/{*}requiredDecision") is not None:
        return None
    return decision.findtext("{*}literalExpression/{*}text")


def _value(node: ElementTree.Element) -> object:
    items = node.find("{*}list")
    if items is not None:
        return [_value(item) for item in items.iterfind("{*}item")]
    parts = node.findall("{*}component")
    if parts:
        return {part.get("name", ""): _value(part) for part in parts}
    value = node.find("{*}value")
    if value is None or value.get(f"{_XSI}nil") == "true":
        return None
    kind = value.get(f"{_XSI}type", "xsd:string").partition(":")[2]
    text = value.text or ""
    if kind == "boolean":
        return text.strip() == "true"
    read = _READERS.get(kind)
    return read(text.strip()) if read else text
