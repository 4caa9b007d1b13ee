"""Imports and the rows they could not take. Migration: `runtime/db/migrations/versions/*_imports.py`."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, UtcDateTime

metadata: Final = sa.MetaData(naming_convention=NAMING)

import_batch: Final = sa.Table(
    "import_batch",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True, comment="the batch_id of history entries"),
    sa.Column("form", sa.String(40), nullable=False),
    sa.Column("mapping", sa.String(40), nullable=False),
    sa.Column("mode", sa.String(10), nullable=False),
    sa.Column("dry_run", sa.Boolean, nullable=False),
    sa.Column("file_name", sa.String(200), nullable=False),
    sa.Column("file_hash", sa.String(64), nullable=False, comment="SHA-256 of the file"),
    sa.Column("headings", JsonText, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("done", sa.Integer, nullable=False, comment="rows worked on, in the order of the import"),
    sa.Column("created", sa.Integer, nullable=False),
    sa.Column("updated", sa.Integer, nullable=False),
    sa.Column("unchanged", sa.Integer, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("started_by", sa.BigInteger, nullable=False),
    sa.Column("finished_at", UtcDateTime, nullable=True),
)

import_error: Final = sa.Table(
    "import_error",
    metadata,
    sa.Column("batch", sa.String(40), primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True, comment="1 for the row behind the headings"),
    sa.Column("cells", JsonText, nullable=False),
    sa.Column("problems", JsonText, nullable=False),
)
