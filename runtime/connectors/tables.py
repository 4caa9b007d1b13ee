"""What was asked of others, and what came of it. Private to this room."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, RowId, UtcDateTime

metadata: Final = sa.MetaData(naming_convention=NAMING)

connector_call: Final = sa.Table(
    "connector_call",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=True),
    sa.Column("connector", sa.String(40), nullable=False),
    sa.Column("operation", sa.String(40), nullable=False),
    sa.Column("source", sa.String(120), nullable=False, comment="who asked, e.g. rule/new_lead"),
    sa.Column("inputs", JsonText, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, comment="queued, done or failed"),
    sa.Column("status", sa.Integer, nullable=True, comment="HTTP status of the answer"),
    sa.Column("result", JsonText, nullable=True),
    sa.Column("problem", JsonText, nullable=True, comment="why it failed, as {code, params}"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime, nullable=True),
    sa.Index("ix_connector_call_connector_id", "connector", "id"),
    sa.Index("ix_connector_call_created_at", "created_at"),
    sqlite_autoincrement=True,
)
