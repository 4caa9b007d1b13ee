"""What a template reads, looked up among the names it may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.keys import nearest
from engine.problems import Problem
from engine.rules.feel.types import ANY, ContextType, FeelType, ListType, Scope
from engine.templates.filters import FILTERS
from engine.templates.nodes import (
    Comparison,
    Expression,
    Filtered,
    For,
    If,
    Node,
    Output,
    Path,
    Template,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """paths   everything it reads, the parts of loops by the list they go through: `("lines", "price")`"""

    problems: tuple[Problem, ...]
    paths: frozenset[tuple[str, ...]]


def check_template(template: Template, scope: Scope) -> Checked:
    """Look up every name and every filter's value; each problem names its line."""
    checking = _Checking(scope.names)
    checking.nodes(template.body)
    return Checked(tuple(checking.problems), frozenset(checking.paths))


@dataclass(slots=True)
class _Checking:
    """loops   what the names of the loops around stand for: their path and type"""

    names: Mapping[str, FeelType]
    loops: dict[str, tuple[tuple[str, ...], FeelType]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    paths: set[tuple[str, ...]] = field(default_factory=set)

    def nodes(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            match node:
                case Output():
                    self._expression(node.value)
                case If():
                    self._expression(node.test)
                    self.nodes((*node.body, *node.otherwise))
                case For():
                    self._for(node)

    def _for(self, node: For) -> None:
        kind = self._path(node.items)
        if kind is not ANY and not isinstance(kind, ListType):
            self._refuse("templates.not-a-list", node.items.line, name=str(node.items))
        before = self.loops
        item = kind.item if isinstance(kind, ListType) else ANY
        self.loops = {**before, node.name: (self._whole(node.items), item)}
        self.nodes(node.body)
        self.loops = before
        self.nodes(node.otherwise)

    def _expression(self, one: Expression) -> FeelType:
        match one:
            case Path():
                return self._path(one)
            case Filtered():
                self._filtered(one)
            case Comparison():
                self._expression(one.left)
                self._expression(one.right)
        return ANY

    def _filtered(self, one: Filtered) -> None:
        kind, wanted = self._expression(one.value), FILTERS[one.name].kinds
        if kind is not ANY and wanted and kind.name not in wanted:
            self._refuse("templates.filter-value", one.line, filter=one.name, wanted=wanted, found=str(kind))

    def _path(self, path: Path) -> FeelType:
        self.paths.add(self._whole(path))
        head, *rest = path.names
        kind = self.loops[head][1] if head in self.loops else self._named(self.names, head, path)
        for name in rest:
            if isinstance(kind, ContextType) and not (kind.open and name not in kind.fields):
                kind = self._named(kind.fields, name, path)
            elif kind is not ANY and not isinstance(kind, ContextType):
                self._refuse("templates.no-parts", path.line, name=str(path), part=name)
                return ANY
            else:
                return ANY
        return kind

    def _named(self, names: Mapping[str, FeelType], name: str, path: Path) -> FeelType:
        if name in names:
            return names[name]
        meant = nearest(name, names) or ", ".join(sorted(names)[:20])
        self._refuse("templates.unknown-name", path.line, name=str(path), part=name, meant=meant)
        return ANY

    def _whole(self, path: Path) -> tuple[str, ...]:
        head, *rest = path.names
        return (*self.loops[head][0], *rest) if head in self.loops else path.names

    def _refuse(self, code: str, line: int, **params: object) -> None:
        self.problems.append(Problem(code, params={"line": line, **params}))
