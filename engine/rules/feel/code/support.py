"""What compiled code calls where its fast path does not hold. Each does what the closure of the node does."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from engine.problems import Span
from engine.rules.feel.closures.functions import called_built_in
from engine.rules.feel.closures.logic import (
    both_operands,
    made_range,
    member,
    not_boolean,
    within,
)
from engine.rules.feel.closures.loops import at_position, by_position, domain_items, unusual_verdict
from engine.rules.feel.closures.names import absent, partial_results, slow_path, unknown_entries
from engine.rules.feel.closures.operators import negated, slow_calculation, slow_comparison
from engine.rules.feel.equality import NUMERIC, PLAIN
from engine.rules.feel.kinds import is_instance
from engine.rules.feel.machine import BudgetFault, Closure, Fault, Machine
from engine.values import CONTEXT, Range
from engine.values.numbers import INT_BOUND


def called(machine: Machine, closure: Closure) -> object:
    return closure(machine)


def failed(machine: Machine, fault: Fault, span: Span) -> None:
    machine.fail_with(fault, span)


def spend(machine: Machine, steps: int, span: Span) -> None:
    machine.spend(steps, span)


def too_long(machine: Machine, length: int, span: Span) -> None:
    machine.fail("feel.limit.list", span, length=length, limit=machine.limits.list_length)


def items_of(value: object) -> list[object]:
    """What a filter runs over: null is an empty list, another single value a list of one."""
    return value if isinstance(value, list) else ([] if value is None else [value])


def first_of(items: list[object]) -> object:
    return items[0] if items else None


SUPPORT: Final[Mapping[str, Any]] = {
    "INT_BOUND": INT_BOUND,
    "NUMERIC": NUMERIC,
    "PLAIN": PLAIN,
    "PLAIN_EQUAL": PLAIN | {bool},
    "Decimal": Decimal,
    "Range": Range,
    "int": int,
    "str": str,
    "bool": bool,
    "dict": dict,
    "type": type,
    "len": len,
    "isinstance": isinstance,
    "KeyError": KeyError,
    "ArithmeticError": ArithmeticError,
    "no_entry": (KeyError, TypeError),
    "add": CONTEXT.add,
    "subtract": CONTEXT.subtract,
    "multiply": CONTEXT.multiply,
    "divide": CONTEXT.divide,
    "append": list.append,
    "absent": absent,
    "at_position": at_position,
    "both_operands": both_operands,
    "by_position": by_position,
    "call_built_in": called_built_in,
    "called": called,
    "domain_items": domain_items,
    "failed": failed,
    "first_of": first_of,
    "is_instance": is_instance,
    "items_of": items_of,
    "made_range": made_range,
    "member": member,
    "negated": negated,
    "not_boolean": not_boolean,
    "partial_results": partial_results,
    "slow_calculation": slow_calculation,
    "slow_comparison": slow_comparison,
    "slow_path": slow_path,
    "spend": spend,
    "too_long": too_long,
    "unknown_entries": unknown_entries,
    "unusual_verdict": unusual_verdict,
    "within": within,
}
EXHAUSTED: Final = (BudgetFault, RecursionError)
