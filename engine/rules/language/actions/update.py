"""`update customer set status = "active"`, `update contract where deal = record set status = "void"`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind, nothing_more
from engine.rules.language.model import Action, Assignment, Feel, Name
from engine.rules.language.patterns import Expr, Key, Names, Scoped, Values, Word, opt, seq
from engine.rules.language.situation import Prepared, Situation


@dataclass(frozen=True, slots=True)
class Update(Action):
    """target   without `where` a relation of the rule's form, with it a form
    values   see the target's fields first; `record` is the rule's own
    """

    target: Name
    values: tuple[Assignment, ...]
    where: Feel | None = None


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect | None:
    node = action.node
    assert isinstance(node, Update)
    assigned = action.values["values"]
    where = action.one("where")
    targets: effects.Selection | tuple[int, ...]
    if where is not None:
        targets = situation.selection(node.target.key, where)
    else:
        targets = situation.related(node.target.key)

    def values(row: Mapping[str, object]) -> effects.Evaluated:
        inner = situation.of_row(row)
        found = effects.SetFields(action.index, inner.values(assigned))
        return inner.evaluated(found)

    reads = frozenset(way for _, compiled in assigned for way in compiled.paths)
    return effects.Update(action.index, action.target_form, targets, reads, values)


UPDATE: Final = ActionKind(
    "update",
    Update,
    seq(
        Word("update"),
        Key("target", Names.TARGET),
        opt("where", Word("where"), Expr("where", Scoped.FORM, form="target")),
        Word("set"),
        Values("values", brackets=False, form="target", scoped=Scoped.FORM),
    ),
    _evaluate,
    nothing_more,
    target="target",
    needs_record=False,
)
