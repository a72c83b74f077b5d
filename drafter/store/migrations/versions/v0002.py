"""What durable work needs: events that wait in an inbox, wishes for other words, and who works.

Frozen: what a table gets later is a revision of its own.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Column = sa.Column[Any]


def upgrade() -> None:
    """Make them."""
    op.add_column("drafts", sa.Column("message", sa.Text()))
    op.create_table(
        "inbox",
        *_texts("id", "helpdesk"),
        *_texts("event", "draft_id", "outcome", nullable=True),
        _moment("created"),
        _moment("done", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_done_created", "inbox", ["done", "created"])
    op.create_index("ix_inbox_draft_id", "inbox", ["draft_id"])
    op.create_table(
        "revisions",
        *_texts("id", "draft_id", "state", "made_by"),
        *_texts("wish", "section", "error", nullable=True),
        sa.Column("version", sa.Integer()),
        _moment("created"),
        _moment("updated"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_revisions_draft_id_drafts"),
    )
    op.create_index("ix_revisions_draft_id", "revisions", ["draft_id"])
    op.create_index("ix_revisions_state_created", "revisions", ["state", "created"])
    op.create_table(
        "workers",
        *_texts("id", "host"),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("left", sa.Boolean(), nullable=False),
        _moment("seen"),
        sa.PrimaryKeyConstraint("id", name="pk_workers"),
    )


def _texts(*names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _moment(name: str, *, nullable: bool = False) -> Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
