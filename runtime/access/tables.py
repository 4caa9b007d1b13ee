"""Shares: one record given to one subject, beside what roles give (SEMANTICS §4). Private to this room."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import RowId, UtcDateTime

metadata: Final = sa.MetaData(naming_convention=NAMING)

record_share: Final = sa.Table(
    "record_share",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=True),
    sa.Column("form", sa.String(40), nullable=False),
    sa.Column("record", sa.BigInteger, nullable=False),
    sa.Column("subject_kind", sa.String(12), nullable=False, comment="user, department or role"),
    sa.Column(
        "subject", sa.String(40), nullable=False, comment="id of the user or department, key of the role"
    ),
    sa.Column("level", sa.String(8), nullable=False, comment="read or edit"),
    sa.Column("reason", sa.String(200), nullable=False),
    sa.Column("source", sa.String(80), nullable=False, comment="what made it, e.g. `task:17`; '' = a person"),
    sa.Column("until", UtcDateTime, nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.BigInteger, nullable=True),
    sa.UniqueConstraint("form", "record", "subject_kind", "subject", "source"),
    sa.Index(None, "form", "subject_kind", "subject", "record"),
    sqlite_autoincrement=True,
)
