"""How the condition of a rule came out, part by part, in the run log."""

import sqlalchemy as sa
from alembic import op

from runtime.db.types import JsonText

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("rule_run", sa.Column("condition", JsonText, nullable=True))
