"""String functions; positions count code points from 1 (DMN 1.5, 10.3.4.3)."""

from __future__ import annotations

from typing import Final

from engine.rules.feel.functions.regex import compiled, replacement
from engine.rules.feel.functions.signature import BuiltIn, Overload, p
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Fault, Machine
from engine.rules.feel.types import BOOLEAN, LIST, NUMBER, STRING, FeelType, ListType
from engine.values import Number


def substring(text: str, start: Number, length: Number | None = None) -> str:
    """Raises Fault for start 0 or beyond the text, or a length below 1."""
    begin = int(start)
    if begin == 0 or abs(begin) > len(text):
        raise Fault("feel.function.value", parameter="start position", value=shown(start))
    if length is not None and int(length) < 1:
        raise Fault("feel.function.value", parameter="length", value=shown(length))
    first = begin - 1 if begin > 0 else len(text) + begin
    return text[first:] if length is None else text[first : first + int(length)]


def matches(text: str, pattern: str, flags: str | None = None) -> bool:
    return compiled(pattern, flags or "").search(text) is not None


def replace(
    machine: Machine, text: str, pattern: str, replacement_text: str, flags: str | None = None
) -> str:
    """Every match replaced; raises Fault when the pattern matches empty text or the result is too long."""
    regex = compiled(pattern, flags or "")
    if regex.search("") is not None:
        raise Fault("feel.function.pattern", pattern=pattern[:60], reason="matches the empty string")
    expand = replacement(replacement_text)
    parts: list[str] = []
    length, at = 0, 0
    for match in regex.finditer(text):
        piece = text[at : match.start()] + expand(match)
        length += len(piece)
        machine.check_text(length)
        parts.append(piece)
        at = match.end()
    machine.check_text(length + len(text) - at)
    return "".join(parts) + text[at:]


def split(machine: Machine, text: str, delimiter: str) -> list[object]:
    regex = compiled(delimiter, "")
    if regex.search("") is not None:
        raise Fault("feel.function.pattern", pattern=delimiter[:60], reason="matches the empty string")
    parts: list[object] = []
    at = 0
    for match in regex.finditer(text):
        parts.append(text[at : match.start()])
        machine.check_length(len(parts) + 1)
        at = match.end()
    return [*parts, text[at:]]


def join(machine: Machine, items: list[object], delimiter: str | None = None) -> str:
    """Null items are left out."""
    texts = [item for item in items if item is not None]
    for text in texts:
        if not isinstance(text, str):
            raise Fault("feel.function.item", value=shown(text), kind=kind_of(text))
    between = delimiter or ""
    machine.check_text(sum(len(str(text)) for text in texts) + len(between) * len(texts))
    return between.join(map(str, texts))


def before(text: str, match: str) -> str:
    return text.partition(match)[0] if match and match in text else ""


def after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


def _one(name: str, result: FeelType, body: object) -> BuiltIn:
    return BuiltIn(name, (Overload((p("string", STRING),), result, body),))  # type: ignore[arg-type]


def _two(name: str, result: FeelType, body: object) -> BuiltIn:
    parameters = (p("string", STRING), p("match", STRING))
    return BuiltIn(name, (Overload(parameters, result, body),))  # type: ignore[arg-type]


_FLAGS = p("flags", STRING, optional=True, nullable=True)
STRING_FUNCTIONS: Final = (
    _one("string length", NUMBER, len),
    _one("upper case", STRING, str.upper),
    _one("lower case", STRING, str.lower),
    _one("trim", STRING, str.strip),
    _two("substring before", STRING, before),
    _two("substring after", STRING, after),
    _two("contains", BOOLEAN, lambda text, match: match in text),
    _two("starts with", BOOLEAN, str.startswith),
    _two("ends with", BOOLEAN, str.endswith),
    BuiltIn(
        "substring",
        (
            Overload(
                (
                    p("string", STRING),
                    p("start position", NUMBER),
                    p("length", NUMBER, optional=True, nullable=True),
                ),
                STRING,
                substring,
            ),
        ),
    ),
    BuiltIn("matches", (Overload((p("input", STRING), p("pattern", STRING), _FLAGS), BOOLEAN, matches),)),
    BuiltIn(
        "replace",
        (
            Overload(
                (p("input", STRING), p("pattern", STRING), p("replacement", STRING), _FLAGS),
                STRING,
                replace,
                with_machine=True,
            ),
        ),
    ),
    BuiltIn(
        "split",
        (
            Overload(
                (p("string", STRING), p("delimiter", STRING)), ListType(STRING), split, with_machine=True
            ),
        ),
    ),
    BuiltIn(
        "string join",
        (
            Overload(
                (p("list", LIST), p("delimiter", STRING, optional=True, nullable=True)),
                STRING,
                join,
                with_machine=True,
            ),
        ),
    ),
)
