"""The next message: its kind from the state, its thread from what was sent, and none without news."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.course import State, kind_of, prepared
from drafter.errors import NewsError, StepError
from drafter.house.cadence import CadenceTable
from drafter.writer import Writer
from tests.course.conftest import Build, Facts, at, entry, promise, sent

FIX = [{"done": "I fitted the new chain"}]
SENT = (sent(at("09:10")),)
RESOLVED = (entry("state", at("11:00"), state="resolved", version=1),)


@pytest.mark.parametrize(
    ("known", "told", "more", "kind"),
    [
        ({}, None, {}, "holding"),
        ({"cause": "we ordered late"}, None, {}, "holding"),
        ({"fixes": FIX}, None, {}, "apology"),
        ({"cause": "we ordered late", "fixes": [{"doing": "we are fitting a new chain"}]}, None, {}, "apology"),
        ({"kind": "notice"}, None, {}, "notice"),
        ({"fault": "not_ours", "ours": None}, None, {}, "answer"),
        ({"cause": "we ordered late"}, {}, {"sent": SENT}, "update"),
        ({"fixes": FIX}, {}, {"sent": SENT}, "apology"),
        ({"fixes": FIX}, {}, {"sent": (sent(at("09:10"), kind="apology"),)}, "update"),
        ({"fixes": FIX, "remedies": [{"kind": "refund", "amount": "£40"}]}, {"fixes": FIX}, {"sent": SENT}, "remedy_confirmation"),
        ({"fixes": FIX}, {"fixes": FIX}, {"sent": SENT, "entries": RESOLVED, "state": "resolved"}, "follow_up"),
        ({"fixes": FIX}, {}, {"sent": (sent(at("09:10"), 0),), "entries": RESOLVED, "state": "resolved"}, "apology"),
    ],
)
def test_the_kind_comes_from_the_state(
    course: Build, incident: Facts, known: dict[str, Any], told: dict[str, Any] | None, more: dict[str, Any], kind: str
) -> None:
    """Holding before anything is known, updates until it is resolved, what is due after; a kind that the facts name goes first."""
    made = course(facts=incident(**known), told=None if told is None else incident(**told), **more)
    assert kind_of(made) == kind
    assert prepared(made, at("11:30")).kind == kind


def test_a_message_has_what_was_said_as_its_thread(course: Build, incident: Facts) -> None:
    """In order, each once, also where the facts hold it already; the moment of writing is this one."""
    facts = incident(
        thread=[{"by": "customer", "text": "Where is my bike?"}, {"by": "us", "text": "We are  on it."}], cause="we ordered late"
    )
    asked = entry("received", at("09:40"), text="Any news?")
    made = course(facts=facts, told=incident(), sent=(*SENT, sent(at("10:00"), text="It will be noon.")), entries=(asked,))
    ready = prepared(made, at("10:30"))
    assert [(message.by, message.text, message.id) for message in ready.thread] == [
        ("customer", "Where is my bike?", "thread1"),
        ("us", "We are  on it.", "thread2"),
        ("customer", "Any news?", "thread3"),
        ("us", "It will be noon.", "thread4"),
    ]
    assert (ready.as_of, ready.turn) == (at("10:30"), 3)


def test_an_update_without_news_is_refused_with_what_it_may_say(course: Build, incident: Facts) -> None:
    """What is being done and by whom, when the next word comes, what is known; each of these is enough."""
    plans = {"next": [{"will": "I will write to you again", "on": "2026-03-12 12:00"}]}
    same = course(facts=incident(**plans), told=incident(**plans), sent=SENT)
    with pytest.raises(NewsError) as refused:
        prepared(same, at("09:40"))
    assert [complaint.key for complaint in refused.value.complaints] == ["", "problems.fixes", "next", "problems.known"]
    assert "nothing has changed since Thursday 12 March 09:10" in str(refused.value)
    for more in (
        {"fixes": [{"doing": "two people are fitting the chain", "owner": "Sam"}]},
        {"next": [{"will": "I will write to you again", "on": "2026-03-12 12:30"}]},
        {"unknown": ["why the chain slips"]},
    ):
        made = course(facts=incident(**{**plans, **more}), told=incident(**plans), sent=SENT)
        assert prepared(made, at("09:40")).kind == "update"
    with pytest.raises(NewsError):
        prepared(course(facts=incident(tone="warm"), told=incident(), sent=SENT), at("09:40"))


@pytest.mark.parametrize(
    ("more", "kind", "said"),
    [
        ({"state": "acknowledged", "sent": SENT}, "follow_up", "a follow-up comes after it is resolved"),
        ({}, "update", "the first word comes before it"),
        (
            {"promises": (promise("next1", at("09:30")),)},
            None,
            "“I will call you by Friday” was promised for Thursday 12 March 09:30, and that is past",
        ),
    ],
)
def test_a_message_out_of_order_is_refused(course: Build, more: dict[str, Any], kind: Any, said: str) -> None:
    """With what has to come first."""
    with pytest.raises(StepError, match=said):
        prepared(course(**more), at("09:40"), kind=kind)


def test_a_plan_that_is_past_and_was_never_sent_is_asked_about(course: Build, incident: Facts) -> None:
    """The facts are to be brought up to date first, to the minute; a plan to write again is over by itself."""
    for plans in (
        {"next": [{"will": "I will call you", "on": "2026-03-12 09:30"}]},
        {"fixes": [{"will": "I will call you", "on": "2026-03-11"}]},
    ):
        with pytest.raises(StepError, match=r"“I will call you” was planned for .*; say what was done, or mend the date"):
            prepared(course(facts=incident(**plans, as_of="2026-03-10 09:00")), at("09:31"))
    again = incident(next=[{"will": "I will write to you again", "on": "2026-03-12 09:30"}])
    assert prepared(course(facts=again), at("09:31")).next == ()


@pytest.mark.parametrize(
    ("more", "state", "will", "by"),
    [
        ({"severity": "urgent"}, "noticed", "I will write to you again", at("09:40")),
        ({"severity": "minor"}, "noticed", "I will write to you again", at("09:11", 15).date()),
        ({"severity": "urgent", "channel": "status_page"}, "noticed", "we will post the next update here", at("09:40")),
        ({"severity": "urgent", "next": [{"will": "I will call you", "on": "2026-03-12 09:30"}]}, "noticed", "I will call you", None),
        ({"severity": "urgent", "fixes": FIX}, "noticed", None, None),
    ],
)
def test_a_message_while_it_is_open_promises_the_next_word(
    course: Build, incident: Facts, more: dict[str, Any], state: State, will: str | None, by: Any
) -> None:
    """The one that the cadence of the house has, unless the facts name one, or the apology for something done needs none."""
    facts = incident(**more)
    made = prepared(course(facts=facts, state=state), at("09:11"), cadence=CadenceTable().of(facts.severity))
    assert [(plan.will, plan.by) for plan in made.next] == ([] if will is None else [(will, by)])


@pytest.mark.parametrize("state", ["noticed", "resolved"])
def test_what_is_prepared_becomes_a_letter(course: Build, incident: Facts, state: State) -> None:
    """The facts hold together for the writer, whatever the kind."""
    facts = incident(fixes=FIX, prevention=[{"done": "we order parts on the day of the booking"}])
    more: dict[str, Any] = {} if state == "noticed" else {"sent": SENT, "told": facts, "entries": RESOLVED}
    ready = prepared(course(state=state, facts=facts, **more), at("11:30"))
    draft = Writer().draft(ready)
    assert draft.status == "ready", draft.reasons
    assert "chain" in draft.text
