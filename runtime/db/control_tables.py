"""Tables of the control database; private to `runtime.db.workspaces`."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText

metadata = sa.MetaData(naming_convention=NAMING)

workspace = sa.Table(
    "workspace",
    metadata,
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("hosts", JsonText, nullable=False, comment="host names that lead here"),
    sa.Column("location", sa.String(200), nullable=False, comment="folder below the data folder, or schema"),
    sa.Column("state", sa.String(12), nullable=False, comment="ready or closed"),
    sa.Column("platform_version", sa.String(32), nullable=False, comment="last migration step applied"),
    sa.Column("zone", sa.String(60), nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
)

secret = sa.Table(
    "secret",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.String(100), nullable=False),
)
