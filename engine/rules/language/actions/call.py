"""`call connector erp.create_order with { number: number }`: as a job, once the change is committed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind, nothing_more
from engine.rules.language.model import Action, Assignment, Name
from engine.rules.language.patterns import Key, Names, Values, Word, opt, seq
from engine.rules.language.situation import Prepared, Situation


@dataclass(frozen=True, slots=True)
class Call(Action):
    """connector  with its operation, `erp.create_order` · values: the operation's inputs"""

    connector: Name
    values: tuple[Assignment, ...] = ()


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect:
    node = action.node
    assert isinstance(node, Call)
    connector, _, operation = node.connector.key.partition(".")
    return effects.Call(action.index, connector, operation, situation.values(action.values.get("values", ())))


CALL: Final = ActionKind(
    "call connector",
    Call,
    seq(
        Word("call connector"),
        Key("connector", Names.CONNECTOR),
        opt("values", Word("with"), Values("values", form="connector")),
    ),
    _evaluate,
    nothing_more,
    target="connector",
    needs_record=False,
)
