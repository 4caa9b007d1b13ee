"""How the condition of a rule came out, part by part, as the log keeps it and as people are told.

Places are those of the condition's text, so the text is kept once and every part of it for a few bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.rules.feel import Trace
from engine.rules.language.compile import CompiledRule
from runtime.connectors.calls import plain_data

MAX_PARTS: Final = 120
"""Parts beyond are not kept; those on top come first."""
_LONGEST_TEXT: Final = 200
_LONGEST_LIST: Final = 20
_JOINT: Final = re.compile(r"[\s()（）]*\b(and|or)\b[\s()（）]*")


@dataclass(frozen=True, slots=True)
class Part:
    """One sub-expression.

    value      plain data; of a record `id` and `title`
    evaluated  false: the parts before had decided already
    joint      "and" or "or" where the parts are its operands, else ""
    omitted    turns of a loop that are not among the parts
    """

    text: str
    value: object
    evaluated: bool
    joint: str
    omitted: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """whole  the condition; None without one, and where it was not looked at
    asks   the forms whose records the rule's expressions ask for
    """

    whole: Part | None
    asks: frozenset[str] = frozenset()


def asked_forms(rule: CompiledRule) -> frozenset[str]:
    """The forms whose records the expressions of a rule ask for, `for each` aside."""
    return frozenset(query.form for one in rule.expressions for query in one.queries)


def explained(rule: CompiledRule, trace: Trace | None) -> Explained:
    """What came of a verdict's trace."""
    whole = None if trace is None else _read_part(trace.text, _part_data(trace, trace.span.start))
    return Explained(whole, asked_forms(rule))


def explained_data(rule: CompiledRule, trace: Trace | None) -> Mapping[str, Any] | None:
    """The same as the log keeps it; None if there is nothing to tell."""
    asks = sorted(asked_forms(rule))
    if trace is None:
        return {"asks": asks} if asks else None
    return {"asks": asks, "text": trace.text, "whole": _part_data(trace, trace.span.start)}


def read_explained(data: Mapping[str, Any] | None) -> Explained:
    """What `explained_data` wrote."""
    if data is None:
        return Explained(None)
    whole = _read_part(data["text"], data["whole"]) if "whole" in data else None
    return Explained(whole, frozenset(data["asks"]))


def short(value: object) -> object:
    """A value as the log keeps it: what is long is shortened, of a record only id and title stay."""
    if isinstance(value, Mapping):
        kept = {"id", "title"} if "id" in value else value.keys()
        return {str(key): short(value[key]) for key in value if key in kept}
    if isinstance(value, list | tuple):
        return [short(item) for item in value[:_LONGEST_LIST]]
    plain = plain_data(value)
    if plain is None or isinstance(plain, bool | int | Decimal):
        return plain
    return str(plain)[:_LONGEST_TEXT]


def _part_data(trace: Trace, base: int) -> list[Any]:
    """`[start, end, value, evaluated, omitted, parts]`, breadth first up to MAX_PARTS."""
    kept = set(map(id, _first(trace)))

    def data(one: Trace) -> list[Any]:
        parts = [data(child) for child in one.children if id(child) in kept]
        omitted = one.omitted + len(one.children) - len(parts)
        span = one.span
        return [span.start - base, span.end - base, short(one.value), one.evaluated, omitted, parts]

    return data(trace)


def _first(trace: Trace) -> Iterator[Trace]:
    level, count = [trace], 0
    while level and count < MAX_PARTS:
        yield from level[: MAX_PARTS - count]
        count += len(level)
        level = [child for one in level for child in one.children]


def _read_part(text: str, data: list[Any]) -> Part:
    start, end, value, evaluated, omitted, inner = data
    inner = sorted(inner, key=lambda one: one[0])
    return Part(
        text=text[start:end],
        value=value,
        evaluated=evaluated,
        joint=_joint(text, inner),
        omitted=omitted,
        parts=tuple(_read_part(text, one) for one in inner),
    )


def _joint(text: str, parts: list[Any]) -> str:
    """What stands between the first two parts, if that is all there is."""
    if len(parts) < 2:
        return ""
    found = _JOINT.fullmatch(text[parts[0][1] : parts[1][0]])
    return "" if found is None else found[1]
