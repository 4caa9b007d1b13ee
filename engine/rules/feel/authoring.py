"""Text with labels, as people paste and read it, to text with keys, as it is stored, and back (SEMANTICS §2).

names = {"level": "等级", "customer": "客户", "customer.level": "等级", "lines": "明细", "lines.qty": "数量"}
with_keys("客户.等级 ＝ “A”", names).text             # customer.level = "A"
with_labels("sum(lines[qty > 1].qty)", names).text   # sum(明细[数量 > 1].数量)

Works on tokens, so that text which is not finished yet is understood as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lark import Token

from engine.problems import Problem, Span
from engine.rules.feel.functions import FUNCTION_NAMES
from engine.rules.feel.lexer import KEYWORDS, SyntaxFault, read_tokens
from engine.rules.feel.limits import DEFAULT_LIMITS
from engine.rules.feel.types import SIMPLE_TYPES
from engine.rules.feel.vocabulary import FOLDING, NAME_START, SPACED_PROPERTIES, Vocabulary, canonical

RECORDS: Final = ("record", "old", "parent")
"""What these lead to are the names of the record itself."""
Way = tuple[str, ...]
_OPENING: Final = {"LPAR", "LBRACE", "LSQB", "RANGE_OPEN", "LANGLE"}
_CLOSING: Final = {"RPAR", "RBRACE", "RSQB", "RANGE_CLOSE", "RANGLE"}
_LOOPS: Final = {"FOR", "SOME", "EVERY"}
_WORD: Final = re.compile(NAME_START)


@dataclass(frozen=True, slots=True)
class Change:
    """span   of the text before
    after  what stands there now
    """

    span: Span
    after: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """changes   in the order of the text; whatever lies between them is as it was
    problems  labels that may mean several keys, with spans of the text before
    """

    text: str
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def with_keys(text: str, names: Mapping[str, str]) -> Rewritten:
    """Labels to keys, full-width punctuation outside strings to the ASCII signs; keys stay.

    names   label of the last part by dotted key; labels of one level may repeat, which is a problem when used
    Never raises: text that cannot be split into tokens comes back as it is, with the reason.
    """
    return _rewritten(text, names, _Reading(names))


def with_labels(text: str, names: Mapping[str, str]) -> Rewritten:
    """Keys to labels wherever `with_keys` leads back to the same key; other keys stay. Never raises."""
    shown = _rewritten(text, names, _Showing(names))
    back = with_keys(shown.text, names)
    return shown if not back.problems and back.text == with_keys(text, names).text else Rewritten(text)


def _rewritten(text: str, names: Mapping[str, str], direction: _Direction) -> Rewritten:
    try:
        tokens = read_tokens(text, _vocabulary(names), DEFAULT_LIMITS)
    except SyntaxFault as found:
        return Rewritten(text, problems=(found.problem,))
    walker = _Walker(tokens, direction)
    walker.run()
    changes = tuple(_changes(text, tokens, walker.replaced))
    return Rewritten(_applied(text, changes), changes, tuple(walker.problems))


def _vocabulary(names: Mapping[str, str]) -> Vocabulary:
    keys = {part for key in names for part in key.split(".")}
    return Vocabulary({*FUNCTION_NAMES, *SPACED_PROPERTIES, *SIMPLE_TYPES, *RECORDS, *keys, *names.values()})


def _changes(text: str, tokens: list[Token], replaced: Mapping[int, str]) -> Iterator[Change]:
    for index, token in enumerate(tokens):
        span = Span(token.start_pos or 0, token.end_pos or 0)
        before = text[span.start : span.end]
        after = replaced.get(index) or _folded(token.type, before)
        if after != before:
            yield Change(span, after)


def _folded(kind: str, written: str) -> str:
    """Signs by their ASCII form; of a string only the quotation marks."""
    if kind not in ("STRING", "TEMPORAL"):
        return written if "`" in written else written.translate(FOLDING)
    opening = next(at for at, sign in enumerate(written) if sign.translate(FOLDING) == '"') + 1
    return written[:opening].translate(FOLDING) + written[opening:-1] + written[-1].translate(FOLDING)


def _applied(text: str, changes: tuple[Change, ...]) -> str:
    for change in reversed(changes):
        text = text[: change.span.start] + change.after + text[change.span.end :]
    return text


class _Direction:
    """How a name of some level is found and what replaces it."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.levels: dict[Way, dict[str, str]] = {}
        for key, label in names.items():
            *outer, last = key.split(".")
            self.levels.setdefault((*outer,), {})[last] = canonical(label)

    def level(self, way: Way | None) -> Mapping[str, str]:
        """Labels by key below a path; `record` leads to the names themselves."""
        if way and way not in self.levels and way[0] in RECORDS:
            way = way[1:]
        return self.levels.get(way, {}) if way is not None else {}

    def find(self, name: str, level: Mapping[str, str]) -> list[str]:
        """The keys that a name means there."""
        raise NotImplementedError

    def replacement(self, key: str, name: str, level: Mapping[str, str]) -> str:
        raise NotImplementedError


