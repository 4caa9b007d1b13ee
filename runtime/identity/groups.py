"""Groups of people, used to give roles and to share out work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.keys import is_key
from engine.problems import InputError, Problem
from runtime.audit.log import record_audit
from runtime.db.insert import insert_into
from runtime.http.actor import Actor
from runtime.http.errors import NotFound
from runtime.identity.tables import group_member, user_account, user_group


@dataclass(frozen=True, slots=True)
class Member:
    """A member's share: `weight` in rotation, `capacity` = open items at once (None = no bound)."""

    user_id: int
    weight: int = 1
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    key: str
    name: str
    members: tuple[Member, ...]


def list_groups(connection: Connection) -> tuple[Group, ...]:
    members: dict[int, list[Member]] = {}
    for row in connection.execute(sa.select(group_member).order_by(group_member.c.user_id)):
        members.setdefault(row.group_id, []).append(Member(row.user_id, row.weight, row.capacity))
    rows = connection.execute(sa.select(user_group).order_by(user_group.c.key))
    return tuple(Group(row.id, row.key, row.name, tuple(members.get(row.id, ()))) for row in rows)


def names_of_groups(connection: Connection, keys: Collection[str]) -> Mapping[str, str]:
    """Names to show, by key; a group without one is called by its key."""
    c = user_group.c
    rows = connection.execute(sa.select(c.key, c.name).where(c.key.in_(set(keys)))) if keys else ()
    return {row.key: row.name or row.key for row in rows}


def put_group(
    connection: Connection, actor: Actor, key: str, *, name: str, members: Iterable[Member], now: datetime
) -> int:
    """Create the group or let it have this name and exactly these members; returns its id."""
    wanted = {member.user_id: member for member in members}
    known = set(
        connection.execute(sa.select(user_account.c.id).where(user_account.c.id.in_(wanted))).scalars()
    )
    problems = [] if is_key(key) else [Problem("identity.group.key", "/key", {"key": key})]
    problems += [
        Problem("identity.user.unknown", "/members", {"user": user}) for user in wanted if user not in known
    ]
    if problems:
        raise InputError(problems)
    statement = insert_into(connection, user_group).values(key=key, name=name)
    statement = statement.on_conflict_do_update(index_elements=["key"], set_={"name": name})
    group_id = int(connection.execute(statement.returning(user_group.c.id)).scalar_one())
    connection.execute(sa.delete(group_member).where(group_member.c.group_id == group_id))
    rows = [
        {
            "group_id": group_id,
            "user_id": member.user_id,
            "weight": member.weight,
            "capacity": member.capacity,
        }
        for member in wanted.values()
    ]
    if rows:
        connection.execute(sa.insert(group_member), rows)
    record_audit(connection, actor, "group.put", f"group/{key}", at=now, detail={"members": sorted(wanted)})
    return group_id


def members_of_group(connection: Connection, key: str) -> tuple[Member, ...]:
    """Raises NotFound if there is no such group."""
    group_id = connection.scalar(sa.select(user_group.c.id).where(user_group.c.key == key))
    if group_id is None:
        raise NotFound.because("identity.group.unknown", group=key)
    rows = connection.execute(sa.select(group_member).where(group_member.c.group_id == group_id))
    return tuple(Member(row.user_id, row.weight, row.capacity) for row in rows)
