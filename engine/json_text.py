"""Reading JSON strictly: exact numbers, and nothing that two readers could understand differently.

The standard library reads (SEMANTICS §1). Refused beyond RFC 8259: duplicate keys, `NaN` and `Infinity`,
nesting deeper than 64, numbers of more than 400 characters, lone surrogates and NUL, which no database and no
UTF-8 can hold.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from engine.problems import Problem, Span, pointer

MAX_DEPTH: Final = 64
MAX_NUMBER_LENGTH: Final = 400
_BRACKETS_AND_STRINGS: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_SUSPICIOUS: Final = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)|[\ud800-\udfff\x00]")


class JsonText(NamedTuple):
    """What a text says; with problems the value is None."""

    value: object
    problems: tuple[Problem, ...]


def parse_json(text: str | bytes) -> JsonText:
    """The value of a JSON text: dict, list, str, bool, None, int; Decimal for what has a point or exponent.

    Bytes are UTF-8, with or without a byte order mark. Places are JSON Pointers, a span for a syntax error.
    """
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return _refused(Problem("json.encoding", params={"position": error.start}))
    if _too_deep(text):
        return _refused(Problem("json.depth", params={"limit": MAX_DEPTH}))
    reader = _Reader()
    try:
        value = reader.read(text)
    except json.JSONDecodeError as error:
        where = Span(error.pos, min(error.pos + 1, len(text)))
        return _refused(
            Problem("json.syntax", params={"line": error.lineno, "column": error.colno}, span=where)
        )
    if reader.suspicious or _SUSPICIOUS.search(text):
        problems = tuple(reader.find(value, ()))
        return JsonText(None if problems else value, problems)
    return JsonText(value, ())


def _refused(problem: Problem) -> JsonText:
    return JsonText(None, (problem,))


def _too_deep(text: str) -> bool:
    """Looked at before parsing, because the parser recurses."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for found in _BRACKETS_AND_STRINGS.finditer(text):
        if found[0] in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif found[0] in ("]", "}"):
            depth -= 1
    return False


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands in the value where a number cannot be accepted."""

    code: str
    text: str


@dataclass(slots=True)
class _Reader:
    """The parser's hooks know no place; what they object to is marked and looked up in the finished value."""

    duplicates: dict[int, tuple[str, ...]] = field(default_factory=dict)
    suspicious: bool = False

    def read(self, text: str) -> object:
        return json.loads(
            text,
            object_pairs_hook=self._object,
            parse_float=self._float,
            parse_int=self._int,
            parse_constant=lambda name: self._refuse("json.number-constant", name),
        )

    def find(self, value: object, path: tuple[str | int, ...]) -> Iterator[Problem]:
        """Everything in `value` that must be refused, in document order."""
        if isinstance(value, _Refused):
            yield Problem(value.code, pointer(*path), {"text": value.text, "limit": MAX_NUMBER_LENGTH})
        elif isinstance(value, str):
            if not _is_clean(value):
                yield Problem("json.character", pointer(*path))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.find(item, (*path, index))
        elif isinstance(value, dict):
            yield from self._find_in_object(value, path)

    def _find_in_object(self, value: dict[str, object], path: tuple[str | int, ...]) -> Iterator[Problem]:
        for key in self.duplicates.get(id(value), ()):
            yield Problem("json.key-duplicate", pointer(*path, _printable(key)), {"key": _printable(key)})
        for key, item in value.items():
            if not _is_clean(key):
                yield Problem("json.character", pointer(*path))
            yield from self.find(item, (*path, key))

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        result = dict(pairs)
        if len(result) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            self.duplicates[id(result)] = tuple(key for key, count in counts.items() if count > 1)
            self.suspicious = True
        return result

    def _int(self, text: str) -> object:
        return int(text) if len(text) <= MAX_NUMBER_LENGTH else self._too_long(text)

    def _float(self, text: str) -> object:
        return Decimal(text) if len(text) <= MAX_NUMBER_LENGTH else self._too_long(text)

    def _too_long(self, text: str) -> _Refused:
        return self._refuse("json.number-length", text[:20])

    def _refuse(self, code: str, text: str) -> _Refused:
        self.suspicious = True
        return _Refused(code, text)


def _is_clean(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
