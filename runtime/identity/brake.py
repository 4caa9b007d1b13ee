"""Slowing down whoever guesses passwords, without locking out whoever owns the account.

An attempt counts before the password is looked at, so that parallel guesses count too; being right takes it
back. Three things are slowed: one address trying one account, one address trying many, and one account tried
from everywhere. The last never waits longer than half a minute, and a browser that signed in to the account
before (it keeps a signed device cookie) is slowed by its own failures only, so that an attacker cannot keep
the owner out.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.problems import Problem
from runtime.db.insert import insert_into
from runtime.db.workspace import Workspace
from runtime.http.errors import TooMany
from runtime.identity.tables import sign_in_brake
from runtime.identity.tokens import hash_token, new_token

_FORGOTTEN_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Brake:
    """One subject that is slowed: after `free` failures each one doubles the wait, up to `longest_s`."""

    subject: str
    free: int
    longest_s: int

    def wait_after(self, failures: int) -> timedelta:
        over = failures - self.free
        return timedelta(seconds=min(2**over, self.longest_s) if over > 0 else 0)


def brakes_for(login: str, address: str, device: str | None) -> tuple[Brake, ...]:
    """What an attempt is counted against. `device` names a browser that knows this account."""
    account = hash_token(login)[:32]
    if device:
        return (Brake(f"device:{account}:{device}", 5, 900),)
    return (
        Brake(f"pair:{account}:{address}", 5, 900),
        Brake(f"address:{address}", 30, 900),
        Brake(f"account:{account}", 20, 30),
    )


def count_attempt(connection: Connection, brakes: Sequence[Brake], now: datetime) -> None:
    """Count one more attempt. Raises TooMany, and counts nothing, while one of the brakes holds."""
    failures = {brake.subject: _failures(connection, brake, now) for brake in brakes}
    for brake in brakes:
        count = failures[brake.subject] + 1
        values = {"failures": count, "free_at": now + brake.wait_after(count)}
        statement = insert_into(connection, sign_in_brake).values(subject=brake.subject, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["subject"], set_=values))


def _failures(connection: Connection, brake: Brake, now: datetime) -> int:
    t = sign_in_brake.c
    statement = sa.select(t.failures, t.free_at).where(t.subject == brake.subject).with_for_update()
    row = connection.execute(statement).one_or_none()
    if row is None or row.free_at < now - _FORGOTTEN_AFTER:
        return 0
    if row.free_at > now:
        wait_s = ceil((row.free_at - now).total_seconds())
        error = TooMany([Problem("identity.sign-in.wait", "/user", {"seconds": wait_s})])
        error.retry_after_s = wait_s
        raise error
    return int(row.failures)


def take_back(connection: Connection, brakes: Sequence[Brake], now: datetime) -> None:
    """The password was right: the account is free again, the address loses the attempt that was counted."""
    for brake in brakes:
        mine = sign_in_brake.c.subject == brake.subject
        if brake.subject.startswith("address:"):
            fewer = {"failures": sign_in_brake.c.failures - 1, "free_at": now}
            connection.execute(sa.update(sign_in_brake).where(mine).values(**fewer))
        else:
            connection.execute(sa.delete(sign_in_brake).where(mine))


def release_account(connection: Connection, login: str) -> None:
    """Lift all brakes on one account, after an administrator set a new password."""
    account = hash_token(login)[:32]
    subject = sign_in_brake.c.subject
    connection.execute(sa.delete(sign_in_brake).where(subject.contains(f":{account}", autoescape=True)))


def forget_old_brakes(connection: Connection, now: datetime) -> None:
    connection.execute(sa.delete(sign_in_brake).where(sign_in_brake.c.free_at < now - _FORGOTTEN_AFTER))


def new_device(workspace: Workspace, login: str) -> str:
    """Cookie for a browser that has just signed in to this account."""
    name = new_token()[:16]
    return f"{name}.{_signature(workspace, login, name)}"


def known_device(workspace: Workspace, login: str, cookie: str) -> str | None:
    """The device's name, if the cookie was given for this account."""
    name, _, signature = cookie.partition(".")
    good = hmac.compare_digest(signature.encode(), _signature(workspace, login, name).encode())
    return name if good else None


def _signature(workspace: Workspace, login: str, name: str) -> str:
    return workspace.sign("device", f"{login}|{name}".encode()).hex()
