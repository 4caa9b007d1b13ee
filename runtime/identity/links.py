"""One-time links: the first administrator's set-up, and choosing a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.http.errors import NotFound
from runtime.identity.tables import one_time_link
from runtime.identity.tokens import hash_token, new_token

VALID_FOR: Final = timedelta(hours=24)
Purpose = Literal["setup", "password"]


@dataclass(frozen=True, slots=True)
class Link:
    """What a valid link is for; `user_id` is None for the set-up, which makes the person."""

    purpose: Purpose
    user_id: int | None


def make_link(connection: Connection, purpose: Purpose, user_id: int | None, now: datetime) -> str:
    """The token for the address `/setup/<token>`; earlier unused links for the same thing end."""
    t = one_time_link
    same = (t.c.purpose == purpose) & t.c.user_id.is_not_distinct_from(user_id)
    connection.execute(sa.delete(t).where(same, t.c.used_at.is_(None)))
    token = new_token()
    values = {"token_hash": hash_token(token), "purpose": purpose, "user_id": user_id}
    connection.execute(sa.insert(t).values(**values, expires_at=now + VALID_FOR))
    return token


def find_link(connection: Connection, token: str, now: datetime) -> Link:
    """What the link is for. Raises NotFound if it is unknown, used or past its day."""
    t = one_time_link.c
    valid = (t.token_hash == hash_token(token)) & t.used_at.is_(None) & (t.expires_at > now)
    row = connection.execute(sa.select(t.purpose, t.user_id).where(valid)).one_or_none()
    if row is None:
        raise NotFound.because("identity.link.invalid")
    return Link(row.purpose, row.user_id)


def use_link(connection: Connection, token: str, now: datetime) -> Link:
    """As `find_link`, and nobody can use it again once this transaction is committed."""
    link = find_link(connection, token, now)
    unused = (one_time_link.c.token_hash == hash_token(token)) & one_time_link.c.used_at.is_(None)
    if connection.execute(sa.update(one_time_link).where(unused).values(used_at=now)).rowcount != 1:
        raise NotFound.because("identity.link.invalid")
    return link
