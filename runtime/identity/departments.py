"""The tree of departments, with its heads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.problems import InputError, Problem
from runtime.audit.log import record_audit
from runtime.http.actor import Actor
from runtime.http.errors import Conflict, NotFound
from runtime.identity import tables as t


@dataclass(frozen=True, slots=True)
class Department:
    """One department; `heads` are ids of people, the first one leads."""

    id: int
    name: str
    parent: int | None
    path: str
    heads: tuple[int, ...]


def list_departments(connection: Connection) -> tuple[Department, ...]:
    """All of them, each after its parent."""
    heads: dict[int, list[int]] = {}
    head = t.department_head.c
    statement = sa.select(head.department_id, head.user_id).order_by(head.position, head.user_id)
    for row in connection.execute(statement):
        heads.setdefault(row.department_id, []).append(row.user_id)
    c = t.department.c
    rows = connection.execute(sa.select(t.department).order_by(sa.func.length(c.path), c.position, c.id))
    return tuple(Department(r.id, r.name, r.parent_id, r.path, tuple(heads.get(r.id, ()))) for r in rows)


def create_department(
    connection: Connection,
    actor: Actor,
    name: str,
    *,
    now: datetime,
    parent: int | None = None,
    heads: Iterable[int] = (),
    external_id: str | None = None,
) -> int:
    """Returns the id. Raises InputError for an unknown parent or head."""
    above = "/" if parent is None else _row(connection, parent, "/parent").path
    values = {"name": name, "parent_id": parent, "path": "", "position": 0, "external_id": external_id}
    statement = sa.insert(t.department).values(**values).returning(t.department.c.id)
    department_id = int(connection.execute(statement).scalar_one())
    connection.execute(
        sa.update(t.department)
        .where(t.department.c.id == department_id)
        .values(path=f"{above}{department_id}/", position=department_id)
    )
    set_heads(connection, department_id, heads)
    record_audit(
        connection, actor, "department.create", f"department/{department_id}", at=now, detail={"name": name}
    )
    return department_id


def rename_department(
    connection: Connection, actor: Actor, department_id: int, name: str, now: datetime
) -> None:
    _row(connection, department_id)
    connection.execute(sa.update(t.department).where(t.department.c.id == department_id).values(name=name))
    record_audit(
        connection, actor, "department.rename", f"department/{department_id}", at=now, detail={"name": name}
    )


def move_department(
    connection: Connection, actor: Actor, department_id: int, parent: int | None, now: datetime
) -> None:
    """Hang it, with everything below it, under another one. Raises Conflict if that lies below itself."""
    moved = _row(connection, department_id)
    above = "/" if parent is None else _row(connection, parent, "/parent").path
    if above.startswith(moved.path):
        raise Conflict.because("identity.department.below-itself", "/parent", name=moved.name)
    path = t.department.c.path
    rest = sa.func.substr(path, len(moved.path) + 1)
    below = sa.func.substr(path, 1, len(moved.path)) == moved.path
    new_path = sa.literal(f"{above}{department_id}/") + rest
    connection.execute(sa.update(t.department).where(below).values(path=new_path))
    connection.execute(
        sa.update(t.department).where(t.department.c.id == department_id).values(parent_id=parent)
    )
    record_audit(
        connection, actor, "department.move", f"department/{department_id}", at=now, detail={"parent": parent}
    )


def set_heads(connection: Connection, department_id: int, heads: Iterable[int]) -> None:
    """Let it be led by exactly these people, in this order. Raises InputError for an unknown one."""
    wanted = tuple(dict.fromkeys(heads))
    known = set(
        connection.execute(sa.select(t.user_account.c.id).where(t.user_account.c.id.in_(wanted))).scalars()
    )
    problems = [
        Problem("identity.user.unknown", "/heads", {"user": head}) for head in wanted if head not in known
    ]
    if problems:
        raise InputError(problems)
    connection.execute(sa.delete(t.department_head).where(t.department_head.c.department_id == department_id))
    rows = [
        {"department_id": department_id, "user_id": head, "position": number}
        for number, head in enumerate(wanted)
    ]
    if rows:
        connection.execute(sa.insert(t.department_head), rows)


def delete_department(connection: Connection, actor: Actor, department_id: int, now: datetime) -> None:
    """Raises Conflict while somebody belongs to it or another one hangs under it."""
    row = _row(connection, department_id)
    count = sa.select(sa.func.count())
    people = connection.scalar(count.where(t.membership.c.department_id == department_id))
    below = connection.scalar(count.where(t.department.c.parent_id == department_id))
    if people or below:
        raise Conflict.because("identity.department.not-empty", name=row.name, people=people, below=below)
    set_heads(connection, department_id, ())
    connection.execute(sa.delete(t.department).where(t.department.c.id == department_id))
    record_audit(
        connection,
        actor,
        "department.delete",
        f"department/{department_id}",
        at=now,
        detail={"name": row.name},
    )


def _row(connection: Connection, department_id: int, at: str = "") -> Row[Any, Any, Any]:
    c = t.department.c
    found = connection.execute(sa.select(c.id, c.name, c.path).where(c.id == department_id)).one_or_none()
    if found is None and at:
        raise InputError([Problem("identity.department.unknown", at, {"department": department_id})])
    if found is None:
        raise NotFound.because("identity.department.unknown", department=department_id)
    return found
