"""What HTTP asks of the rooms above it: who is calling, and may she. The composition root hands it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from runtime.db.stamps import Stamps
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.call import Call
from runtime.http.guard import Guard
from runtime.http.kept_answers import KeptAnswer


@dataclass(frozen=True, slots=True)
class Entry:
    """What one statement tells about a caller; `actor` is None where nobody is signed in."""

    actor: Actor | None = None
    stamps: Stamps = field(default_factory=dict)
    kept: KeptAnswer | None = None


class Gate(Protocol):
    """Wired to identity and access in `app.py`."""

    def enter(self, workspace: Workspace, session_token: str, idempotency_key: str) -> Entry:
        """Find the caller, the stamps and the kept answer in one statement."""

    def permit(self, call: Call, guard: Guard) -> None:
        """Raises Unauthenticated or Forbidden unless the caller fulfils the guard."""
