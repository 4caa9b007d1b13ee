"""What is wrong in a definition or an input, with code, place and hint; and the exceptions that carry it.

A problem's text lives in `locale/<language>/<area>.json`, keyed by code; the code never changes its meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("zh-CN", "en")
_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_NO_PARAMS: Final[Mapping[str, object]] = MappingProxyType({})


class Severity(StrEnum):
    """An error blocks publishing or saving, a warning is shown and kept."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a text, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    code      stable name, `<area>.<thing>.<fault>`
    at        the place: JSON Pointer into the document, id of an XML element, or "" for the whole
    params    values that the message names; plain data
    document  which document, as `kind/key`, or a file name
    span      the place inside an expression or a text
    related   other places that have to do with it, as the author would look for them
    """

    code: str
    at: str = ""
    params: Mapping[str, object] = field(default_factory=lambda: _NO_PARAMS)
    severity: Severity = Severity.ERROR
    document: str = ""
    span: Span | None = None
    related: tuple[str, ...] = ()

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def place(self) -> str:
        """Document and place in one line, as a terminal shows it."""
        apart = ", " if self.document and self.at and not self.at.startswith("/") else ""
        return f"{self.document}{apart}{self.at}"

    def within(self, at: str = "", document: str = "") -> Problem:
        """The same problem seen from outside: `at` is put in front of its place."""
        return replace(self, at=at + self.at, document=self.document or document)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.is_error)


def pointer(*parts: str | int) -> str:
    """A JSON Pointer (RFC 6901) to the value reached by `parts`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


class ProblemsError(Exception):
    """Base of the exceptions that carry all problems found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(", ".join(f"{problem.code} at {problem.at or '/'}" for problem in self.problems))


class DefinitionError(ProblemsError):
    """A definition cannot be used."""


class InputError(ProblemsError):
    """Data handed in cannot be accepted."""


class LimitError(ProblemsError):
    """Something is larger, deeper or longer than this installation allows."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a person reads about a code; `hint` says what would be right."""

    message: str
    hint: str = ""


class Register:
    """All problem codes with their texts in every language, read once from the floors' `locale` folders."""

    def __init__(self, texts: Mapping[str, Mapping[str, Text]]) -> None:
        self._texts = texts

    @classmethod
    def read(cls, *folders: Path) -> Register:
        """Each folder holds `<language>/<area>.json`, `{code: {"message": …, "hint": …}}`."""
        texts: dict[str, dict[str, Text]] = {language: {} for language in LANGUAGES}
        for language in LANGUAGES:
            for folder in folders:
                for file in sorted((folder / language).glob("*.json")):
                    entries = json.loads(file.read_text(encoding="utf-8"))
                    texts[language].update({code: Text(**entry) for code, entry in entries.items()})
        return cls(texts)

    def codes(self, language: str) -> frozenset[str]:
        return frozenset(self._texts[language])

    def message(self, problem: Problem, language: str) -> str:
        """The sentence for a person; an unknown code is shown as itself, never hidden."""
        text = self._text(problem.code, language)
        return _fill(text.message, problem.params, language) if text else problem.code

    def hint(self, problem: Problem, language: str) -> str:
        text = self._text(problem.code, language)
        return _fill(text.hint, problem.params, language) if text else ""

    def text(self, code: str, language: str) -> Text | None:
        return self._text(code, language)

    def _text(self, code: str, language: str) -> Text | None:
        return self._texts.get(language, self._texts["en"]).get(code)


def _fill(template: str, params: Mapping[str, object], language: str) -> str:
    """`{name}` is replaced by the parameter; nothing inside a parameter is interpreted."""
    parts = _PARAMETER.split(template)
    return "".join(
        _show(params[part], language) if index % 2 and part in params else _written(part, index)
        for index, part in enumerate(parts)
    )


def _written(part: str, index: int) -> str:
    return "{" + part + "}" if index % 2 else part


def _show(value: object, language: str) -> str:
    """Lists by commas; a label (text by language) in the reader's language, else in the first it has."""
    if isinstance(value, Mapping):
        return str(value.get(language) or next(iter(value.values()), ""))
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(_show(item, language) for item in value)
    return str(value)


ENGINE_LOCALE: Final = Path(__file__).parent / "locale"
