"""What figures need: of each draft, version and sent text the few numbers that are asked for, beside the texts they come from.

Frozen: what a table gets later is a revision of its own.
"""

import json
from collections import Counter
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_BATCH = 500
_NANO = 10**9


def upgrade() -> None:
    """Make the places, then read what is there once."""
    op.add_column("reviews", sa.Column("sent_id", sa.Text()))
    op.create_index("ix_reviews_sent_id", "reviews", ["sent_id"])
    op.create_table(
        "measures",
        *_of_draft("measures"),
        _moment("created"),
        sa.Column("queue", sa.Text()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("channel", "severity", "first", "status")),
        _flag("model"),
        *(_number(name) for name in ("written", "kept", "passed")),
        _flag("sensitive"),
        sa.Column("cost", sa.BigInteger()),
        sa.Column("ready_seconds", sa.Integer()),
        sa.Column("sent", sa.DateTime(timezone=True)),
        sa.Column("reply_seconds", sa.Integer()),
        sa.Column("distance", sa.Double()),
        sa.Column("unedited", sa.Boolean()),
        sa.Column("errors", sa.Integer()),
        _flag("again"),
        sa.PrimaryKeyConstraint("draft_id", name="pk_measures"),
    )
    op.create_index("ix_measures_created", "measures", ["created"])
    op.create_index("ix_measures_sent", "measures", ["sent"])
    op.create_index("ix_measures_status_created", "measures", ["status", "created"])
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
    kinds: dict[str, Any] = dict.fromkeys(("created", "sent"), sa.DateTime(timezone=True)) | {"unedited": sa.Boolean()}
    return sa.table(name, *(sa.column(column, kinds.get(column)) for column in columns))


_DRAFTS = _table("drafts", "id", "incident_id", "created", "queue", "helpdesk", "ticket")
_INCIDENTS = _table("incidents", "id", "facts")
_VERSIONS = _table("versions", "draft_id", "number", "body", "created")
_REVIEWS = _table("reviews", "draft_id", "verdict", "created")
_SENT = _table("sent_texts", "id", "draft_id", "findings", "distance", "unedited", "created")
_FLAGS = _table("flags", "draft_id", "number", "rule", "times")


def _read() -> None:
    connection = op.get_bind()
    after = ""
    names = connection.execute(sa.text("SELECT * FROM measures WHERE 1 = 0")).keys()
    measures = _table("measures", *names)
    while found := connection.execute(_next(after)).all():
        for row in found:
            if values := _measured(connection, row):
                connection.execute(sa.insert(measures).values(values))
        after = found[-1].id


def _next(after: str) -> Any:
    query = sa.select(_DRAFTS, _INCIDENTS.c.facts).join(_INCIDENTS, _INCIDENTS.c.id == _DRAFTS.c.incident_id)
    return query.where(_DRAFTS.c.id > after).order_by(_DRAFTS.c.id).limit(_BATCH)


def _measured(connection: Any, row: Any) -> dict[str, Any] | None:
    """The measures of one draft, its flags kept; None where nothing was written of it, or all of it was erased."""
    query = sa.select(_VERSIONS).where(_VERSIONS.c.draft_id == row.id, _VERSIONS.c.body.is_not(None)).order_by(_VERSIONS.c.number)
    versions = [(one.number, json.loads(one.body), one.created) for one in connection.execute(query)]
    if not versions:
        return None
    for number, version, _ in versions:
        _flag_rules(connection, row.id, number, version["findings"])
    facts = json.loads(row.facts or "{}")
    first, last = versions[0][1], versions[-1][1]
    kept = sum(section["source"] == "model" for section in first["sections"])
    passed = {(item["rule"], item["text"]) for item in last.get("passed") or ()}
    errors = [one for one in last["findings"] if one["severity"] == "error"]
    return {
        "draft_id": row.id,
        "created": row.created,
        "queue": row.queue or row.helpdesk,
        "channel": facts.get("channel") or "email",
        "severity": facts.get("severity") or "normal",
        "first": first["status"],
        "status": last["status"],
        "model": first["provenance"].get("model") is not None,
        "written": kept + sum(bool(section.get("replaced")) for section in first["sections"]),
        "kept": kept,
        "passed": sum((one["rule"], one["text"] or one["message"]) in passed for one in errors),
        "sensitive": bool(last.get("withheld")),
        "cost": _cost([version["provenance"] for _, version, _ in versions]),
        "ready_seconds": _until_ready(connection, row, versions),
        **_what_was_sent(connection, row),
    }


def _cost(bought: list[dict[str, Any]]) -> int | None:
    """What the versions cost; an edited one says of itself what the version that it started from had cost."""
    costs = [one["cost"] for i, one in enumerate(bought) if one not in bought[:i] and one.get("cost") is not None]
    return round(sum(costs) * _NANO) if costs else None


def _until_ready(connection: Any, row: Any, versions: list[tuple[int, dict[str, Any], datetime]]) -> int | None:
    approved = sa.select(_REVIEWS.c.created).where(_REVIEWS.c.draft_id == row.id, _REVIEWS.c.verdict.in_(("approve", "edit")))
    moments = [*connection.execute(approved).scalars(), *(created for _, version, created in versions if version["status"] == "ready")]
    return int((min(moments) - row.created).total_seconds()) if moments else None


def _what_was_sent(connection: Any, row: Any) -> dict[str, Any]:
    sent = connection.execute(sa.select(_SENT).where(_SENT.c.draft_id == row.id).order_by(_SENT.c.id)).all()
    names = ("sent", "reply_seconds", "distance", "unedited", "errors")
    if not sent:
        return {**dict.fromkeys(names), "again": False}
    findings = json.loads(sent[-1].findings or "[]")
    _flag_rules(connection, row.id, 0, findings)
    errors = sum(one["severity"] == "error" for one in findings)
    seconds = int((sent[0].created - row.created).total_seconds())
    same = sa.and_(_DRAFTS.c.helpdesk == row.helpdesk, _DRAFTS.c.ticket == row.ticket, _DRAFTS.c.created > sent[0].created)
    again = connection.execute(sa.select(_DRAFTS.c.id).where(same).limit(1)).first() is not None
    values = (sent[-1].created, seconds, sent[-1].distance, bool(sent[-1].unedited), errors)
    return {**dict(zip(names, values, strict=True)), "again": again}


def _flag_rules(connection: Any, draft_id: str, number: int, findings: list[dict[str, Any]]) -> None:
    times = Counter(one["rule"] for one in findings)
    rows = [{"draft_id": draft_id, "number": number, "rule": rule, "times": count} for rule, count in times.items()]
    if rows:
        connection.execute(sa.insert(_FLAGS), rows)
