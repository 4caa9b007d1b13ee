"""What the runtime can answer besides a result; `runtime/http/problems.py` alone turns these into statuses.

Each carries all its problems, like the engine's `DefinitionError`, `InputError` and `LimitError`.
"""

from __future__ import annotations

from typing import Self

from engine.problems import Problem, ProblemsError


class RuntimeProblem(ProblemsError):
    """Base of the runtime's own answers."""

    @classmethod
    def because(cls, code: str, at: str = "", **params: object) -> Self:
        """With one problem; raise the class itself with an iterable when there are several."""
        return cls([Problem(code, at, params)])


class Malformed(RuntimeProblem):
    """The request cannot be read at all."""


class Unauthenticated(RuntimeProblem):
    """Nobody is signed in, or the session has ended."""


class Forbidden(RuntimeProblem):
    """She is known, and may not."""


class NotFound(RuntimeProblem):
    """It does not exist, or she may not know that it does."""


class Conflict(RuntimeProblem):
    """Somebody else changed it meanwhile, or it clashes with something that exists."""


class Stale(Conflict):
    """`If-Match` names another revision than the stored one."""


class TooMany(RuntimeProblem):
    """Too many attempts; `retry_after_s` says when to come back."""

    retry_after_s: int = 1


class Unavailable(RuntimeProblem):
    """The database, the disk or a service cannot do it now; the same request may succeed later."""
