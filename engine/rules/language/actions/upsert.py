"""`upsert contract matching opportunity with { opportunity: record, amount: amount }`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.problems import Problem
from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind
from engine.rules.language.known import FormShape, Known
from engine.rules.language.model import Action, Assignment, Name
from engine.rules.language.patterns import Key, Names, Values, Word, seq
from engine.rules.language.situation import Prepared, Situation


@dataclass(frozen=True, slots=True)
class Upsert(Action):
    """by   the fields that say which record is meant; they need values"""

    form: Name
    by: tuple[Name, ...]
    values: tuple[Assignment, ...]


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect:
    node = action.node
    assert isinstance(node, Upsert)
    by = tuple(name.key for name in node.by)
    return effects.Upsert(action.index, node.form.key, by, situation.values(action.values["values"]))


def _check(action: Action, form: FormShape | None, known: Known) -> Iterable[Problem]:
    assert isinstance(action, Upsert)
    given = {one.field.key for one in action.values}
    for name in action.by:
        if name.key not in given:
            yield Problem("language.upsert.no-value", params={"field": name.key}, span=name.span)


UPSERT: Final = ActionKind(
    "upsert",
    Upsert,
    seq(
        Word("upsert"),
        Key("form", Names.FORM),
        Word("matching"),
        Key("by", Names.FIELD, form="form", many=True),
        Word("with"),
        Values("values", form="form"),
    ),
    _evaluate,
    _check,
    target="form",
    needs_record=False,
)
