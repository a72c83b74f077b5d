"""The ledger: what a sent text promises, in its words, and what becomes of it in the facts and in the next message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from drafter.course import Decision, prepared
from drafter.errors import NotFoundError, StepError
from drafter.house.cadence import CadenceTable
from drafter.incident import Action
from drafter.store import Store
from tests.store.test_courses import known, now, send

Facts = Callable[..., dict[str, Any]]
TABLE = CadenceTable()


def day(ahead: int) -> str:
    """A day, so many days from now."""
    return f"{(datetime.now(UTC) + timedelta(days=ahead)).date()}"


def plans(*texts: str, ahead: int = 2) -> list[dict[str, str]]:
    """Plans for a day to come."""
    return [{"will": text, "on": day(ahead)} for text in texts]


def test_what_a_sent_text_promises_is_entered_as_it_was_said(store: Store, facts: Facts) -> None:
    """With its owner and its moment; what the text leaves out is no promise, one without a day is one."""
    ours = [*plans("I will call you about the chain"), {"will": "we will check your brakes", "owner": "Sam Osei"}]
    course = store.courses.open(known(facts, next=ours, people=["Sam Osei"], fixes=plans("our fitter will come to you", ahead=3)))
    send(store, course.id)
    found = {promise.fact: promise for promise in store.promises.page(incident_id=course.id)}
    assert {fact: (promise.owner, promise.due is not None) for fact, promise in found.items()} == {
        "next1": ("Ellen Marsh", True),
        "next2": ("Sam Osei", False),
        "p1.fix1": (None, True),
    }
    assert "call you about the chain" in found["next1"].words
    pages = [store.promises.page(limit=2), store.promises.page(limit=2, after=list(found.values())[1].id)]
    assert [[promise.fact for promise in page] for page in pages] == [["next1", "p1.fix1"], ["next2"]]
    assert str(found["next1"].due)[11:16] in ("23:59", "22:59")  # the end of the day in London
    assert [item.step for item in store.courses.due(TABLE)] == ["update", "promise", "promise", "promise"]
    other = store.courses.open(known(facts, next=ours, people=["Sam Osei"]))
    send(store, other.id, "We are on it. I will call you about the chain on " + f"{datetime.fromisoformat(day(2)):%d %B}.")
    assert [promise.fact for promise in store.promises.page(incident_id=other.id)] == ["next1"]


def test_a_kept_promise_is_told_as_done(store: Store, facts: Facts) -> None:
    """In the facts, as their next version, and so in the next message; it is decided once."""
    course = store.courses.open(known(facts, next=plans("I will call the carrier")))
    send(store, course.id)
    (promise,) = store.promises.page(incident_id=course.id)
    with pytest.raises(StepError, match="say how it was kept"):
        store.promises.keep(promise.id, Decision(now()))
    made = store.promises.keep(promise.id, Decision(now(), how="I called the carrier, as I said I would"), by="ellen")
    assert (made.state, made.how, made.by) == ("kept", "I called the carrier, as I said I would", "ellen")
    course = store.courses.get(course.id)
    assert (course.version, course.incident.next, course.incident.problems[0].fixes[0].done) == (2, (), made.how)
    assert [entry.kind for entry in course.entries][-1] == "kept"
    assert "I called the carrier" in " ".join(store.drafts.get(send(store, course.id)).draft.text.split())  # type: ignore[union-attr]
    with pytest.raises(StepError, match="it was kept already by ellen"):
        store.promises.break_(promise.id, Decision(now()))


def test_a_broken_promise_has_to_be_owned(store: Store, facts: Facts) -> None:
    """While it is past and nobody says what became of it, no message is prepared; then the next one owns it."""
    course = store.courses.open(known(facts, next=plans("I will call you about the chain", ahead=1)))
    send(store, course.id)
    later = now() + timedelta(days=3)
    with pytest.raises(StepError, match="and that is past; say what became of it"):
        prepared(store.courses.get(course.id), later)
    (promise,) = store.promises.page(state="open")
    assert [item.overdue for item in store.courses.due(TABLE, at=later) if item.promise_id == promise.id] == [True]
    plan = Action.model_validate({"will": "I will call you at noon", "on": f"{day(4)} 12:00"})
    assert store.promises.break_(promise.id, Decision(now(), plan=plan)).state == "broken"
    ready = prepared(store.courses.get(course.id), later)
    assert ready.problems[1].ours == f"I said I would call you about the chain by {said(promise.due)}, and I did not"
    assert ready.problems[1].fixes[0].will == "I will call you at noon"


def said(moment: datetime | None) -> str:
    """A day as the letters of these facts have it."""
    assert moment is not None
    return f"{moment:%A} {moment.day} {moment:%B}"


def test_a_promise_is_handed_over_and_dropped(store: Store, facts: Facts) -> None:
    """The new owner is in the ledger, in the facts and in what is due; a reason is needed to drop it."""
    course = store.courses.open(known(facts, next=plans("I will call you about the chain")))
    send(store, course.id)
    (promise,) = store.promises.page()
    with pytest.raises(StepError, match="say who takes it over"):
        store.promises.hand(promise.id, " ")
    assert store.promises.hand(promise.id, "Sam Osei", by="ellen").owner == "Sam Osei"
    course = store.courses.get(course.id)
    assert course.incident.next[0].will == "Sam Osei will call you about the chain"
    assert (course.entries[-1].kind, course.entries[-1].text) == ("handed", "Ellen Marsh → Sam Osei")
    assert [item.owner for item in store.courses.due(TABLE) if item.promise_id] == ["Sam Osei"]
    with pytest.raises(StepError, match="say why nobody waits"):
        store.promises.drop(promise.id, Decision(now()))
    assert store.promises.drop(promise.id, Decision(now(), how="you have your bike")).state == "dropped"
    assert store.courses.get(course.id).incident.next == ()


def test_a_message_in_time_keeps_the_promise_to_write_again(store: Store, facts: Facts) -> None:
    """The next word is there with it; what else was promised stays open, and one that is made again counts as it was said last."""
    first = plans("I will write to you again", "I will call you about the chain")
    course = store.courses.open(known(facts, next=first))
    send(store, course.id)
    again = [*plans("I will write to you again", ahead=3), *plans("I will call you about the chain", ahead=4)]
    store.courses.change(course.id, known(facts, next=again, known=["the frame is sound"]), version=1)
    send(store, course.id)
    standing = {(promise.fact, promise.state): promise for promise in store.courses.get(course.id).promises}
    assert set(standing) == {("next1", "kept"), ("next1", "open"), ("next2", "open")}
    assert str(standing["next2", "open"].due) > day(3)
    store.promises.drop(standing["next2", "open"].id, Decision(now(), how="you have called us"))
    assert [promise.fact for promise in store.promises.page(state="open")] == ["next1"]


def test_a_text_that_is_sent_again_takes_the_place_of_the_one_before(store: Store, facts: Facts) -> None:
    """But for what somebody has decided on; and the message stands once in the timeline."""
    course = store.courses.open(known(facts, next=plans("I will call you about the chain", "I will test the brakes")))
    made = send(store, course.id)
    call = next(promise for promise in store.promises.page() if promise.fact == "next1")
    store.promises.keep(call.id, Decision(now(), how="I called you about the chain"))
    store.sent.add(made, text="We are on it.", findings=(), distance=0.9, unedited=False)
    assert [(promise.fact, promise.state) for promise in store.promises.page()] == [("next1", "kept")]
    course = store.courses.get(course.id)
    assert [message.text for message in course.sent] == ["We are on it."]


def test_a_promise_of_a_message_alone_is_in_the_ledger_too(store: Store, facts: Facts) -> None:
    """It is due and decided like others; there are no facts that change."""
    from drafter.writer import Writer

    alone = known(facts, next=plans("I will call you about the chain"))
    draft = Writer().draft(alone)
    made = store.drafts.accept(alone, draft=draft)
    store.sent.add(made.id, text=draft.text, findings=(), distance=0.0, unedited=True)
    (item,) = store.courses.due(TABLE)
    assert (item.incident_id, item.step, item.owner) == (None, "promise", "Ellen Marsh")
    assert item.promise_id is not None
    assert store.promises.break_(item.promise_id, Decision(now())).state == "broken"
    assert store.courses.due(TABLE) == ()
    with pytest.raises(NotFoundError, match="there is no promise"):
        store.promises.get("prm_none")
