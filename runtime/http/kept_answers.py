"""`Idempotency-Key`: an answer is stored in the transaction of its effect, and given again for the same key.

The session lookup joins the kept answer, so a repeated request costs no statement and no effect, and a first
request costs one INSERT. Two at once: the second one's INSERT finds the first, and its effect is rolled back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from flask import Request, Response
from sqlalchemy.engine import Connection

from runtime.db import exact_json
from runtime.db.insert import insert_into
from runtime.http.reply import Reply
from runtime.http.tables import kept_answer

KEPT_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The answer to an earlier request with the same key."""

    fingerprint: str
    status: int
    headers: Mapping[str, str]
    body: str

    def response(self) -> Response:
        response = Response(self.body, self.status, dict(self.headers), mimetype="application/json")
        response.headers["Idempotency-Replayed"] = "true"
        return response


@dataclass(frozen=True, slots=True)
class Claim:
    """One actor's key for one request."""

    actor_id: int
    key: str
    fingerprint: str


class AlreadyKept(Exception):
    """Somebody answered the same key while this unit of work ran; its effect must not be committed."""


def fingerprint_of(request: Request, body: bytes) -> str:
    """Tells a repeated request from another one that was given the same key."""
    digest = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    digest.update(body)
    return digest.hexdigest()


def keep(connection: Connection, claim: Claim, reply: Reply, now: datetime) -> None:
    """Store the answer with its effect. Raises AlreadyKept if the key was answered meanwhile."""
    statement = insert_into(connection, kept_answer).values(
        actor_id=claim.actor_id,
        key=claim.key,
        fingerprint=claim.fingerprint,
        status=reply.status,
        headers=reply.all_headers,
        body="" if reply.status == 204 else exact_json.dumps(reply.body).decode(),
        created_at=now,
    )
    stored = statement.on_conflict_do_nothing().returning(kept_answer.c.key)
    if connection.execute(stored).first() is None:
        raise AlreadyKept


def find_kept(connection: Connection, claim: Claim) -> KeptAnswer | None:
    t = kept_answer.c
    statement = sa.select(t.fingerprint, t.status, t.headers, t.body)
    statement = statement.where(t.actor_id == claim.actor_id, t.key == claim.key)
    row = connection.execute(statement).one_or_none()
    return None if row is None else KeptAnswer(*row)


def forget_old_answers(connection: Connection, now: datetime) -> None:
    connection.execute(sa.delete(kept_answer).where(kept_answer.c.created_at < now - KEPT_FOR))
