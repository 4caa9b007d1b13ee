"""`create contract with { customer: record.customer } unless exists contract where opportunity = record`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind, nothing_more
from engine.rules.language.model import Action, Assignment, Feel, Name
from engine.rules.language.patterns import Expr, Key, Names, Scoped, Values, Word, opt, seq
from engine.rules.language.situation import Prepared, Situation


@dataclass(frozen=True, slots=True)
class Create(Action):
    """unless, unless_where   nothing is created if such a record exists"""

    form: Name
    values: tuple[Assignment, ...]
    unless: Name | None = None
    unless_where: Feel | None = None


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect | None:
    node = action.node
    assert isinstance(node, Create)
    unless = None
    if node.unless is not None:
        unless = situation.selection(node.unless.key, action.one("unless_where"))
    return effects.Create(action.index, node.form.key, situation.values(action.values["values"]), unless)


CREATE: Final = ActionKind(
    "create",
    Create,
    seq(
        Word("create"),
        Key("form", Names.FORM),
        Word("with"),
        Values("values", form="form"),
        opt(
            "unless",
            Word("unless exists"),
            Key("unless", Names.FORM),
            opt("unless_where", Word("where"), Expr("unless_where", Scoped.FORM, form="unless")),
        ),
    ),
    _evaluate,
    nothing_more,
    target="form",
    needs_record=False,
)
