"""People, departments, groups, roles held, sessions, one-time links and the brake on sign-in."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import RowId, UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _people()
    _departments()
    _groups_and_roles()
    _sign_in()


def _people() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", RowId, nullable=False),
        sa.Column("login", sa.String(100), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("phone", sa.String(40), nullable=True),
        sa.Column("post", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("absent_from", UtcDateTime, nullable=True),
        sa.Column("absent_until", UtcDateTime, nullable=True),
        sa.Column("deputy_id", sa.BigInteger, nullable=True),
        sa.Column("manager_id", sa.BigInteger, nullable=True),
        sa.Column("main_department_id", sa.BigInteger, nullable=True),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("zone", sa.String(60), nullable=True),
        sa.Column("external_id", sa.String(100), nullable=True),
        sa.Column("password_hash", sa.String(200), nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("login", name="uq_user_account_login"),
        sa.UniqueConstraint("email", name="uq_user_account_email"),
        sa.UniqueConstraint("phone", name="uq_user_account_phone"),
        sa.UniqueConstraint("external_id", name="uq_user_account_external_id"),
        sqlite_autoincrement=True,
    )


def _departments() -> None:
    op.create_table(
        "department",
        sa.Column("id", RowId, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("parent_id", sa.BigInteger, nullable=True),
        sa.Column("path", sa.String(400), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("external_id", sa.String(100), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_department"),
        sa.UniqueConstraint("external_id", name="uq_department_external_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["department.id"], name="fk_department_parent_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_department_path", "department", ["path"])
    op.create_table(
        "department_head",
        sa.Column("department_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("department_id", "user_id", name="pk_department_head"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_department_head_department"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_department_head_user"),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("department_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "department_id", name="pk_membership"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_membership_user_id"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_membership_department_id"),
    )
    op.create_index("ix_membership_department_id", "membership", ["department_id"])


def _groups_and_roles() -> None:
    op.create_table(
        "user_group",
        sa.Column("id", RowId, nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_group"),
        sa.UniqueConstraint("key", name="uq_user_group_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "group_member",
        sa.Column("group_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("group_id", "user_id", name="pk_group_member"),
        sa.ForeignKeyConstraint(["group_id"], ["user_group.id"], name="fk_group_member_group_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_group_member_user_id"),
    )
    op.create_index("ix_group_member_user_id", "group_member", ["user_id"])
    op.create_table(
        "role_assignment",
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("holder_kind", sa.String(12), nullable=False),
        sa.Column("holder_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("role", "holder_kind", "holder_id", name="pk_role_assignment"),
    )
    op.create_index("ix_role_assignment_holder", "role_assignment", ["holder_kind", "holder_id"])


def _sign_in() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("agent", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_session_user_id"),
    )
    op.create_index("ix_session_user_id", "session", ["user_id"])
    op.create_index("ix_session_seen_at", "session", ["seen_at"])
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=True),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("used_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_one_time_link"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_one_time_link_user_id"),
    )
    op.create_table(
        "sign_in_brake",
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("free_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_sign_in_brake"),
    )
    op.create_index("ix_sign_in_brake_free_at", "sign_in_brake", ["free_at"])
