"""`notify owner, manager(owner) by email with template new_lead`, or `with message "{title} is yours"`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.problems import Problem
from engine.rules.language import effects
from engine.rules.language.actions.kind import ActionKind
from engine.rules.language.known import FormShape, Known
from engine.rules.language.model import Action, Feel, Name, Quoted
from engine.rules.language.patterns import Expr, Key, Names, Scoped, Text, Word, opt, seq
from engine.rules.language.situation import Prepared, Situation, message_of


@dataclass(frozen=True, slots=True)
class Notify(Action):
    """channels   beside the application, which always shows it"""

    recipients: tuple[Feel, ...]
    channels: tuple[Name, ...] = ()
    template: Name | None = None
    message: Quoted | None = None


def _evaluate(action: Prepared, situation: Situation) -> effects.Effect | None:
    node = action.node
    assert isinstance(node, Notify)
    return effects.Notify(
        action.index,
        situation.subjects(action.feel["recipients"]),
        tuple(name.key for name in node.channels),
        node.template.key if node.template is not None else None,
        message_of(node.message, action) if node.message is not None else None,
    )


def _check(action: Action, form: FormShape | None, known: Known) -> Iterable[Problem]:
    assert isinstance(action, Notify)
    if (action.template is None) == (action.message is None):
        yield Problem("language.notify.what", span=action.span)


NOTIFY: Final = ActionKind(
    "notify",
    Notify,
    seq(
        Word("notify"),
        Expr("recipients", Scoped.PEOPLE, many=True),
        opt("channels", Word("by"), Key("channels", Names.CHANNEL, many=True)),
        opt("template", Word("with template"), Key("template", Names.TEMPLATE)),
        opt("message", Word("with message"), Text("message")),
    ),
    _evaluate,
    _check,
    target="template",
    needs_record=False,
)
