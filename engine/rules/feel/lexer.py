"""Text to tokens. Every ambiguity of FEEL is decided here, so that the grammar stays LALR(1).

- the longest known name wins over keywords and operators inside it;
- keys, parameters and loop names reach to their `:`, `,` or ` in ` and are known from there on;
- `]` without an operand before it opens a range, `[` that nothing can follow closes one;
- the `and` of a `between` is BAND; the angle brackets of a type are LANGLE and RANGLE;
- full-width punctuation means the same as the ASCII sign, except inside strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lark import Token
from lark.lexer import Lexer

from engine.keys import FEEL_KEYWORDS
from engine.problems import Problem, Span
from engine.rules.feel.limits import Limits
from engine.rules.feel.strings import string_value
from engine.rules.feel.vocabulary import FOLDING, NAME_PART, NAME_START, Vocabulary, canonical
from engine.values import number_from_text

_TOKEN: Final = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*.*?\*/)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<word>{NAME_START}{NAME_PART}*)"
    r"|(?P<sign>\*\*|\.\.|<=|>=|!=|->|[-+*/=<>()\[\]{},:.≤≥≠])"
    r"|(?P<quote>@?\s*\")"
    r"|`(?P<quoted>[^`\n]+)`",
    re.DOTALL,
)
_SPACE: Final = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_KEY: Final = re.compile(rf"({NAME_START}(?:{NAME_PART}|[ \t.+*/'\-])*?)\s*:")
_PARAMETER: Final = re.compile(rf"({NAME_START}(?:{NAME_PART}|[ \t.+*/'\-])*?)\s*(?=[:,)])")
_LOOP_NAME: Final = re.compile(rf"({NAME_START}(?:{NAME_PART}|[ \t.+*/'\-])*?)\s+in(?!{NAME_PART})")
_OF: Final = re.compile(rf"\s+of(?!{NAME_PART})")
_ENDS_RANGE: Final = re.compile(
    rf"\s*(?:$|[),\]}}=<>!*/\[]|\.\s*{NAME_START}|(?:and|or|then|else|return|satisfies|in)(?!{NAME_PART}))"
)
_UNREADABLE: Final = re.compile("[\ud800-\udfff\x00]")

KEYWORDS: Final = FEEL_KEYWORDS - {"not", "of", "instance"}
_SIGNS: Final = {
    "+": "PLUS",
    "-": "MINUS",
    "*": "STAR",
    "/": "SLASH",
    "**": "POWER",
    "=": "EQ",
    "!=": "NE",
    "≠": "NE",
    "<": "LT",
    "<=": "LE",
    "≤": "LE",
    ">": "GT",
    ">=": "GE",
    "≥": "GE",
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    "{": "LBRACE",
    "}": "RBRACE",
    ",": "COMMA",
    ":": "COLON",
    ".": "DOT",
    "..": "DOTDOT",
    "->": "ARROW",
}
_CANONICAL_SIGNS: Final = {"≠": "!=", "≤": "<=", "≥": ">="}
_OPERAND_ENDS: Final = frozenset(
    {"NAME", "NUMBER", "STRING", "TEMPORAL", "TRUE", "FALSE", "NULL", "RPAR", "RSQB", "RBRACE"}
    | {"RANGE_CLOSE", "RANGLE"}
)
_GENERIC: Final = frozenset({"list", "range", "context", "function"})


class TokenSource(Lexer):
    """Hands tokens that are already read to lark's parser."""

    __future_interface__ = True

    def __init__(self, lexer_conf: object) -> None:
        del lexer_conf

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[Token]:
        del parser_state
        yield from lexer_state.text  # type: ignore[attr-defined]  # the token list given to `parse`


@dataclass(slots=True)
class _Bracket:
    """An open bracket and what is pending inside it."""

    sign: str
    parameters: bool = False
    betweens: int = 0
    loops: int = 0
    has_dots: bool = False


