"""Calls of connectors."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText, RowId, UtcDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "connector_call",
        sa.Column("id", RowId, nullable=False),
        sa.Column("connector", sa.String(40), nullable=False),
        sa.Column("operation", sa.String(40), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("inputs", JsonText, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("status", sa.Integer, nullable=True),
        sa.Column("result", JsonText, nullable=True),
        sa.Column("problem", JsonText, nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("finished_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_connector_call"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_connector_call_connector_id", "connector_call", ["connector", "id"])
    op.create_index("ix_connector_call_created_at", "connector_call", ["created_at"])
