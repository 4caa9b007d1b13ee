"""Questions that flows ask about people: who has this login, who works here, who leads her department."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.http.actor import Actor
from runtime.identity import lookups
from runtime.identity import tables as t
from runtime.identity.actors import actor_columns, read_actor
from runtime.identity.directory import heads_of

_WORKING: Final = t.user_account.c.state != "deactivated"


def user_by_login(connection: Connection, login: str) -> int | None:
    """Deactivated people are found too: a flow that names one has to say so."""
    found: int | None = connection.scalar(
        sa.select(t.user_account.c.id).where(t.user_account.c.login == login)
    )
    return found


def working(connection: Connection, users: Collection[int]) -> frozenset[int]:
    """Those of `users` who can still sign in."""
    if not users:
        return frozenset()
    c = t.user_account.c
    return frozenset(connection.execute(sa.select(c.id).where(c.id.in_(set(users)), _WORKING)).scalars())


def actors_of(connection: Connection, users: Collection[int]) -> Mapping[int, Actor]:
    """Those of `users` who work here, as actors without rights besides forms; one statement."""
    if not users:
        return {}
    chosen = sa.select(*actor_columns(t.user_account)).where(t.user_account.c.id.in_(set(users)), _WORKING)
    rows: Iterable[Any] = connection.execute(chosen).mappings()
    return {row["id"]: read_actor(row) for row in rows}


def holders_of(connection: Connection, roles: Collection[str]) -> tuple[int, ...]:
    """Everybody who works here and holds one of the roles."""
    if not roles:
        return ()
    c = t.user_account.c
    held = sa.exists().where(t.role_assignment.c.role.in_(set(roles)), lookups.holds_role(c.id))
    return tuple(connection.execute(sa.select(c.id).where(held, _WORKING).order_by(c.id)).scalars())


def heads_above(connection: Connection, user: int) -> tuple[int, ...]:
    """The heads of her main department, or of the nearest level up that has one."""
    c = t.user_account.c
    department = connection.scalar(sa.select(c.main_department_id).where(c.id == user))
    return () if department is None else heads_of(connection, department)


def absent_among(connection: Connection, users: Collection[int], now: datetime) -> frozenset[int]:
    """Those of the users who are away at `now`; an absence without dates holds until it is taken back."""
    c = t.user_account.c
    began = c.absent_from.is_(None) | (c.absent_from <= now)
    goes_on = c.absent_until.is_(None) | (c.absent_until > now)
    away = sa.select(c.id).where(c.id.in_(set(users)), c.state == "absent", began, goes_on)
    return frozenset(connection.execute(away).scalars())
