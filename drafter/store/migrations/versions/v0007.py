"""What many letters about one incident need: the batch, and each of its customers.

Frozen: what a table gets later is a revision of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make both."""
    op.create_table(
        "batches",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text()),
        sa.Column("helpdesk", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_batches_incident_id_incidents"),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_index("ix_batches_incident_id", "batches", ["incident_id"])
    op.create_index("ix_batches_state_created", "batches", ["state", "created"])
    op.create_table(
        "batch_lines",
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("draft_id", sa.Text()),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_batch_lines_batch_id_batches"),
        sa.PrimaryKeyConstraint("batch_id", "line", name="pk_batch_lines"),
    )
    op.create_index("ix_batch_lines_batch_id_status", "batch_lines", ["batch_id", "status"])
    op.create_index("ix_batch_lines_draft_id", "batch_lines", ["draft_id"])
