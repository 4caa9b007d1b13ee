"""A compiled piece of a decision's logic, and the state of one evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from engine.problems import Problem, Severity
from engine.rules.decisions.trace import TableTrace
from engine.rules.feel import ANY, DEFAULT_LIMITS, Compiled, FeelType, Limits
from engine.rules.feel.machine import Closure, Machine
from engine.values import DateTime

Run = Callable[["DecisionMachine"], object]


class DecisionMachine(Machine):
    """The evaluation of one decision; `context` holds the names that its logic can see."""

    __slots__ = ("tables",)

    def __init__(
        self, context: Mapping[str, object], now: DateTime, steps: int, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        super().__init__(context, now, 0, limits)
        self.steps = steps
        self.tables: list[TableTrace] = []

    def note(self, code: str, at: str, severity: Severity = Severity.ERROR, **params: object) -> None:
        """A problem at an element of the file."""
        if len(self.problems) < self.limits.problems:
            self.problems.append(Problem(code, at, params, severity))

    def place(self, known: int, at: str, **params: object) -> None:
        """Problems since `known` come from the element `at`, unless something inside has placed them."""
        for index in range(known, len(self.problems)):
            problem = self.problems[index]
            if not problem.at:
                self.problems[index] = replace(problem, at=at, params={**problem.params, **params})


@dataclass(frozen=True, slots=True)
class Part:
    """A boxed expression, ready to run.

    type   of its value
    reads  the names around it that it uses
    """

    run: Run = field(repr=False)
    type: FeelType = ANY
    reads: frozenset[str] = frozenset()


def nothing(code: str, at: str, **params: object) -> Part:
    """Null, and the problem that says why."""

    def failed(machine: DecisionMachine) -> None:
        machine.note(code, at, Severity.ERROR, **params)

    return Part(failed)


def text_part(compiled: Compiled, at: str) -> Part:
    """FEEL text at the element `at`."""

    def run(machine: DecisionMachine) -> object:
        known = len(machine.problems)
        value = compiled.run(machine, machine.context)
        if len(machine.problems) > known:
            machine.place(known, at)
        return value

    return Part(run, compiled.type, frozenset(way[0] for way in compiled.paths))


def with_slots(closure: Closure, count: int) -> Run:
    """FEEL's own closures keep loop variables in slots; these get a set of their own."""

    def run(machine: DecisionMachine) -> object:
        outer = machine.slots
        machine.slots = [None] * count
        try:
            return closure(machine)
        finally:
            machine.slots = outer

    return run
