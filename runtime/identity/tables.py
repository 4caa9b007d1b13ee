"""Tables of people; private to this room."""

from __future__ import annotations

import sqlalchemy as sa

from runtime.db.tables import NAMING
from runtime.db.types import RowId, UtcDateTime

metadata = sa.MetaData(naming_convention=NAMING)


def _to_user(name: str = "user_id") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, sa.ForeignKey("user_account.id"), nullable=False)


user_account = sa.Table(
    "user_account",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("login", sa.String(100), nullable=False, unique=True, comment="folded, see `people.fold`"),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("email", sa.String(254), nullable=True, unique=True, comment="folded"),
    sa.Column("phone", sa.String(40), nullable=True, unique=True),
    sa.Column("post", sa.String(100), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False, comment="internal or external"),
    sa.Column("state", sa.String(12), nullable=False, comment="active, absent or deactivated"),
    sa.Column("absent_from", UtcDateTime, nullable=True),
    sa.Column("absent_until", UtcDateTime, nullable=True),
    sa.Column("deputy_id", sa.BigInteger, nullable=True),
    sa.Column("manager_id", sa.BigInteger, nullable=True, comment="set by hand; null = by the departments"),
    sa.Column("main_department_id", sa.BigInteger, nullable=True),
    sa.Column("language", sa.String(10), nullable=False),
    sa.Column("zone", sa.String(60), nullable=True, comment="null = the workspace's"),
    sa.Column("external_id", sa.String(100), nullable=True, unique=True),
    sa.Column("password_hash", sa.String(200), nullable=True, comment="argon2id; null = cannot sign in"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

department = sa.Table(
    "department",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("parent_id", sa.BigInteger, sa.ForeignKey("department.id"), nullable=True),
    sa.Column("path", sa.String(400), nullable=False, comment="ids from the root to itself: /1/4/9/"),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("external_id", sa.String(100), nullable=True, unique=True),
    sa.Index("ix_department_path", "path"),
    sqlite_autoincrement=True,
)

department_head = sa.Table(
    "department_head",
    metadata,
    sa.Column("department_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("department_id", "user_id"),
    sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_department_head_department"),
    sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_department_head_user"),
)

membership = sa.Table(
    "membership",
    metadata,
    _to_user(),
    sa.Column("department_id", sa.BigInteger, sa.ForeignKey("department.id"), nullable=False),
    sa.PrimaryKeyConstraint("user_id", "department_id"),
    sa.Index("ix_membership_department_id", "department_id"),
)

user_group = sa.Table(
    "user_group",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("key", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(100), nullable=False),
    sqlite_autoincrement=True,
)

group_member = sa.Table(
    "group_member",
    metadata,
    sa.Column("group_id", sa.BigInteger, sa.ForeignKey("user_group.id"), nullable=False),
    _to_user(),
    sa.Column("weight", sa.Integer, nullable=False),
    sa.Column("capacity", sa.Integer, nullable=True, comment="open items at once; null = no bound"),
    sa.PrimaryKeyConstraint("group_id", "user_id"),
    sa.Index("ix_group_member_user_id", "user_id"),
)

role_assignment = sa.Table(
    "role_assignment",
    metadata,
    sa.Column("role", sa.String(40), nullable=False),
    sa.Column("holder_kind", sa.String(12), nullable=False, comment="user, group or department"),
    sa.Column("holder_id", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("role", "holder_kind", "holder_id"),
    sa.Index("ix_role_assignment_holder", "holder_kind", "holder_id"),
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True, comment="SHA-256 of the cookie"),
    _to_user(),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.Column("address", sa.String(45), nullable=False),
    sa.Column("agent", sa.String(200), nullable=False),
    sa.Index("ix_session_user_id", "user_id"),
    sa.Index("ix_session_seen_at", "seen_at"),
)

one_time_link = sa.Table(
    "one_time_link",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("purpose", sa.String(20), nullable=False, comment="setup or password"),
    sa.Column("user_id", sa.BigInteger, sa.ForeignKey("user_account.id"), nullable=True),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime, nullable=True),
)

sign_in_brake = sa.Table(
    "sign_in_brake",
    metadata,
    sa.Column("subject", sa.String(160), primary_key=True, comment="what is slowed down, see `brake`"),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("free_at", UtcDateTime, nullable=False, comment="the next attempt is allowed from here"),
    sa.Index("ix_sign_in_brake_free_at", "free_at"),
)
