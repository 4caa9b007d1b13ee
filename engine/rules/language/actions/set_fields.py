"""`set priority = "high", due_on = today() + duration("P2D")`: fields of the rule's record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind, nothing_more
from engine.rules.language.model import Action, Assignment
from engine.rules.language.patterns import Values, Word, seq
from engine.rules.language.situation import Prepared, Situation


@dataclass(frozen=True, slots=True)
class Set(Action):
    """All values are evaluated before the first is written."""

    values: tuple[Assignment, ...]


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect:
    return effects.SetFields(action.index, situation.values(action.values["values"]))


SET: Final = ActionKind(
    "set",
    Set,
    seq(Word("set"), Values("values", brackets=False)),
    _evaluate,
    nothing_more,
    target="values",
    saving=True,
)
