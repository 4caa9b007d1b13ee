"""Tables of actions; private to this room."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import JsonText

metadata = sa.MetaData(naming_convention=NAMING)

assign_cursor = sa.Table(
    "assign_cursor",
    metadata,
    sa.Column("rule", sa.String(40), nullable=False),
    sa.Column("action", sa.Integer, nullable=False, comment="number of the action in the rule"),
    sa.Column("last_user", sa.BigInteger, nullable=True, comment="who got the last one"),
    sa.Column("credits", JsonText, nullable=False, comment="of the weighted rotation, by user"),
    sa.PrimaryKeyConstraint("rule", "action"),
)
