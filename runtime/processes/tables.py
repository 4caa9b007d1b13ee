"""Processes, tasks and the log. Private to this room; their migration is `*_processes.py`."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, RowId, UtcDateTime

metadata: Final = sa.MetaData(naming_convention=NAMING)

process: Final = sa.Table(
    "process",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=True),
    sa.Column("flow", sa.String(40), nullable=False),
    sa.Column("version", sa.Integer, nullable=False, comment="of the flow; never changes while it runs"),
    sa.Column("form", sa.String(40), nullable=False),
    sa.Column("record", sa.BigInteger, nullable=False),
    sa.Column("title", sa.String(300), nullable=False, comment="the record's title at the last step"),
    sa.Column("status", sa.String(80), nullable=False, comment="running, or what it ended with"),
    sa.Column("incident", sa.Boolean, nullable=False, comment="a token stands with a problem"),
    sa.Column("state", sa.Text, nullable=False, comment="the live state, canonical JSON of engine.flows"),
    sa.Column("lock_version", sa.Integer, nullable=False),
    sa.Column("log_seq", sa.Integer, nullable=False, comment="number of the last log row"),
    sa.Column("log_hash", sa.String(64), nullable=False, comment="hash of the last log row"),
    sa.Column("initiator", sa.BigInteger, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime, nullable=True),
    sa.Index(None, "form", "record"),
    sa.Index(None, "initiator", "id"),
    sqlite_autoincrement=True,
)

process_task: Final = sa.Table(
    "process_task",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=True),
    sa.Column("process", sa.BigInteger, nullable=False),
    sa.Column("number", sa.Integer, nullable=False, comment="its number within the process"),
    sa.Column("activation", sa.Integer, nullable=False),
    sa.Column("node", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False, comment="approve or work"),
    sa.Column("assignee", sa.BigInteger, nullable=False),
    sa.Column("status", sa.String(12), nullable=False, comment="open, done, not_needed, cancelled"),
    sa.Column("outcome", sa.String(80), nullable=False),
    sa.Column("opinion", sa.Text, nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime, nullable=True),
    sa.UniqueConstraint("process", "number"),
    sa.Index(None, "assignee", "status", "id"),
    sqlite_autoincrement=True,
)

process_log: Final = sa.Table(
    "process_log",
    metadata,
    sa.Column("process", sa.BigInteger, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, comment="1, 2, 3 … without gaps"),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.BigInteger, nullable=True, comment="null: a rule or the engine"),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("node", sa.String(200), nullable=False),
    sa.Column("task", sa.Integer, nullable=True, comment="number of the task within the process"),
    sa.Column("outcome", sa.String(80), nullable=False),
    sa.Column("text", sa.Text, nullable=False, comment="opinion, reason, or why a rule decided"),
    sa.Column("record_rev", sa.Integer, nullable=True, comment="revision of the record it was decided on"),
    sa.Column("detail", JsonText, nullable=True, comment="who was found and why; the problem of an incident"),
    sa.Column("command_id", sa.String(60), nullable=True),
    sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 over the hash before and this row"),
    sa.UniqueConstraint("process", "command_id"),
)
