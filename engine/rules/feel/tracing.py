"""Closures that keep how each part came out, for `explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.problems import Span
from engine.rules.feel import nodes
from engine.rules.feel.machine import Closure, Machine, Trace, TracingMachine
from engine.rules.feel.nodes import Node

_SELF_EVIDENT: Final = (
    nodes.NumberLiteral,
    nodes.StringLiteral,
    nodes.NullLiteral,
    nodes.BooleanLiteral,
    nodes.TemporalLiteral,
)


def recorded(closure: Closure, node: Node, text: str) -> Closure:
    """The closure of `node`, noting its value, its parts and its problems; literals speak for themselves."""
    if isinstance(node, _SELF_EVIDENT):
        return closure
    span, body = node.span, _body(node)

    def noted(machine: Machine) -> object:
        if not isinstance(machine, TracingMachine) or machine.silent:
            return closure(machine)
        outer, known = machine.trace, len(machine.problems)
        if sum(one.span == span for one in outer) >= machine.limits.turns:
            return _silently(machine, closure, span)
        machine.traced += 1
        if machine.traced > machine.limits.trace:
            return closure(machine)
        machine.trace = []
        try:
            value = closure(machine)
            untaken = [
                Trace(one, _of(text, one), None, evaluated=False) for one in _untaken(node, machine.trace)
            ]
            parts = (*machine.trace, *untaken)
            problems = tuple(machine.problems[known:])
            omitted = machine.omitted.pop(body, 0) if body else 0
            outer.append(Trace(span, _of(text, span), value, parts, problems, omitted=omitted))
        finally:
            machine.trace = outer
        return value

    return noted


def _silently(machine: TracingMachine, closure: Closure, span: Span) -> object:
    machine.omitted[span] = machine.omitted.get(span, 0) + 1
    machine.silent += 1
    try:
        return closure(machine)
    finally:
        machine.silent -= 1


def _untaken(node: Node, parts: Sequence[Trace]) -> Iterator[Span]:
    """The parts of the node that were not needed."""
    seen = {part.span: part.value for part in parts}
    match node:
        case nodes.If(condition=condition) if condition.span in seen:
            yield (node.otherwise if seen[condition.span] is True else node.then).span
        case nodes.And() | nodes.Or():
            operands = (one for one in node.operands if not isinstance(one, _SELF_EVIDENT))
            yield from (one.span for one in operands if one.span not in seen)


def _body(node: Node) -> Span | None:
    """What is evaluated once for each item."""
    match node:
        case nodes.For():
            return node.body.span
        case nodes.Quantified() | nodes.Filter():
            return node.condition.span
    return None


def _of(text: str, span: Span) -> str:
    return text[span.start : span.end]
