"""What the course of an incident needs: its state, its facts over time, what happened, and what became of each promise.

Frozen: what a table gets later is a revision of its own.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
import uuid_utils
from alembic import op

revision = "0005"
down_revision = "0004"

_BATCH = 500


def upgrade() -> None:
    """Make the places; promises get an id, and those that were kept so far are open."""
    op.add_column("drafts", _text("part_of"))
    op.add_column("drafts", sa.Column("facts_version", sa.Integer()))
    op.create_index("ix_drafts_part_of", "drafts", ["part_of"])
    op.create_table(
        "courses",
        *_of_incident("courses"),
        _text("title"),
        *(_text(name, nullable=False) for name in ("severity", "state")),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_moment(name, nullable=False) for name in ("noticed", "opened", "updated")),
        _moment("erased"),
        sa.PrimaryKeyConstraint("incident_id", name="pk_courses"),
    )
    op.create_index("ix_courses_state_updated", "courses", ["state", "updated"])
    op.create_table(
        "fact_versions",
        *_of_incident("fact_versions"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("facts"),
        _text("made_by"),
        _moment("created", nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "number", name="pk_fact_versions"),
    )
    op.create_table(
        "entries",
        _text("id", nullable=False),
        *_of_incident("entries"),
        _text("kind", nullable=False),
        _moment("at", nullable=False),
        _text("made_by"),
        _text("body"),
        sa.Column("version", sa.Integer()),
        *(_text(name) for name in ("state", "draft_id", "promise_id")),
        _moment("created", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    op.create_index("ix_entries_incident_id_at", "entries", ["incident_id", "at"])
    _ledger()


def _ledger() -> None:
    """Make the table of promises anew, as SQLite cannot change what a column allows, and put back what it held."""
    connection = op.get_bind()
    old = sa.table("promises", *(sa.column(name) for name in ("draft_id", "fact")), _instant("due"), _instant("sent"))
    held = connection.execute(sa.select(old).order_by(old.c.sent, old.c.draft_id, old.c.fact)).all()
    op.drop_table("promises")
    op.create_table(
        "promises",
        *(_text(name, nullable=False) for name in ("id", "draft_id", "fact")),
        *(_text(name) for name in ("part_of", "words", "owner")),
        _moment("due"),
        _moment("sent", nullable=False),
        _text("state", nullable=False),
        _moment("decided"),
        _text("how"),
        _text("made_by"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_promises_draft_id_drafts"),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
        sa.UniqueConstraint("draft_id", "fact", name="uq_promises_draft_id"),
    )
    op.create_index("ix_promises_due", "promises", ["due"])
    op.create_index("ix_promises_part_of", "promises", ["part_of"])
    op.create_index("ix_promises_state_due", "promises", ["state", "due"])
    names = ("id", "draft_id", "fact", "state")
    new = sa.table("promises", *(sa.column(name) for name in names), _instant("due"), _instant("sent"))
    for at in range(0, len(held), _BATCH):
        rows = [{**row._mapping, "id": f"prm_{uuid_utils.uuid7().hex}", "state": "open"} for row in held[at : at + _BATCH]]
        connection.execute(sa.insert(new), rows)


def _of_incident(table: str) -> list[Any]:
    return [
        _text("incident_id", nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=f"fk_{table}_incident_id_incidents"),
    ]


def _text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _instant(name: str) -> Any:
    return sa.column(name, sa.DateTime(timezone=True))
