"""What people were told, and how they want to be told. Private to this room."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import RowId, UtcDateTime

metadata: Final = sa.MetaData(naming_convention=NAMING)

notification: Final = sa.Table(
    "notification",
    metadata,
    sa.Column("id", RowId, primary_key=True, autoincrement=True),
    sa.Column("recipient", sa.String(260), nullable=False, comment="user:<id> or mail:<address>"),
    sa.Column("user_id", sa.BigInteger, nullable=True, comment="null = an address outside"),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("source", sa.String(120), nullable=False, comment="what sent it"),
    sa.Column("occurrence", sa.String(120), nullable=False, comment="which time of the source"),
    sa.Column("form", sa.String(40), nullable=True),
    sa.Column("record", sa.BigInteger, nullable=True),
    sa.Column("language", sa.String(10), nullable=False),
    sa.Column("title", sa.String(300), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("link", sa.String(300), nullable=False, comment="path below the workspace's address"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("read_at", UtcDateTime, nullable=True, comment="a muted one is read from the beginning"),
    sa.Column("mailed_at", UtcDateTime, nullable=True),
    sa.UniqueConstraint("source", "recipient", "occurrence"),
    sa.Index("ix_notification_user_id_id", "user_id", "id"),
    sa.Index("ix_notification_user_id_read_at_id", "user_id", "read_at", "id"),
    sa.Index("ix_notification_created_at", "created_at"),
    sqlite_autoincrement=True,
)

notification_choice: Final = sa.Table(
    "notification_choice",
    metadata,
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("muted", sa.Boolean, nullable=False),
    sa.Column("mail", sa.Boolean, nullable=True, comment="null = as the sender wishes"),
    sa.PrimaryKeyConstraint("user_id", "kind"),
)

notification_quiet: Final = sa.Table(
    "notification_quiet",
    metadata,
    sa.Column("user_id", sa.BigInteger, nullable=False, autoincrement=False),
    sa.Column("starts", sa.String(5), nullable=False, comment="HH:MM in the person's zone"),
    sa.Column("ends", sa.String(5), nullable=False, comment="HH:MM; before `starts` = the next morning"),
    sa.PrimaryKeyConstraint("user_id"),
)
