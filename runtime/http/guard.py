"""Who may call an endpoint. Every endpoint names its guard, or the program does not start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Guard:
    """What a caller needs.

    signed_in  somebody must be signed in
    right      a right of her roles: `builder`, `users` or `settings`
    action     the action on a form that the endpoint stands for; the service decides it for form and record,
               the guard names it for the contract and the list of routes
    """

    signed_in: bool = True
    right: str = ""
    action: str = ""


PUBLIC: Final = Guard(signed_in=False)
SIGNED_IN: Final = Guard()


def right(name: str) -> Guard:
    """She needs a right that is not about a form: `builder`, `users`, `settings`."""
    return Guard(right=name)


def may(action: str) -> Guard:
    """The endpoint performs this action on a form (`view`, `create`, `edit`, …)."""
    return Guard(action=action)
