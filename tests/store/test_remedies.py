"""Remedies that are kept: suggested, approved by whoever may, counted for the same customer, and held against every letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from drafter.checks import check
from drafter.course import prepared
from drafter.errors import NotFoundError, StepError
from drafter.house.remedy import RemedyTable
from drafter.incident import Incident, Money, incident_from
from drafter.store import Store
from drafter.store.ledger import same_person
from drafter.writer import Writer

Facts = Callable[..., dict[str, Any]]
RAVI = {"name": "Ravi Anand", "email": "ravi@mail.example"}
RULES = RemedyTable.model_validate(
    {
        "currency": "GBP",
        "cap": 30,
        "repeat_times": 2,
        "goodwill": [{"times": 0.25}],
        "approvers": [{"name": "Sam Osei", "role": "Shop manager", "up_to": 60}, {"name": "Ana Ruiz", "up_to": "any"}],
    }
)


def known(facts: Facts, **more: Any) -> Incident:
    """Facts that are read today: £40 lost."""
    return incident_from(facts(**({"as_of": None, "loss": "£40", "customer": RAVI, "kind": "apology"} | more)))


def opened(store: Store, facts: Facts, **more: Any) -> str:
    """The id of an opened incident."""
    return store.courses.open(known(facts, **more)).id


def approved(store: Store, incident_id: str, by: str = "Sam Osei", **more: Any) -> None:
    """Suggest a remedy for an incident, and approve it."""
    store.remedies.approve(store.remedies.suggest(incident_id, RULES, by="ellen").id, RULES, by=by, **more)


def test_suggested_approved_and_told(store: Store, facts: Facts) -> None:
    """The approval goes into the facts; who did what is in the timeline, and the log has codes alone."""
    incident = opened(store, facts)
    made = store.remedies.suggest(incident, RULES, by="ellen")
    assert (made.state, len(made.proposal.options)) == ("open", 3)
    done = store.remedies.approve(made.id, RULES, by="sam osei", because="as agreed")
    assert (done.state, done.option, done.by, done.role, done.because) == ("approved", 1, "Sam Osei", "Shop manager", "as agreed")
    assert [(share.kind, share.amount) for share in done.shares] == [
        ("refund", Money(amount=Decimal(40), currency="GBP")),
        ("credit", Money(amount=Decimal(10), currency="GBP")),
    ]
    assert store.remedies.of(incident) == (done,)
    assert store.remedies.get(made.id) == done
    course = store.courses.get(incident)
    assert (course.version, [one.approved_by for one in course.incident.problems[0].remedies]) == (2, ["Sam Osei", "Sam Osei"])
    assert [(entry.kind, entry.by) for entry in course.entries] == [
        ("noticed", None),
        ("suggested", "ellen"),
        ("approved", "Sam Osei"),
        ("facts", "Sam Osei"),
    ]
    assert "refund of £40 (refund), credit of £10.00 (goodwill)" in (course.entries[2].text or "")
    events = [event for event in store.events.page() if event.subject == made.id]
    assert [(event.kind, event.actor) for event in events] == [("remedy.suggested", "person"), ("remedy.approved", "person")]
    assert "Sam" not in str(events)
    letter = Writer().draft(prepared(course, datetime.now(UTC)))
    assert not [finding for finding in letter.findings if finding.severity == "error"]
    assert "£40" in letter.text


def test_who_may_not_changes_nothing(store: Store, facts: Facts) -> None:
    """The remedy stays open, and the facts as they were."""
    incident = opened(store, facts)
    made = store.remedies.suggest(incident, RULES)
    for by, amount in (("Joe", None), ("Sam Osei", Money(amount=Decimal(29), currency="GBP"))):
        with pytest.raises(StepError):
            store.remedies.approve(made.id, RULES, by=by, amount=amount)
    assert store.remedies.get(made.id) == made
    assert store.courses.get(incident).version == 1


def test_it_is_decided_once(store: Store, facts: Facts) -> None:
    """What is decided stays; a suggestion takes the place of one that nobody has decided on."""
    incident = opened(store, facts)
    first = store.remedies.suggest(incident, RULES)
    second = store.remedies.suggest(incident, RULES)
    assert [one.state for one in store.remedies.of(incident)] == ["replaced", "open"]
    with pytest.raises(StepError, match="another was suggested in its place"):
        store.remedies.approve(first.id, RULES, by="Sam Osei")
    with pytest.raises(StepError, match="say why"):
        store.remedies.refuse(second.id, by="Sam Osei", because=" ")
    assert store.remedies.refuse(second.id, by="Sam Osei", because="the customer wants none").state == "refused"
    with pytest.raises(StepError, match="refused already by Sam Osei"):
        store.remedies.approve(second.id, RULES, by="Sam Osei")
    with pytest.raises(NotFoundError, match="no remedy"):
        store.remedies.get("rem_none")
    with pytest.raises(NotFoundError, match="no incident"):
        store.remedies.of("inc_none")


def test_facts_that_changed_ask_for_another_suggestion(store: Store, facts: Facts) -> None:
    """What was proposed was about other facts."""
    incident = opened(store, facts)
    made = store.remedies.suggest(incident, RULES)
    store.courses.change(incident, known(facts, loss="£4"), version=1)
    with pytest.raises(StepError, match=r"version 1, now 2.*suggest it again"):
        store.remedies.approve(made.id, RULES, by="Sam Osei")


def test_the_cap_counts_what_the_same_customer_was_given(store: Store, facts: Facts) -> None:
    """In other incidents too, and of nobody else; what is longer ago does not count."""
    approved(store, opened(store, facts))
    approved(store, opened(store, facts, customer={"name": "Ravi Anand", "email": "other@mail.example"}), by="Ana Ruiz")
    again = opened(store, facts, customer={"name": "R. Anand", "email": "RAVI@mail.example"})
    made = store.remedies.suggest(again, RULES)
    assert made.proposal.options[0].goodwill("GBP") == 20  # twice as much, as we failed them before
    assert not any("Limits" in line for line in made.proposal.because)
    store.remedies.approve(made.id, RULES, by="Sam Osei")
    third = store.remedies.suggest(opened(store, facts), RULES)
    assert third.proposal.options[0].goodwill("GBP") == 0
    assert any("of which £30.00 is given" in line for line in third.proposal.because)
    with pytest.raises(StepError, match=r"makes 31\.00 for this customer"):
        store.remedies.approve(third.id, RULES, by="Sam Osei", option=2, amount=Money(amount=Decimal(1), currency="GBP"))
    short = RULES.model_copy(update={"cap_over": timedelta(0)})
    assert store.remedies.suggest(opened(store, facts), short).proposal.options[0].goodwill("GBP") == 10


def test_the_cap_holds_where_two_approve_at_once(store: Store, facts: Facts) -> None:
    """Four people, four incidents of one customer: together no more than the house gives."""
    made = [store.remedies.suggest(opened(store, facts), RULES.model_copy(update={"repeat_times": Decimal(1)})).id for _ in range(4)]

    def approve(remedy_id: str) -> bool:
        try:
            store.remedies.approve(remedy_id, RULES, by="Sam Osei")
        except StepError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(approve, made)) == [False, True, True, True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"email": "A@x.example"}, {"email": "a@x.example", "name": "Else"}, True),
        ({"name": "Jo Lee"}, {"name": "jo  lee"}, True),
        ({"name": "Jo Lee"}, {"name": "Jo Lee", "phone": "1"}, False),  # it may be another Jo Lee
        ({"name": "Jo Lee", "email": "a@x.example"}, {"name": "Jo Lee", "email": "b@x.example"}, False),
        ({"account": "1", "email": "a@x.example"}, {"account": "1"}, True),
        ({}, {}, False),
    ],
)
def test_who_is_the_same_customer(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    """By what belongs to one person; a name alone is enough only where neither has more."""
    assert same_person(one, other) is same


def test_only_what_is_approved_may_be_promised(store: Store, facts: Facts) -> None:
    """From the first suggestion on, in a letter that is prepared, and in one that was prepared before."""
    remedies = [{"kind": "credit", "amount": "£15"}]
    incident = opened(store, facts, remedies=remedies)
    course = store.courses.get(incident)
    ready = prepared(course, datetime.now(UTC))
    before = store.drafts.accept(ready, draft=Writer().draft(ready), incident_id=incident)
    assert before.draft
    assert ready.approved is None
    made = store.remedies.suggest(incident, RULES)
    assert prepared(store.courses.get(incident), datetime.now(UTC)).approved == ()
    for facts_now in (store.incidents.get(before.incident_id).incident, prepared(store.courses.get(incident), datetime.now(UTC))):
        assert "unapproved-remedy" in {finding.rule for finding in check(before.draft.text, facts_now).errors}
    store.remedies.approve(made.id, RULES, by="Sam Osei")
    now = store.incidents.get(before.incident_id).incident
    assert "unapproved-remedy" not in {finding.rule for finding in check(before.draft.text, now).errors}
    other = before.draft.text.replace("£15", "£16")
    assert "unapproved-remedy" in {finding.rule for finding in check(other, now).errors}


def test_what_is_approved_is_for_the_ledger_to_say(store: Store, facts: Facts) -> None:
    """Nobody approves by writing it into the facts."""
    forged = known(facts).model_copy(update={"approved": ()})
    course = store.courses.open(forged)
    assert (course.approved, course.incident.approved) == (None, None)
    store.remedies.suggest(course.id, RULES)
    mine = {**facts(loss="£40"), "as_of": None, "approved": [{"kind": "credit", "amount": "£500"}]}
    mine.pop("as_of")
    changed = store.courses.change(course.id, incident_from(mine), version=1)
    assert changed.course.approved == ()
    assert not any("approved" in change.place for change in changed.changes)


def test_the_letter_of_another_incident_is_left_alone(store: Store, facts: Facts) -> None:
    """A draft that is no message of an opened incident has its own facts only."""
    store.remedies.suggest(opened(store, facts), RULES)
    record = store.drafts.accept(known(facts, remedies=[{"kind": "credit", "amount": "£15"}]))
    assert store.incidents.get(record.incident_id).incident.approved is None


def test_it_goes_with_its_incident(store: Store, facts: Facts) -> None:
    """Erased, nothing of it can be read; pruned, the row is gone too."""
    incident = opened(store, facts)
    approved(store, incident)
    (made,) = store.remedies.of(incident)
    assert json.loads(json.dumps(store.export("ravi@mail.example")))["incidents"][0]["remedies"][0]["by"] == "Sam Osei"
    store.forget("ravi@mail.example")
    with pytest.raises(NotFoundError, match="it was erased"):
        store.remedies.get(made.id)
    assert store.prune(datetime.now(UTC) + timedelta(days=1))["remedies"] == 1


def test_a_remedy_holds_no_card(store: Store, facts: Facts) -> None:
    """Masked as facts are."""
    incident = opened(store, facts, impacts=[{"text": "your card 4111 1111 1111 1111 was charged", "cost": "£3"}])
    made = store.remedies.suggest(incident, RULES)
    assert "4111 1111" not in str(made)
    assert replace(made, by="x") != made
