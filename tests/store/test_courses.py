"""Opened incidents: what is written down stays, facts keep their versions, and two people lose nothing of each other's."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from drafter.course import prepared
from drafter.draft import Draft
from drafter.errors import ConflictError, InputError, NotFoundError, StepError
from drafter.house.cadence import CadenceTable
from drafter.incident import Incident, incident_from
from drafter.store import Store
from drafter.writer import Writer

Facts = Callable[..., dict[str, Any]]
CARD = "4111 1111 1111 1111"
FIX = [{"done": "I fitted the new chain"}]
TABLE = CadenceTable()


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def known(facts: Facts, **more: Any) -> Incident:
    """Facts that are read today, whenever that is."""
    return incident_from(facts(**({"as_of": None} | more)))


def send(store: Store, incident_id: str, text: str | None = None, **more: Any) -> str:
    """Prepare the next message of an incident, and say that it was sent, as it was written or with other words; its draft."""
    course = store.courses.get(incident_id)
    facts = prepared(course, now())
    draft = Writer().draft(facts)
    made = store.drafts.accept(facts, draft=draft, incident_id=incident_id, facts_version=course.version)
    store.sent.add(made.id, text=text or draft.text, findings=(), distance=0.0, unedited=text is None, **more)
    return made.id


def test_the_course_of_an_incident_is_kept(store: Store, facts: Facts) -> None:
    """From the first notice on, in the order in which things happened, with who and when; cards are masked, the log names nobody."""
    seen = now() - timedelta(hours=2)
    course = store.courses.open(known(facts, unknown=["why the chain slips"]), title=f"chain, card {CARD}", noticed=seen, by="ellen")
    assert (course.state, course.version, course.noticed, course.title) == ("noticed", 1, seen, "chain, card ending 1111")
    store.courses.note(course.id, f"Ravi called with {CARD}", at=seen + timedelta(minutes=5), by="sam")
    store.courses.note(course.id, "Where is my bike?", kind="received", at=seen + timedelta(minutes=3))
    with pytest.raises(StepError) as refused:
        store.courses.move(course.id, "resolved", cadence=TABLE)
    assert len(refused.value.complaints) == 3
    first = send(store, course.id, at=seen + timedelta(minutes=10))
    changed = store.courses.change(course.id, known(facts, fixes=FIX), version=1, by="ellen")
    assert [change.words for change in changed.changes] == [
        "problems.p1.unknown: “why the chain slips” is gone",
        "problems.p1.fix1: “I fitted the new chain” is new",
    ]
    second = send(store, course.id)
    done = store.courses.move(course.id, "resolved", cadence=TABLE, by="ellen")
    assert [(entry.kind, entry.by, entry.state, entry.version) for entry in done.entries if entry.kind != "drafted"] == [
        ("noticed", "ellen", "noticed", 1),
        ("received", None, None, 1),
        ("note", "sam", None, 1),
        ("sent", None, None, 1),
        ("state", None, "acknowledged", 1),
        ("facts", "ellen", None, 2),
        ("sent", None, None, 2),
        ("state", "ellen", "resolved", 2),
    ]
    assert done.entries[2].text == "Ravi called with card ending 1111"
    assert [(message.draft_id, message.kind) for message in done.sent] == [(first, "holding"), (second, "apology")]
    assert done.resolution_told
    assert [event.kind for event in store.events.of(course.id)][:2] == ["incident.noticed", "incident.note"]
    assert "ellen" not in str(store.events.of(course.id))
    assert [item.step for item in store.courses.due(TABLE)] == ["follow_up", "debrief"]


def test_each_message_keeps_the_facts_of_its_moment(store: Store, facts: Facts) -> None:
    """What changes later is in the next one, whose thread has the one before; the same facts again are no version."""
    course = store.courses.open(known(facts, cause="unknown"))
    first = send(store, course.id)
    store.courses.change(course.id, known(facts, cause="we ordered the part late", fixes=FIX), version=1)
    again = store.courses.change(course.id, known(facts, cause="we ordered the part late", fixes=FIX), version=2)
    assert (again.changes, again.course.version) == ((), 2)
    second = send(store, course.id)
    held = [store.incidents.get(store.drafts.get(draft).incident_id).incident for draft in (first, second)]
    assert [incident.problems[0].cause for incident in held] == ["unknown", "we ordered the part late"]
    assert [message.by for message in held[1].thread] == ["us"]
    assert store.courses.facts(course.id, 1).problems[0].cause == "unknown"
    assert store.drafts.get(first).part_of == course.id
    with pytest.raises(NotFoundError, match="has no version 9"):
        store.courses.facts(course.id, 9)


def test_two_people_at_once_lose_nothing(store: Store, facts: Facts) -> None:
    """Both changes are there, and the second is told what the first one was; entries never meet."""
    course = store.courses.open(known(facts, cause="unknown"))
    changes = [known(facts, cause="we ordered the part late"), known(facts, cause="unknown", fixes=FIX)]

    def change(number: int) -> tuple[str, ...]:
        store.courses.note(course.id, f"note {number}")
        changed = store.courses.change(course.id, changes[number], version=1, by=f"person {number}")
        return tuple(one.words for one in changed.theirs)

    with ThreadPoolExecutor(2) as threads:
        told = sorted(threads.map(change, range(2)))
    course = store.courses.get(course.id)
    (problem,) = course.incident.problems
    assert (course.version, problem.cause, [fix.done for fix in problem.fixes]) == (
        3,
        "we ordered the part late",
        ["I fitted the new chain"],
    )
    assert told[0] == ()
    assert len(told[1]) == 1
    assert sorted(entry.text or "" for entry in course.entries if entry.kind == "note") == ["note 0", "note 1"]


def test_the_same_fact_changed_by_two_is_refused_with_both(store: Store, facts: Facts) -> None:
    """The message names who was first; nothing is written."""
    course = store.courses.open(known(facts, cause="unknown"))
    store.courses.change(course.id, known(facts, cause="we ordered the part late"), version=1, by="sam")
    with pytest.raises(ConflictError, match=r"version 2 by sam.*“we ordered the part late” now, and yours says “we lost the order”"):
        store.courses.change(course.id, known(facts, cause="we lost the order"), version=1, by="ellen")
    assert store.courses.get(course.id).version == 2


def test_what_cannot_be_written_down_is_refused(store: Store, facts: Facts, letter: Draft) -> None:
    """An empty note, what is still to come, an incident that is not there, and facts that were never opened."""
    course = store.courses.open(known(facts))
    ahead = now() + timedelta(days=1)
    for wrong in (
        lambda: store.courses.note(course.id, " - "),
        lambda: store.courses.note(course.id, "it ended", at=ahead),
        lambda: store.courses.open(known(facts), noticed=ahead),
    ):
        with pytest.raises(InputError, match=r"the note is empty|is still to come"):
            wrong()
    alone = store.drafts.accept(known(facts), draft=letter)
    for wrong_id, said in (("inc_none", "there is no incident 'inc_none'"), (alone.incident_id, "was never opened")):
        with pytest.raises(NotFoundError, match=said):
            store.courses.note(wrong_id, "a note")
        with pytest.raises(NotFoundError, match=said):
            store.drafts.accept(known(facts), incident_id=wrong_id)
    assert [entry.kind for entry in store.courses.get(course.id).entries] == ["noticed"]


def test_incidents_are_listed_and_what_is_due_is_told(store: Store, facts: Facts) -> None:
    """The newest first, page by page; the soonest due first, over all of them."""
    seen = now() - timedelta(hours=5)
    made = [store.courses.open(known(facts, severity=severity), noticed=seen) for severity in ("minor", "urgent", "normal")]
    ids = [course.id for course in reversed(made)]
    first = store.courses.page(limit=2)
    assert [course.id for course in first] == ids[:2]
    assert [course.id for course in store.courses.page(after=first[-1].id)] == ids[2:]
    assert [course.id for course in store.courses.page(state="resolved")] == []
    assert [(item.incident_id, item.overdue) for item in store.courses.due(TABLE)] == [
        (made[1].id, True),
        (made[2].id, True),
        (made[0].id, False),
    ]
