"""The job table: outbox, lease and progress in one. PostgreSQL notifies waiting workers by a trigger."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText, RowId, UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", RowId, nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("key", sa.String(200), nullable=True),
        sa.Column("payload", JsonText, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("owner_id", sa.BigInteger, nullable=True),
        sa.Column("run_at", UtcDateTime, nullable=False),
        sa.Column("lease_until", UtcDateTime, nullable=True),
        sa.Column("token", sa.BigInteger, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("max_attempt", sa.Integer, nullable=False),
        sa.Column("progress_done", sa.BigInteger, nullable=False),
        sa.Column("progress_total", sa.BigInteger, nullable=True),
        sa.Column("result", JsonText, nullable=True),
        sa.Column("problems", JsonText, nullable=True),
        sa.Column("last_error", sa.Text, nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("finished_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("key", name="uq_job_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_state_run_at_priority", "job", ["state", "run_at", "priority"])
    if op.get_bind().dialect.name == "postgresql":
        _notify_workers()


def _notify_workers() -> None:
    op.execute(
        "CREATE FUNCTION announce_job() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_notify('dougong_job', TG_TABLE_SCHEMA); RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER announce_job AFTER INSERT ON job FOR EACH STATEMENT EXECUTE FUNCTION announce_job()"
    )
