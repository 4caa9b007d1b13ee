"""Checks a document against its JSON Schema and says every fault the way an author would."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from engine.keys import nearest
from engine.problems import Problem, pointer

_META: Final = Path(__file__).parent / "meta"


def check_shape(document: object, schema: str) -> tuple[Problem, ...]:
    """All problems of `document` against `meta/<schema>.json`, in the order of their places."""
    found = [problem for error in _validator(schema).iter_errors(document) for problem in _problems(error)]
    return tuple(sorted(found, key=lambda problem: problem.at))


@lru_cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((_META / f"{schema}.json").read_text(encoding="utf-8")))


def _problems(error: ValidationError) -> Iterator[Problem]:
    at = pointer(*error.absolute_path)
    schema = cast(Mapping[str, Any], error.schema)
    instance, value = cast(Any, error.instance), cast(Any, error.validator_value)
    match error.validator:
        case "additionalProperties":
            yield from _unknown(instance, set(schema.get("properties", {})), at)
        case "required":
            missing = [name for name in value if name not in instance]
            yield from (Problem("apps.document.missing", at, {"name": name}) for name in missing)
        case "enum" | "const":
            allowed = value if error.validator == "enum" else [value]
            yield Problem("apps.document.not-allowed", at, {"value": instance, "allowed": allowed})
        case "pattern" if schema.get("title") == "key":
            yield Problem("apps.document.bad-key", at, {"value": instance})
        case "oneOf" | "pattern" if "title" in schema:
            yield Problem("apps.document.not-a", at, {"expected": schema["title"]})
        case keyword:
            yield Problem("apps.document.wrong", at, {"expected": f"{keyword} {_shown(value)}"})


def _unknown(document: Mapping[str, object], known: set[str], at: str) -> Iterator[Problem]:
    for name in sorted(set(document) - known):
        params = {"name": name, "guess": nearest(name, known) or "", "known": sorted(known)}
        code = "apps.document.unknown-did-you-mean" if params["guess"] else "apps.document.unknown"
        yield Problem(code, at + pointer(name), params)


def _shown(value: object) -> str:
    return (
        json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (dict, list)) else str(value)
    )
