"""Mode `all` (会签): everybody is asked at once and has to say yes."""

from __future__ import annotations

from collections.abc import Sequence

from engine.flows.rule import RejectWhen


class AllMode:
    name = "all"
    sequential = False
    completion_condition = ""

    def verdict(self, votes: Sequence[bool], total: int, reject: RejectWhen) -> bool | None:
        heard_all = 0 < total <= len(votes)
        if not all(votes) and (heard_all or reject is RejectWhen.FIRST):
            return False
        return all(votes) if heard_all else None
