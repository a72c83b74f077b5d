"""What the page needs: the work that people have in hand.

Frozen: what a table gets later is a revision of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "workings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("draft_id", sa.Text()),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workings"),
    )
    op.create_index("ix_workings_draft_id", "workings", ["draft_id"])
    op.create_index("ix_workings_owner_updated", "workings", ["owner", "updated"])
    op.create_index("ix_workings_updated", "workings", ["updated"])
