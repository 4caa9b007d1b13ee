"""The people of sample data: departments, users with their roles, and the actors they become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.apps.sample import SampleData, SampleDepartment, SampleUser
from engine.problems import DefinitionError, Problem
from runtime.catalog.metadata import Metadata
from runtime.http.actor import Actor
from runtime.http.errors import Conflict
from runtime.identity.departments import create_department, set_heads
from runtime.identity.people import NewUser, create_user
from runtime.identity.roles import give_roles


@dataclass(frozen=True, slots=True)
class SamplePeople:
    """By login; an actor has the rights that her roles give, as if she had signed in."""

    actors: Mapping[str, Actor]
    departments: Mapping[str, int]


def create_people(
    conn: sa.Connection, metadata: Metadata, actor: Actor, sample: SampleData, now: datetime
) -> SamplePeople:
    """Departments, users, roles and heads. Raises DefinitionError if a login is taken."""
    departments: dict[str, int] = {}
    for department in _from_the_top(sample.departments):
        above = departments[department.above] if department.above is not None else None
        departments[department.key] = create_department(conn, actor, department.name, now=now, parent=above)
    users = {user.login: _create(conn, actor, user, departments, now) for user in sample.users}
    for department in sample.departments:
        set_heads(conn, departments[department.key], [users[login] for login in department.heads])
    actors = {
        user.login: _actor(user, users[user.login], sample.departments, departments, metadata)
        for user in sample.users
    }
    return SamplePeople(actors, departments)


def _create(
    conn: sa.Connection, actor: Actor, user: SampleUser, departments: Mapping[str, int], now: datetime
) -> int:
    department = departments[user.department]
    new = NewUser(
        user.login,
        user.name,
        language=user.language,
        main_department=department,
        departments=(department,),
    )
    try:
        identity = create_user(conn, actor, new, now)
    except Conflict as error:
        problem = Problem("solutions.sample.exists", params={"name": user.login})
        raise DefinitionError([problem, *error.problems]) from error
    give_roles(conn, actor, ("user", identity), user.roles, now)
    return identity


def _from_the_top(departments: Sequence[SampleDepartment]) -> list[SampleDepartment]:
    """Each department behind the one above it."""
    ordered: list[SampleDepartment] = []
    while len(ordered) < len(departments):
        known = {None, *(one.key for one in ordered)}
        ready = [one for one in departments if one.above in known and one not in ordered]
        if not ready:
            names = [one.key for one in departments if one not in ordered]
            raise DefinitionError([Problem("apps.sample.circle", params={"ref": ", ".join(names)})])
        ordered += ready
    return ordered


def _actor(
    user: SampleUser,
    identity: int,
    sample: Sequence[SampleDepartment],
    departments: Mapping[str, int],
    metadata: Metadata,
) -> Actor:
    below = {user.department}
    while more := {one.key for one in sample if one.above in below} - below:
        below |= more
    roles = [metadata.roles[role] for role in user.roles if role in metadata.roles]
    return Actor(
        id=identity,
        name=user.name,
        login=user.login,
        language=user.language,
        roles=frozenset(user.roles),
        departments=(departments[user.department],),
        department_tree=tuple(sorted(departments[key] for key in below)),
        main_department=departments[user.department],
        rights=frozenset(right for role in roles for right in role.rights),
    )
