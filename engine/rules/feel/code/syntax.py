"""The few forms of Python that compiled expressions consist of.

Nothing here makes an attribute access, an import or a definition: what cannot be built cannot be emitted.
"""

from __future__ import annotations

import ast
from typing import Final

Atom = ast.Name | ast.Constant
"""A value that is read without any effect, as often as needed."""

NONE: Final = ast.Constant(None)
TRUE: Final = ast.Constant(True)
FALSE: Final = ast.Constant(False)


def name(text: str) -> ast.Name:
    return ast.Name(text, ast.Load())


def assign(target: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(target, ast.Store())], value)


def named(target: str, value: ast.expr) -> ast.expr:
    """`(target := value)`."""
    return ast.NamedExpr(ast.Name(target, ast.Store()), value)


def call(function: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(name(function), [*arguments], [])


def compare(left: ast.expr, *rest: tuple[ast.cmpop, ast.expr]) -> ast.expr:
    return ast.Compare(left, [operator for operator, _ in rest], [right for _, right in rest])


def identical(left: ast.expr, *rest: ast.expr) -> ast.expr:
    return compare(left, *((ast.Is(), right) for right in rest))


def both(*conditions: ast.expr) -> ast.expr:
    return ast.BoolOp(ast.And(), [*conditions])


def either(*conditions: ast.expr) -> ast.expr:
    return ast.BoolOp(ast.Or(), [*conditions])


def choose(condition: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    return ast.IfExp(condition, then, otherwise)


def if_(condition: ast.expr, then: list[ast.stmt], otherwise: list[ast.stmt]) -> ast.stmt:
    return ast.If(condition, then or [ast.Pass()], otherwise)


def subscript(value: ast.expr, key: str) -> ast.expr:
    return ast.Subscript(value, ast.Constant(key), ast.Load())


def attempt(body: list[ast.stmt], fault: str, instead: list[ast.stmt]) -> ast.stmt:
    """`try: body`, `except fault: instead`; costs nothing while nothing is raised."""
    return ast.Try(body, [ast.ExceptHandler(name(fault), None, instead)], [], [])


def items(values: list[ast.expr]) -> ast.expr:
    return ast.List(values, ast.Load())
