"""`assign owner round robin among group("east") skipping absent, at most 50 open`: one of several people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.problems import Problem, Severity
from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind
from engine.rules.language.effects import Strategy
from engine.rules.language.known import FormShape, Known
from engine.rules.language.model import Action, Feel, Name
from engine.rules.language.patterns import (
    Expr,
    Flag,
    Key,
    Modifiers,
    Names,
    OneOf,
    Scoped,
    Word,
    opt,
    seq,
)
from engine.rules.language.situation import Prepared, Situation

OWNER: Final = "owner"


@dataclass(frozen=True, slots=True)
class Assign(Action):
    """among      people: `group("east")`, `role("sales")`, `department(owner.department)`, a member field
    sticky_to  who gets it if she may be chosen
    at_most    a number; who holds that many open records is passed over
    counting   the form whose records count as open, and which of them; None = those of the rule's form
    """

    field: Name
    strategy: Strategy
    among: tuple[Feel, ...]
    sticky_to: Feel | None = None
    skipping_absent: bool = False
    at_most: Feel | None = None
    counting: Name | None = None
    counting_where: Feel | None = None


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect | None:
    node = action.node
    assert isinstance(node, Assign)
    among = situation.subjects(action.feel["among"])
    sticky = situation.user_id(action.one("sticky_to"))
    limit = situation.whole_number(action.one("at_most"))
    form = node.counting.key if node.counting is not None else situation.form
    holder = node.field.key if form == situation.form else OWNER
    opened = situation.selection(form, action.one("counting_where"))
    return effects.Assign(
        action.index,
        node.field.key,
        node.strategy,
        among,
        sticky,
        node.skipping_absent,
        limit,
        opened,
        holder,
    )


def _check(action: Action, form: FormShape | None, known: Known) -> Iterable[Problem]:
    assert isinstance(action, Assign)
    field = form.fields.get(action.field.key) if form is not None else None
    if field is not None and field.target != "user":
        params = {"field": field.key, "type": field.type}
        yield Problem("language.assign.not-a-member", params=params, span=action.field.span)
    counts = action.at_most is not None or action.strategy is Strategy.LEAST_OPEN
    if counts and action.counting is None:
        yield Problem("language.assign.counts-all", severity=Severity.WARNING, span=action.span)
    if action.counting is not None and not counts:
        yield Problem("language.assign.counts-nothing", severity=Severity.WARNING, span=action.counting.span)


ASSIGN: Final = ActionKind(
    "assign",
    Assign,
    seq(
        Word("assign"),
        Key("field", Names.FIELD),
        OneOf("strategy", {strategy.value: strategy for strategy in Strategy}),
        Word("among"),
        Expr("among", Scoped.PEOPLE, many=True),
        Modifiers(
            (
                opt("sticky_to", Word("sticky to"), Expr("sticky_to", Scoped.PEOPLE)),
                Flag("skipping_absent", "skipping absent"),
                opt("at_most", Word("at most"), Expr("at_most"), Word("open")),
                opt(
                    "counting",
                    Word("counting"),
                    Key("counting", Names.FORM),
                    opt(
                        "counting_where",
                        Word("where"),
                        Expr("counting_where", Scoped.FORM, form="counting"),
                    ),
                ),
            )
        ),
    ),
    _evaluate,
    _check,
    target="field",
)
