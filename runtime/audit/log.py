"""Writing to the audit log, in the transaction of what it tells about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from runtime.audit.tables import audit_entry
from runtime.http.actor import Actor


def record_audit(
    connection: Connection,
    actor: Actor,
    action: str,
    target: str,
    *,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add one entry; the database refuses to change or delete it afterwards.

    action  `user.deactivate`, `definition.publish`, …
    target  what it was done to, as `kind/id`
    detail  plain data for an auditor; never a password, token or hash
    """
    statement = sa.insert(audit_entry).values(
        at=at, actor_id=actor.id, action=action, object=target, detail=dict(detail or {})
    )
    connection.execute(statement)
