"""What records keep beside the tables of forms: history, counters, cascades, holds. Private to this room."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, RowId, UtcDateTime

metadata: Final = sa.MetaData(naming_convention=NAMING)

record_history: Final = sa.Table(
    "record_history",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=True),
    sa.Column("form", sa.String(40), nullable=False),
    sa.Column("record", sa.BigInteger, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False, comment="the revision that this change made"),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.BigInteger, nullable=False),
    sa.Column("action", sa.String(12), nullable=False, comment="create, update, delete, restore"),
    sa.Column(
        "cause", sa.String(120), nullable=False, comment="e.g. `import:…`, `process:7`; '' = the person"
    ),
    sa.Column("batch_id", sa.String(40), nullable=True),
    sa.Column("changes", JsonText, nullable=False),
    sa.Index(None, "form", "record", "rev"),
    sa.Index(None, "batch_id"),
    sqlite_autoincrement=True,
)

record_counter: Final = sa.Table(
    "record_counter",
    metadata,
    sa.Column("form", sa.String(40), primary_key=True),
    sa.Column("field", sa.String(40), primary_key=True),
    sa.Column(
        "period", sa.String(10), primary_key=True, comment="what the number starts anew with; '' = never"
    ),
    sa.Column("value", sa.BigInteger, nullable=False),
)

record_cascade: Final = sa.Table(
    "record_cascade",
    metadata,
    sa.Column("root_form", sa.String(40), primary_key=True),
    sa.Column("root_record", sa.BigInteger, primary_key=True),
    sa.Column("form", sa.String(40), primary_key=True),
    sa.Column("record", sa.BigInteger, primary_key=True),
    comment="records in the recycle bin because another was put there; restored together with it",
)

record_hold: Final = sa.Table(
    "record_hold",
    metadata,
    sa.Column("form", sa.String(40), primary_key=True),
    sa.Column("record", sa.BigInteger, primary_key=True),
    sa.Column("process", sa.BigInteger, primary_key=True),
    sa.Column("flow", sa.String(40), nullable=False),
    sa.Column("fields", sa.Text, nullable=False, comment="`*`, or keys separated by commas"),
    comment="what may not be changed of a record while a process runs on it",
)
