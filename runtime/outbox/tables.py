"""The job table; private to this room."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, RowId, UtcDateTime

metadata = sa.MetaData(naming_convention=NAMING)

job = sa.Table(
    "job",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column(
        "key", sa.String(200), nullable=True, unique=True, comment="one job per key; also sent outwards"
    ),
    sa.Column("payload", JsonText, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, comment="queued, running, done or failed"),
    sa.Column("priority", sa.Integer, nullable=False, comment="higher first"),
    sa.Column("owner_id", sa.BigInteger, nullable=True, comment="who follows it; null = gone when done"),
    sa.Column("run_at", UtcDateTime, nullable=False),
    sa.Column("lease_until", UtcDateTime, nullable=True),
    sa.Column("token", sa.BigInteger, nullable=False, comment="fences off a worker that lost its lease"),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("max_attempt", sa.Integer, nullable=False),
    sa.Column("progress_done", sa.BigInteger, nullable=False),
    sa.Column("progress_total", sa.BigInteger, nullable=True),
    sa.Column("result", JsonText, nullable=True),
    sa.Column("problems", JsonText, nullable=True),
    sa.Column("last_error", sa.Text, nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime, nullable=True),
    sa.Index("ix_job_state_run_at_priority", "state", "run_at", "priority"),
    sqlite_autoincrement=True,
)
