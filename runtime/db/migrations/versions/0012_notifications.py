"""Notifications and the choices people made about them."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import RowId, UtcDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    _notification()
    op.create_table(
        "notification_choice",
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("muted", sa.Boolean, nullable=False),
        sa.Column("mail", sa.Boolean, nullable=True),
        sa.PrimaryKeyConstraint("user_id", "kind", name="pk_notification_choice"),
    )
    op.create_table(
        "notification_quiet",
        sa.Column("user_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("starts", sa.String(5), nullable=False),
        sa.Column("ends", sa.String(5), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_notification_quiet"),
    )


def _notification() -> None:
    op.create_table(
        "notification",
        sa.Column("id", RowId, nullable=False),
        sa.Column("recipient", sa.String(260), nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("occurrence", sa.String(120), nullable=False),
        sa.Column("form", sa.String(40), nullable=True),
        sa.Column("record", sa.BigInteger, nullable=True),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("link", sa.String(300), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("read_at", UtcDateTime, nullable=True),
        sa.Column("mailed_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notification"),
        sa.UniqueConstraint(
            "source", "recipient", "occurrence", name="uq_notification_source_recipient_occurrence"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notification_user_id_id", "notification", ["user_id", "id"])
    op.create_index("ix_notification_user_id_read_at_id", "notification", ["user_id", "read_at", "id"])
    op.create_index("ix_notification_created_at", "notification", ["created_at"])
