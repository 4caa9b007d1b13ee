"""From text to the tree, by the allow-list: Jinja parses, and only the nodes named here are taken over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, TemplateSyntaxError
from jinja2 import nodes as jinja

from engine.keys import nearest
from engine.problems import Problem, errors
from engine.templates.filters import FILTERS
from engine.templates.nodes import (
    Comparison,
    Constant,
    Expression,
    Filtered,
    For,
    If,
    Node,
    Output,
    Path,
    Template,
    Text,
)

MAX_LENGTH: Final = 20_000
"""Characters of one template text."""
MAX_DEPTH: Final = 8
"""Blocks inside each other."""
_PARSER: Final = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)  # noqa: S701  # parses, never renders
_OPERATORS: Final[Mapping[str, str]] = MappingProxyType(
    {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
)
_NOTHING: Final = Constant(None)


@dataclass(frozen=True, slots=True)
class Reading:
    """The template, unless something about it is an error, and everything that is wrong; places are lines."""

    template: Template | None
    problems: tuple[Problem, ...]


def read_template(source: str) -> Reading:
    """Read one text. Each problem names its line in `params`; `at` is empty, for the caller to fill."""
    if len(source) > MAX_LENGTH:
        return Reading(None, (Problem("templates.too-long", params={"limit": MAX_LENGTH}),))
    try:
        parsed = _PARSER.parse(source)
    except TemplateSyntaxError as error:
        params = {"line": error.lineno, "reason": error.message or ""}
        return Reading(None, (Problem("templates.syntax", params=params),))
    except RecursionError:
        return Reading(None, (Problem("templates.too-deep", params={"limit": MAX_DEPTH, "line": 1}),))
    except ValueError:  # Python refuses to read a number of thousands of digits
        return Reading(None, (Problem("templates.syntax", params={"line": 1, "reason": "number"}),))
    taken = _Taking()
    try:
        body = taken.nodes(parsed.body, 1)
    except RecursionError:
        return Reading(None, (Problem("templates.too-deep", params={"limit": MAX_DEPTH, "line": 1}),))
    problems = tuple(taken.problems)
    return Reading(None if errors(problems) else Template(source, body), problems)


@dataclass(slots=True)
class _Taking:
    """Takes Jinja's nodes over one by one and notes what it refuses."""

    problems: list[Problem] = field(default_factory=list)

    def nodes(self, found: Iterable[jinja.Node], depth: int) -> tuple[Node, ...]:
        return tuple(node for one in found for node in self._node(one, depth))

    def _node(self, node: jinja.Node, depth: int) -> list[Node]:
        if depth > MAX_DEPTH:
            self._refuse("templates.too-deep", node, limit=MAX_DEPTH)
            return []
        match node:
            case jinja.Output():
                return [self._output(part) for part in node.nodes]
            case jinja.If():
                return [self._if(node, depth)]
            case jinja.For():
                return self._for(node, depth)
            case _:
                self._not_allowed(node)
                return []

    def _output(self, part: jinja.Expr) -> Node:
        return Text(part.data) if isinstance(part, jinja.TemplateData) else Output(self._expression(part))

    def _if(self, node: jinja.If, depth: int) -> If:
        """`elif` is an `if` inside `else`."""
        otherwise = self.nodes(node.else_, depth + 1)
        for branch in reversed(node.elif_):
            otherwise = (If(self._expression(branch.test), self.nodes(branch.body, depth + 1), otherwise),)
        return If(self._expression(node.test), self.nodes(node.body, depth + 1), otherwise)

    def _for(self, node: jinja.For, depth: int) -> list[Node]:
        items = self._expression(node.iter)
        if node.test is not None or node.recursive or not isinstance(node.target, jinja.Name):
            self._not_allowed(node)
            return []
        if not isinstance(items, Path):
            self._not_allowed(node.iter)
            return []
        body, otherwise = self.nodes(node.body, depth + 1), self.nodes(node.else_, depth + 1)
        return [For(node.target.name, items, body, otherwise)]

    def _expression(self, node: jinja.Node) -> Expression:
        match node:
            case jinja.Const():
                return self._constant(node)
            case jinja.Name():
                return Path((node.name,), node.lineno)
            case jinja.Getattr():
                inner = self._expression(node.node)
                if isinstance(inner, Path):
                    return Path((*inner.names, node.attr), node.lineno)
            case jinja.Filter() if node.node is not None:
                return self._filter(node, node.node)
            case jinja.Compare() if len(node.ops) == 1 and node.ops[0].op in _OPERATORS:
                right = self._expression(node.ops[0].expr)
                return Comparison(self._expression(node.expr), _OPERATORS[node.ops[0].op], right)
        self._not_allowed(node)
        return _NOTHING

    def _constant(self, node: jinja.Const) -> Constant:
        if node.value is None or isinstance(node.value, (str, int)):
            return Constant(node.value)
        self._not_allowed(node)
        return _NOTHING

    def _filter(self, node: jinja.Filter, inner: jinja.Expr) -> Expression:
        value = self._expression(inner)
        known = FILTERS.get(node.name)
        if known is None:
            meant = nearest(node.name, FILTERS) or ", ".join(FILTERS)
            self._refuse("templates.unknown-filter", node, name=node.name, meant=meant)
            return value
        if node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
            self._refuse("templates.filter-arguments", node, name=node.name, takes=known.takes)
            return value
        arguments = [self._expression(one) for one in node.args]
        constants = tuple(one for one in arguments if isinstance(one, Constant))
        if len(constants) < len(arguments) or not known.accepts(tuple(one.value for one in constants)):
            self._refuse("templates.filter-arguments", node, name=node.name, takes=known.takes)
        return Filtered(value, node.name, constants, node.lineno)

    def _not_allowed(self, node: jinja.Node) -> None:
        self._refuse("templates.not-allowed", node, what=type(node).__name__)

    def _refuse(self, code: str, node: jinja.Node, **params: object) -> None:
        self.problems.append(Problem(code, params={"line": node.lineno, **params}))
