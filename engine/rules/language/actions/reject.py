"""`reject discount with message "…"`: refuses the save; only in `when saving`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind, nothing_more
from engine.rules.language.model import Action, Name, Quoted
from engine.rules.language.patterns import Key, Names, Text, Word, seq
from engine.rules.language.situation import Prepared, Situation, message_of


@dataclass(frozen=True, slots=True)
class Reject(Action):
    """field   where the message is shown; None = the record"""

    message: Quoted
    field: Name | None = None


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect:
    node = action.node
    assert isinstance(node, Reject)
    field = node.field.key if node.field is not None else ""
    return effects.Reject(action.index, field, message_of(node.message, action))


REJECT: Final = ActionKind(
    "reject",
    Reject,
    seq(Word("reject"), Key("field", Names.FIELD, optional=True), Word("with message"), Text("message")),
    _evaluate,
    nothing_more,
    target="field",
    saving=True,
)
