"""Signing in: brakes, password, session; and the demo's way in, which exists on loopback only."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.db.workspace import Workspace
from runtime.http.errors import NotFound, Unauthenticated
from runtime.identity import brake
from runtime.identity.passwords import hash_password, needs_rehash, verify_password
from runtime.identity.people import fold
from runtime.identity.sessions import start_session
from runtime.identity.tables import user_account


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where an attempt comes from; `device` is the cookie of an earlier sign-in."""

    address: str
    agent: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Tokens for the browser's cookies."""

    user_id: int
    session: str
    device: str


@dataclass(frozen=True, slots=True)
class _Found:
    id: int | None
    login: str
    password_hash: str | None


def sign_in(workspace: Workspace, user: str, password: str, visitor: Visitor) -> SignedIn:
    """Start a session for whoever knows the password of `user` (login, e-mail or phone).

    The answer for an unknown account and for a wrong password is the same, and takes the same time.
    Raises TooMany while a brake holds, Unauthenticated if the pair is wrong, InputError above 1,024 bytes.
    """
    now, name = workspace.now(), fold(user)[:254]
    found = _find(workspace, name)
    device = brake.known_device(workspace, found.login, visitor.device)
    brakes = brake.brakes_for(found.login, visitor.address, device)
    workspace.database.write(lambda connection: brake.count_attempt(connection, brakes, now))
    if not verify_password(password, found.password_hash) or found.id is None:
        raise Unauthenticated.because("identity.sign-in.wrong", "/user")
    user_id = found.id
    fresh = hash_password(password) if needs_rehash(found.password_hash or "") else None

    def let_in(connection: Connection) -> str:
        brake.take_back(connection, brakes, now)
        if fresh:
            mine = user_account.c.id == user_id
            connection.execute(sa.update(user_account).where(mine).values(password_hash=fresh))
        return start_session(connection, user_id, address=visitor.address, agent=visitor.agent, now=now)

    token = workspace.database.write(let_in)
    return SignedIn(user_id, token, brake.new_device(workspace, found.login))


def sign_in_for_demo(workspace: Workspace, login: str, visitor: Visitor) -> SignedIn:
    """Start a session without a password. The caller has made sure that this is a demo, on loopback."""
    found = _find(workspace, fold(login))
    if found.id is None:
        raise NotFound.because("identity.user.unknown", "/login", user=login)
    user_id, now = found.id, workspace.now()
    token = workspace.database.write(
        lambda connection: start_session(
            connection, user_id, address=visitor.address, agent=visitor.agent, now=now
        )
    )
    return SignedIn(user_id, token, brake.new_device(workspace, found.login))


def _find(workspace: Workspace, name: str) -> _Found:
    t = user_account.c
    statement = (
        sa.select(t.id, t.login, t.password_hash)
        .where(sa.or_(t.login == name, t.email == name, t.phone == name), t.state != "deactivated")
        .order_by(sa.case((t.login == name, 0), else_=1), t.id)
        .limit(1)
    )
    with workspace.database.read() as connection:
        row = connection.execute(statement).one_or_none()
    return _Found(None, name, None) if row is None else _Found(row.id, row.login, row.password_hash)
