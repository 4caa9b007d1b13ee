"""Rules: their runs, their schedules, and whose turn it is when they assign."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText, RowId, UtcDateTime

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "rule_run",
        sa.Column("id", RowId, nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("record", sa.BigInteger, nullable=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("actor", sa.BigInteger, nullable=False),
        sa.Column("depth", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("reads", JsonText, nullable=False),
        sa.Column("problems", JsonText, nullable=False),
        sa.Column("effects", JsonText, nullable=False),
        sa.Column("duration_us", sa.Integer, nullable=False),
        sa.Column("retry_of", sa.BigInteger, nullable=True),
        sa.Column("origin", JsonText, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rule_run"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rule_run_rule_id", "rule_run", ["rule", "id"])
    op.create_index("ix_rule_run_form_record_id", "rule_run", ["form", "record", "id"])
    op.create_index("ix_rule_run_state_at", "rule_run", ["state", "at"])
    op.create_table(
        "rule_schedule",
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=True),
        sa.Column("through", UtcDateTime, nullable=False),
        sa.Column("upto", UtcDateTime, nullable=True),
        sa.Column("last_id", sa.BigInteger, nullable=False),
        sa.Column("until_id", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("rule", name="pk_rule_schedule"),
    )
    op.create_table(
        "rule_fired",
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.Column("moment", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("rule", "record", "moment", name="pk_rule_fired"),
    )
    op.create_table(
        "assign_cursor",
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("action", sa.Integer, nullable=False),
        sa.Column("last_user", sa.BigInteger, nullable=True),
        sa.Column("credits", JsonText, nullable=False),
        sa.PrimaryKeyConstraint("rule", "action", name="pk_assign_cursor"),
    )
