"""A decision table of fifty rules beside zen-engine, problems with every result.

Rates are per second of processor time, all of one run; zen-engine is measured where it can be imported. As an
adapter: `rules_peers.py --adapter bench.decisions` registers the table for the same task beside more peers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape

from bench.rates import Answer, figure_lines, rates, zen_engine
from engine.rules.decisions import compile_decisions, read_decisions
from engine.values import Date, DateTime, Time

GOALS: Final[Mapping[str, float]] = {"of_zen": 50.0}
"""At least."""
_NOW: Final = DateTime(Date(2026, 1, 1), Time(0, 0, 0, 0, 0))
_RULES: Final = [
    (f">= {low}" if low == 9000 else f"[{low}..{low + 1000})", low, level, f"owner-{low}-{level}")
    for low in range(0, 10_000, 1000)
    for level in "ABCDE"
]
"""The cell of the amount, its lower end, the level, the owner."""
_INPUTS: Final = [
    {"amount": low + 7 * (number % 90) + 1, "level": level}
    for number, (_, low, level, _) in enumerate(_RULES * 2)
]
_EXPECTED: Final = [owner for _, _, _, owner in _RULES * 2]


def figures(seconds: float = 1.5) -> dict[str, float]:
    """Rates per second and their ratio; without zen-engine its figures are absent."""
    functions = {"table": _own(_dmn())}
    zen = _zen()
    if zen is not None:
        functions["zen"] = zen
    per_s = rates(functions, _INPUTS, _EXPECTED, seconds)
    found = {f"{name}_per_s": rate for name, rate in per_s.items()}
    if zen is not None:
        found["of_zen"] = per_s["table"] / per_s["zen"]
    return found


def lines(found: Mapping[str, float]) -> Iterable[str]:
    return figure_lines("50-rule table", found, GOALS)


def _own(document: str) -> Answer:
    model = read_decisions(document.encode()).model
    assert model is not None
    prepared = compile_decisions(model).prepared("owner")

    def decide(values: dict[str, Any]) -> object:
        value, problems = prepared(values, _NOW)
        return None if problems else value

    return decide


def _zen() -> Answer | None:
    zen = zen_engine()
    if zen is None:
        return None
    decision = zen.ZenEngine().create_decision(json.dumps(_graph()))
    return lambda values: decision.evaluate(values)["result"]["owner"]


def _dmn() -> str:
    rules = "".join(
        f"<rule><inputEntry><text>{escape(amount)}</text></inputEntry>"
        f'<inputEntry><text>"{level}"</text></inputEntry>'
        f'<outputEntry><text>"{owner}"</text></outputEntry></rule>'
        for amount, _, level, owner in _RULES
    )
    inputs = "".join(
        f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in _COLUMNS
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>'
        for name, _ in _COLUMNS
    )
    columns = "".join(
        f'<input><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression></input>'
        for name, kind in _COLUMNS
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="owner" namespace="bench">'
        f'{inputs}<decision id="owner" name="owner"><variable name="owner" typeRef="string"/>{needs}'
        f'<decisionTable hitPolicy="UNIQUE">{columns}<output name="owner" typeRef="string"/>{rules}'
        "</decisionTable></decision></definitions>"
    )


_COLUMNS: Final = (("amount", "number"), ("level", "string"))


def _graph() -> dict[str, object]:
    """The same table as zen-engine reads it; its cheapest hit policy."""
    rules = [
        {"_id": str(number), "amount": amount, "level": f'"{level}"', "owner": f'"{owner}"'}
        for number, (amount, _, level, owner) in enumerate(_RULES)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name, _ in _COLUMNS],
        "outputs": [{"id": "owner", "name": "owner", "field": "owner"}],
        "rules": rules,
    }
    kinds = ("inputNode", {}), ("decisionTableNode", table), ("outputNode", {})
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": kind, "type": kind, "name": kind, "position": {"x": 0, "y": 0}, "content": content}
            for kind, content in kinds
        ],
        "edges": [
            {
                "id": str(number),
                "sourceId": kinds[number][0],
                "targetId": kinds[number + 1][0],
                "type": "edge",
            }
            for number in range(2)
        ],
    }


def setup(register: Callable[[str, Callable[[], Any]], None], adapter: Any, bench: Any) -> None:
    """What `rules_peers.py --adapter` calls."""

    def engine() -> Any:
        made = adapter()
        made.note = "UNIQUE table, indexed per column, problems with every result"
        made.table = _own(bench.table_dmn())
        return made

    register("dougong-table", engine)
