"""State of one translation: the statements so far, names of intermediate values, constants."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from engine.rules.feel.analysis import Analysis
from engine.rules.feel.binding import Bindings
from engine.rules.feel.code.syntax import NONE, Atom, assign, call, identical, if_, name
from engine.rules.feel.limits import Limits
from engine.rules.feel.machine import Closure
from engine.rules.feel.nodes import Node
from engine.rules.feel.types import Scope

MACHINE: Final = "m"
CONTEXT: Final = "c"
NOW: Final = "now"
Rule = Callable[["Emitter", Any], Atom]


class NotEmittedError(Exception):
    """The construct has no form in code; the closure of what stands around it is called instead."""


class Emitter:
    """closure    of a node that is not emitted
    constants  values the code refers to as global names
    """

    def __init__(
        self,
        scope: Scope,
        analysis: Analysis,
        limits: Limits,
        rules: Mapping[type[Node], Rule],
        closure: Callable[[Node], Closure],
    ) -> None:
        self.scope = scope
        self.analysis = analysis
        self.limits = limits
        self.bindings: Bindings[str] = Bindings()
        self.constants: dict[str, object] = {}
        self.statements: list[ast.stmt] = []
        self.has_machine = False
        self._rules = rules
        self._closure = closure
        self._count = 0

    def emit(self, node: Node) -> Atom:
        """Statements that compute `node`, and the atom that holds its value."""
        if len(self.bindings):
            return self._rule(node)
        known, had_machine = len(self.statements), self.has_machine
        try:
            return self._rule(node)
        except NotEmittedError:
            del self.statements[known:]
            self.has_machine = had_machine
            self.bindings.cut(0)
            return self.slow("called", self.constant(self._closure(node)))

    def _rule(self, node: Node) -> Atom:
        rule = self._rules.get(type(node))
        if rule is None:
            raise NotEmittedError
        return rule(self, node)

    # statements

    def add(self, *statements: ast.stmt) -> None:
        self.statements.extend(statements)

    @contextmanager
    def block(self) -> Iterator[list[ast.stmt]]:
        """A branch: its statements, after which a machine is there only if it was there before."""
        outer, had_machine = self.statements, self.has_machine
        self.statements = []
        try:
            yield self.statements
        finally:
            self.statements, self.has_machine = outer, had_machine

    def fresh(self) -> str:
        self._count += 1
        return f"v{self._count}"

    def let(self, value: ast.expr, target: str = "") -> ast.Name:
        target = target or self.fresh()
        self.add(assign(target, value))
        return name(target)

    def machine(self) -> ast.expr:
        """The machine, which is made when it is first needed."""
        if not self.has_machine:
            made = assign(MACHINE, call("new", name(CONTEXT), name(NOW)))
            self.add(if_(identical(name(MACHINE), NONE), [made], []))
            self.has_machine = True
        return name(MACHINE)

    def slow(self, function: str, *arguments: ast.expr, target: str = "") -> ast.Name:
        """The value of a function of `support`, which gets the machine first."""
        return self.let(call(function, self.machine(), *arguments), target)

    def slowly(self, function: str, *arguments: ast.expr, target: str) -> list[ast.stmt]:
        """The same as a branch of its own."""
        with self.block() as statements:
            self.slow(function, *arguments, target=target)
        return statements

    # constants

    def constant(self, value: object) -> Atom:
        """Plain values stand in the code, everything else is a global name."""
        if value is None or type(value) in (bool, int, str):
            return ast.Constant(value)  # type: ignore[arg-type]  # one of the plain ones
        known = f"k{len(self.constants)}"
        self.constants[known] = value
        return name(known)
