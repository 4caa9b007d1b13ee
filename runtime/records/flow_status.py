"""The system field `flow_status`, which processes write: derived, so it bumps no revision and leaves no history."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.catalog.metadata import PublishedForm


def set_flow_status(conn: sa.Connection, form: PublishedForm, record: int, status: str) -> None:
    """Show `status` on the record (SEMANTICS §6: that of the newest approval process)."""
    conn.execute(sa.update(form.table).where(form.table.c.id == record).values(flow_status=status[:80]))
