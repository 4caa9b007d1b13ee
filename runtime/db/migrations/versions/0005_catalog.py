"""Definitions, their versions and drafts, and the registry of physical names."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText, RowId, UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _definitions()
    _names()


def _definitions() -> None:
    op.create_table(
        "definition",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=True),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_definition"),
    )
    op.create_table(
        "definition_version",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("plan", JsonText, nullable=True),
        sa.Column("published_at", UtcDateTime, nullable=False),
        sa.Column("published_by", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", "version", name="pk_definition_version"),
    )
    op.create_table(
        "draft",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("base_version", sa.Integer, nullable=True),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.Column("updated_by", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_draft"),
    )


def _names() -> None:
    op.create_table(
        "physical_name",
        sa.Column("id", RowId, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("subtable", sa.String(40), nullable=False),
        sa.Column("fields", sa.String(500), nullable=False),
        sa.Column("shape", sa.String(80), nullable=False),
        sa.Column("scope", sa.String(60), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("mapped", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_physical_name"),
        sa.UniqueConstraint("scope", "name", name="uq_physical_name_scope_name"),
        sqlite_autoincrement=True,
    )
