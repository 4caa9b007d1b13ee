"""Tables of the catalog: definitions with their versions and drafts, and the registry of physical names.

Private to this room; their migration is `runtime/db/migrations/versions/*_catalog.py`.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText, RowId, UtcDateTime

metadata: Final = sa.MetaData(naming_convention=NAMING)

definition: Final = sa.Table(
    "definition",
    metadata,
    sa.Column("kind", sa.String(20), primary_key=True),
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, nullable=True, comment="the version in force; null = archived"),
    sa.Column(
        "owner", sa.String(40), nullable=False, comment="key of the solution that brought it; '' = local"
    ),
)

definition_version: Final = sa.Table(
    "definition_version",
    metadata,
    sa.Column("kind", sa.String(20), primary_key=True),
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 of the text, hexadecimal"),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("plan", JsonText, nullable=True, comment="what publishing it changed"),
    sa.Column("published_at", UtcDateTime, nullable=False),
    sa.Column("published_by", sa.BigInteger, nullable=True),
)

draft: Final = sa.Table(
    "draft",
    metadata,
    sa.Column("kind", sa.String(20), primary_key=True),
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column(
        "base_version", sa.Integer, nullable=True, comment="the version that was in force when it was begun"
    ),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Column("updated_by", sa.BigInteger, nullable=True),
)

physical_name: Final = sa.Table(
    "physical_name",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(10), nullable=False, comment="table, column or index"),
    sa.Column("form", sa.String(40), nullable=False),
    sa.Column(
        "subtable", sa.String(40), nullable=False, comment="key of the sub-table field; '' = the form itself"
    ),
    sa.Column(
        "fields", sa.String(500), nullable=False, comment="field keys, joined by commas; '' for a table"
    ),
    sa.Column(
        "shape",
        sa.String(80),
        nullable=False,
        comment="what the column holds, or `unique`, `plain` for an index",
    ),
    sa.Column(
        "scope",
        sa.String(60),
        nullable=False,
        comment="where the name is unique: '' = schema, else its table",
    ),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column(
        "mapped", sa.Boolean, nullable=False, comment="false = archived: kept, never used again for another"
    ),
    sa.UniqueConstraint("scope", "name"),
    sqlite_autoincrement=True,
)
