"""Why an actor may do something with a record, or why not: each grant and share by itself (SEMANTICS §4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine.forms.model import Label
from engine.forms.roles import ACTIONS
from engine.problems import InputError, Problem
from runtime.access.filters import bound_filter
from runtime.access.policy import Access, on_shared
from runtime.access.rights import Given
from runtime.access.tables import record_share

_MATTERS: Final = frozenset(ACTIONS)


@dataclass(frozen=True, slots=True)
class Reason:
    """One source of rights and what it says.

    kind      administrator, role or share
    role      key and label of the role
    filter    the role's record filter, as written
    granted   whether this source gives the action for this record
    detail    `action-missing` · `filter-passed` · `filter-failed` · `share-open` · `share-too-low`
    source    of a share: what made it
    """

    kind: str
    granted: bool
    detail: str
    role: str = ""
    label: Label = ""
    filter: str = ""
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    action: str
    allowed: bool
    reasons: tuple[Reason, ...]


def explain_record(conn: sa.Connection, access: Access, record: int, action: str) -> Explanation:
    """Whether `action` is allowed on the record, with every source asked. Raises InputError for no action."""
    if action not in _MATTERS:
        raise InputError(
            (Problem("access.action-unknown", "/action", {"action": action[:60], "known": ACTIONS}),)
        )
    if access.unlimited:
        return Explanation(action, True, (Reason("administrator", True, "filter-passed"),))
    reasons = [_of_role(conn, access, one, record, action) for one in access.rights.given]
    reasons += _of_shares(conn, access, record, action)
    return Explanation(action, any(one.granted for one in reasons), tuple(reasons))


def _of_role(conn: sa.Connection, access: Access, given: Given, record: int, action: str) -> Reason:
    written = given.grant.record_filter
    text = f"={written.expression}" if written.expression else str(written.kind)
    granted, detail = False, "action-missing"
    if action in given.grant.actions:
        granted = _passes(conn, access, given, record)
        detail = "filter-passed" if granted else "filter-failed"
    return Reason("role", granted, detail, given.role.key, given.role.label, text)


def _passes(conn: sa.Connection, access: Access, given: Given, record: int) -> bool:
    table = access.form.table
    bound = bound_filter(given, access.form, access.metadata, table, access.moment)
    query = sa.select(table.c.id).where(table.c.id == record, bound.clause)
    return conn.execute(query, bound.params).first() is not None


def _of_shares(conn: sa.Connection, access: Access, record: int, action: str) -> list[Reason]:
    share, levels = record_share.c, on_shared(action)
    clause, params = access.my_shares(record_share)
    rows = conn.execute(sa.select(record_share).where(share.record == record, clause), params)
    return [
        Reason(
            "share",
            row.level in levels,
            "share-open" if row.level in levels else "share-too-low",
            source=row.source,
            reason=row.reason,
        )
        for row in rows
    ]
