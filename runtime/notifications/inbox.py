"""What a person was told: the list behind the bell, and marking it read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from runtime.notifications.tables import notification

COUNTED: Final = 100
"""Unread ones are counted no further: the bell shows 99+."""
KEPT_FOR: Final = timedelta(days=180)
_COLUMNS: Final = tuple(
    notification.c[name]
    for name in ("id", "kind", "title", "body", "link", "form", "record", "created_at", "read_at")
)


@dataclass(frozen=True, slots=True)
class Told:
    """One notification, as it was written for its reader."""

    id: int
    kind: str
    title: str
    body: str
    link: str
    form: str | None
    record: int | None
    created_at: datetime
    read_at: datetime | None


def list_told(
    conn: sa.Connection, user: int, *, unread: bool, limit: int, before: int | None = None
) -> tuple[Told, ...]:
    """The newest first; `before` is the id of the last one of the page before. One statement."""
    statement = sa.select(*_COLUMNS).where(notification.c.user_id == user)
    if unread:
        statement = statement.where(notification.c.read_at.is_(None))
    if before is not None:
        statement = statement.where(notification.c.id < before)
    rows = conn.execute(statement.order_by(notification.c.id.desc()).limit(limit))
    return tuple(Told(*row) for row in rows)


def count_unread(conn: sa.Connection, user: int) -> int:
    """At most `COUNTED`; one statement."""
    some = sa.select(notification.c.id).where(*_new(user)).limit(COUNTED).subquery()
    return int(conn.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())


def mark_read(conn: sa.Connection, user: int, ids: Collection[int] | None, now: datetime) -> None:
    """Her own only; all of them if `ids` is None. One statement."""
    chosen: list[sa.ColumnElement[Any]] = [] if ids is None else [notification.c.id.in_(set(ids))]
    conn.execute(sa.update(notification).where(*_new(user), *chosen).values(read_at=now))


def settle(conn: sa.Connection, settled: Collection[tuple[str, str]], now: datetime) -> None:
    """Mark read, for everybody, what the (source, occurrence)s sent; one statement per source."""
    c = notification.c
    for source in dict.fromkeys(source for source, _ in settled):
        which = {occurrence for one, occurrence in settled if one == source}
        mine = (c.source == source, c.occurrence.in_(which), c.read_at.is_(None))
        conn.execute(sa.update(notification).where(*mine).values(read_at=now))


def forget_old_notifications(conn: sa.Connection, now: datetime) -> None:
    conn.execute(sa.delete(notification).where(notification.c.created_at < now - KEPT_FOR))


def _new(user: int) -> tuple[sa.ColumnElement[bool], ...]:
    return notification.c.user_id == user, notification.c.read_at.is_(None)
