"""What every kind of action says about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.problems import Problem
from engine.rules.language.effects import Effect
from engine.rules.language.known import FormShape, Known
from engine.rules.language.model import Action
from engine.rules.language.patterns import Element
from engine.rules.language.situation import Prepared, Situation

Check = Callable[[Action, FormShape | None, Known], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class ActionKind:
    """A kind of action.

    word      the word it begins with, also its name
    node      its class in the tree; the fields are the pattern's slots
    pattern   how it is written
    evaluate  what it asks for; None if there is nothing to do. What fails is noted in the situation.
    check     what is wrong beyond unknown keys and wrong types, which the pattern's slots tell already
    saving    whether it is allowed in `when saving`: it touches nothing but the record
    needs_record  whether it needs a record: a schedule without `for each` has none
    target    the slot that names what it acts on, for `expect create contract`
    """

    word: str
    node: type[Action]
    pattern: Element
    evaluate: Callable[[Prepared, Situation], Effect | None]
    check: Check
    target: str
    saving: bool = False
    needs_record: bool = True


def nothing_more(action: Action, form: FormShape | None, known: Known) -> Iterable[Problem]:
    """For kinds whose slots say everything."""
    return ()
