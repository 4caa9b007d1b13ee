"""The sum of a score: an action that nobody writes, because the score's lines are it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.rules.language import effects
from engine.rules.language.model import Action, Name, ScoreLine
from engine.rules.language.situation import Prepared, Situation


@dataclass(frozen=True, slots=True)
class ScoreAction(Action):
    """The first action of a compiled score."""

    field: Name
    low: int
    high: int
    lines: tuple[ScoreLine, ...]


def evaluate_score(action: Prepared, situation: Situation) -> effects.Effect:
    """A line counts if its condition is true; false and null do not."""
    node = action.node
    assert isinstance(node, ScoreAction)
    parts = tuple(
        effects.ScorePart(number, line.points, situation.value(compiled) is True)
        for number, (line, compiled) in enumerate(zip(node.lines, action.feel["lines"], strict=True))
    )
    total = sum(part.points for part in parts if part.counts)
    return effects.SetScore(action.index, node.field.key, min(max(total, node.low), node.high), parts)
