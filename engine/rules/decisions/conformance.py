"""Test cases of the DMN Technology Compatibility Kit: reading them, and playing them against a model.

A result that has to be an error passes only if it is null and there is a problem that says why.
Source: github.com/dmn-tck/tck, TestCases/testCases.xsd.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.problems import Problem
from engine.rules.decisions.compile import CompiledDecisions
from engine.rules.feel.equality import equal
from engine.rules.feel.kinds import text_of
from engine.values import (
    DateTime,
    Range,
    date_from_text,
    date_time_from_text,
    duration_from_text,
    number_from_text,
    time_from_text,
)
from engine.xml_text import XmlElement, parse_xml

_NAMESPACE: Final = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_TOLERANCE: Final = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class Expectation:
    """name  of what is evaluated;  error  whether it has to fail"""

    name: str
    value: object
    error: bool


@dataclass(frozen=True, slots=True)
class Case:
    """invoked  the service or knowledge model that is called; "" to evaluate each result's decision"""

    id: str
    invoked: str
    inputs: Mapping[str, object]
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    case: str
    result: str
    reason: str


def read_cases(xml: bytes) -> tuple[Case, ...]:
    """The cases of one test file; raises ValueError if it is not one."""
    root, _ = parse_xml(xml)
    if root is None or root.tag != _NAMESPACE + "testCases":
        raise ValueError("not a file of test cases")
    return tuple(_case(child) for child in root.children if child.tag == _NAMESPACE + "testCase")


def play(case: Case, compiled: CompiledDecisions, now: DateTime) -> list[Failure]:
    """The expectations that are not met."""
    failures = []
    for expectation in case.expectations:
        value, problems, _ = compiled.evaluate(case.invoked or expectation.name, case.inputs, now)
        reason = _difference(expectation, value, problems)
        if reason:
            failures.append(Failure(case.id, expectation.name, reason))
    return failures


def _difference(expectation: Expectation, value: object, problems: tuple[Problem, ...]) -> str:
    if not agree(expectation.value, value):
        found = ", ".join(sorted({problem.code for problem in problems}))
        return f"expected {text_of(expectation.value)}, got {text_of(value)} {found}".rstrip()
    if expectation.error and not problems:
        return "null without a diagnostic where an error is expected"
    return ""


def agree(expected: object, value: object) -> bool:
    """Equal values; numbers to eight places, as the kit compares them."""
    if isinstance(expected, dict) and isinstance(value, dict):
        return expected.keys() == value.keys() and all(agree(expected[key], value[key]) for key in expected)
    if isinstance(expected, list) and isinstance(value, list):
        return len(expected) == len(value) and all(map(agree, expected, value))
    if _is_number(expected) and _is_number(value):
        return abs(Decimal(str(expected)) - Decimal(str(value))) < _TOLERANCE
    if isinstance(expected, str) and isinstance(value, Range):
        return expected == text_of(value)
    return equal(expected, value) is True


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _case(node: XmlElement) -> Case:
    invoked = node.attributes.get("invocableName", "")
    inputs = {
        " ".join(child.attributes["name"].split()): _value(child)
        for child in node.children
        if child.name == "inputNode"
    }
    results = tuple(_expectation(child) for child in node.children if child.name == "resultNode")
    return Case(node.attributes.get("id", ""), invoked, inputs, results)


def _expectation(node: XmlElement) -> Expectation:
    expected = next((child for child in node.children if child.name == "expected"), None)
    value = _value(expected) if expected is not None else None
    error = node.attributes.get("errorResult", "false") in ("true", "1")
    return Expectation(" ".join(node.attributes["name"].split()), value, error)


def _value(node: XmlElement) -> object:
    """The value below the node: a plain one, components, or a list; nothing is null."""
    parts = [child for child in node.children if child.name in ("value", "component", "list")]
    if not parts or parts[0].attributes.get(_INSTANCE + "nil") == "true":
        return None
    if parts[0].name == "component":
        return {one.attributes["name"]: _value(one) for one in parts}
    if parts[0].name == "list":
        return [_value(item) for item in parts[0].children if item.name == "item"]
    return _plain(parts[0])


def _plain(node: XmlElement) -> object:
    kind = node.attributes.get(_INSTANCE + "type", "xsd:string").rpartition(":")[2]
    text = node.content
    if kind == "string":
        return text
    text = text.strip()
    if kind == "boolean":
        return text in ("true", "1")
    read = _READ.get(kind)
    return read(text) if read is not None else text


_READ: Final = {
    "decimal": number_from_text,
    "double": number_from_text,
    "integer": number_from_text,
    "int": number_from_text,
    "float": number_from_text,
    "date": date_from_text,
    "time": time_from_text,
    "dateTime": date_time_from_text,
    "duration": duration_from_text,
}
