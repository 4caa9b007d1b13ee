"""One unit of work of `records`: its connection, its scene, and who reacts to what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa

from engine.problems import Problem
from runtime.records.model import RecordChange
from runtime.records.reactions import Reactions
from runtime.records.saving import Saving
from runtime.records.scene import Scene


class Blocker(Protocol):
    """Something above `records` that may forbid to delete a record, such as a running process."""

    def blocks(self, conn: sa.Connection, scene: Scene, form: str, record: int) -> Sequence[Problem]:
        """Why the record has to stay; empty = it may go."""


@dataclass(frozen=True, slots=True)
class Work:
    conn: sa.Connection
    scene: Scene
    reactions: Reactions
    blockers: tuple[Blocker, ...] = ()
    saving: Saving | None = None

    def tell(self, change: RecordChange) -> None:
        """Let reactions answer to a change; at once, or when the open unit of this transaction ends."""
        self.reactions.tell(self.conn, self.scene, change)
