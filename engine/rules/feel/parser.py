"""Tokens to tree. The grammar is built once, when the first expression is read."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from functools import cache
from pathlib import Path as FilePath
from typing import Final

from lark import Lark, Token, UnexpectedToken

from engine.keys import nearest
from engine.problems import Problem, Span
from engine.rules.feel.builder import TreeBuilder
from engine.rules.feel.lexer import SyntaxFault, TokenSource, fault, read_tokens
from engine.rules.feel.limits import Limits
from engine.rules.feel.nodes import Node, depth_of
from engine.rules.feel.vocabulary import Vocabulary

_GRAMMAR: Final = FilePath(__file__).with_name("feel.lark")
_CLOSING: Final = {"LPAR": ")", "LSQB": "]", "LBRACE": "}", "RANGE_OPEN": "]"}


class Dialect(StrEnum):
    """What the text is: an expression, or the unary tests of a decision table's cell."""

    EXPRESSION = "expression"
    UNARY_TESTS = "unary_tests"


@cache
def _grammar() -> Lark:
    return Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer=TokenSource,
        start=[str(dialect) for dialect in Dialect],
        transformer=TreeBuilder(),
    )


def parse(
    text: str, vocabulary: Vocabulary, names: Collection[str], dialect: Dialect, limits: Limits
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree, or None and the problem that ends reading.

    names   what a misspelt name may have meant
    """
    tokens: list[Token] = []
    try:
        tokens = read_tokens(text, vocabulary, limits, unary=dialect is Dialect.UNARY_TESTS)
        if not tokens:
            raise fault("feel.syntax.empty", 0, len(text))
        node: Node = _grammar().parse(tokens, start=str(dialect))  # type: ignore[assignment]  # the tree builder's
        if depth_of(node) > 2 * limits.nesting:
            raise fault("feel.limit.nesting", 0, len(text), limit=limits.nesting)
    except SyntaxFault as found:
        return None, (found.problem,)
    except UnexpectedToken as unexpected:
        return None, (_explain(unexpected, text, tokens, names),)
    return node, ()


def _explain(unexpected: UnexpectedToken, text: str, tokens: list[Token], names: Collection[str]) -> Problem:
    """The typical mistakes by name, everything else by what stands there."""
    token = unexpected.token
    if token.type == "$END":
        return _open_end(text, tokens)
    span = Span(token.start_pos or 0, token.end_pos or len(text))
    index = next((i for i, known in enumerate(tokens) if known is token), 0)
    if index and token.type == "NAME" and tokens[index - 1].type == "NAME":
        return _two_names(text, tokens[index - 1], token, names)
    shown = text[span.start : span.end]
    if shown in ("==", "&&", "||") or (token.type == "EQ" and index and tokens[index - 1].type == "EQ"):
        return Problem("feel.syntax.double-equals", span=span)
    return Problem("feel.syntax.unexpected", params={"found": shown}, span=span)


def _open_end(text: str, tokens: list[Token]) -> Problem:
    waiting: list[Token] = []
    for token in tokens:
        if token.type in _CLOSING:
            waiting.append(token)
        elif token.type in ("RPAR", "RSQB", "RBRACE", "RANGE_CLOSE") and waiting:
            waiting.pop()
    if waiting:
        opened = waiting[-1]
        span = Span(opened.start_pos or 0, opened.end_pos or 0)
        return Problem("feel.syntax.bracket-open", params={"sign": _CLOSING[opened.type]}, span=span)
    return Problem("feel.syntax.end", span=Span(len(text), len(text)))


def _two_names(text: str, first: Token, second: Token, names: Collection[str]) -> Problem:
    """Two words that are no known name together; most often a misspelt name with a blank."""
    span = Span(first.start_pos or 0, second.end_pos or 0)
    name = text[span.start : span.end]
    meant = nearest(name, names)
    if meant:
        return Problem("feel.name.unknown-near", params={"name": name, "meant": meant}, span=span)
    return Problem("feel.syntax.two-names", params={"name": name}, span=span)
