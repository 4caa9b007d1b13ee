"""Checks JSON documents of forms, roles and views against their meta-schemas in `meta/`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from engine.forms.unknown import unknown
from engine.forms.violations import Violation, by_jsonschema, missing, unexpected
from engine.problems import Problem, pointer

MAX_DOCUMENT_DEPTH: Final = 32
_META: Final = Path(__file__).parent / "meta"


@cache
def _registry() -> Registry[bool | Mapping[str, Any]]:
    schemas = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(_META.glob("*.json"))]
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas if "$id" in schema]
    return Registry().with_resources(resources)


def validator(schema: Mapping[str, object]) -> Draft202012Validator:
    """A validator whose references may point into the meta-schemas (`urn:dougong:form:1#/$defs/label`)."""
    return Draft202012Validator(schema, registry=_registry())


@cache
def meta_validator(kind: str) -> Draft202012Validator:
    """The validator of a whole document: `form`, `role` or `view`."""
    return validator({"$ref": f"urn:dougong:{kind}:1"})


@dataclass(frozen=True, slots=True)
class Exact:
    """A document whose numbers are exact; `problems` say why nothing of it can be used."""

    document: Mapping[str, object]
    problems: tuple[Problem, ...] = ()


def exact(document: object) -> Exact:
    """The document with floats replaced by the decimals they were written as; refused if it is too deep."""
    if not isinstance(document, Mapping):
        return Exact({}, (Problem("form.document.not-object"),))
    if _is_too_deep(document):
        return Exact({}, (Problem("form.document.depth", params={"limit": MAX_DOCUMENT_DEPTH}),))
    return Exact({str(key): _exact(item) for key, item in document.items()})


def _is_too_deep(document: object) -> bool:
    level = [document]
    for _ in range(MAX_DOCUMENT_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def _exact(value: object) -> object:
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Mapping):
        return {str(key): _exact(item) for key, item in value.items()}
    return [_exact(item) for item in value] if isinstance(value, list | tuple) else value


def schema_problems(schema: Draft202012Validator, document: object) -> tuple[Problem, ...]:
    """Everything in `document` that breaks the schema, each with its place."""
    found = by_jsonschema(schema.iter_errors(document))
    return tuple(problem for violation in found for problem in _problems(violation))


def _problems(violation: Violation) -> Iterator[Problem]:
    at, keyword, bound = pointer(*violation.path), violation.keyword, violation.bound
    match keyword:
        case "required":
            for name in missing(violation):
                yield Problem("form.document.property-missing", at, {"property": name})
        case "additionalProperties":
            yield from _unknown(violation)
        case "type":
            kinds = bound if isinstance(bound, list) else [bound]
            yield Problem("form.document.type", at, {"expected": " | ".join(map(str, kinds))})
        case "enum" | "const":
            allowed = [str(one) for one in bound] if isinstance(bound, list) else [str(bound)]
            yield Problem("form.document.value", at, {"allowed": allowed, "value": str(violation.value)[:60]})
        case "maxItems" | "maxProperties" | "maxLength" | "maximum":
            yield Problem("form.document.too-large", at, {"limit": bound})
        case "minItems" | "minProperties" | "minLength" | "minimum":
            yield Problem("form.document.too-small", at, {"limit": bound})
        case "uniqueItems":
            yield Problem("form.document.repeated", at)
        case _:
            yield Problem("form.document.invalid", at, {"keyword": keyword})


def _unknown(violation: Violation) -> Iterator[Problem]:
    names, known = unexpected(violation)
    for name in names:
        at = pointer(*violation.path, name)
        yield unknown("form.document.property-unknown", at, name, sorted(known))
