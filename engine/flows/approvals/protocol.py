"""What a mode of approval has to say: how its items open, and when their votes decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.flows.rule import RejectWhen


class ApprovalMode(Protocol):
    """One way to combine several people's votes; has no state of its own.

    name                  the word in `<dg:approval mode="…">`
    sequential            whether people are asked one after the other, in the order the rule found them
    completion_condition  what the standard multi-instance part says so that other tools do the same; empty if
                          that part completes when all its instances did
    """

    @property
    def name(self) -> str: ...

    @property
    def sequential(self) -> bool: ...

    @property
    def completion_condition(self) -> str: ...

    def verdict(self, votes: Sequence[bool], total: int, reject: RejectWhen) -> bool | None:
        """The decision that `votes` (yes or no, in the order they came) of `total` people lead to, or None.

        Monotone: a decision that some votes lead to is not changed by any further vote. Without people there
        is no decision: an empty node is the matter of `OnEmpty`.
        """
        ...
