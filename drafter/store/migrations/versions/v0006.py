"""What makes it right and what contains it: remedies with their decisions, and who else is hit.

Frozen: what a table gets later is a revision of its own.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "remedies",
        *_of_incident("remedies"),
        _text("state", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("proposal"),
        sa.Column("option", sa.Integer()),
        *(_text(name) for name in ("shares", "made_by", "role", "because")),
        _moment("created", nullable=False),
        _moment("decided"),
        sa.PrimaryKeyConstraint("id", name="pk_remedies"),
    )
    op.create_index("ix_remedies_incident_id", "remedies", ["incident_id"])
    op.create_index("ix_remedies_state_decided", "remedies", ["state", "decided"])
    op.create_table(
        "exposed",
        *_of_incident("exposed"),
        *(_text(name) for name in ("who", "stop")),
        _moment("told"),
        _moment("created", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_exposed"),
    )
    op.create_index("ix_exposed_incident_id", "exposed", ["incident_id"])


def _of_incident(table: str) -> list[Any]:
    return [
        _text("id", nullable=False),
        _text("incident_id", nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=f"fk_{table}_incident_id_incidents"),
    ]


def _text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
