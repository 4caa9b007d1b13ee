"""Closures that read: names, paths, list and context constructors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.problems import Severity, Span
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Closure, Fault, Machine
from engine.rules.feel.properties import PROPERTIES


def constant(value: object) -> Closure:
    return lambda _machine: value


def failing(code: str, span: Span, **params: str) -> Closure:
    """Null, and always the same problem."""
    fault = Fault(code)
    fault.params = {**params}

    def failed(machine: Machine) -> object:
        machine.fail_with(fault, span)
        return None

    return failed


def root(name: str, span: Span) -> Closure:
    """A name of the scope; one that the context lacks is null with a warning."""

    def read(machine: Machine) -> object:
        try:
            return machine.context[name]
        except KeyError:
            absent(machine, name, span)
            return None

    return read


def absent(machine: Machine, name: str, span: Span) -> None:
    machine.fail("feel.name.absent", span, Severity.WARNING, name=name)


def kept(slot: int, value: Closure) -> Closure:
    """The value, which `local(slot)` gives again."""

    def read(machine: Machine) -> object:
        machine.slots[slot] = result = value(machine)
        return result

    return read


def local(slot: int) -> Closure:
    return lambda machine: machine.slots[slot]


def growing(slot: int, span: Span) -> Closure:
    """`partial`: the results so far, copied because they still grow."""

    def read(machine: Machine) -> object:
        return partial_results(machine, machine.slots[slot], span)

    return read


def partial_results(machine: Machine, results: object, span: Span) -> object:
    if not isinstance(results, list):
        return None
    machine.spend(len(results) // 16, span)
    return [*results]


def entry_or(slot: int, name: str, outer: Closure) -> Closure:
    """An entry of the filtered item if it has one of that name, else the name further out."""

    def read(machine: Machine) -> object:
        item = machine.slots[slot]
        if isinstance(item, dict) and name in item:
            return item[name]
        return outer(machine)

    return read


def path(target: Closure, name: str, span: Span) -> Closure:
    """Contexts answer at once; no other value can be asked for a name by index."""

    def read(machine: Machine) -> object:
        value: Any = target(machine)
        try:
            return value[name]
        except (KeyError, TypeError):
            return slow_path(machine, value, name, span)

    return read


def unknown_entry(target: Closure, name: str, kind: str, span: Span) -> Closure:
    """An entry that the target's type does not have is never read: null, for each item of a list."""

    def read(machine: Machine) -> object:
        return unknown_entries(machine, target(machine), name, kind, span)

    return read


def unknown_entries(machine: Machine, value: object, name: str, kind: str, span: Span) -> object:
    if value is None:
        machine.fail("feel.value.null-path", span, Severity.WARNING, name=name)
        return None
    for _ in value if isinstance(value, list) else (value,):
        machine.fail("feel.name.no-entry", span, name=name, value=kind)
    return [None] * len(value) if isinstance(value, list) else None


def slow_path(machine: Machine, value: object, name: str, span: Span) -> object:
    if value is None:
        machine.fail("feel.value.null-path", span, Severity.WARNING, name=name)
        return None
    if isinstance(value, list):
        machine.spend(len(value), span)
        return [_entry(machine, item, name, span) for item in value]
    return _entry(machine, value, name, span)


def _entry(machine: Machine, value: object, name: str, span: Span) -> object:
    if isinstance(value, dict):
        if name in value:
            return value[name]
        machine.fail("feel.name.no-entry", span, name=name, value=shown(value))
        return None
    found = PROPERTIES.get(kind_of(value), {}).get(name)
    if found is None:
        machine.fail("feel.value.no-property", span, name=name, value=shown(value), kind=kind_of(value))
        return None
    return found[1](value)


def made_list(items: Sequence[Closure], span: Span) -> Closure:
    def made(machine: Machine) -> object:
        machine.spend(len(items), span)
        return [item(machine) for item in items]

    return made


def made_context(entries: Sequence[tuple[str, int, Closure]], span: Span) -> Closure:
    """Each entry sees those before it."""

    def made(machine: Machine) -> object:
        machine.spend(len(entries), span)
        context: dict[str, object] = {}
        for key, slot, value in entries:
            if key in context:
                machine.fail_with(Fault("feel.context.duplicate", name=key), span)
                return None
            context[key] = machine.slots[slot] = value(machine)
        return context

    return made
