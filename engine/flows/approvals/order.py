"""Mode `order` (依次): one after the other, each has to say yes before the next is asked."""

from __future__ import annotations

from collections.abc import Sequence

from engine.flows.rule import RejectWhen


class OrderMode:
    name = "order"
    sequential = True
    completion_condition = ""

    def verdict(self, votes: Sequence[bool], total: int, reject: RejectWhen) -> bool | None:
        """The first no decides whatever `reject` says: nobody after it has been asked."""
        if not all(votes):
            return False
        return True if 0 < total <= len(votes) else None
