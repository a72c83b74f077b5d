"""One person's data: all of it is given out, and all of it is gone when it is erased, down to the bytes of the files."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, Text, create_engine, text

from drafter import check
from drafter.course import Decision
from drafter.draft import Draft
from drafter.errors import InputError, NotFoundError
from drafter.house.remedy import RemedyTable
from drafter.incident import Incident, Money, incident_from
from drafter.store import DeskTicket, Store
from drafter.store.address import read_address
from drafter.store.tables import Row

WHO = "zora.quill@mail.example"
MARK = "quill"  # stands in everything of hers, and in nothing else
CODES = {  # what holds ids, codes and names of parts, none of them a person's
    "id", "incident_id", "draft_id", "key_id", "state", "kind", "subject", "actor", "data", "verdict", "rule", "digest", "scopes",
    "fingerprint", "helpdesk", "name", "made_by", "section", "host", "status", "first", "channel", "severity", "fact", "sent_id",
    "part_of", "promise_id", "batch_id",
}  # fmt: skip
Facts = Callable[..., dict[str, Any]]


def hers(facts: Facts, **more: Any) -> Incident:
    """An incident in which every text that can names her."""
    return incident_from(
        facts(
            customer={"name": "Zora Quill", "email": WHO, "address": ["Quill House"]},
            reference="order Q1-quill",
            ours="we sent Zora Quill's parcel to another house",
            thread=[{"by": "customer", "text": "I am Zora Quill, where is my parcel?"}],
            **more,
        )
    )


def fill(store: Store, facts: Facts, letter: Draft) -> str:
    """Put her into every table; the id of her first draft."""
    made = store.drafts.accept(
        hers(facts),
        person="cust-quill",
        desk=DeskTicket("zendesk", "t-quill", "q-quill", "e-quill", "m-quill"),
        raw=MARK * 3000,
        callback="https://quill.example",
    )
    failed = store.drafts.accept(hers(facts))
    store.drafts.fail(failed.id, {"title": "failed", "detail": "for Zora Quill"})
    told = f"Hi Zora Quill, we're sorry for any inconvenience caused to {WHO}. " * 100
    findings = tuple(
        finding.model_copy(update={"message": MARK}) for finding in check("We're sorry for any inconvenience caused.").findings
    )
    version = letter.model_copy(update={"text": told})
    for number in (1, 2):
        store.drafts.finish(made.id, version, number=number, by=WHO)
    store.reviews.add(made.id, version=1, verdict="edit", by=WHO, reason=MARK, text=told, findings=findings, diff=f"-{MARK}")
    store.sent.add(made.id, text=told, findings=findings, distance=0.1, unedited=False)
    store.dismissals.add(made.id, rule="excuse", reason=MARK)
    for wish in ("a", "b"):
        revision = store.revisions.accept(made.id, f"say Zora {MARK} {wish}", by=WHO)
        store.revisions.fail(revision.id, {"title": "failed", "detail": MARK})
    for delivery, draft_id in (("1", None), ("2", made.id)):
        entry = store.inbox.put("zendesk", f"quill-{delivery}", {"ticket": "t-quill", "text": told})
        if entry and draft_id:
            store.inbox.done(entry, draft_id, f"accepted for {MARK}")
    note = store.deliveries.add(made.id, target="zendesk:t-quill", kind="note", payload=told)
    store.deliveries.attempt(note.id, ok=False, error=MARK, ref="n-quill")
    for key in ("a", "b"):
        store.idempotency.begin("key_1", f"quill-{key}", fingerprint="f")
    store.idempotency.finish("key_1", "quill-a", status=200, headers={"Location": f"/v1/drafts/{made.id}"}, body=b"{}")
    store.idempotency.finish("key_1", "quill-b", status=200, headers={"x": "y"}, body=json.dumps({"text": told}).encode())
    store.switches.set("drafting", True, by=WHO)
    store.keys.create(WHO, ["check"])
    store.usage.add("key_1", kind="draft")
    course = store.courses.open(hers(facts, next=[{"will": "I will call Zora Quill", "owner": WHO}]), title="Zora Quill's parcel", by=WHO)
    store.courses.note(course.id, f"{MARK} called", by=WHO)
    message = store.drafts.accept(course.incident, draft=version, incident_id=course.id)
    store.sent.add(message.id, text="I will call Zora Quill.", findings=(), distance=0.0, unedited=True)
    (promise,) = store.promises.page(incident_id=course.id)
    store.promises.keep(promise.id, Decision(promise.sent, how="I called Zora Quill"), by=WHO)
    store.exposures.note(course.id, "Zora Quill's neighbour", stop=f"Do not open the parcel of {MARK}")
    rules = RemedyTable.model_validate({"approvers": [{"name": WHO, "role": f"for {MARK}", "up_to": "any"}]})
    taxi = [{"text": "you took a taxi to Quill House", "cost": "£5"}]
    lost = hers(facts, loss="£0", impacts=taxi, next=[{"will": "I will call Zora Quill", "owner": WHO}])
    store.courses.change(course.id, lost, version=store.courses.get(course.id).version)
    remedy = store.remedies.suggest(course.id, rules, by=WHO)
    store.remedies.approve(remedy.id, rules, by=WHO, option=2, amount=Money(amount=Decimal(3), currency="GBP"), because=MARK)
    cells = [(2, [WHO, MARK], ""), (3, ["", MARK], f"email: '{WHO}' is no e-mail address.")]
    store.batches.accept(course.id, {"facts": {"what": MARK}, "headers": ["customer", "order"]}, cells, key=None, helpdesk="zendesk")
    store.workings.begin(WHO, {"ticket": told})
    store.workings.save(store.workings.begin(WHO, {"ticket": ""}).id, WHO, {"ticket": told}, draft_id=made.id)
    return made.id


def whole(address: str) -> str:
    """Everything that stands in a database: every row as text and, of SQLite, the bytes of its files."""
    engine = create_engine(read_address(address))
    with engine.connect() as connection:
        rows = [str(connection.execute(table.select()).all()) for table in Row.metadata.sorted_tables]
    engine.dispose()
    files = Path(address.removeprefix("sqlite:///")).parent.glob("*") if address.startswith("sqlite") else ()
    return "\n".join([*rows, *(file.read_bytes().decode("latin-1") for file in files)]).lower()


@pytest.mark.parametrize("who", [WHO, WHO.upper(), "Zora  Quill", "order Q1-quill"])
def test_nothing_of_a_person_is_left(store: Store, address: str, facts: Facts, letter: Draft, who: str) -> None:
    """By whatever they are named, no word of theirs stands in any row, nor in SQLite's files; rows and events stay."""
    draft_id = fill(store, facts, letter)
    other = store.drafts.accept(incident_from(facts()), person="cust-2")
    assert whole(address).count(MARK) > 100
    events = [event.kind for event in store.events.of(draft_id)]
    store.forget(who)
    left = whole(address)
    assert MARK not in left, left[max(0, left.find(MARK) - 300) :][:600]
    assert [event.kind for event in store.events.of(draft_id)][: len(events)] == events
    found = store.drafts.get(draft_id)
    assert (found.state, found.version, found.draft, found.person, found.callback) == ("done", 2, None, None, None)
    assert found.erased is not None
    with pytest.raises(NotFoundError, match="were erased"):
        store.incidents.get(found.incident_id)
    assert (store.drafts.versions(draft_id), store.sent.of(draft_id)) == ((), ())
    assert store.dismissals.counts() == {"excuse": 1}
    assert [record.text for record in store.reviews.of(draft_id)] == [None]
    assert store.incidents.get(other.incident_id).incident == incident_from(facts())
    assert [record.incident.customer.name for record in store.incidents.page()] == ["Ravi Anand"]
    assert store.courses.page() == ()
    assert store.promises.page() == ()


