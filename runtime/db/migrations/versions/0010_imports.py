"""Imports and the rows they could not take."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText, UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("mapping", sa.String(40), nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("dry_run", sa.Boolean, nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("file_hash", sa.String(64), nullable=False),
        sa.Column("headings", JsonText, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("created", sa.Integer, nullable=False),
        sa.Column("updated", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("started_by", sa.BigInteger, nullable=False),
        sa.Column("finished_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
    )
    op.create_table(
        "import_error",
        sa.Column("batch", sa.String(40), nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("cells", JsonText, nullable=False),
        sa.Column("problems", JsonText, nullable=False),
        sa.PrimaryKeyConstraint("batch", "row", name="pk_import_error"),
    )
