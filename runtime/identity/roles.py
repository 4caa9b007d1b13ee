"""Which roles people, groups and departments hold. What a role may do is a definition, in the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.keys import is_key
from engine.problems import InputError, Problem
from runtime.audit.log import record_audit
from runtime.http.actor import Actor
from runtime.http.errors import Conflict
from runtime.identity.lookups import holds_role
from runtime.identity.tables import role_assignment, user_account

ADMIN: Final = "admin"
"""The one role that exists without a definition: whoever holds it may build, manage people and settings."""
ALL_RIGHTS: Final = frozenset({"builder", "users", "settings"})
HolderKind = Literal["user", "group", "department"]


def give_roles(
    connection: Connection,
    actor: Actor,
    holder: tuple[HolderKind, int],
    roles: Iterable[str],
    now: datetime,
) -> None:
    """Let the holder have exactly these roles.

    Raises InputError for a text that is no key, Conflict if nobody would be left who is an administrator.
    """
    wanted, (kind, holder_id) = sorted(set(roles)), holder
    problems = [
        Problem("identity.role.malformed", "/roles", {"role": role}) for role in wanted if not is_key(role)
    ]
    if problems:
        raise InputError(problems)
    t = role_assignment
    with keeping_an_administrator(connection):
        connection.execute(sa.delete(t).where(t.c.holder_kind == kind, t.c.holder_id == holder_id))
        rows = [{"role": role, "holder_kind": kind, "holder_id": holder_id} for role in wanted]
        if rows:
            connection.execute(sa.insert(t), rows)
    record_audit(connection, actor, "roles.give", f"{kind}/{holder_id}", at=now, detail={"roles": wanted})


@contextmanager
def keeping_an_administrator(connection: Connection) -> Iterator[None]:
    """Raises Conflict if the change made inside leaves nobody who can administer and sign in.

    Whoever changes administrators waits for the one before: two at once could each see the other's.
    """
    held = sa.select(role_assignment.c.holder_id).where(role_assignment.c.role == ADMIN)
    connection.execute(held.order_by(role_assignment.c.holder_kind, "holder_id").with_for_update()).all()
    had = _has_administrator(connection)
    yield
    if had and not _has_administrator(connection):
        raise Conflict.because("identity.role.last-admin", "/roles")


def _has_administrator(connection: Connection) -> bool:
    active = user_account.c.state != "deactivated"
    is_admin = sa.exists().where(role_assignment.c.role == ADMIN, holds_role(user_account.c.id))
    return (
        connection.execute(sa.select(user_account.c.id).where(active, is_admin).limit(1)).first() is not None
    )
