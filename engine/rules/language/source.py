"""Cuts a rule's text into statements.

A statement begins on a line whose first word is one of the language, and reaches to the next such line; so
FEEL may go on over lines, and nothing needs a quote. Inside open brackets only an unindented clause word
begins a new statement, so that one missing bracket does not swallow the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from engine.problems import Problem, Span
from engine.rules.language.words import CLAUSES, Words

_TEXT: Final = r'"(?:\\.|[^"\\\n])*"|“(?:\\.|[^”“"\\\n])*[”"]|＂(?:\\.|[^＂"\\\n])*[＂"]'
STRING: Final = re.compile(_TEXT)
TOKEN: Final = re.compile(
    rf"(?P<string>{_TEXT}|`[^`\n]*`)"
    r"|(?P<comment>\#[^\n]*|//[^\n]*)"
    r"|(?P<open>[\[({（【｛])|(?P<close>[\])}）】｝])"
    r"|(?P<comma>[,，])"
    r"|(?P<newline>\n)|(?P<space>[^\S\n]+)"
    r"|(?P<word>\w+)"
    r"|(?P<other>.)"
)
_POINTS: Final = re.compile(r"[+-]\s*\d+\s+(?!\d)")
_INFIX: Final = frozenset(
    {"and", "or", "then", "else", "in", "between", "return", "satisfies", "instance", "of"}
)
_WORD: Final = re.compile(r"[^\W\d]\w*")
_OPERAND_END: Final = re.compile(r"[\w\"”＂`\])}）】｝]$")
POINTS: Final = "+"
UNKNOWN: Final = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One statement of the text.

    word   what it begins with: a clause, an action, `+` for a line of a score, "" for something unknown
    start  place of the word · body: place behind it · end: behind the statement's last character
    """

    word: str
    start: int
    body: int
    end: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """text   with comments and unclosed strings blanked, as long as the original"""

    text: str
    chunks: tuple[Chunk, ...]
    problems: tuple[Problem, ...]
    notes_after: tuple[str, ...]


@dataclass(slots=True)
class _Line:
    """start   of its first character that is no blank · depth: open brackets before it"""

    start: int
    end: int
    depth: int
    notes: list[str]


def cut(original: str, words: Words, actions: Collection[str]) -> Source:
    """actions   the first words of all actions"""
    text, lines, problems = _lines(original, words)
    starters = (*CLAUSES, *actions)
    chunks: list[Chunk] = []
    waiting: list[str] = []
    last = ""
    for line in lines:
        content = text[line.start : line.end]
        if not content:
            waiting += line.notes
            continue
        word = _begins(text, line, words, starters, last)
        if word is None and chunks:
            before = chunks.pop()
            chunks.append(
                Chunk(
                    before.word, before.start, before.body, line.end, (*before.notes, *waiting, *line.notes)
                )
            )
        else:
            body = _body(text, line.start, word or UNKNOWN, words)
            chunks.append(Chunk(word or UNKNOWN, line.start, body, line.end, (*waiting, *line.notes)))
        waiting, last = [], content
    split = tuple(part for chunk in chunks for part in _split(text, chunk, words, actions))
    return Source(text, split, tuple(problems), tuple(waiting))


def _lines(original: str, words: Words) -> tuple[str, list[_Line], list[Problem]]:
    """The text without its comments, and its lines."""
    parts: list[str] = []
    lines: list[_Line] = []
    problems: list[Problem] = []
    depth, start, notes, opened = 0, 0, [], 0
    at = 0
    while at < len(original):
        token = TOKEN.match(original, at)
        assert token is not None
        kind, piece = token.lastgroup, token[0]
        if kind == "comment":
            notes.append(piece.lstrip("#/").strip())
            piece = " " * len(piece)
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(depth - 1, 0)
        elif piece in ('"', "“", "＂"):
            problems.append(Problem("language.syntax.string-open", span=Span(at, _line_end(original, at))))
        parts.append(piece)
        at = token.end()
        if kind == "newline" or at >= len(original):
            lines.append(_line("".join(parts), start, at, opened, notes))
            depth = 0 if words.longest(CLAUSES, original, at) is not None else depth
            start, notes, opened = at, [], depth
    return "".join(parts), lines, problems


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _line(text: str, start: int, end: int, depth: int, notes: list[str]) -> _Line:
    raw = text[start:end]
    first = start + len(raw) - len(raw.lstrip())
    stop = start + len(raw.rstrip())
    return _Line(min(first, stop), stop, depth, notes)


def _begins(text: str, line: _Line, words: Words, starters: Collection[str], last: str) -> str | None:
    """The word that begins a statement on this line; None if the line goes on with the one before.

    `every` after an operator is FEEL's; two operands in a row are never FEEL.
    """
    if line.depth:
        return None
    found = words.longest(starters, text, line.start)
    if found is not None:
        return None if found == "every" and _goes_on(last) else found
    points = _POINTS.match(text, line.start)
    if points and words.match("where", text, points.end()) is not None:
        return POINTS
    word = _WORD.match(text, line.start)
    two_operands = word is not None and word[0] not in _INFIX and not _goes_on(last)
    return UNKNOWN if two_operands else None


def _goes_on(line: str) -> bool:
    """Whether something must follow the line."""
    return bool(line) and (_OPERAND_END.search(line) is None or line.rsplit(maxsplit=1)[-1] in _INFIX)


def _body(text: str, start: int, word: str, words: Words) -> int:
    if word in (UNKNOWN, POINTS):
        return start
    return words.match(word, text, start) or start


def _split(text: str, chunk: Chunk, words: Words, actions: Collection[str]) -> Iterator[Chunk]:
    """`do reject …` is two: the clause, and the action that stands behind it on the line."""
    if chunk.word not in ("do", "otherwise"):
        yield chunk
        return
    space = re.compile(r"\s*").match(text, chunk.body, chunk.end)
    first = space.end() if space else chunk.body
    yield Chunk(chunk.word, chunk.start, chunk.body, chunk.body, ())
    if first < chunk.end:
        action = words.longest(actions, text, first) or UNKNOWN
        yield Chunk(action, first, _body(text, first, action, words), chunk.end, chunk.notes)
