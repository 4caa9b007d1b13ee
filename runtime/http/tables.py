"""Table of the answers kept for `Idempotency-Key`."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, UtcDateTime

metadata = sa.MetaData(naming_convention=NAMING)

kept_answer = sa.Table(
    "kept_answer",
    metadata,
    sa.Column("actor_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("fingerprint", sa.String(64), nullable=False, comment="SHA-256 of method, address and body"),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("headers", JsonText, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Index("ix_kept_answer_created_at", "created_at"),
)
