"""History of records, counters of automatic numbers, and what was deleted together."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText, RowId, UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _history()
    op.create_table(
        "record_counter",
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("form", "field", "period", name="pk_record_counter"),
    )
    op.create_table(
        "record_cascade",
        sa.Column("root_form", sa.String(40), nullable=False),
        sa.Column("root_record", sa.BigInteger, nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("root_form", "root_record", "form", "record", name="pk_record_cascade"),
    )


def _history() -> None:
    op.create_table(
        "record_history",
        sa.Column("id", RowId, nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("actor", sa.BigInteger, nullable=False),
        sa.Column("action", sa.String(12), nullable=False),
        sa.Column("cause", sa.String(120), nullable=False),
        sa.Column("batch_id", sa.String(40), nullable=True),
        sa.Column("changes", JsonText, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_history"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_record_history_form_record_rev", "record_history", ["form", "record", "rev"])
    op.create_index("ix_record_history_batch_id", "record_history", ["batch_id"])
