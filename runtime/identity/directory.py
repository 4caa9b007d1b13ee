"""Questions about people that other rooms ask: names, managers, heads, holders of a role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.http.actor import SYSTEM
from runtime.http.errors import NotFound
from runtime.identity import lookups
from runtime.identity import tables as t

_WORKING: Final = t.user_account.c.state != "deactivated"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as other people see her.

    department   name of the main department
    manager_id   as in `Actor`
    roles        keys she holds herself, by a group or by a department
    """

    id: int
    login: str
    name: str
    email: str | None
    phone: str | None
    post: str
    kind: str
    state: str
    language: str
    zone: str | None
    main_department: int | None
    department: str | None
    departments: tuple[int, ...]
    manager_id: int | None
    roles: tuple[str, ...]


def find_person(connection: Connection, user_id: int) -> Person:
    """Raises NotFound."""
    row = connection.execute(_people().where(t.user_account.c.id == user_id)).one_or_none()
    if row is None:
        raise NotFound.because("identity.user.unknown", user=user_id)
    return _person(row)


def list_people(
    connection: Connection, *, search: str = "", limit: int = 50, with_deactivated: bool = False
) -> tuple[Person, ...]:
    """By name; `search` looks in name, login, e-mail and phone."""
    c = t.user_account.c
    statement = _people().order_by(c.name, c.id).limit(limit)
    if not with_deactivated:
        statement = statement.where(_WORKING)
    if search:
        columns = (c.name, c.login, c.email, c.phone)
        statement = statement.where(sa.or_(*(col.icontains(search, autoescape=True) for col in columns)))
    return tuple(_person(row) for row in connection.execute(statement))


def names_of(connection: Connection, users: Collection[int]) -> Mapping[int, str]:
    """Names to show, deactivated people included; the system is named too."""
    c = t.user_account.c
    rows = connection.execute(sa.select(c.id, c.name).where(c.id.in_(set(users)))) if users else ()
    return {SYSTEM.id: SYSTEM.name, **{row.id: row.name for row in rows}}


def names_of_departments(connection: Connection, departments: Collection[int]) -> Mapping[int, str]:
    c = t.department.c
    rows = (
        connection.execute(sa.select(c.id, c.name).where(c.id.in_(set(departments)))) if departments else ()
    )
    return {row.id: row.name for row in rows}


def addresses_of(connection: Connection, users: Collection[int]) -> Mapping[int, str]:
    """E-mail addresses by user; who has none is missing."""
    c = t.user_account.c
    known = sa.select(c.id, c.email).where(c.id.in_(set(users)), c.email.is_not(None))
    return {row.id: row.email for row in connection.execute(known)} if users else {}


def manager_of(connection: Connection, user_id: int, level: int = 1) -> int | None:
    """The manager `level` steps up; None where nobody stands there, or where the chain closes on itself."""
    seen, person = {user_id}, user_id
    for _ in range(level):
        statement = sa.select(lookups.manager_of_row(t.user_account)).where(t.user_account.c.id == person)
        above = connection.scalar(statement)
        if above is None or above in seen:
            return None
        seen.add(above)
        person = above
    return person


def heads_of(connection: Connection, department_id: int) -> tuple[int, ...]:
    """Its heads who work here, in order; those of the next level up if it has none."""
    below, above, head = t.department.alias("below"), t.department.alias("above"), t.department_head
    statement = (
        sa.select(head.c.user_id, above.c.id)
        .select_from(below)
        .join(above, lookups.is_below(below.c.path, above.c.path))
        .join(head, head.c.department_id == above.c.id)
        .join(t.user_account, t.user_account.c.id == head.c.user_id)
        .where(below.c.id == department_id, _WORKING)
        .order_by(sa.func.length(above.c.path).desc(), head.c.position, head.c.user_id)
    )
    rows = connection.execute(statement).all()
    return tuple(user for user, level in rows if level == rows[0][1])


def users_with_role(connection: Connection, role: str) -> tuple[int, ...]:
    """Everybody who works here and holds the role."""
    c = t.user_account.c
    held = sa.exists().where(t.role_assignment.c.role == role, lookups.holds_role(c.id))
    return tuple(connection.execute(sa.select(c.id).where(held, _WORKING).order_by(c.id)).scalars())


def members_of(connection: Connection, department_id: int) -> tuple[int, ...]:
    """Everybody who works in the department or below it."""
    top, below = t.department.alias("top"), t.department.alias("below")
    statement = (
        sa.select(t.user_account.c.id)
        .distinct()
        .join(t.membership, t.membership.c.user_id == t.user_account.c.id)
        .join(below, below.c.id == t.membership.c.department_id)
        .join(top, lookups.is_below(below.c.path, top.c.path))
        .where(top.c.id == department_id, _WORKING)
        .order_by(t.user_account.c.id)
    )
    return tuple(connection.execute(statement).scalars())


def is_empty(connection: Connection) -> bool:
    """Whether nobody exists yet: the set-up is still to be done."""
    return connection.execute(sa.select(t.user_account.c.id).limit(1)).first() is None


def _people() -> sa.Select[Any]:
    user, main = t.user_account, t.department.alias("main_department")
    return sa.select(
        *(user.c[name] for name in _OWN),
        user.c.main_department_id,
        main.c.name.label("department"),
        lookups.departments_of(user.c.id).label("departments"),
        lookups.manager_of_row(user).label("manager"),
        lookups.roles_of(user.c.id).label("roles"),
    ).outerjoin_from(user, main, main.c.id == user.c.main_department_id)


_OWN: Final = ("id", "login", "name", "email", "phone", "post", "kind", "state", "language", "zone")


def _person(row: sa.Row[Any]) -> Person:
    own = {name: getattr(row, name) for name in _OWN}
    return Person(
        **own,
        main_department=row.main_department_id,
        department=row.department,
        departments=tuple(sorted(int(part) for part in (row.departments or "").split(",") if part)),
        manager_id=row.manager,
        roles=tuple(sorted({part for part in (row.roles or "").split(",") if part})),
    )
