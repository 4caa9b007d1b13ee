"""`decide tier by table lead_tier`: fields take what a decision says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.keys import nearest
from engine.problems import Problem
from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind
from engine.rules.language.known import FormShape, Known
from engine.rules.language.model import Action, Assignment, Name
from engine.rules.language.patterns import Key, Names, Values, Word, opt, seq
from engine.rules.language.situation import Prepared, Situation


@dataclass(frozen=True, slots=True)
class Decide(Action):
    """fields   one takes the whole result; several take the entries of their keys
    inputs   of the decision; those not given are the record's fields of the same key
    """

    fields: tuple[Name, ...]
    table: Name
    inputs: tuple[Assignment, ...] = ()


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect | None:
    node = action.node
    assert isinstance(node, Decide)
    assert action.decision is not None
    given = situation.values(action.values.get("inputs", ()))
    missing = [name for name in action.decision.inputs if name not in given]
    names = {**situation.look(missing), **given}
    result = situation.noted(action.decision.evaluate(names, situation.now))
    if situation.failed:
        return None
    keys = [name.key for name in node.fields]
    if len(keys) == 1:
        return effects.SetFields(action.index, {keys[0]: result})
    entries = result if isinstance(result, Mapping) else {}
    return effects.SetFields(action.index, {key: entries.get(key) for key in keys})


def _check(action: Action, form: FormShape | None, known: Known) -> Iterable[Problem]:
    assert isinstance(action, Decide)
    decision = known.decisions.get(action.table.key)
    if decision is None:
        return
    given = {one.field.key for one in action.inputs}
    own = form.fields if form is not None else {}
    for name in decision.inputs:
        if name not in given and name not in own:
            params = {"input": name, "table": action.table.key}
            yield Problem("language.decide.input-missing", params=params, span=action.table.span)
    for one in action.inputs:
        if one.field.key not in decision.inputs:
            meant = nearest(one.field.key, list(decision.inputs)) or ", ".join(decision.inputs)
            params = {"input": one.field.key, "table": action.table.key, "meant": meant}
            yield Problem("language.decide.input-unknown", params=params, span=one.field.span)


DECIDE: Final = ActionKind(
    "decide",
    Decide,
    seq(
        Word("decide"),
        Key("fields", Names.FIELD, many=True),
        Word("by table"),
        Key("table", Names.DECISION),
        opt("inputs", Word("with"), Values("inputs", form="table")),
    ),
    _evaluate,
    _check,
    target="table",
)
