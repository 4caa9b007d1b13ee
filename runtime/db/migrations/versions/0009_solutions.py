"""Installed solutions."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText, UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "solution",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("label", JsonText, nullable=False),
        sa.Column("definitions", JsonText, nullable=False),
        sa.Column("installed_at", UtcDateTime, nullable=False),
        sa.Column("installed_by", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_solution"),
    )