def test_every_column_of_text_was_filled(store: Store, address: str, facts: Facts, letter: Draft) -> None:
    """The test above cannot pass over a column that is added: each text column holds her, or only codes."""
    fill(store, facts, letter)
    engine = create_engine(read_address(address), poolclass=NullPool)
    with engine.connect() as connection:
        for table in Row.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, Text) and column.name not in CODES - ({"name"} if table.name == "api_keys" else set()):
                    values = connection.execute(text(f'SELECT "{column.name}" FROM {table.name}')).scalars()
                    held = any(MARK in str(value).lower() or "/v1/drafts/" in str(value) for value in values)
                    assert held, f"{table.name}.{column.name}"
    engine.dispose()


def test_who_is_only_mentioned_by_others_is_told_and_left(store: Store, facts: Facts) -> None:
    """Somebody else's facts are theirs; they can be erased by their own id."""
    made = store.drafts.accept(incident_from(facts(ours="we sent your mail to Zora Quill")))
    about = store.about("Zora Quill")
    assert (about.drafts, about.incidents, about.mentions) == ((), (), (made.incident_id,))
    assert store.forget("Zora Quill")["mentions"] == 1
    assert store.incidents.get(made.incident_id)
    assert store.forget(made.incident_id)["drafts"] == 1
    assert store.about("Zora Quill").mentions == ()


