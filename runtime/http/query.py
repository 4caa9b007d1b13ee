"""Reading a query string against its declaration: typed, defaults filled in, nothing unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from werkzeug.datastructures import MultiDict

from engine.problems import InputError, Problem, pointer
from runtime.http.schema import Schema, Validator

_FLAGS: Final = {"1": True, "true": True, "0": False, "false": False}


class Query:
    """`properties` are JSON Schemas by name: string, integer or boolean, with `default` where one is due."""

    def __init__(self, properties: Mapping[str, Schema]) -> None:
        self.properties = properties
        self._validator = Validator(
            {"type": "object", "properties": properties, "additionalProperties": False}, "http.query"
        )
        self._defaults = {
            name: schema["default"] for name, schema in properties.items() if "default" in schema
        }

    def read(self, given: MultiDict[str, str]) -> Mapping[str, object]:
        """Values by name; one that was not given and has no default is missing.

        Raises InputError with every argument that is unknown, repeated or out of its bounds.
        """
        repeated = [name for name, values in given.lists() if len(values) > 1]
        problems = [Problem("http.query.repeated", pointer(name), {"name": name}) for name in repeated]
        values = {name: self._typed(name, text) for name, text in given.items()}
        problems += self._validator.problems(values)
        problems += [
            Problem("http.query.refused", pointer(name)) for name, text in given.items() if "\0" in text
        ]
        if problems:
            raise InputError(problems)
        return {**self._defaults, **values}

    def _typed(self, name: str, text: str) -> object:
        kind = self.properties.get(name, {}).get("type")
        if kind == "integer":
            return int(text) if text.removeprefix("-").isdecimal() and len(text) < 19 else text
        if kind == "boolean":
            return _FLAGS.get(text.lower(), text)
        return text
