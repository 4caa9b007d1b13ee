"""Rates of functions over the same inputs, and the peer they are compared with."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Values = dict[str, Any]
Answer = Callable[[Values], object]


ROUNDS: Final = 7


def rates(
    functions: Mapping[str, Answer], inputs: Sequence[Values], expected: Sequence[object], seconds: float
) -> dict[str, float]:
    """Calls per second of processor time, by name; the answers are compared first.

    The functions run in turn and the best round of each counts: neighbours on the machine slow down all of
    them, so that a ratio is one of like with like.
    """
    turns = {}
    for name, function in functions.items():
        assert [function(values) for values in inputs] == expected, name
        turns[name] = max(1, int(seconds / (ROUNDS * max(_elapsed(function, inputs, 3) / 3, 1e-6))))
    best = dict.fromkeys(functions, 0.0)
    for _ in range(ROUNDS):
        for name, function in functions.items():
            rate = len(inputs) * turns[name] / _elapsed(function, inputs, turns[name])
            best[name] = max(best[name], rate)
    return best


def _elapsed(function: Answer, inputs: Sequence[Values], rounds: int) -> float:
    begun = time.process_time()
    for _ in range(rounds):
        for values in inputs:
            function(values)
    return max(time.process_time() - begun, 1e-6)


def zen_engine() -> Any | None:
    """The module of zen-engine; None where it is not installed."""
    try:
        return importlib.import_module("zen")
    except ImportError:
        return None


def figure_lines(title: str, found: Mapping[str, float], goals: Mapping[str, float]) -> list[str]:
    lines = [f"{title:16} {'figure':>14} {'goal':>8}"]
    for name, value in found.items():
        goal = f"{goals[name]:.2f}" if name in goals else ""
        lines.append(f"{name:16} {value:14,.3f} {goal:>8}")
    if "of_zen" not in found:
        lines.append(
            "NOT RUN: zen-engine, because it is not installed (`make bench` installs it beside, from PyPI)"
        )
    return lines
