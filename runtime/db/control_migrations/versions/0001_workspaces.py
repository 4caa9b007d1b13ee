"""Workspaces of this installation, and its secrets."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("hosts", JsonText, nullable=False),
        sa.Column("location", sa.String(200), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("platform_version", sa.String(32), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_workspace"),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret"),
    )
