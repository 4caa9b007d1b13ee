"""The person on whose behalf background work runs, as she is at this moment."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.catalog.metadata import Metadata
from runtime.http.actor import SYSTEM, Actor
from runtime.http.errors import Forbidden
from runtime.identity.departments import list_departments
from runtime.identity.directory import find_person
from runtime.identity.roles import ADMIN, ALL_RIGHTS


def find_actor(conn: sa.Connection, metadata: Metadata, user: int) -> Actor:
    """With the roles, departments and rights she has now. Raises NotFound, or Forbidden if deactivated."""
    if user == SYSTEM.id:
        return SYSTEM
    person = find_person(conn, user)
    if person.state == "deactivated":
        raise Forbidden.because("imports.actor.deactivated")
    departments = list_departments(conn)
    mine = [one.path for one in departments if one.id in person.departments]
    below = [one.id for one in departments if one.path.startswith(tuple(mine))]
    return Actor(
        id=person.id,
        name=person.name,
        login=person.login,
        language=person.language,
        zone=person.zone or "",
        roles=frozenset(person.roles),
        departments=tuple(person.departments),
        department_tree=tuple(sorted(below)),
        main_department=person.main_department,
        manager_id=person.manager_id,
        rights=rights_of(metadata, frozenset(person.roles)),
    )


def rights_of(metadata: Metadata, roles: frozenset[str]) -> frozenset[str]:
    """What these roles open besides forms."""
    if ADMIN in roles:
        return ALL_RIGHTS
    known = [metadata.roles[role] for role in roles if role in metadata.roles]
    return frozenset(right for role in known for right in role.rights)