class SyntaxFault(Exception):
    """Ends reading at the first place that cannot be understood; the parser turns it into a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def fault(code: str, start: int, end: int, **params: object) -> SyntaxFault:
    return SyntaxFault(Problem(code, params=params, span=Span(start, end)))


def read_tokens(text: str, vocabulary: Vocabulary, limits: Limits, *, unary: bool = False) -> list[Token]:
    """All tokens of `text`; raises SyntaxFault.

    unary   the text is unary tests, where a leading `not(` is no function
    """
    if len(text) > limits.source:
        raise fault("feel.limit.source", 0, len(text), length=len(text), limit=limits.source)
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        raise fault("feel.syntax.character", unreadable.start(), unreadable.end(), character="�")
    return _Scanner(text, vocabulary, limits, unary=unary).run()


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str, vocabulary: Vocabulary, limits: Limits, *, unary: bool) -> None:
        self.original = text
        self.text = text.translate(FOLDING)
        self.vocabulary = vocabulary
        self.declared = Vocabulary(())
        self.limits = limits
        self.at = 0
        self.tokens: list[Token] = []
        self.brackets = [_Bracket("")]
        self.unary = unary

    def run(self) -> list[Token]:
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # may match nothing
            if self.at >= len(self.text):
                return self.tokens
            if not self._declared_name():
                self._next()

    @property
    def _last(self) -> str:
        return self.tokens[-1].type if self.tokens else ""

    def _emit(self, kind: str, value: object, end: int) -> None:
        token = Token(kind, self.text[self.at : end], start_pos=self.at, end_pos=end)
        token.value = value  # a decoded string, a number, or a name in canonical form
        self.tokens.append(token)
        self.at = end

    def _next(self) -> None:
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            raise fault("feel.syntax.character", self.at, self.at + 1, character=self.original[self.at])
        kind = found.lastgroup
        if kind == "word":
            self._word(found[0])
        elif kind == "sign":
            self._sign(found[0])
        elif kind == "number":
            self._number(found[0])
        elif kind == "quote":
            self._string(found[0])
        else:
            name = self.original[found.start("quoted") : found.end("quoted")]
            self._emit("NAME", canonical(name), found.end())

    def _declared_name(self) -> bool:
        """A name that is being declared here: a context key, a parameter, an argument's name, a loop name."""
        pattern = self._declaration()
        found = pattern.match(self.text, self.at) if pattern else None
        if not found:
            return False
        name = canonical(found[1])
        if name in KEYWORDS and pattern is not _KEY:
            return False
        self.declared.add(name)
        self._emit("NAME", name, found.end(1))
        return True

    def _declaration(self) -> re.Pattern[str] | None:
        last, bracket = self._last, self.brackets[-1]
        if last in ("FOR", "SOME", "EVERY") or (last == "COMMA" and bracket.loops):
            return _LOOP_NAME
        if last not in ("LPAR", "LBRACE", "COMMA", "LANGLE"):
            return None
        if bracket.parameters:
            return _PARAMETER
        return _KEY if bracket.sign in ("(", "{", "<") else None

    def _word(self, word: str) -> None:
        end = self.at + len(word)
        known = max(self.vocabulary.longest(self.text, self.at), self.declared.longest(self.text, self.at))
        if self._last == "DOT" or known[0] > end:
            self._name(*max(known, (end, word)))
        elif word in KEYWORDS and not (word == "function" and self._type_follows(self._last)):
            self._keyword(word, end)
        elif word == "instance" and (of := _OF.match(self.text, end)):
            self._emit("INSTANCE_OF", "instance of", of.end())
        elif word == "not" and self.unary and not self.tokens and self._before_bracket(end):
            self._emit("NOT", word, end)
        else:
            self._name(*max(known, (end, word)))

    def _before_bracket(self, end: int) -> bool:
        space = _SPACE.match(self.text, end)
        return self.text.startswith("(", space.end() if space else end)

    def _name(self, end: int, name: str) -> None:
        self._emit("NAME", name, end)

    def _keyword(self, word: str, end: int) -> None:
        bracket, kind = self.brackets[-1], word.upper()
        if word == "and" and bracket.betweens:
            bracket.betweens -= 1
            kind = "BAND"
        elif word == "between":
            bracket.betweens += 1
        elif word in ("for", "some", "every"):
            bracket.loops += 1
        elif word in ("return", "satisfies"):
            bracket.loops = max(bracket.loops - 1, 0)
        self._emit(kind, word, end)

    def _sign(self, sign: str) -> None:
        end = self.at + len(sign)
        if sign in ("(", "{"):
            self._open(sign, parameters=self._last == "FUNCTION")
        elif sign == "[":
            self._square_open(end)
            return
        elif sign == "]":
            self._square_close(end)
            return
        elif sign in (")", "}"):
            self._close(sign)
        elif sign == "..":
            self.brackets[-1].has_dots = True
        elif sign in ("<", ">") and self._angle(sign, end):
            return
        self._emit(_SIGNS[sign], _CANONICAL_SIGNS.get(sign, sign), end)

    def _angle(self, sign: str, end: int) -> bool:
        if (
            sign == "<"
            and self._last == "NAME"
            and self.tokens[-1].value in _GENERIC
            and self._type_follows(self._before())
        ):
            self._open("<")
            self._emit("LANGLE", sign, end)
            return True
        if sign == ">" and self.brackets[-1].sign == "<":
            self.brackets.pop()
            self._emit("RANGLE", sign, end)
            return True
        return False

    def _before(self) -> str:
        return self.tokens[-2].type if len(self.tokens) > 1 else ""

    def _type_follows(self, before: str) -> bool:
        """Whether a type stands behind a token of that kind."""
        bracket = self.brackets[-1]
        return before in ("INSTANCE_OF", "LANGLE", "ARROW") or (
            before in ("COLON", "COMMA") and (bracket.sign == "<" or bracket.parameters)
        )

    def _open(self, sign: str, *, parameters: bool = False) -> None:
        if len(self.brackets) > self.limits.nesting:
            raise fault("feel.limit.nesting", self.at, self.at + 1, limit=self.limits.nesting)
        self.brackets.append(_Bracket(sign, parameters))

    def _close(self, sign: str) -> None:
        if len(self.brackets) == 1:
            raise fault("feel.syntax.bracket-extra", self.at, self.at + 1, sign=sign)
        self.brackets.pop()

    def _square_open(self, end: int) -> None:
        closes = self.brackets[-1].has_dots and self._last in _OPERAND_ENDS
        if closes and len(self.brackets) > 1 and _ENDS_RANGE.match(self.text, end):
            self._close("[")
            self._emit("RANGE_CLOSE", "[", end)
        else:
            self._open("[")
            self._emit("LSQB", "[", end)

    def _square_close(self, end: int) -> None:
        if self._last in _OPERAND_ENDS or (self._last == "LSQB" and self.brackets[-1].sign == "["):
            self._close("]")
            self._emit("RSQB", "]", end)
        else:
            self._open("]")
            self._emit("RANGE_OPEN", "]", end)

    def _number(self, digits: str) -> None:
        value = number_from_text(digits)
        if value is None:
            raise fault("feel.limit.number", self.at, self.at + len(digits), number=digits[:40])
        self._emit("NUMBER", value, self.at + len(digits))

    def _string(self, opening: str) -> None:
        start = self.at + len(opening)
        value, end = string_value(self.original, start)
        if end < 0:
            raise fault("feel.syntax.string-open", self.at, len(self.text))
        if len(value) > self.limits.text_length or _UNREADABLE.search(value):
            raise fault("feel.syntax.character", self.at, end, character="\\u")
        if self.brackets[-1].sign == "{" and self._last in ("LBRACE", "COMMA"):
            self.declared.add(value)
        self._emit("TEMPORAL" if opening[0] == "@" else "STRING", value, end)
