"""JSON Schemas of bodies and query strings, compiled once, with our problems for the library's texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import jsonschema_rs

from engine.problems import Problem, pointer

Schema = Mapping[str, object]
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_PARAMS: Final = ("limit", "types", "options", "property", "unexpected", "pattern", "format")


class Validator:
    """`problems(value)` lists everything in `value` that the schema refuses, with JSON Pointers."""

    def __init__(self, schema: Schema, prefix: str) -> None:
        self._rules = jsonschema_rs.validator_for({"$schema": _DIALECT, **schema})
        self._prefix = prefix

    def problems(self, value: object) -> tuple[Problem, ...]:
        if self._rules.is_valid(value):
            return ()
        return tuple(problem for error in self._rules.iter_errors(value) for problem in self._of(error))

    def _of(self, error: jsonschema_rs.ValidationError) -> list[Problem]:
        at, keyword = pointer(*error.instance_path), str(error.kind.name)
        params = {name: getattr(error.kind, name) for name in _PARAMS if hasattr(error.kind, name)}
        if keyword == "additionalProperties":
            names = params["unexpected"]
            return [self._problem("unknown", f"{at}{pointer(name)}", {"name": name}) for name in names]
        if keyword == "required":
            return [self._problem("required", f"{at}{pointer(params['property'])}", params)]
        return [self._problem(keyword if keyword in _KNOWN else "refused", at, params)]

    def _problem(self, name: str, at: str, params: Mapping[str, object]) -> Problem:
        return Problem(f"{self._prefix}.{name}", at, params)


_KNOWN: Final = frozenset(
    {
        "type",
        "enum",
        "const",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "pattern",
    }
)
