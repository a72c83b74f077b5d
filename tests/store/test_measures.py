"""Measures are kept as versions and sent texts come in, and the migration that made their tables reads what was there before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import NullPool, create_engine, text

from drafter import check
from drafter.draft import Draft, Passed, Section
from drafter.house.cadence import CadenceTable
from drafter.incident import Incident
from drafter.store import DeskTicket, Store, open_store
from drafter.store.address import read_address
from drafter.store.figures import Span

BLAMES = "It was your fault, and we're sorry for any inconvenience caused."
LATER = ("batch_lines", "batches", "remedies", "exposed", "entries", "fact_versions", "courses")  # tables of the revisions since


def rows(address: str, query: str) -> list[tuple[Any, ...]]:
    """What a query finds, past the store."""
    engine = create_engine(read_address(address), poolclass=NullPool)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def by_model(letter: Draft) -> Draft:
    """The letter as a model would have written it: two sections kept, one replaced."""
    first, second, third, *rest = letter.sections
    sections = (
        first.model_copy(update={"source": "model"}),
        second.model_copy(update={"source": "model"}),
        third.model_copy(update={"replaced": "too long"}),
        *rest,
    )
    used = letter.provenance.model_copy(update={"model": "m", "cost": 0.25, "calls": 1, "milliseconds": 12.5})
    return letter.model_copy(update={"sections": sections, "provenance": used})


def whole_seconds(start: datetime, end: datetime) -> int:
    """What lies between two moments; a slow machine may let a second pass between two calls."""
    return int((end - start).total_seconds())


def test_a_version_is_measured_as_it_comes_in(store: Store, address: str, double_charge: Incident, letter: Draft) -> None:
    """Status, sections of the model and errors that were passed over; what an edited version had cost is paid for once."""
    made = store.drafts.accept(double_charge, draft=by_model(letter))
    findings = check(BLAMES).findings
    error = next(finding for finding in findings if finding.severity == "error")
    passed = (Passed(rule=error.rule, text=error.text, reason="a quotation"),)
    edited = by_model(letter).model_copy(update={"text": BLAMES, "findings": findings, "passed": passed, "status": "needs_review"})
    store.drafts.finish(made.id, edited, number=2, by="page")
    (found,) = rows(address, "SELECT first, status, written, kept, passed, cost, ready_seconds, channel, severity FROM measures")
    assert found == ("ready", "needs_review", 3, 2, 1, 250_000_000, 0, "email", "serious")
    flagged = dict(rows(address, "SELECT rule, times FROM flags WHERE number = 2"))
    assert flagged == {rule: sum(one.rule == rule for one in findings) for rule in {one.rule for one in findings}}
    assert store.usage.spent(None, day=made.created.date()) == Decimal("0.25")


def test_a_sent_text_keeps_its_flags_and_the_promises_that_it_states(
    store: Store, address: str, incident: Callable[..., Incident], letter: Draft
) -> None:
    """A dated promise that the text leaves out is none; what is sent again takes the place of what was sent before."""
    facts = incident(next=[{"will": "I will call you with the result", "on": "2099-11-25"}], as_of="2099-11-20")
    desk = DeskTicket("zendesk", "1", "support")
    made = store.drafts.accept(facts, desk=desk, draft=letter.model_copy(update={"status": "needs_review"}))
    findings = check(BLAMES).findings
    sent = store.sent.add(made.id, text=BLAMES, findings=findings, distance=0.5, unedited=False)
    assert rows(address, "SELECT fact FROM promises") == []
    assert {rule for (rule,) in rows(address, "SELECT rule FROM flags WHERE number = 0")} == {finding.rule for finding in findings}
    errors = sum(one.severity == "error" for one in findings)
    assert rows(address, "SELECT queue, ready_seconds, reply_seconds, distance, errors FROM measures") == [
        ("support", None, whole_seconds(made.created, sent.created), 0.5, errors)
    ]
    store.sent.add(made.id, text="I will call you with the result on November 25.", findings=(), distance=0.0, unedited=True)
    ((due,),) = rows(address, "SELECT due FROM promises")
    assert str(due).startswith("2099-11-25 23:59:59")
    assert rows(address, "SELECT rule FROM flags WHERE number = 0") == []
    review = store.reviews.add(made.id, version=1, verdict="approve", by=None)
    waited = whole_seconds(made.created, review.created)
    assert [(row[0], bool(row[1])) for row in rows(address, "SELECT ready_seconds, again FROM measures")] == [(waited, False)]
    store.drafts.accept(facts, desk=desk)
    assert bool(rows(address, "SELECT again FROM measures")[0][0])


def test_what_was_there_before_is_measured_by_the_migration(address: str, double_charge: Incident, letter: Draft) -> None:
    """A database of the revision before comes to the same numbers."""
    store = open_store(address)
    desk = DeskTicket("zendesk", "1")
    made = store.drafts.accept(double_charge, desk=desk, draft=by_model(letter))
    findings = check(BLAMES).findings
    shorter = Section(name="greeting", text="Hi")
    store.drafts.finish(made.id, by_model(letter).model_copy(update={"sections": (shorter,), "findings": findings}), number=2, by="page")
    store.sent.add(made.id, text=BLAMES, findings=findings, distance=0.5, unedited=False)
    store.drafts.finish(store.drafts.accept(double_charge, desk=desk).id, letter, number=1, by="worker")
    store.close()
    queries = (
        "SELECT * FROM measures ORDER BY draft_id",
        "SELECT * FROM flags ORDER BY draft_id, number, rule",
    )
    before = [rows(address, query) for query in queries]
    assert all(before)
    engine = create_engine(read_address(address), poolclass=NullPool)
    with engine.begin() as connection:
        for change in (
            *(f"DROP TABLE {table}" for table in ("measures", "flags", "promises", *LATER)),
            "DROP INDEX ix_drafts_part_of",
            "ALTER TABLE drafts DROP COLUMN part_of",
            "ALTER TABLE drafts DROP COLUMN facts_version",
            "DROP INDEX ix_reviews_sent_id",
            "ALTER TABLE reviews DROP COLUMN sent_id",
            "UPDATE alembic_version SET version_num = '0003'",
        ):
            connection.execute(text(change))
    engine.dispose()
    open_store(address).close()
    assert [rows(address, query) for query in queries] == before


def test_promises_of_before_are_open_after_the_migration(address: str, incident: Callable[..., Incident], letter: Draft) -> None:
    """Each gets an id; words were not kept then, and so nobody is asked about them, but figures still count them."""
    store = open_store(address)
    made = store.drafts.accept(incident(), draft=letter)
    store.close()
    moment = "2099-11-25 23:59:59+00:00" if address.startswith("postgres") else "2099-11-25 23:59:59.000000"
    engine = create_engine(read_address(address), poolclass=NullPool)
    with engine.begin() as connection:
        for change in (
            *(f"DROP TABLE {table}" for table in ("promises", *LATER)),
            "DROP INDEX ix_drafts_part_of",
            "ALTER TABLE drafts DROP COLUMN part_of",
            "ALTER TABLE drafts DROP COLUMN facts_version",
            "CREATE TABLE promises (draft_id TEXT NOT NULL REFERENCES drafts (id), fact TEXT NOT NULL,"
            " due TIMESTAMP WITH TIME ZONE NOT NULL, sent TIMESTAMP WITH TIME ZONE NOT NULL,"
            " CONSTRAINT pk_promises PRIMARY KEY (draft_id, fact))",
            "CREATE INDEX ix_promises_due ON promises (due)",
            *(f"INSERT INTO promises VALUES ('{made.id}', 'next{number}', '{moment}', '{moment}')" for number in (1, 2)),
            "UPDATE alembic_version SET version_num = '0004'",
        ):
            connection.execute(text(change))
    engine.dispose()
    store = open_store(address)
    found = rows(address, "SELECT id, fact, state, words FROM promises ORDER BY fact")
    assert [row[1:] for row in found] == [("next1", "open", None), ("next2", "open", None)]
    assert all(row[0].startswith("prm_") for row in found)
    assert (store.promises.page(), store.courses.due(CadenceTable())) == ((), ())
    now = datetime.now(UTC)
    assert store.figures.promises(Span(now - timedelta(days=1), now + timedelta(days=1)), at=now).coming == 2
    store.close()
