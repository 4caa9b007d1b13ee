"""Mode `any` (或签): everybody is asked at once, the first vote decides."""

from __future__ import annotations

from collections.abc import Sequence

from engine.flows.rule import RejectWhen


class AnyMode:
    name = "any"
    sequential = False
    completion_condition = "numberOfCompletedInstances >= 1"

    def verdict(self, votes: Sequence[bool], total: int, reject: RejectWhen) -> bool | None:
        return votes[0] if votes else None
