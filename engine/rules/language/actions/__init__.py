"""What a rule can do; one file for each kind (`docs/recipes/add-a-rule-action.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.rules.language.actions.assign import ASSIGN
from engine.rules.language.actions.call import CALL
from engine.rules.language.actions.create import CREATE
from engine.rules.language.actions.decide import DECIDE
from engine.rules.language.actions.kind import ActionKind
from engine.rules.language.actions.notify import NOTIFY
from engine.rules.language.actions.reject import REJECT
from engine.rules.language.actions.set_fields import SET
from engine.rules.language.actions.update import UPDATE
from engine.rules.language.actions.upsert import UPSERT
from engine.rules.language.model import Action

ACTIONS: Final[Mapping[str, ActionKind]] = MappingProxyType(
    {kind.word: kind for kind in (SET, REJECT, ASSIGN, CREATE, UPDATE, UPSERT, DECIDE, NOTIFY, CALL)}
)
"""By the word that each begins with."""

_BY_NODE: Final[Mapping[type[Action], ActionKind]] = MappingProxyType(
    {kind.node: kind for kind in ACTIONS.values()}
)


def kind_of(action: Action) -> ActionKind:
    return _BY_NODE[type(action)]
