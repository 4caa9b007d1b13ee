"""How much work an expression may be, before any value is known: turns of loops, items of filters, calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.problems import Span
from engine.rules.feel import nodes
from engine.rules.feel.nodes import Node, children

ASSUMED_ITEMS: Final = 100
"""The length of a list that is not written out."""


@dataclass(frozen=True, slots=True)
class Cost:
    """steps   as `Limits.steps` counts them, for lists of ASSUMED_ITEMS items
    span    of the loop or filter that takes the most; None if there is none
    """

    steps: int
    span: Span | None = None


def cost_of(node: Node) -> Cost:
    """An estimate; it never says less than what lists of the assumed length need."""
    steps, worst = _cost(node, 1)
    return Cost(steps, worst[1])


_Worst = tuple[int, Span | None]


def _cost(node: Node, times: int) -> tuple[int, _Worst]:
    """The steps of the node when it is evaluated so many times, and its most expensive loop."""
    match node:
        case nodes.For(loops=loops, body=body) | nodes.Quantified(loops=loops, condition=body):
            return _loops(node, loops, body, times)
        case nodes.Filter(target=target, condition=condition):
            first, worst = _cost(target, times)
            turns = times * _length(target, None)
            inner, inner_worst = _cost(condition, turns)
            own = turns + inner
            return first + own, max(worst, inner_worst, (own, node.span), key=lambda one: one[0])
    steps = times if isinstance(node, nodes.Call) else 0
    heaviest: _Worst = (0, None)
    for child in children(node):
        more, worst = _cost(child, times)
        steps, heaviest = steps + more, max(heaviest, worst, key=lambda one: one[0])
    return steps, heaviest


def _loops(node: Node, loops: tuple[nodes.Loop, ...], body: Node, times: int) -> tuple[int, _Worst]:
    heaviest: _Worst = (0, None)
    steps, turns = 0, times
    for loop in loops:
        more, worst = _cost(loop.source, turns)
        turns *= _length(loop.source, loop.end)
        steps, heaviest = steps + more + turns, max(heaviest, worst, key=lambda one: one[0])
    inner, worst = _cost(body, turns)
    steps += inner
    return steps, max(heaviest, worst, (steps, node.span), key=lambda one: one[0])


def _length(source: Node, end: Node | None) -> int:
    if isinstance(source, nodes.ListNode):
        return len(source.items)
    if isinstance(source, nodes.NumberLiteral) and isinstance(end, nodes.NumberLiteral):
        return abs(int(end.value - source.value)) + 1
    return ASSUMED_ITEMS