def test_everything_of_a_person_is_given_out(store: Store, facts: Facts, letter: Draft) -> None:
    """Facts, versions, reviews, sent texts, deliveries, the message and what happened, as JSON; nothing of others."""
    draft_id = fill(store, facts, letter)
    store.drafts.accept(incident_from(facts()), person="cust-2")
    found = json.loads(json.dumps(store.export(WHO)))
    incident, draft = found["incidents"][0], found["drafts"][0]
    assert incident["facts"]["customer"]["email"] == WHO
    assert draft["id"] == draft_id
    for part in ("versions", "raw_messages", "reviews", "sent_texts", "dismissals", "deliveries", "events"):
        assert draft[part], part
    assert draft["versions"][1]["body"]["text"].startswith("Hi Zora Quill")
    (opened,) = [one for one in found["incidents"] if "entries" in one]
    assert (opened["title"], opened["state"]) == ("Zora Quill's parcel", "acknowledged")
    assert [one["kind"] for one in opened["entries"]] == [
        *("noticed", "note", "drafted", "sent", "state", "kept"),
        *("containment", "facts", "suggested", "approved", "facts", "note"),
    ]
    assert MARK in opened["exposed"][0]["who"].lower()
    assert opened["remedies"][0]["shares"][0]["kind"] == "payment"
    assert len(opened["fact_versions"]) == 4
    assert [line["cells"] for line in found["batch_lines"]] == [[WHO, MARK], ["", MARK]]
    assert [one["how"] for one in found["drafts"][-1]["promises"]] == ["I called Zora Quill"]
    assert "Ravi" not in json.dumps(found)
    assert store.events.of(draft_id)[-1].kind == "data.exported"


def test_what_is_still_to_be_written_for_them_never_comes(store: Store, facts: Facts, letter: Draft) -> None:
    """A job that was under way when a person was forgotten brings nothing of theirs back."""
    made = store.drafts.accept(hers(facts), person="cust-quill")
    store.drafts.begin(made.id)
    store.forget("cust-quill")
    found = store.drafts.finish(made.id, letter, number=1, by="worker")
    assert (found.state, found.draft) == ("cancelled", None)
    assert store.drafts.versions(made.id) == ()
    assert store.drafts.fail(made.id, {"title": "late"}).error is None


def test_nobody_is_erased_by_part_of_a_name(store: Store, facts: Facts) -> None:
    """A first name, a surname or a sign is no one person, and who says nothing names nobody."""
    made = store.drafts.accept(hers(facts))
    for who in ("Zora", "quill", "%"):
        assert store.forget(who)["drafts"] == 0
    with pytest.raises(InputError, match="say who"):
        store.forget(" ")
    assert store.incidents.get(made.incident_id)


def test_drafts_under_one_name_of_the_callers_belong_together(store: Store, facts: Facts) -> None:
    """Who wrote once with an address and once without is one person where the caller says so."""
    first = store.drafts.accept(hers(facts), person="cust-7")
    second = store.drafts.accept(incident_from(facts(customer={"name": "Z"})), person="cust-7")
    assert set(store.about(WHO).drafts) == {first.id, second.id}


def test_who_was_meant_before_the_facts_changed_is_found(store: Store, facts: Facts) -> None:
    """A former customer of an incident can be erased; one of many customers leaves the incident of all."""
    course = store.courses.open(hers(facts), title="a parcel")
    store.courses.change(course.id, incident_from(facts()), version=1)
    assert store.forget("Zora Quill")["courses"] == 1
    with pytest.raises(NotFoundError, match="was erased on"):
        store.courses.get(course.id)
    outage = store.courses.open(incident_from(facts()), title="an outage")
    made = store.drafts.accept(hers(facts), person="cust-9", incident_id=outage.id)
    store.courses.note(outage.id, "Zora Quill called")
    about = store.about(WHO)
    assert (about.drafts, outage.id in about.incidents) == ((made.id,), False)
    assert store.about("Zora Quill").mentions == (outage.id,)
    store.forget(WHO)
    assert store.courses.get(outage.id).title == "an outage"
    assert store.forget("Ravi Anand")["courses"] == 1


def test_an_incident_is_erased_with_its_messages(store: Store, facts: Facts) -> None:
    """By its own id, whoever they were for."""
    course = store.courses.open(incident_from(facts()))
    made = store.drafts.accept(hers(facts), incident_id=course.id)
    counts = store.forget(course.id)
    assert (counts["drafts"], counts["courses"]) == (1, 1)
    assert store.drafts.get(made.id).erased is not None
