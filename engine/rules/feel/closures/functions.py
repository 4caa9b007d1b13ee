"""Closures of calls and function definitions."""

from __future__ import annotations

from collections.abc import Sequence

from engine.problems import Span
from engine.rules.feel.functions.signature import BuiltIn, call_value
from engine.rules.feel.machine import Closure, Fault, Lambda, Machine
from engine.rules.feel.types import FeelType


def built_in_call(
    function: BuiltIn, arguments: Sequence[Closure], names: Sequence[str], span: Span
) -> Closure:
    def called(machine: Machine) -> object:
        machine.steps -= 1
        if machine.steps < 0:
            machine.spend(0, span)
        return called_built_in(machine, function, [argument(machine) for argument in arguments], names, span)

    return called


def called_built_in(
    machine: Machine, function: BuiltIn, arguments: list[object], names: Sequence[str], span: Span
) -> object:
    try:
        return function.call(machine, arguments, names)
    except Fault as fault:
        machine.fail_with(fault, span)
        return None


def value_call(
    function: Closure,
    fallback: BuiltIn | None,
    arguments: Sequence[Closure],
    names: Sequence[str],
    span: Span,
) -> Closure:
    """A call of a value; a local name that holds no function falls back to the built-in of that name."""

    def called(machine: Machine) -> object:
        machine.spend(1, span)
        callee = function(machine)
        if fallback is not None and not isinstance(callee, Lambda | BuiltIn):
            callee = fallback
        values = [argument(machine) for argument in arguments]
        try:
            return call_value(machine, callee, values, names)
        except Fault as fault:
            machine.fail_with(fault, span)
            return None

    return called


def definition(
    parameters: tuple[tuple[str, FeelType, int], ...], body: Closure, span: Span, result: FeelType
) -> Closure:
    """The function value, with a copy of the variables as they are now."""
    names = tuple(name for name, _, _ in parameters)
    types = tuple(kind for _, kind, _ in parameters)
    slots = tuple(slot for _, _, slot in parameters)

    def made(machine: Machine) -> object:
        return Lambda(names, types, body, machine.context, slots, [*machine.slots], span, result)

    return made
