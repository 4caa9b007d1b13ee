"""One evaluation: every decision once, and only if what is asked for needs it.

Each decision has a budget of its own, so that one that costs too much fails alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from engine.problems import Problem, Severity
from engine.rules.decisions.boxed import fitted
from engine.rules.decisions.graph import Key, Need
from engine.rules.decisions.model import DrgElement, InputData
from engine.rules.decisions.parts import DecisionMachine, Part
from engine.rules.decisions.trace import ElementTrace
from engine.rules.decisions.types import ANYTHING, Typed
from engine.rules.feel import DEFAULT_LIMITS, FeelType, FunctionType
from engine.rules.feel.machine import BudgetFault, Lambda
from engine.values import DateTime

TOTAL_STEPS: Final = 300_000
NO_NAMES: Final[Mapping[str, object]] = MappingProxyType({})


class Outcome(NamedTuple):
    """The value, everything that was met on the way, and how each element that was needed came out."""

    value: object
    problems: tuple[Problem, ...] = ()
    trace: tuple[ElementTrace, ...] = ()

    @property
    def failed(self) -> bool:
        return self.value is None and any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One element, compiled.

    needs      what its logic sees: decisions, input data, functions
    part       a decision's logic
    typed      what its value has to fit
    function   the value of a knowledge model or service
    """

    key: Key
    element: DrgElement
    needs: tuple[Need, ...]
    typed: Typed
    part: Part | None = None
    function: Lambda | None = None

    @property
    def name(self) -> str:
        return self.element.variable.name

    @property
    def type(self) -> FeelType:
        """As others see it: declared, else what its logic gives."""
        if self.function is not None:
            return FunctionType(self.function.types, self.function.result)
        return self.part.type if self.typed is ANYTHING and self.part is not None else self.typed.feel


@dataclass(slots=True)
class Frame:
    """The values of one evaluation, or of one call of a decision service.

    machine   of the caller; None at the top, where every decision gets a budget of its own
    """

    nodes: Mapping[Key, Node]
    inputs: Mapping[str, object]
    now: DateTime
    machine: DecisionMachine | None = None
    values: dict[Key, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    trace: list[ElementTrace] = field(default_factory=list)
    steps: int = TOTAL_STEPS

    def value(self, key: Key) -> object:
        """The value of an element, after everything it needs; without recursion, as graphs may be deep."""
        waiting = [key]
        while waiting:
            node = self.nodes[waiting[-1]]
            missing = [need.key for need in node.needs if need.key not in self.values]
            if node.key in self.values or not missing:
                waiting.pop()
                if node.key not in self.values:
                    self.values[node.key] = self._evaluate(node)
            else:
                waiting.extend(missing)
        return self.values[key]

    def _evaluate(self, node: Node) -> object:
        if node.function is not None:
            return node.function
        if self.machine is not None:
            return self._run(node, self.machine)
        limit = DEFAULT_LIMITS.steps
        machine = DecisionMachine(NO_NAMES, self.now, min(limit, self.steps))
        try:
            value = self._run(node, machine)
        except BudgetFault as fault:
            machine.problems.append(fault.problem)
            value = None
        except RecursionError:
            machine.note("feel.limit.nesting", "", limit=machine.limits.nesting)
            value = None
        machine.place(0, node.element.id)
        self.steps -= min(limit, self.steps) - max(machine.steps, 0)
        self.problems += machine.problems
        tables = tuple(machine.tables)
        self.trace.append(
            ElementTrace(node.key[1], node.element.name, value, tuple(machine.problems), tables)
        )
        return value

    def _run(self, node: Node, machine: DecisionMachine) -> object:
        if isinstance(node.element, InputData):
            return self._input(node, machine)
        assert node.part is not None
        outer = machine.context
        machine.context = self._names(node)
        try:
            value = node.part.run(machine)
        finally:
            machine.context = outer
        return fitted(machine, node.element.id, node.name, value, node.typed)

    def _input(self, node: Node, machine: DecisionMachine) -> object:
        if node.name not in self.inputs:
            machine.note("decision.input.missing", node.element.id, Severity.WARNING, name=node.name)
            return None
        return fitted(machine, node.element.id, node.name, self.inputs[node.name], node.typed)

    def _names(self, node: Node) -> Mapping[str, object]:
        names: dict[str, object] = {}
        for need in node.needs:
            place = names
            if need.prefix:
                place = cast("dict[str, object]", names.setdefault(need.prefix, {}))
            place[self.nodes[need.key].name] = self.values[need.key]
        return names


def called(frame: Frame, node: Node, function: Lambda) -> object:
    """A knowledge model or service by its parameters' names; one that is not given is null."""
    machine = DecisionMachine(NO_NAMES, frame.now, DEFAULT_LIMITS.steps)
    arguments = []
    for name in function.parameters:
        if name not in frame.inputs:
            machine.note("decision.input.missing", node.element.id, Severity.WARNING, name=name)
        arguments.append(frame.inputs.get(name))
    try:
        value = machine.call(function, tuple(arguments))
    except BudgetFault as fault:
        machine.problems.append(fault.problem)
        value = None
    except RecursionError:
        machine.note("feel.limit.nesting", "", limit=machine.limits.nesting)
        value = None
    machine.place(0, node.element.id)
    frame.problems += machine.problems
    problems, tables = tuple(machine.problems), tuple(machine.tables)
    frame.trace.append(ElementTrace(node.key[1], node.element.name, value, problems, tables))
    return value
