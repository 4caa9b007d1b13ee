"""Who is calling: session, person, roles, departments, stamps and kept answer in one statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from runtime.db.prepared import Prepared
from runtime.db.stamps import Stamps
from runtime.db.tables import stamp
from runtime.db.workspace import Workspace
from runtime.http.call import Call
from runtime.http.errors import Forbidden
from runtime.http.gate import Entry
from runtime.http.guard import Guard
from runtime.http.kept_answers import KeptAnswer
from runtime.http.tables import kept_answer
from runtime.identity.actors import actor_columns, read_actor, roles_in, split
from runtime.identity.sessions import IDLE, LONGEST, is_due_to_be_seen, mark_seen
from runtime.identity.tables import session, user_account
from runtime.identity.tokens import hash_token

RightsOf = Callable[[Workspace, Stamps, frozenset[str]], frozenset[str]]
"""Rights besides forms (`builder`, `users`, `settings`) that a set of roles opens; told by the catalog."""


def _statement() -> sa.Select[Any]:
    user = user_account
    stamps = sa.select(
        sa.func.aggregate_strings(stamp.c.name + "=" + sa.cast(stamp.c.value, sa.String(20)), ",")
    )
    kept = (kept_answer.c.actor_id == user.c.id) & (kept_answer.c.key == sa.bindparam("key"))
    return (
        sa.select(
            session.c.seen_at,
            *actor_columns(user),
            stamps.scalar_subquery().label("stamps"),
            kept_answer.c.fingerprint,
            kept_answer.c.status,
            kept_answer.c.headers,
            kept_answer.c.body,
        )
        .select_from(session)
        .join(user, user.c.id == session.c.user_id)
        .outerjoin(kept_answer, kept)
        .where(
            session.c.token_hash == sa.bindparam("token_hash"),
            session.c.seen_at > sa.bindparam("idle_since"),
            session.c.created_at > sa.bindparam("signed_in_since"),
            user.c.state != "deactivated",
        )
    )


_STATEMENT: Final = Prepared(_statement())


class IdentityGate:
    """The gate of `runtime.http`, opened by sessions."""

    def __init__(self, rights_of: RightsOf) -> None:
        self._rights_of = rights_of

    def enter(self, workspace: Workspace, session_token: str, idempotency_key: str) -> Entry:
        if not session_token:
            return Entry()
        now = workspace.now()
        values: dict[str, object] = {"token_hash": hash_token(session_token), "key": idempotency_key or None}
        values |= {"idle_since": now - IDLE, "signed_in_since": now - LONGEST}
        with workspace.database.read() as connection:
            row = _STATEMENT.mapping(connection, values)
        if row is None:
            return Entry()
        if is_due_to_be_seen(row["seen_at"], now):
            workspace.database.write(lambda connection: mark_seen(connection, session_token, now))
        return self._entry(workspace, row)

    def _entry(self, workspace: Workspace, row: Mapping[str, Any]) -> Entry:
        stamps = {name: int(value) for name, value in (pair.split("=") for pair in split(row["stamps"]))}
        actor = read_actor(row, self._rights_of(workspace, stamps, roles_in(row)))
        kept = None
        if row["fingerprint"]:
            kept = KeptAnswer(row["fingerprint"], row["status"], row["headers"], row["body"])
        return Entry(actor, stamps, kept)

    def permit(self, call: Call, guard: Guard) -> None:
        """Rights are decided here; actions on forms by the services, which know the record."""
        if not guard.signed_in:
            return
        actor = call.actor
        if guard.right and guard.right not in actor.rights:
            raise Forbidden.because("http.right-missing", right=guard.right)
