"""Expressions: rates beside a Python lambda and zen-engine, the time to compile, the slowest hostile text.

All figures are processor time of one run. zen-engine is measured where it can be imported. As an adapter:
`rules_peers.py --adapter bench.feel` registers the two ways to evaluate a prepared expression.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bench.hostile import LIMIT_MS, slowest_ms
from bench.rates import Answer, figure_lines, rates, zen_engine
from engine.rules.feel import NUMBER, STRING, Compiled, ContextType, Scope, compile_expression
from engine.values import Date, DateTime, Time

GOALS: Final[Mapping[str, float]] = {
    "of_lambda": 1 / 12,
    "of_zen": 2.0,
    "compile_ms": 1.0,
    "hostile_ms": LIMIT_MS,
}
"""The first two at least, the last two at most."""
_NOW: Final = DateTime(Date(2026, 1, 31), Time(8, 0, 0, 0, 0))
_SCOPE: Final = Scope({"amount": NUMBER, "customer": ContextType({"level": STRING})})
_TEXT: Final = 'if amount > 10000 and customer.level = "A" then "director" else "manager"'
_ZEN: Final = 'amount > 10000 and customer.level == "A" ? "director" : "manager"'
_INPUTS: Final = [{"amount": 500 * i, "customer": {"level": "ABCDE"[i % 5]}} for i in range(100)]


def figures(seconds: float = 1.5) -> dict[str, float]:
    """Rates per second, ratios, and milliseconds; without zen-engine its figures are absent."""
    expected = [_lambda(values) for values in _INPUTS]
    functions: dict[str, Answer] = {"prepared": _prepared(), "lambda": _lambda}
    zen = _zen()
    if zen is not None:
        functions["zen"] = zen
    per_s = rates(functions, _INPUTS, expected, seconds)
    found = {f"{name}_per_s": rate for name, rate in per_s.items()}
    found["of_lambda"] = per_s["prepared"] / per_s["lambda"]
    if zen is not None:
        found["of_zen"] = per_s["prepared"] / per_s["zen"]
    found["compile_ms"] = _compile_ms()
    found["hostile_ms"] = slowest_ms()
    return found


def lines(found: Mapping[str, float]) -> Iterable[str]:
    return figure_lines("FEEL", found, GOALS)


def _lambda(values: dict[str, Any]) -> object:
    return "director" if values["amount"] > 10000 and values["customer"]["level"] == "A" else "manager"


def _prepared() -> Answer:
    code = _compiled().prepared()
    return lambda values: code(values, _NOW)[0]


def _compiled() -> Compiled:
    return compile_expression(_TEXT, _SCOPE)


def _zen() -> Answer | None:
    zen = zen_engine()
    if zen is None:
        return None
    evaluate: Answer = zen.compile_expression(_ZEN).evaluate
    return evaluate


def _compile_ms(count: int = 300) -> float:
    """Text to a closure, each text new to the cache."""
    best = float("inf")
    for turn in range(3):
        texts = [f"{_TEXT} // {turn} {number}" for number in range(count)]
        begun = time.process_time()
        for text in texts:
            compile_expression(text, _SCOPE).evaluate(_INPUTS[0], now=_NOW)
        best = min(best, (time.process_time() - begun) / count)
    return best * 1000


def setup(register: Callable[[str, Callable[[], Any]], None], adapter: Any, _bench: Any) -> None:
    """What `rules_peers.py --adapter` calls."""

    def engine() -> Any:
        made = adapter()
        made.note = "FEEL, prepared as a Python function"
        made.prepared = _prepared()
        made.one_shot = lambda values: compile_expression.__wrapped__(_TEXT, _SCOPE).evaluate(
            values, now=_NOW
        )[0]
        return made

    register("dougong", engine)
