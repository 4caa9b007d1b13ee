"""Reads one statement from left to right: words, keys, texts, numbers, and FEEL up to the next word."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import time
from typing import Final

from engine.keys import nearest
from engine.problems import Problem, Span
from engine.rules.feel.strings import string_value
from engine.rules.language.model import Feel, Name, Quoted
from engine.rules.language.source import STRING, TOKEN
from engine.rules.language.words import Words

_SPACE: Final = re.compile(r"\s*")
_NAME: Final = re.compile(r"`([^`\n]+)`|([^\W\d]\w*(?:\.[^\W\d]\w*)*)")
_NUMBER: Final = re.compile(r"[+-]?\s*\d+(?![\w.])")
_CLOCK: Final = re.compile(r"(\d{1,2})[:：](\d{2})(?!\d)")
_ENTRY: Final = re.compile(r"\s*(?:`[^`\n]+`|[^\W\d]\w*)\s*=(?![=])")
_SHOWN: Final = 30


class Fault(Exception):
    """Ends the reading of one statement; the others are read nevertheless."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def fault(code: str, span: Span, **params: object) -> Fault:
    return Fault(Problem(code, params=params, span=span))


class Cursor:
    """A place in one statement of a text; moves only forward.

    text    the whole text with its comments blanked, so that places count from its start
    """

    def __init__(self, text: str, start: int, end: int, words: Words) -> None:
        self.text = text[:end]
        self.words = words
        self.at = start
        self._skip()

    def _skip(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # may match nothing

    @property
    def done(self) -> bool:
        return self.at >= len(self.text)

    def _go(self, end: int) -> None:
        self.at = end
        self._skip()

    def sees(self, words: Collection[str]) -> str | None:
        """The longest of the words that stands here."""
        return self.words.longest(words, self.text, self.at)

    def take(self, word: str) -> bool:
        """Move behind the word, if it stands here."""
        end = self.words.match(word, self.text, self.at)
        if end is not None:
            self._go(end)
        return end is not None

    def sign(self, sign: str) -> bool:
        if self.text.startswith(sign, self.at):
            self._go(self.at + len(sign))
            return True
        return False

    def comma(self) -> bool:
        return self.sign(",") or self.sign("，")

    def expected(self, what: Collection[str], kind: str = "") -> Fault:
        """The problem that something else stands here: a word of these, or a `kind` of thing."""
        shown = [self.words.show(word) for word in what]
        found = self.text[self.at : self.at + _SHOWN].split("\n", 1)[0].strip()
        word = re.match(r"\w+", found)
        span = Span(self.at, self.at + len(word[0] if word else found[:1]))
        if found:
            meant = nearest(found.split()[0], shown) if shown else None
            wanted = meant or " · ".join(shown) or kind
            return fault("language.syntax.unexpected", span, found=found, wanted=wanted)
        return fault("language.syntax.end", span, wanted=" · ".join(shown) or kind)

    def left_over(self) -> Fault:
        """The problem that the statement goes on where it should end."""
        rest = self.text[self.at :].split("\n", 1)[0].rstrip()
        span = Span(self.at, self.at + len(rest))
        return fault("language.syntax.left-over", span, found=rest[:_SHOWN])

    def name(self) -> Name:
        """A key, or a label; what is no plain word stands in backticks."""
        found = _NAME.match(self.text, self.at)
        if found is None:
            raise self.expected((), "key")
        span = Span(found.start(), found.end())
        self._go(found.end())
        return Name(found[1] or found[2], span)

    def quoted(self) -> Quoted:
        found = STRING.match(self.text, self.at)
        if found is None:
            raise self.expected((), '"…"')
        value, _ = string_value(self.text, self.at + 1)
        span = Span(found.start(), found.end())
        self._go(found.end())
        return Quoted(value, span)

    def number(self) -> int:
        found = _NUMBER.match(self.text, self.at)
        if found is None or len(found[0]) > 12:
            raise self.expected((), "0")
        self._go(found.end())
        return int("".join(found[0].split()))

    def clock(self) -> time:
        found = _CLOCK.match(self.text, self.at)
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            raise self.expected((), "09:00")
        self._go(found.end())
        return time(int(found[1]), int(found[2]))

    def feel(self, stops: Collection[str], *, until: str = "") -> Feel:
        """FEEL up to one of the words, or to the end.

        until  ends at a comma outside brackets too: any ("item"), or one before `key =` ("entry")
        """
        start, depth, at = self.at, 0, self.at
        while at < len(self.text):
            token = TOKEN.match(self.text, at)
            assert token is not None
            kind, end = token.lastgroup, token.end()
            if kind == "open":
                depth += 1
            elif kind == "close":
                depth -= 1
                if depth < 0:
                    break
            elif depth == 0 and self._ends_at(kind, at, end, start, stops, until):
                break
            at = end
        return self._expression(start, at)

    def _ends_at(
        self, kind: str | None, at: int, behind: int, start: int, stops: Collection[str], until: str
    ) -> bool:
        """Whether the token outside all brackets ends the expression."""
        if kind == "word":
            return self._stops(stops, at, start)
        return kind == "comma" and (self._ends(until, behind) or self._stops_behind(stops, behind))

    def _ends(self, until: str, behind: int) -> bool:
        return until == "item" or (until == "entry" and _ENTRY.match(self.text, behind) is not None)

    def _stops_behind(self, stops: Collection[str], comma: int) -> bool:
        """Whether a word of the language stands behind the comma."""
        space = _SPACE.match(self.text, comma)
        assert space is not None
        return self.words.longest(stops, self.text, space.end()) is not None

    def _stops(self, stops: Collection[str], at: int, start: int) -> bool:
        before = self.text[at - 1] if at > start else " "
        return before != "." and self.words.longest(stops, self.text, at) is not None

    def _expression(self, start: int, end: int) -> Feel:
        raw = self.text[start:end].rstrip()
        if not raw:
            raise self.expected((), "FEEL")
        self._go(end)
        return Feel(normal(raw), Span(start, start + len(raw)))


def normal(text: str) -> str:
    """FEEL text as the tree holds it: without the indentation of its further lines."""
    return re.sub(r"[ \t\r]*\n\s*", "\n", text.strip())
