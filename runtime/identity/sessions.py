"""Sessions: rows that a browser's cookie points to, so that ending one takes effect at the next request."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.identity.tables import session
from runtime.identity.tokens import hash_token, new_token

IDLE: Final = timedelta(hours=8)
LONGEST: Final = timedelta(days=7)
_SEEN_EVERY: Final = timedelta(minutes=10)


def start_session(connection: Connection, user_id: int, *, address: str, agent: str, now: datetime) -> str:
    """A new session; returns the token for the cookie, which is not stored."""
    token = new_token()
    connection.execute(
        sa.insert(session).values(
            token_hash=hash_token(token),
            user_id=user_id,
            created_at=now,
            seen_at=now,
            address=address[:45],
            agent=agent[:200],
        )
    )
    return token


def end_session(connection: Connection, token: str) -> None:
    connection.execute(sa.delete(session).where(session.c.token_hash == hash_token(token)))


def end_sessions_of(connection: Connection, user_id: int, *, but: str = "") -> None:
    """Sign a person out everywhere; `but` is the token of a session that stays."""
    mine = session.c.user_id == user_id
    connection.execute(sa.delete(session).where(mine, session.c.token_hash != hash_token(but)))


def is_due_to_be_seen(seen_at: datetime, now: datetime) -> bool:
    """Whether its idle time should be counted anew; at every request that would be a write each."""
    return now - seen_at >= _SEEN_EVERY


def mark_seen(connection: Connection, token: str, now: datetime) -> None:
    statement = sa.update(session).where(session.c.token_hash == hash_token(token))
    connection.execute(statement.values(seen_at=now))


def forget_ended_sessions(connection: Connection, now: datetime) -> None:
    ended = (session.c.seen_at < now - IDLE) | (session.c.created_at < now - LONGEST)
    connection.execute(sa.delete(session).where(ended))
