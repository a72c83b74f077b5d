"""What figures need: of each draft, version and sent text the few numbers that are asked for, beside the texts they come from.

Frozen: what a table gets later is a revision of its own.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_BATCH = 500
_NANO = 10**9
_MEASURES = ("draft_id", "number", "status", "model", "written", "kept", "passed", "sensitive", "cost", "created")


def upgrade() -> None:
    """Make the places, then read what is there once."""
    op.add_column("drafts", sa.Column("channel", sa.Text()))
    op.add_column("drafts", sa.Column("severity", sa.Text()))
    op.add_column("reviews", sa.Column("sent_id", sa.Text()))
    op.add_column("sent_texts", sa.Column("errors", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_reviews_sent_id", "reviews", ["sent_id"])
    op.create_index("ix_sent_texts_created", "sent_texts", ["created", "draft_id", "id", "distance", "unedited", "errors"])
    op.create_table(
        "measures",
        *_of_draft("measures"),
        _number("number"),
        sa.Column("status", sa.Text(), nullable=False),
        _flag("model"),
        *(_number(name) for name in ("written", "kept", "passed")),
        _flag("sensitive"),
        sa.Column("cost", sa.BigInteger()),
        _moment("created"),
        sa.PrimaryKeyConstraint("draft_id", "number", name="pk_measures"),
    )
    op.create_index("ix_measures_created", "measures", ["created"])
    op.create_table(
        "flags",
        *_of_draft("flags"),
        _number("number"),
        sa.Column("rule", sa.Text(), nullable=False),
        _number("times"),
        sa.PrimaryKeyConstraint("draft_id", "number", "rule", name="pk_flags"),
    )
    op.create_table(
        "promises",
        *_of_draft("promises"),
        sa.Column("fact", sa.Text(), nullable=False),
        _moment("due"),
        _moment("sent"),
        sa.PrimaryKeyConstraint("draft_id", "fact", name="pk_promises"),
    )
    op.create_index("ix_promises_due", "promises", ["due"])
    _read()


def _of_draft(table: str) -> list[Any]:
    return [
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=f"fk_{table}_draft_id_drafts"),
    ]


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _table(name: str, *columns: str) -> Any:
    kinds: dict[str, Any] = {
        "created": sa.DateTime(timezone=True),
        "cost": sa.BigInteger(),
        "model": sa.Boolean(),
        "sensitive": sa.Boolean(),
    }
    return sa.table(name, *(sa.column(column, kinds.get(column)) for column in columns))


def _rows(query: Any) -> Iterator[Any]:
    """The rows of a query that is ordered by id and says how to go on, a batch at a time."""
    after: tuple[Any, ...] | None = None
    while found := op.get_bind().execute(query(after).limit(_BATCH)).all():
        yield from found
        after = tuple(found[-1][:2])


def _read() -> None:
    connection = op.get_bind()
    drafts, incidents = _table("drafts", "id", "incident_id", "channel", "severity"), _table("incidents", "id", "facts")

    def after_draft(after: Any) -> Any:
        query = sa.select(drafts.c.id, incidents.c.id, incidents.c.facts).join(incidents, incidents.c.id == drafts.c.incident_id)
        query = query.where(incidents.c.facts.is_not(None)).order_by(drafts.c.id)
        return query if after is None else query.where(drafts.c.id > after[0])

    for draft_id, _, facts in _rows(after_draft):
        frame = json.loads(facts)
        values = {"channel": frame.get("channel") or "email", "severity": frame.get("severity") or "normal"}
        connection.execute(sa.update(drafts).where(drafts.c.id == draft_id).values(values))
    _read_versions(connection)
    _read_sent(connection)


def _read_versions(connection: Any) -> None:
    versions, measures = _table("versions", "draft_id", "number", "body", "created"), _table("measures", *_MEASURES)

    def after_version(after: Any) -> Any:
        query = sa.select(versions.c.draft_id, versions.c.number, versions.c.body, versions.c.created).where(versions.c.body.is_not(None))
        query = query.order_by(versions.c.draft_id, versions.c.number)
        return query if after is None else query.where(sa.tuple_(versions.c.draft_id, versions.c.number) > sa.tuple_(*after))

    paid: tuple[str, list[Any]] = ("", [])  # the draft being read, and what was bought for it so far
    for draft_id, number, body, created in _rows(after_version):
        draft = json.loads(body)
        bought = draft["provenance"]
        before = paid[1] if paid[0] == draft_id else []
        connection.execute(
            sa.insert(measures).values({**_measured(draft, bought in before), "draft_id": draft_id, "number": number, "created": created})
        )
        _flagged(connection, draft_id, number, draft["findings"])
        paid = (draft_id, [*before, bought])


def _measured(draft: dict[str, Any], bought_before: bool) -> dict[str, Any]:
    passed = {(item["rule"], item["text"]) for item in draft.get("passed") or ()}
    errors = [one for one in draft["findings"] if one["severity"] == "error"]
    kept = sum(section["source"] == "model" for section in draft["sections"])
    cost = None if bought_before else draft["provenance"].get("cost")
    return {
        "status": draft["status"],
        "model": draft["provenance"].get("model") is not None,
        "written": kept + sum(bool(section.get("replaced")) for section in draft["sections"]),
        "kept": kept,
        "passed": sum((one["rule"], one["text"] or one["message"]) in passed for one in errors),
        "sensitive": bool(draft.get("withheld")),
        "cost": None if cost is None else round(cost * _NANO),
    }


def _read_sent(connection: Any) -> None:
    sent = _table("sent_texts", "id", "draft_id", "findings", "errors")

    def after_sent(after: Any) -> Any:
        query = sa.select(sent.c.id, sent.c.draft_id, sent.c.findings).where(sent.c.findings.is_not(None)).order_by(sent.c.id)
        return query if after is None else query.where(sent.c.id > after[0])

    flags = _table("flags", "draft_id", "number", "rule", "times")
    for sent_id, draft_id, findings in _rows(after_sent):
        found = json.loads(findings)
        errors = sum(one["severity"] == "error" for one in found)
        connection.execute(sa.update(sent).where(sent.c.id == sent_id).values(errors=errors))
        connection.execute(sa.delete(flags).where(flags.c.draft_id == draft_id, flags.c.number == 0))  # the last one counts
        _flagged(connection, draft_id, 0, found)


def _flagged(connection: Any, draft_id: str, number: int, findings: list[dict[str, Any]]) -> None:
    times = Counter(one["rule"] for one in findings)
    rows = [{"draft_id": draft_id, "number": number, "rule": rule, "times": count} for rule, count in times.items()]
    if rows:
        connection.execute(sa.insert(_table("flags", "draft_id", "number", "rule", "times")), rows)
