"""An expression ready to be evaluated, and how to get one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from engine.problems import Problem, Span
from engine.rules.feel.analysis import Way, analyse
from engine.rules.feel.code import Code, compile_code
from engine.rules.feel.compiler import compile_closure
from engine.rules.feel.cost import Cost, cost_of
from engine.rules.feel.functions import FUNCTION_NAMES
from engine.rules.feel.hazards import null_hazards
from engine.rules.feel.ir import ir_of
from engine.rules.feel.limits import DEFAULT_LIMITS, Limits
from engine.rules.feel.machine import BudgetFault, Closure, Machine, Trace, TracingMachine
from engine.rules.feel.nodes import Node
from engine.rules.feel.parser import Dialect, parse
from engine.rules.feel.queries import Lifted, Query, lift, with_queries
from engine.rules.feel.types import ANY, FeelType, Scope
from engine.rules.feel.vocabulary import vocabulary_of
from engine.values import DateTime


class Result(NamedTuple):
    """The value, and everything that was met on the way.

    A null with an error among the problems is a failure; a null without one is the answer.
    """

    value: object
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        return self.value is None and any(problem.is_error for problem in self.problems)


Prepared = Callable[[Mapping[str, object], DateTime], Result]


@dataclass(frozen=True, eq=False)
class Compiled:
    """text      as written
    node        the tree; None if the text could not be read
    type        of the value, ANY if it is not known before evaluation
    problems    what is wrong whatever the values are
    paths       everything it reads: `{("amount",), ("customer", "level"), ("lines", "price")}`
    reads_clock whether it calls `now()` or `today()`
    queries     what it asks of stored records; each answer must be in the context under the query's name
    """

    text: str
    node: Node | None
    type: FeelType
    problems: tuple[Problem, ...]
    paths: frozenset[Way]
    reads_clock: bool
    limits: Limits = field(repr=False)
    _compile: Callable[[bool], tuple[Closure, int]] = field(repr=False)
    _translate: Callable[[], Code | None] = field(repr=False)
    _write_ir: Callable[[], object] = field(repr=False)
    _find_hazards: Callable[[Collection[Way]], tuple[Problem, ...]] = field(repr=False)
    queries: tuple[Query, ...] = ()

    def evaluate(self, context: Mapping[str, object], *, now: DateTime) -> Result:
        """The value in `context` (names to FEEL values). Never raises for any values."""
        code = self.__dict__.get("_code")
        if code is not None:
            result: Result = code(context, now)
            return result
        return self._interpret(context, now)

    def prepared(self) -> Prepared:
        """The same meaning as a Python function: `prepared(context, now)` is `evaluate(context, now=now)`.

        For what is evaluated again and again, as the expressions of a published definition: making it takes
        about as long as reading the text, using it is several times faster. `evaluate` uses it from then on.
        Never raises.
        """
        return self._code

    @cached_property
    def _code(self) -> Prepared:
        return self._translate() or self._interpret

    def _interpret(self, context: Mapping[str, object], now: DateTime) -> Result:
        closure, slots = self._closure
        machine = Machine(context, now, slots, self.limits)
        try:
            value = closure(machine)
        except (BudgetFault, RecursionError) as spent:
            value = _spent(machine, spent)
        return Result(value, tuple(machine.problems))

    def run(self, machine: Machine, context: Mapping[str, object]) -> object:
        """The value in `context` as a part of a running evaluation: on its budget, into its problems.

        Raises BudgetFault.
        """
        closure, slots = self._closure
        outer, kept = machine.context, machine.slots
        machine.context, machine.slots = context, [None] * slots
        try:
            return closure(machine)
        finally:
            machine.context, machine.slots = outer, kept

    def explain(self, context: Mapping[str, object], *, now: DateTime) -> Trace:
        """How the value comes about, sub-expression by sub-expression."""
        closure, slots = self._traced
        machine = TracingMachine(context, now, slots, self.limits)
        try:
            value = closure(machine)
        except (BudgetFault, RecursionError) as spent:
            value = _spent(machine, spent)
        if len(machine.trace) == 1 and machine.trace[0].text == self.text:
            return machine.trace[0]
        whole = Span(0, len(self.text))
        return Trace(whole, self.text, value, tuple(machine.trace), tuple(machine.problems))

    def hazards(self, filled: Collection[Way] = ()) -> tuple[Problem, ...]:
        """Where a field that may be empty makes a calculation empty: warnings beside `problems`.

        filled   paths that are never null, as required fields are
        """
        return self._find_hazards(filled)

    def cost(self) -> Cost:
        """An estimate of the steps of one evaluation, and what takes most of them."""
        return Cost(0) if self.node is None else cost_of(self.node)

    def ir(self) -> object:
        """The JSON form for the browser; None if it uses what only the server can do."""
        return self._ir

    @cached_property
    def _closure(self) -> tuple[Closure, int]:
        return self._compile(False)

    @cached_property
    def _traced(self) -> tuple[Closure, int]:
        return self._compile(True)

    @cached_property
    def _ir(self) -> object:
        return self._write_ir()


def _finished(value: object, machine: Machine, fault: BaseException | None) -> Result:
    """The result of code that needed the machine, or that was ended."""
    if isinstance(fault, BudgetFault | RecursionError):
        value = _spent(machine, fault)
    return Result(value, tuple(machine.problems))


def _spent(machine: Machine, fault: BudgetFault | RecursionError) -> object:
    """Note what ended the evaluation: its budget, or the stack when functions nest deeply in each other."""
    if isinstance(fault, BudgetFault):
        machine.problems.append(fault.problem)
    else:
        limit = machine.limits.nesting
        machine.problems.append(Problem("feel.limit.nesting", params={"limit": limit}))
    return None


_SPACED_FUNCTIONS: Final = frozenset(name for name in FUNCTION_NAMES if " " in name)
_CACHED: Final = 4096


@lru_cache(maxsize=_CACHED)
def compile_expression(
    text: str, scope: Scope, dialect: Dialect = Dialect.EXPRESSION, limits: Limits = DEFAULT_LIMITS
) -> Compiled:
    """Read, check and compile `text`; never raises, see `Compiled.problems`.

    In UNARY_TESTS the tested value is the name `?`, which the scope may give a type.
    """
    if dialect is Dialect.UNARY_TESTS and "?" not in scope.names:
        scope = Scope({**scope.names, "?": ANY}, scope.open, scope.types, scope.records)
    vocabulary = vocabulary_of(scope, FUNCTION_NAMES)
    node, problems = parse(text, vocabulary, {*scope.names, *_SPACED_FUNCTIONS}, dialect, limits)
    if node is None:
        return _unreadable(text, problems, limits)
    lifted = lift(node, scope.records) if scope.records else Lifted(node, (), ())
    node = lifted.node
    if lifted.queries:
        answers = {query.name: query.type for query in lifted.queries}
        scope = Scope({**scope.names, **answers}, scope.open, scope.types, scope.records)
    analysis = with_queries(analyse(node, scope), lifted, scope)

    def closure(traced: bool) -> tuple[Closure, int]:
        return compile_closure(node, text, scope, analysis, traced=traced)

    return Compiled(
        text,
        node,
        analysis.type,
        analysis.problems,
        analysis.paths,
        analysis.reads_clock,
        limits,
        closure,
        lambda: compile_code(node, text, scope, analysis, limits, (Result, _finished)),
        lambda: None if lifted.queries else ir_of(node, analysis.types),
        lambda filled: null_hazards(node, analysis, filled),
        lifted.queries,
    )


def _unreadable(text: str, problems: tuple[Problem, ...], limits: Limits) -> Compiled:
    def failed(machine: Machine) -> object:
        machine.problems.extend(problems)
        return None

    def nothing() -> None:
        return None

    def closure(traced: bool) -> tuple[Closure, int]:
        return failed, 0

    nowhere: frozenset[Way] = frozenset()
    return Compiled(
        text, None, ANY, problems, nowhere, False, limits, closure, nothing, nothing, lambda _: ()
    )
