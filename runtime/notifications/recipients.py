"""Finding the people a notice is for, at the moment it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from runtime.identity import directory
from runtime.identity.groups import members_of_group
from runtime.notifications.model import Recipient, RecipientKind


@dataclass(frozen=True, slots=True)
class Found:
    """users     ids of accounts, each once, in the order they were named · addresses: outside, each once"""

    users: tuple[int, ...]
    addresses: tuple[str, ...]


def find_recipients(conn: sa.Connection, recipients: Iterable[Recipient], skip: int | None) -> Found:
    """Raises NotFound for a group that does not exist; who has left since is left out by the caller."""
    named = tuple(dict.fromkeys(recipients))
    ids = [user for one in named for user in _users(conn, one)]
    addresses = [one.ref.strip() for one in named if one.kind is RecipientKind.ADDRESS]
    users = tuple(user for user in dict.fromkeys(ids) if user != skip)
    return Found(users, tuple(address for address in dict.fromkeys(addresses) if address))


def _users(conn: sa.Connection, one: Recipient) -> tuple[int, ...]:
    found: tuple[int, ...]
    match one.kind:
        case RecipientKind.USER:
            found = (int(one.ref),)
        case RecipientKind.GROUP:
            found = tuple(member.user_id for member in members_of_group(conn, one.ref))
        case RecipientKind.ROLE:
            found = directory.users_with_role(conn, one.ref)
        case RecipientKind.DEPARTMENT:
            found = directory.members_of(conn, int(one.ref))
        case RecipientKind.DEPARTMENT_HEADS:
            found = directory.heads_of(conn, int(one.ref))
        case RecipientKind.MANAGER:
            above = directory.manager_of(conn, int(one.ref))
            found = () if above is None else (above,)
        case RecipientKind.ADDRESS:
            found = ()
    return found
