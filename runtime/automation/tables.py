"""Tables of automation; private to this room."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, RowId, UtcDateTime

metadata = sa.MetaData(naming_convention=NAMING)

rule_run = sa.Table(
    "rule_run",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("rule", sa.String(40), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("event", sa.String(20), nullable=False),
    sa.Column("form", sa.String(40), nullable=False, comment="empty for a schedule without records"),
    sa.Column(
        "record", sa.BigInteger, nullable=True, comment="null also for a record that was being created"
    ),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.BigInteger, nullable=False),
    sa.Column("depth", sa.Integer, nullable=False, comment="how many changes led to the event"),
    sa.Column("state", sa.String(10), nullable=False, comment="done, skipped, failed, cut or deferred"),
    sa.Column("reason", sa.String(12), nullable=False, comment="of the verdict"),
    sa.Column("reads", JsonText, nullable=False),
    sa.Column("problems", JsonText, nullable=False),
    sa.Column("effects", JsonText, nullable=False),
    sa.Column("duration_us", sa.Integer, nullable=False),
    sa.Column("retry_of", sa.BigInteger, nullable=True),
    sa.Column("origin", JsonText, nullable=True, comment="the event, for a retry"),
    sa.Column("condition", JsonText, nullable=True, comment="how it came out, part by part"),
    sa.Index("ix_rule_run_rule_id", "rule", "id"),
    sa.Index("ix_rule_run_form_record_id", "form", "record", "id"),
    sa.Index("ix_rule_run_state_at", "state", "at"),
    sqlite_autoincrement=True,
)

rule_schedule = sa.Table(
    "rule_schedule",
    metadata,
    sa.Column("rule", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=True, comment="the next run; a job for another one is stale"),
    sa.Column("through", UtcDateTime, nullable=False, comment="everything due up to here is done"),
    sa.Column("upto", UtcDateTime, nullable=True, comment="of the run that is under way"),
    sa.Column("last_id", sa.BigInteger, nullable=False, comment="records up to here are done in this run"),
    sa.Column(
        "until_id", sa.BigInteger, nullable=True, comment="records that came later are not in this run"
    ),
)

rule_fired = sa.Table(
    "rule_fired",
    metadata,
    sa.Column("rule", sa.String(40), nullable=False),
    sa.Column("record", sa.BigInteger, nullable=False),
    sa.Column("moment", UtcDateTime, nullable=False, comment="at which a relative date was due"),
    sa.PrimaryKeyConstraint("rule", "record", "moment"),
)
