"""Processes, tasks and the process log."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText, RowId, UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _process()
    _task()
    _log()


def _process() -> None:
    op.create_table(
        "process",
        sa.Column("id", RowId, nullable=False),
        sa.Column("flow", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("record", sa.BigInteger, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("status", sa.String(80), nullable=False),
        sa.Column("incident", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("lock_version", sa.Integer, nullable=False),
        sa.Column("log_seq", sa.Integer, nullable=False),
        sa.Column("log_hash", sa.String(64), nullable=False),
        sa.Column("initiator", sa.BigInteger, nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_process"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_process_form_record", "process", ["form", "record"])
    op.create_index("ix_process_initiator_id", "process", ["initiator", "id"])


def _task() -> None:
    op.create_table(
        "process_task",
        sa.Column("id", RowId, nullable=False),
        sa.Column("process", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("activation", sa.Integer, nullable=False),
        sa.Column("node", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("assignee", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("outcome", sa.String(80), nullable=False),
        sa.Column("opinion", sa.Text, nullable=False),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("closed_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_process_task"),
        sa.UniqueConstraint("process", "number", name="uq_process_task_process_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_process_task_assignee_status_id", "process_task", ["assignee", "status", "id"])


def _log() -> None:
    op.create_table(
        "process_log",
        sa.Column("process", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("actor", sa.BigInteger, nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("node", sa.String(200), nullable=False),
        sa.Column("task", sa.Integer, nullable=True),
        sa.Column("outcome", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("record_rev", sa.Integer, nullable=True),
        sa.Column("detail", JsonText, nullable=True),
        sa.Column("command_id", sa.String(60), nullable=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("process", "seq", name="pk_process_log"),
        sa.UniqueConstraint("process", "command_id", name="uq_process_log_process_command_id"),
    )
