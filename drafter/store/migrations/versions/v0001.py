"""The first tables, and what keeps events as they are.

Frozen: what a table gets later is a revision of its own.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Column = sa.Column[Any]

_TEXTS = {
    "incidents": ("facts",),
    "drafts": ("error", "person", "key_id", "helpdesk", "ticket", "queue", "event", "callback"),
    "versions": ("body",),
    "raw_messages": ("text",),
    "reviews": ("reason", "made_by", "text", "findings", "diff"),
    "sent_texts": ("text", "findings"),
    "dismissals": ("reason",),
    "deliveries": ("target", "payload", "error", "ref"),
    "idempotent_answers": ("headers",),
    "switches": ("made_by",),
}
"""The texts that need not be there."""
_INDEXES = {
    "incidents": ("created",),
    "drafts": ("incident_id", "person", "updated", ("state", "created"), ("created", "id"), ("helpdesk", "ticket")),
    "reviews": ("draft_id",),
    "sent_texts": ("draft_id",),
    "dismissals": ("draft_id", "rule"),
    "events": ("subject",),
    "deliveries": ("draft_id", ("state", "created")),
    "idempotent_answers": ("created",),
}


def upgrade() -> None:
    """Make them."""
    _table("incidents", _id(), _moment("created"), _moment("erased", nullable=True))
    _table(
        "drafts",
        _id(),
        _part_of("incident"),
        *_needed("state"),
        *_numbers("version"),
        *_moments("created", "updated"),
        _moment("erased", nullable=True),
    )
    _table("versions", _part_of("draft"), *_numbers("number"), *_needed("made_by"), _moment("created"), key=("draft_id", "number"))
    _table("raw_messages", _part_of("draft"), _moment("created"), key=("draft_id",))
    _table("reviews", _id(), _part_of("draft"), *_numbers("version"), *_needed("verdict"), _moment("created"))
    _table(
        "sent_texts", _id(), _part_of("draft"), sa.Column("distance", sa.Double(), nullable=False), _flag("unedited"), _moment("created")
    )
    _table("dismissals", _id(), _part_of("draft", nullable=True), *_needed("rule"), _moment("created"))
    _table("events", _id(), *_needed("kind", "subject", "actor", "data"), _moment("created"))
    _table("deliveries", _id(), _part_of("draft"), *_needed("kind", "state"), *_numbers("attempts"), *_moments("created", "updated"))
    _keys_and_what_they_do()
    for table, indexes in _INDEXES.items():
        for columns in indexes:
            names = [columns] if isinstance(columns, str) else list(columns)
            op.create_index("_".join(("ix", table, *names)), table, names)
    _append_only()


def _keys_and_what_they_do() -> None:
    rate = sa.Column("rate_per_minute", sa.Integer())
    cost = sa.Column("cost_per_day", sa.BigInteger())
    _table("api_keys", _id(), *_needed("name", "digest", "scopes"), rate, cost, _moment("created"), _moment("revoked", nullable=True))
    sums = (sa.Column(name, sa.BigInteger(), nullable=False) for name in ("calls", "input_tokens", "output_tokens", "cost"))
    day = sa.Column("day", sa.Date(), nullable=False)
    _table("usage", *_needed("key_id"), day, *_needed("kind"), *sums, key=("key_id", "day", "kind"))
    body = sa.Column("body", sa.LargeBinary())
    status = sa.Column("status", sa.Integer())
    _table("idempotent_answers", *_needed("key_id", "digest", "fingerprint"), status, body, _moment("created"), key=("key_id", "digest"))
    _table("switches", *_needed("name"), _flag("on"), _moment("updated"), key=("name",))


def _append_only() -> None:
    """Let the database itself refuse to change or delete an event, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_no_{change.lower()} BEFORE {change} ON events "
                "BEGIN SELECT RAISE(ABORT, 'events are never changed or deleted'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_append_only()"
    )


def _table(name: str, *columns: Column, key: Iterable[str] = ("id",)) -> None:
    texts = (sa.Column(text, sa.Text()) for text in _TEXTS.get(name, ()))
    op.create_table(name, *columns, *texts, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), *_links(name, columns))


def _links(name: str, columns: Iterable[Column]) -> list[sa.ForeignKeyConstraint]:
    owners = [column.name.removesuffix("_id") for column in columns if column.name in ("draft_id", "incident_id")]
    return [sa.ForeignKeyConstraint([f"{owner}_id"], [f"{owner}s.id"], name=f"fk_{name}_{owner}_id_{owner}s") for owner in owners]


def _id() -> Column:
    return sa.Column("id", sa.Text(), nullable=False)


def _part_of(owner: str, *, nullable: bool = False) -> Column:
    return sa.Column(f"{owner}_id", sa.Text(), nullable=nullable)


def _needed(*names: str) -> list[Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[Column]:
    return [sa.Column(name, sa.Integer(), nullable=False, autoincrement=False) for name in names]


def _flag(name: str) -> Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _moments(*names: str) -> list[Column]:
    return [_moment(name) for name in names]
