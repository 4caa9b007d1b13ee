"""What a test expects: `nothing`, `reject discount`, `tier = "A"`, `create contract`; several with commas."""

from __future__ import annotations

from typing import Final

from engine.problems import Span
from engine.rules.language.actions import ACTIONS
from engine.rules.language.cursor import Cursor
from engine.rules.language.model import (
    ExpectAction,
    Expectation,
    ExpectNothing,
    ExpectReject,
    ExpectValue,
)
from engine.rules.language.patterns import feel_text, name_text
from engine.rules.language.words import Words

_WORDS: Final = ("nothing", *ACTIONS)


def read_expectations(cursor: Cursor) -> tuple[Expectation, ...]:
    """Raises Fault."""
    found = [_one(cursor)]
    while cursor.comma():
        found.append(_one(cursor))
    if not cursor.done:
        raise cursor.left_over()
    return tuple(found)


def _one(cursor: Cursor) -> Expectation:
    start = cursor.at
    word = cursor.sees(_WORDS)
    if word is None:
        name = cursor.name()
        if not cursor.sign("="):
            raise cursor.expected((), "=")
        value = cursor.feel((), until="item")
        return ExpectValue(name, value, span=Span(start, value.span.end))
    cursor.take(word)
    target = None if cursor.done or cursor.text[cursor.at] in ",，" else cursor.name()
    span = Span(start, cursor.at)
    if word == "nothing":
        return ExpectNothing(span=span)
    return ExpectReject(target, span=span) if word == "reject" else ExpectAction(word, target, span=span)


def write_expectations(expectations: tuple[Expectation, ...], words: Words) -> str:
    return ", ".join(_text(one, words) for one in expectations)


def _text(one: Expectation, words: Words) -> str:
    match one:
        case ExpectNothing():
            return words.show("nothing")
        case ExpectValue(field, value):
            return f"{name_text(field)} = {feel_text(value, words)}"
        case ExpectReject(target):
            parts = (words.show("reject"), name_text(target) if target is not None else "")
        case ExpectAction(kind, target):
            parts = (words.show(kind), name_text(target) if target is not None else "")
        case _:
            raise TypeError(type(one).__name__)
    return " ".join(filter(None, parts))
