"""One evaluation: the context it reads, its budget, and the problems it meets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from engine.problems import Problem, Severity, Span
from engine.rules.feel.limits import Limits
from engine.rules.feel.types import FeelType
from engine.values import DateTime

NOWHERE: Final = Span(0, 0)
Closure: TypeAlias = Callable[["Machine"], object]


class Fault(Exception):
    """Inside the engine only: the value cannot be computed. The surrounding operation becomes null."""

    def __init__(self, code: str, /, *, severity: Severity = Severity.ERROR, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.severity = severity


class BudgetFault(Exception):
    """Inside the engine only: a limit that ends the whole evaluation, which becomes null."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Trace:
    """How one sub-expression came out.

    children   its parts, in the order they were evaluated; those of a loop or a filter once for each turn
    evaluated  false for a branch that was not taken and an operand that could change nothing any more
    omitted    turns that are not shown, after those that are
    """

    span: Span
    text: str
    value: object
    children: tuple[Trace, ...] = ()
    problems: tuple[Problem, ...] = ()
    evaluated: bool = True
    omitted: int = 0


class FunctionValue:
    """Base of what can be called: functions of the language and functions an expression defines."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lambda(FunctionValue):
    """A function value that an expression defined, with the names it could see."""

    parameters: tuple[str, ...]
    types: tuple[FeelType, ...]
    body: Closure = field(repr=False)
    context: Mapping[str, object] = field(repr=False)
    slots: tuple[int, ...]
    captured: list[object] = field(repr=False)
    span: Span
    result: FeelType

    def __str__(self) -> str:
        return f"function({', '.join(self.parameters)})"


class Machine:
    """The state of one evaluation; every closure gets it as its only argument."""

    __slots__ = ("context", "depth", "limits", "now", "problems", "slots", "steps")

    def __init__(self, context: Mapping[str, object], now: DateTime, slots: int, limits: Limits) -> None:
        self.context = context
        self.now = now
        self.slots: list[object] = [None] * slots
        self.limits = limits
        self.problems: list[Problem] = []
        self.steps = limits.steps
        self.depth = 0

    def fail(self, code: str, span: Span, severity: Severity = Severity.ERROR, **params: object) -> None:
        """Note a problem; the operation that met it gives null."""
        if len(self.problems) < self.limits.problems:
            self.problems.append(Problem(code, params=params, severity=severity, span=span))

    def fail_with(self, fault: Fault, span: Span) -> None:
        self.fail(fault.code, span, fault.severity, **fault.params)

    def spend(self, steps: int, span: Span) -> None:
        """Take from the budget before the work is done; raises BudgetFault."""
        self.steps -= steps
        if self.steps < 0:
            raise BudgetFault(Problem("feel.limit.steps", params={"limit": self.limits.steps}, span=span))

    def check_length(self, length: int) -> None:
        if length > self.limits.list_length:
            raise Fault("feel.limit.list", length=length, limit=self.limits.list_length)

    def check_text(self, length: int) -> None:
        if length > self.limits.text_length:
            raise Fault("feel.limit.text", length=length, limit=self.limits.text_length)

    def call(self, function: Lambda, arguments: tuple[object, ...]) -> object:
        """Run a function value; arguments are already in the order of its parameters."""
        self.spend(1, function.span)
        if self.depth >= self.limits.call_depth:
            limit = self.limits.call_depth
            raise BudgetFault(Problem("feel.limit.call-depth", params={"limit": limit}, span=function.span))
        outer, context = self.slots, self.context
        self.slots, self.context = [*function.captured], function.context
        for slot, argument in zip(function.slots, arguments, strict=True):
            self.slots[slot] = argument
        self.depth += 1
        try:
            return function.body(self)
        finally:
            self.depth -= 1
            self.slots, self.context = outer, context


class TracingMachine(Machine):
    """A machine that also keeps how each sub-expression came out, for `explain`.

    trace    of the sub-expression that is being evaluated, its parts so far
    traced   sub-expressions in all
    omitted  turns of a loop's body, by its span, that are evaluated but not kept
    silent   how many such turns are running, one inside the other
    """

    __slots__ = ("omitted", "silent", "trace", "traced")

    def __init__(self, context: Mapping[str, object], now: DateTime, slots: int, limits: Limits) -> None:
        super().__init__(context, now, slots, limits)
        self.trace: list[Trace] = []
        self.traced = 0
        self.omitted: dict[Span, int] = {}
        self.silent = 0
