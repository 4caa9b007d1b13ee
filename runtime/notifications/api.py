"""HTTP of notifications: the bell, marking read, and how she wants to be told."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.guard import SIGNED_IN
from runtime.notifications import schemas
from runtime.notifications.inbox import Told, count_unread, list_told, mark_read
from runtime.notifications.model import NoticeKind
from runtime.notifications.preferences import (
    DEFAULT,
    Choice,
    Preferences,
    Quiet,
    read_preferences,
    write_preferences,
)

_CURSOR = "notifications"


class NotificationsApi:
    """Everybody sees her own, and nobody another's."""

    @endpoint(
        "GET",
        "/notifications",
        guard=SIGNED_IN,
        summary="What I was told, the newest first, and how much of it is new",
        query=schemas.LIST,
        response=schemas.NOTIFICATIONS,
    )
    def list_mine(self, call: Call) -> object:
        user, limit, unread = call.actor.id, int(str(call.args["limit"])), bool(call.args["unread"])
        given = call.args.get("cursor")
        of = f"{_CURSOR}/{user}/{unread}"
        before = None if given is None else int(str(call.read_cursor(str(given), of=of)))
        with call.read() as conn:
            told = list_told(conn, user, unread=unread, limit=limit + 1, before=before)
            new = count_unread(conn, user)
        items = told[:limit]
        more = call.write_cursor(items[-1].id, of=of) if len(told) > limit else None
        return {"items": [_json(one) for one in items], "next": more, "unread": new}

    @endpoint(
        "POST",
        "/notifications/read",
        guard=SIGNED_IN,
        summary="Mark notifications read; without ids all of them",
        body=schemas.READ,
        response=schemas.UNREAD,
    )
    def read(self, call: Call) -> object:
        user, ids, now = call.actor.id, call.fields.get("ids"), call.now

        def work(conn: sa.Connection) -> object:
            mark_read(conn, user, ids, now)
            return {"unread": count_unread(conn, user)}

        return call.write(work)

    @endpoint(
        "GET",
        "/notifications/preferences",
        guard=SIGNED_IN,
        summary="How I want to be told",
        response=schemas.PREFERENCES,
    )
    def preferences(self, call: Call) -> object:
        with call.read() as conn:
            return _preferences_json(read_preferences(conn, [call.actor.id]).get(call.actor.id, DEFAULT))

    @endpoint(
        "PUT",
        "/notifications/preferences",
        guard=SIGNED_IN,
        summary="Choose how I want to be told",
        body=schemas.PREFERENCES,
        response=schemas.PREFERENCES,
    )
    def choose(self, call: Call) -> object:
        user, wanted = call.actor.id, _preferences(call.fields)

        def work(conn: sa.Connection) -> object:
            write_preferences(conn, user, wanted)
            return _preferences_json(wanted)

        return call.write(work)


def _json(told: Told) -> dict[str, object]:
    own = ("id", "kind", "title", "body", "link", "form", "record", "created_at")
    return {**{name: getattr(told, name) for name in own}, "read": told.read_at is not None}


def _preferences(fields: Any) -> Preferences:
    quiet = fields["quiet"]
    return Preferences(
        {NoticeKind(kind): Choice(one["muted"], one["mail"]) for kind, one in fields["kinds"].items()},
        None if quiet is None else Quiet(quiet["starts"], quiet["ends"]),
    )


def _preferences_json(preferences: Preferences) -> dict[str, object]:
    choices = {kind: preferences.choice(kind) for kind in NoticeKind}
    quiet = preferences.quiet
    return {
        "kinds": {kind.value: {"muted": one.muted, "mail": one.mail} for kind, one in choices.items()},
        "quiet": None if quiet is None else {"starts": quiet.starts, "ends": quiet.ends},
    }
