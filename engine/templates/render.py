"""From a template and plain data to text, within limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from engine.problems import LimitError, Problem
from engine.templates.filters import FILTERS, Look, Options
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
from engine.templates.shown import plain_text
from engine.values import Date, DateTime

MAX_ROUNDS: Final = 10_000
"""Rounds of all loops together."""
MAX_OUTPUT: Final = 200_000
"""Characters of the result."""
Labels = Mapping[str, Options]
"""Labels of the options of select fields, by the dotted path of the field."""
_NO_OPTIONS: Final[Options] = MappingProxyType({})
_ORDERED: Final = ((int, Decimal), str, Date, DateTime)


def render(template: Template, values: Mapping[str, object], look: Look, labels: Labels) -> str:
    """The text for one reader.

    values   FEEL values by name: numbers, texts, booleans, dates, lists, contexts; what is missing is null
    Raises LimitError `templates.limit`. Nothing inside a value is ever read as a template.
    """
    rendering = _Rendering(values, look, labels)
    rendering.nodes(template.body)
    return "".join(rendering.parts)


@dataclass(slots=True)
class _Rendering:
    values: Mapping[str, object]
    look: Look
    labels: Labels
    paths: Mapping[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    rounds: int = 0

    def nodes(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            match node:
                case Text():
                    self._say(node.text)
                case Output():
                    self._say(plain_text(self._value(node.value), self.look.language, self.look.zone))
                case If():
                    self.nodes(node.body if _holds(self._value(node.test)) else node.otherwise)
                case For():
                    self._for(node)

    def _say(self, text: str) -> None:
        self.length += len(text)
        if self.length > MAX_OUTPUT:
            raise LimitError((Problem("templates.limit", params={"limit": MAX_OUTPUT}),))
        self.parts.append(text)

    def _for(self, node: For) -> None:
        items = self._path(node.items)
        if not isinstance(items, list) or not items:
            self.nodes(node.otherwise)
            return
        values, paths = self.values, self.paths
        self.paths = {**paths, node.name: self._place(node.items)}
        for item in items:
            self.rounds += 1
            if self.rounds > MAX_ROUNDS:
                raise LimitError((Problem("templates.limit", params={"limit": MAX_ROUNDS}),))
            self.values = {**values, node.name: item}
            self.nodes(node.body)
        self.values, self.paths = values, paths

    def _value(self, one: Expression) -> object:
        match one:
            case Constant():
                return one.value
            case Path():
                return self._path(one)
            case Filtered():
                look = Look(self.look.language, self.look.zone, self._options(one.value))
                arguments = tuple(argument.value for argument in one.arguments)
                return FILTERS[one.name].apply(self._value(one.value), arguments, look)
            case Comparison():
                return _compare(self._value(one.left), one.op, self._value(one.right))

    def _path(self, path: Path) -> object:
        value: object = self.values
        for name in path.names:
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    def _options(self, one: Expression) -> Options:
        """Of the field that stands at the bottom of a chain of filters."""
        while isinstance(one, Filtered):
            one = one.value
        return self.labels.get(self._place(one), _NO_OPTIONS) if isinstance(one, Path) else _NO_OPTIONS

    def _place(self, path: Path) -> str:
        head, *rest = path.names
        return ".".join((self.paths.get(head, head), *rest))


def _holds(value: object) -> bool:
    """Null, false, zero, the empty text and the empty list do not."""
    return bool(value)


def _compare(left: object, op: str, right: object) -> bool:
    if op in ("==", "!="):
        return _equal(left, right) is (op == "==")
    for kind in _ORDERED:
        if isinstance(left, kind) and isinstance(right, kind):
            return _ORDER[op](left, right)
    return False


def _equal(left: object, right: object) -> bool:
    """References are equal by id; values of different kinds are not."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.get("id") == right.get("id")
    return isinstance(left, bool) is isinstance(right, bool) and left == right


_ORDER: Final[Mapping[str, Callable[[object, object], bool]]] = MappingProxyType(
    {
        "<": lambda left, right: left < right,  # type: ignore[operator]  # kinds were compared before
        "<=": lambda left, right: left <= right,  # type: ignore[operator]
        ">": lambda left, right: left > right,  # type: ignore[operator]
        ">=": lambda left, right: left >= right,  # type: ignore[operator]
    }
)
