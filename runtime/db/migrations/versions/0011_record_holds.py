"""What running processes hold of records."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "record_hold",
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.Column("process", sa.BigInteger, nullable=False),
        sa.Column("flow", sa.String(40), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("form", "record", "process", name="pk_record_hold"),
    )
