"""Table of the audit log; private to this room."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, RowId, UtcDateTime

metadata = sa.MetaData(naming_convention=NAMING)

audit_entry = sa.Table(
    "audit_entry",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor_id", sa.BigInteger, nullable=True),
    sa.Column("action", sa.String(60), nullable=False),
    sa.Column("object", sa.String(200), nullable=False),
    sa.Column("detail", JsonText, nullable=False),
    sa.Index("ix_audit_entry_object", "object"),
    sqlite_autoincrement=True,
)
