"""Closures of arithmetic and comparison."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from engine.problems import Severity, Span
from engine.rules.feel.arithmetic import calculate, negate
from engine.rules.feel.equality import NUMERIC, PLAIN, in_order
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Closure, Fault, Machine
from engine.rules.feel.nodes import Arithmetic, Order
from engine.values import CONTEXT
from engine.values.numbers import INT_BOUND

_TESTS: Final[dict[Order, Callable[[Any, Any], bool]]] = {
    Order.EQUAL: eq,
    Order.NOT_EQUAL: ne,
    Order.LESS: lt,
    Order.LESS_EQUAL: le,
    Order.GREATER: gt,
    Order.GREATER_EQUAL: ge,
}
_PLAIN_EQUAL: Final = PLAIN | {bool}


def slow_calculation(
    machine: Machine, operator: Arithmetic, left: object, right: object, span: Span
) -> object:
    try:
        result = calculate(operator, left, right)
        if isinstance(result, str):
            machine.check_text(len(result))
    except Fault as fault:
        machine.fail_with(fault, span)
        return None
    return result


def calculation(operator: Arithmetic, left: Closure, right: Closure, span: Span) -> Closure:
    """Whole numbers of at most 34 digits and decimals are computed at once."""
    if operator is Arithmetic.ADD:
        return _addition(left, right, span)
    if operator is Arithmetic.MULTIPLY:
        return _multiplication(left, right, span)
    if operator is Arithmetic.SUBTRACT:
        return _subtraction(left, right, span)

    def other(machine: Machine) -> object:
        return slow_calculation(machine, operator, left(machine), right(machine), span)

    return other


def _addition(left: Closure, right: Closure, span: Span) -> Closure:
    def addition(machine: Machine) -> object:
        a: Any = left(machine)
        b: Any = right(machine)
        if type(a) is int and type(b) is int:
            if -INT_BOUND < (result := a + b) < INT_BOUND:
                return result
        elif type(a) in NUMERIC and type(b) in NUMERIC:
            try:
                return CONTEXT.add(a, b)
            except ArithmeticError:
                return slow_calculation(machine, Arithmetic.ADD, a, b, span)
        return slow_calculation(machine, Arithmetic.ADD, a, b, span)

    return addition


def _subtraction(left: Closure, right: Closure, span: Span) -> Closure:
    def subtraction(machine: Machine) -> object:
        a: Any = left(machine)
        b: Any = right(machine)
        if type(a) is int and type(b) is int:
            if -INT_BOUND < (result := a - b) < INT_BOUND:
                return result
        elif type(a) in NUMERIC and type(b) in NUMERIC:
            try:
                return CONTEXT.subtract(a, b)
            except ArithmeticError:
                return slow_calculation(machine, Arithmetic.SUBTRACT, a, b, span)
        return slow_calculation(machine, Arithmetic.SUBTRACT, a, b, span)

    return subtraction


def _multiplication(left: Closure, right: Closure, span: Span) -> Closure:
    def multiplication(machine: Machine) -> object:
        a: Any = left(machine)
        b: Any = right(machine)
        if type(a) is int and type(b) is int:
            if -INT_BOUND < (result := a * b) < INT_BOUND:
                return result
        elif type(a) in NUMERIC and type(b) in NUMERIC:
            try:
                return CONTEXT.multiply(a, b)
            except ArithmeticError:
                return slow_calculation(machine, Arithmetic.MULTIPLY, a, b, span)
        return slow_calculation(machine, Arithmetic.MULTIPLY, a, b, span)

    return multiplication


def negation(operand: Closure, span: Span) -> Closure:
    def negative(machine: Machine) -> object:
        value: Any = operand(machine)
        if type(value) is int:
            return -value
        return negated(machine, value, span)

    return negative


def negated(machine: Machine, value: object, span: Span) -> object:
    try:
        return negate(value)
    except Fault as fault:
        machine.fail_with(fault, span)
    except ValueError:
        machine.fail("feel.value.range", span, operator="-", left="", right=shown(value))
    return None


def slow_comparison(
    machine: Machine, operator: Order, left: object, right: object, span: Span
) -> bool | None:
    verdict = in_order(operator, left, right)
    if verdict is None:
        fail_comparison(machine, operator, left, right, span)
    return verdict


def fail_comparison(machine: Machine, operator: Order, left: object, right: object, span: Span) -> None:
    """An empty value in a comparison is worth a warning, different kinds are a mistake."""
    if left is None or right is None:
        machine.fail("feel.value.null-operand", span, Severity.WARNING, operator=str(operator))
        return
    machine.fail(
        "feel.value.comparison",
        span,
        operator=str(operator),
        left=shown(left),
        left_kind=kind_of(left),
        right=shown(right),
        right_kind=kind_of(right),
    )


def comparison(operator: Order, left: Closure, right: Closure, span: Span) -> Closure:
    test = _TESTS[operator]
    plain = _PLAIN_EQUAL if operator in (Order.EQUAL, Order.NOT_EQUAL) else PLAIN

    def compared(machine: Machine) -> object:
        a = left(machine)
        b = right(machine)
        kind = type(a)
        if kind is type(b) and kind in plain:
            return test(a, b)
        return slow_comparison(machine, operator, a, b, span)

    return compared


def comparison_with(operator: Order, left: Closure, constant: Any, span: Span) -> Closure:
    """The right side is a literal number or string, as in most conditions."""
    kinds: Collection[type] = NUMERIC if isinstance(constant, int | Decimal) else {str}
    return _CONSTANT[operator](operator, left, constant, span, kinds)


def _equal_to(operator: Order, left: Closure, constant: Any, span: Span, kinds: Collection[type]) -> Closure:
    def equal_to(machine: Machine) -> object:
        a = left(machine)
        if type(a) in kinds:
            return a == constant
        return slow_comparison(machine, operator, a, constant, span)

    return equal_to


def _greater(operator: Order, left: Closure, constant: Any, span: Span, kinds: Collection[type]) -> Closure:
    def greater(machine: Machine) -> object:
        a: Any = left(machine)
        if type(a) in kinds:
            return a > constant
        return slow_comparison(machine, operator, a, constant, span)

    return greater


def _less(operator: Order, left: Closure, constant: Any, span: Span, kinds: Collection[type]) -> Closure:
    def less(machine: Machine) -> object:
        a: Any = left(machine)
        if type(a) in kinds:
            return a < constant
        return slow_comparison(machine, operator, a, constant, span)

    return less


def _other(operator: Order, left: Closure, constant: Any, span: Span, kinds: Collection[type]) -> Closure:
    test = _TESTS[operator]

    def other(machine: Machine) -> object:
        a = left(machine)
        if type(a) in kinds:
            return test(a, constant)
        return slow_comparison(machine, operator, a, constant, span)

    return other


_CONSTANT: Final = {
    Order.EQUAL: _equal_to,
    Order.GREATER: _greater,
    Order.LESS: _less,
    Order.NOT_EQUAL: _other,
    Order.LESS_EQUAL: _other,
    Order.GREATER_EQUAL: _other,
}
