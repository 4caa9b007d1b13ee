"""Which solutions are installed. Migration: `runtime/db/migrations/versions/*_solutions.py`."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, UtcDateTime

metadata: Final = sa.MetaData(naming_convention=NAMING)

solution: Final = sa.Table(
    "solution",
    metadata,
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("version", sa.String(20), nullable=False),
    sa.Column("label", JsonText, nullable=False),
    sa.Column("definitions", JsonText, nullable=False, comment="version of each definition, by kind/key"),
    sa.Column("installed_at", UtcDateTime, nullable=False),
    sa.Column("installed_by", sa.BigInteger, nullable=True, comment="null = the command line"),
)
