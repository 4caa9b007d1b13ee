"""Closures of three-valued logic, `if`, `between`, `in` and unary tests (DMN 1.5, tables 38, 44 and 55)."""

from __future__ import annotations

from collections.abc import Sequence

from engine.problems import Severity, Span
from engine.rules.feel.closures.operators import fail_comparison, slow_comparison
from engine.rules.feel.equality import compare, contains
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Closure, Machine
from engine.rules.feel.nodes import Order
from engine.values import Range


def not_boolean(machine: Machine, value: object, operator: str, span: Span) -> None:
    if value is None:
        machine.fail("feel.value.null-operand", span, Severity.WARNING, operator=operator)
    else:
        machine.fail("feel.value.operand", span, operator=operator, value=shown(value), kind=kind_of(value))


def conjunction(operands: Sequence[Closure], spans: Sequence[Span]) -> Closure:
    """False as soon as one is false; else null if one is no boolean; else true."""
    if len(operands) == 2:
        return _pair(operands, spans)

    def all_of(machine: Machine) -> object:
        unknown = False
        for index, operand in enumerate(operands):
            value = operand(machine)
            if value is True:
                continue
            if value is False:
                return False
            not_boolean(machine, value, "and", spans[index])
            unknown = True
        return None if unknown else True

    return all_of


def _pair(operands: Sequence[Closure], spans: Sequence[Span]) -> Closure:
    first, second = operands

    def both(machine: Machine) -> object:
        value = first(machine)
        if value is False:
            return False
        other = second(machine)
        if other is False:
            return False
        return both_operands(machine, value, other, spans[0], spans[1])

    return both


def both_operands(
    machine: Machine, first: object, second: object, first_span: Span, second_span: Span
) -> bool | None:
    """`and` of two operands of which none is false."""
    if first is True and second is True:
        return True
    for part, span in ((first, first_span), (second, second_span)):
        if part is not True:
            not_boolean(machine, part, "and", span)
    return None


def disjunction(operands: Sequence[Closure], spans: Sequence[Span]) -> Closure:
    """True as soon as one is true; else null if one is no boolean; else false."""

    def any_of(machine: Machine) -> object:
        unknown = False
        for index, operand in enumerate(operands):
            value = operand(machine)
            if value is False:
                continue
            if value is True:
                return True
            not_boolean(machine, value, "or", spans[index])
            unknown = True
        return None if unknown else False

    return any_of


def choice(condition: Closure, then: Closure, otherwise: Closure, span: Span) -> Closure:
    """What is not true chooses `else`; a condition that is no boolean is a problem besides."""

    def chosen(machine: Machine) -> object:
        value = condition(machine)
        if value is True:
            return then(machine)
        if value is not False:
            not_boolean(machine, value, "if", span)
        return otherwise(machine)

    return chosen


def between(value: Closure, low: Closure, high: Closure, span: Span) -> Closure:
    def inside(machine: Machine) -> object:
        return within(machine, value(machine), low(machine), high(machine), span)

    return inside


def within(machine: Machine, value: object, low: object, high: object, span: Span) -> bool | None:
    above = slow_comparison(machine, Order.GREATER_EQUAL, value, low, span)
    below = slow_comparison(machine, Order.LESS_EQUAL, value, high, span)
    if above is False or below is False:
        return False
    return True if above and below else None


def equality_test(test: Closure, value: Closure, span: Span) -> Closure:
    """`value in test` for one test that is an expression."""

    def tested(machine: Machine) -> object:
        return member(machine, value(machine), test(machine), span)

    return tested


def member(machine: Machine, tested: object, against: object, span: Span) -> bool | None:
    """`tested in against`, for one test that was evaluated."""
    verdict = contains(tested, against)
    if verdict is None:
        _fail_membership(machine, tested, against, span)
    return verdict


def _fail_membership(machine: Machine, tested: object, against: object, span: Span) -> None:
    if isinstance(against, Range) and tested is not None:
        against = against.low if against.low is not None else against.high
    fail_comparison(machine, Order.EQUAL, tested, against, span)


def tests(closures: Sequence[Closure]) -> Closure:
    """True when one test holds; else null if one is null; else false."""
    if len(closures) == 1:
        return closures[0]

    def one_of(machine: Machine) -> object:
        unknown = False
        for closure in closures:
            value = closure(machine)
            if value is True:
                return True
            unknown = unknown or value is None
        return None if unknown else False

    return one_of


def whole_test(test: Closure, value: Closure, span: Span) -> Closure:
    """A unary test that reads `?`: a boolean is the verdict, another value is compared."""

    def held(machine: Machine) -> object:
        verdict = test(machine)
        if isinstance(verdict, bool):
            return verdict
        return member(machine, value(machine), verdict, span)

    return held


def opposite(closure: Closure) -> Closure:
    def negated(machine: Machine) -> object:
        value = closure(machine)
        return None if not isinstance(value, bool) else not value

    return negated


def interval(
    low: Closure | None, high: Closure | None, included: tuple[bool, bool], operator: str, span: Span
) -> Closure:
    """A range value; ends of different kinds, or in the wrong order, are a problem."""

    def made(machine: Machine) -> object:
        start = low(machine) if low else None
        end = start if high is low else (high(machine) if high else None)
        return made_range(machine, start, end, included, operator, span)

    return made


def made_range(
    machine: Machine, low: object, high: object, included: tuple[bool, bool], operator: str, span: Span
) -> Range | None:
    if not operator and low is not None and high is not None:
        order = compare(low, high)
        if order is None or order > 0:
            machine.fail("feel.value.range-ends", span, low=shown(low), high=shown(high))
            return None
    return Range(low, high, included[0], included[1], operator)
