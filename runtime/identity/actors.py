"""From a row of `user_account` to the actor she is, for requests and for work that runs on her behalf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.db.prepared import Prepared
from runtime.http.actor import SYSTEM, Actor
from runtime.http.errors import NotFound
from runtime.identity import lookups
from runtime.identity.tables import user_account

NO_RIGHTS: frozenset[str] = frozenset()


def actor_columns(user: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    """What `read_actor` needs of a person, ready for a larger statement."""
    return [
        *(user.c[name] for name in ("id", "name", "login", "language", "zone", "main_department_id")),
        lookups.manager_of_row(user).label("manager_id"),
        lookups.roles_of(user.c.id).label("roles"),
        lookups.departments_of(user.c.id).label("departments"),
        lookups.department_tree_of(user.c.id).label("department_tree"),
    ]


def read_actor(row: Mapping[str, Any], rights: frozenset[str] = NO_RIGHTS) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        login=row["login"],
        language=row["language"],
        zone=row["zone"] or "",
        roles=roles_in(row),
        departments=_ids(row["departments"]),
        department_tree=_ids(row["department_tree"]),
        main_department=row["main_department_id"],
        manager_id=row["manager_id"],
        rights=rights,
    )


def roles_in(row: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(split(row["roles"]))


def find_actor(connection: Connection, user_id: int) -> Actor:
    """Somebody on whose behalf a job or a flow works; without rights besides forms. Raises NotFound."""
    if user_id == SYSTEM.id:
        return SYSTEM
    row = _BY_ID.mapping(connection, {"user_id": user_id})
    if row is None:
        raise NotFound.because("identity.user.unknown", user=user_id)
    return read_actor(row)


_BY_ID: Final = Prepared(
    sa.select(*actor_columns(user_account)).where(user_account.c.id == sa.bindparam("user_id"))
)


def split(text: str | None) -> list[str]:
    """The parts of what `lookups.joined` put together."""
    return text.split(",") if text else []


def _ids(text: str | None) -> tuple[int, ...]:
    return tuple(sorted({int(part) for part in split(text)}))
