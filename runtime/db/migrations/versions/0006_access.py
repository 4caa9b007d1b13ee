"""Shares of single records."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import RowId, UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "record_share",
        sa.Column("id", RowId, nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.Column("subject_kind", sa.String(12), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("until", UtcDateTime, nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_record_share"),
        sa.UniqueConstraint(
            "form", "record", "subject_kind", "subject", "source",
            name="uq_record_share_form_record_subject_kind_subject_source",
        ),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index(
        "ix_record_share_form_subject_kind_subject_record",
        "record_share",
        ["form", "subject_kind", "subject", "record"],
    )