class _Reading(_Direction):
    def find(self, name: str, level: Mapping[str, str]) -> list[str]:
        return [name] if name in level else [key for key, label in level.items() if label == name]

    def replacement(self, key: str, name: str, level: Mapping[str, str]) -> str:
        return key


class _Showing(_Direction):
    def find(self, name: str, level: Mapping[str, str]) -> list[str]:
        return [name] if name in level else []

    def replacement(self, key: str, name: str, level: Mapping[str, str]) -> str:
        label = level[key]
        if not label or "`" in label or label in level or list(level.values()).count(label) > 1:
            return name
        return label if _WORD.match(label) and label not in KEYWORDS else f"`{label}`"


@dataclass(slots=True)
class _Frame:
    """What holds inside one pair of brackets.

    opened    the token that opened it, and the kind of the one before
    target    what a filter's items are
    locals    names bound in it, with the paths their values come from
    pending   a name whose binding begins after the text that follows
    """

    opened: str = ""
    before: str = ""
    target: Way | None = None
    locals: dict[str, Way | None] = field(default_factory=dict)
    pending: str = ""
    loops: int = 0


class _Walker:
    """One pass over the tokens, knowing at each which names can be said."""

    def __init__(self, tokens: list[Token], direction: _Direction) -> None:
        self.tokens = tokens
        self.direction = direction
        self.frames = [_Frame()]
        self.ways: list[Way | None] = []
        self.replaced: dict[int, str] = {}
        self.problems: list[Problem] = []

    def run(self) -> None:
        for index, token in enumerate(self.tokens):
            self.ways.append(self._token(index, token))

    def _kind(self, index: int) -> str:
        return self.tokens[index].type if 0 <= index < len(self.tokens) else ""

    def _token(self, index: int, token: Token) -> Way | None:
        """The path that ends with this token, if one does."""
        kind, frame = token.type, self.frames[-1]
        if kind == "NAME":
            return self._name(index, str(token.value))
        if kind in _OPENING:
            target = self.ways[index - 1] if kind == "LSQB" and index else None
            self.frames.append(_Frame(kind, self._kind(index - 1), target))
        elif kind in _CLOSING and len(self.frames) > 1:
            self.frames.pop()
            return frame.target
        elif kind in _LOOPS:
            frame.loops += 1
        elif kind in ("COMMA", "RETURN", "SATISFIES"):
            self._bind_pending(index)
            frame.loops -= kind != "COMMA" and frame.loops > 0
        return None

    def _bind_pending(self, index: int) -> None:
        frame = self.frames[-1]
        if frame.pending:
            frame.locals[frame.pending] = self.ways[index - 1] if frame.loops else None
        frame.pending = ""

    def _name(self, index: int, name: str) -> Way | None:
        if self._declares(index, name):
            return None
        if self._kind(index - 1) == "DOT":
            way = self.ways[index - 2] if index > 1 else None
            return self._found(index, name, way, self.direction.level(way)) if way is not None else None
        for frame in reversed(self.frames):
            if name in frame.locals:
                return frame.locals[name]
            level = self.direction.level(frame.target)
            if frame.target is not None and self.direction.find(name, level):
                return self._found(index, name, frame.target, level)
        if name in RECORDS and name not in self.direction.level(()):
            return (name,)
        return self._found(index, name, (), self.direction.level(()))

    def _declares(self, index: int, name: str) -> bool:
        """Whether the name is bound here, by a loop, a function or a context, or is an argument's name."""
        frame, before, after = self.frames[-1], self._kind(index - 1), self._kind(index + 1)
        if before in _LOOPS or (before == "COMMA" and frame.loops and after == "IN"):
            frame.pending = name
            return True
        starts = before in ("LPAR", "LBRACE", "COMMA", "LANGLE")
        if frame.before == "FUNCTION" and starts:
            self.frames[-2].locals[name] = None
            return True
        if starts and after == "COLON":
            frame.pending = name if frame.opened == "LBRACE" else ""
            return True
        return False

    def _found(self, index: int, name: str, way: Way, level: Mapping[str, str]) -> Way | None:
        keys = self.direction.find(name, level)
        if len(keys) > 1:
            token = self.tokens[index]
            span = Span(token.start_pos or 0, token.end_pos or 0)
            params = {"label": name, "keys": [".".join((*way, key)) for key in keys]}
            self.problems.append(Problem("feel.label.ambiguous", params=params, span=span))
        if len(keys) != 1 or (self._kind(index + 1) == "LPAR" and name in FUNCTION_NAMES):
            return None
        replacement = self.direction.replacement(keys[0], name, level)
        if replacement != name:
            self.replaced[index] = replacement
        return (*way, keys[0])
