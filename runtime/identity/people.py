"""People: create, change, deactivate, give a password. Never delete: records and logs name them for ever."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from engine.problems import InputError, Problem
from runtime.audit.log import record_audit
from runtime.http.actor import Actor
from runtime.http.errors import Conflict, NotFound
from runtime.identity import brake
from runtime.identity.passwords import hash_password
from runtime.identity.roles import keeping_an_administrator
from runtime.identity.sessions import end_sessions_of
from runtime.identity.tables import department, membership, user_account

State = Literal["active", "absent", "deactivated"]
_UNIQUE: Final = ("login", "email", "phone", "external_id")


def fold(name: str) -> str:
    """The form in which logins and addresses are compared: one spelling for case and full width."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to create. Without `password` she cannot sign in until a link lets her choose one."""

    login: str
    name: str
    email: str | None = None
    phone: str | None = None
    post: str = ""
    kind: Literal["internal", "external"] = "internal"
    language: str = "zh-CN"
    zone: str | None = None
    main_department: int | None = None
    departments: tuple[int, ...] = ()
    manager_id: int | None = None
    external_id: str | None = None
    password: str | None = field(default=None, repr=False)


def create_user(connection: Connection, actor: Actor, user: NewUser, now: datetime) -> int:
    """Returns the id. Raises InputError, or Conflict naming each of login, e-mail and phone that is taken."""
    values = _stored({item.name: getattr(user, item.name) for item in fields(NewUser)})
    _check(connection, values)
    password = values.pop("password")
    departments = values.pop("departments")
    if password is not None:
        values["password_hash"] = hash_password(password, user.login, user.name)
    statement = sa.insert(user_account).values(**values, state="active", created_at=now, updated_at=now)
    try:
        with connection.begin_nested():
            user_id = int(connection.execute(statement.returning(user_account.c.id)).scalar_one())
    except IntegrityError as error:
        raise _taken(connection, values) from error
    _set_departments(connection, user_id, departments, values.get("main_department_id"))
    record_audit(
        connection, actor, "user.create", f"user/{user_id}", at=now, detail={"login": values["login"]}
    )
    return user_id


def update_user(
    connection: Connection, actor: Actor, user_id: int, changes: Mapping[str, Any], now: datetime
) -> None:
    """Change what `changes` names: fields of NewUser except `password`, `state`, absence and deputy.

    Deactivating ends her sessions in the same transaction.
    Raises NotFound, InputError, or Conflict if something is taken or the last administrator would go.
    """
    values = _stored(changes)
    _check(connection, values)
    departments = values.pop("departments", None)
    mine = user_account.c.id == user_id
    try:
        with keeping_an_administrator(connection), connection.begin_nested():
            statement = sa.update(user_account).where(mine).values(**values, updated_at=now)
            found = connection.execute(statement).rowcount
    except IntegrityError as error:
        raise _taken(connection, values) from error
    if not found:
        raise NotFound.because("identity.user.unknown", user=user_id)
    if departments is not None or values.get("main_department_id"):
        kept = departments if departments is not None else _departments_of(connection, user_id)
        _set_departments(connection, user_id, kept, values.get("main_department_id"))
    if values.get("state") == "deactivated":
        end_sessions_of(connection, user_id)
    record_audit(
        connection, actor, "user.update", f"user/{user_id}", at=now, detail={"fields": sorted(changes)}
    )


def set_password(connection: Connection, actor: Actor, user_id: int, password: str, now: datetime) -> None:
    """Store a new password, end all her sessions and lift the brakes on her account.

    Raises InputError if the password is too weak, NotFound.
    """
    t = user_account.c
    row = connection.execute(sa.select(t.login, t.name).where(t.id == user_id)).one_or_none()
    if row is None:
        raise NotFound.because("identity.user.unknown", user=user_id)
    hashed = hash_password(password, row.login, row.name)
    connection.execute(sa.update(user_account).where(t.id == user_id).values(password_hash=hashed))
    end_sessions_of(connection, user_id)
    brake.release_account(connection, row.login)
    record_audit(connection, actor, "user.set-password", f"user/{user_id}", at=now)


def _stored(given: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(given)
    for name in ("login", "email"):
        if values.get(name):
            values[name] = fold(values[name])
    for name in ("email", "phone", "external_id", "zone"):
        if name in values:
            values[name] = values[name] or None
    if "main_department" in values:
        values["main_department_id"] = values.pop("main_department")
    return values


def _check(connection: Connection, values: Mapping[str, Any]) -> None:
    problems = [
        Problem("identity.user.blank", f"/{name}", {"name": name})
        for name in ("login", "name")
        if name in values and not str(values[name]).strip()
    ]
    zone = values.get("zone")
    if zone and not _is_zone(zone):
        problems.append(Problem("identity.zone.unknown", "/zone", {"zone": zone}))
    wanted = {*(values.get("departments") or ()), values.get("main_department_id")} - {None}
    problems += _missing(connection, department, wanted, "identity.department.unknown", "department")
    people = {values.get("manager_id"), values.get("deputy_id")} - {None}
    problems += _missing(connection, user_account, people, "identity.user.unknown", "user")
    if problems:
        raise InputError(problems)


def _missing(
    connection: Connection, table: sa.Table, wanted: set[Any], code: str, what: str
) -> list[Problem]:
    if not wanted:
        return []
    found = set(connection.execute(sa.select(table.c.id).where(table.c.id.in_(wanted))).scalars())
    return [Problem(code, params={what: number}) for number in sorted(wanted - found)]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _taken(connection: Connection, values: Mapping[str, Any]) -> Conflict:
    problems = []
    for name in _UNIQUE:
        column = user_account.c[name]
        if values.get(name):
            by = connection.execute(sa.select(user_account.c.name).where(column == values[name])).scalar()
            params = {"field": name, "value": values[name], "by": by}
            problems += [Problem("identity.user.taken", f"/{name}", params)] if by else []
    return Conflict(problems)


def _departments_of(connection: Connection, user_id: int) -> tuple[int, ...]:
    statement = sa.select(membership.c.department_id).where(membership.c.user_id == user_id)
    return tuple(connection.execute(statement).scalars())


def _set_departments(
    connection: Connection, user_id: int, departments: Iterable[int], main: int | None
) -> None:
    connection.execute(sa.delete(membership).where(membership.c.user_id == user_id))
    if main is None:
        mine = sa.select(user_account.c.main_department_id).where(user_account.c.id == user_id)
        main = connection.execute(mine).scalar()
    rows = [{"user_id": user_id, "department_id": number} for number in sorted({*departments, main} - {None})]  # type: ignore[type-var]
    if rows:
        connection.execute(sa.insert(membership), rows)
