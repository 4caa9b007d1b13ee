"""Rates of one function over the same inputs, and the peer they are compared with."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Values = dict[str, Any]
Answer = Callable[[Values], object]


def rate(function: Answer, inputs: Sequence[Values], expected: Sequence[object], seconds: float) -> float:
    """Calls per second of processor time, the best of three; the answers are compared first."""
    assert [function(values) for values in inputs] == expected
    rounds = max(1, int(seconds / (10 * _elapsed(function, inputs, 10) / 100)))
    return max(len(inputs) * rounds / _elapsed(function, inputs, rounds) for _ in range(3))


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
