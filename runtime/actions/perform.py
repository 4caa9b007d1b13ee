"""Which performer carries out which effect."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.rules.language import effects
from engine.rules.language.effects import Effect
from runtime.actions.assigning import assign
from runtime.actions.doing import Doing, Done, Performer
from runtime.actions.telling import call, notify
from runtime.actions.writing import create, reject, set_fields, set_score, update, upsert

PERFORMERS: Final[Mapping[type[Effect], Performer]] = MappingProxyType(
    {
        effects.SetFields: set_fields,
        effects.SetScore: set_score,
        effects.Reject: reject,
        effects.Assign: assign,
        effects.Create: create,
        effects.Update: update,
        effects.Upsert: upsert,
        effects.Notify: notify,
        effects.Call: call,
    }
)


def perform(doing: Doing, effect: Effect) -> Done:
    """Carry out one effect. Raises what its performer raises, and OverBudget."""
    doing.budget.check()
    return PERFORMERS[type(effect)](doing, effect)
