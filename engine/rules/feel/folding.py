"""Calls whose value is known before evaluation: `date("2026-01-31")` is a literal in all but form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.rules.feel import nodes
from engine.rules.feel.functions import FUNCTIONS
from engine.rules.feel.limits import DEFAULT_LIMITS
from engine.rules.feel.machine import Fault, Machine
from engine.values import Date, DateTime, Time

_FOLDABLE: Final = frozenset({"date", "time", "date and time", "duration", "number"})
_NO_MOMENT: Final = DateTime(Date(1970, 1, 1), Time(0, 0, 0, 0, 0))
_EMPTY: Final[Mapping[str, object]] = {}


@dataclass(frozen=True, slots=True)
class Folded:
    value: object


def folded(node: nodes.Call) -> Folded | None:
    """None for a call that fails, which is left to fail where it is evaluated."""
    name = node.function.name if isinstance(node.function, nodes.Name) else ""
    values = [_literal(argument) for argument in node.arguments]
    if name not in _FOLDABLE or not all(values):
        return None
    machine = Machine(_EMPTY, _NO_MOMENT, 0, DEFAULT_LIMITS)
    try:
        return Folded(FUNCTIONS[name].call(machine, [one.value for one in values if one], node.names))
    except Fault:
        return None


def _literal(node: nodes.Node) -> Folded | None:
    if isinstance(node, nodes.NumberLiteral | nodes.StringLiteral):
        return Folded(node.value)
    return Folded(None) if isinstance(node, nodes.NullLiteral) else None
