"""Every kind of message: what it holds, in which order, for every fault that it goes with."""

from __future__ import annotations

import re

import pytest

from drafter.checks.elements import owed_facts
from drafter.checks.grounding import cover
from drafter.compose import compose
from drafter.incident import KIND_FAULTS, Fault, Kind
from tests.compose.incidents import BY_FAULT, LOST, SHARED, THEIRS, UNCLEAR, incident

PAIRS = [(kind, fault) for kind, faults in KIND_FAULTS.items() for fault in faults]
NEXT = [{"will": "I will write to you", "on": "2026-03-10 13:00"}]
APOLOGY = re.compile(r"\b(?:sorry|apologi[sz]e)\b", re.I)
CONFESSION = re.compile(r"\b(?:our|my) mistake|\bwas ours\b|got that wrong|apologi[sz]e\b", re.I)


def names(letter: object) -> list[str]:
    """The names of a letter's sections, in order."""
    return [section.name for section in letter.sections]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "fault"), PAIRS)
def test_states_every_owed_fact(kind: Kind, fault: Fault) -> None:
    """For each pair of kind and fault, every fact that the message owes stands in its text."""
    facts = incident(BY_FAULT[fault], kind=kind, next=NEXT)
    text = compose(facts).text
    assert [covered.fact for covered in cover(text, facts, owed_facts(facts)) if covered.span is None] == []


@pytest.mark.parametrize(("kind", "fault"), [pair for pair in PAIRS if pair[1] in ("unknown", "not_ours")])
def test_confesses_nothing_that_is_not_ours(kind: Kind, fault: Fault) -> None:
    """A message about an unknown cause, or about what is not ours, holds no confession."""
    assert not CONFESSION.search(compose(incident(BY_FAULT[fault], kind=kind, next=NEXT)).text)


@pytest.mark.parametrize("fault", ["ours", "shared"])
def test_owns_and_apologises_once_in_the_first_two_sentences(fault: Fault) -> None:
    """An apology opens with what we did and one apology, and has no second one."""
    letter = compose(incident(BY_FAULT[fault]))
    opening = next(section for section in letter.sections if section.name == "ownership")
    assert names(letter)[:3] == ["subject", "greeting", "ownership"]
    assert opening.text.startswith(("We sent", "We printed"))
    assert len(APOLOGY.findall(letter.text)) == 1
    assert opening.facts == ("p1.ours", "p1")


def test_urgent_puts_the_action_before_the_apology() -> None:
    """Where it is urgent, what is done stands before what went wrong."""
    order = names(compose(incident(severity="urgent")))
    assert order.index("fix") < order.index("ownership")


def test_holding_says_what_is_known_what_is_not_and_when_the_next_word_comes() -> None:
    """A holding reply has its three labels and the moment of the next message, and promises no repair."""
    text = compose(incident(UNCLEAR, kind="holding", next=[{"will": "I will write again", "on": "2026-03-10 12:10"}])).text
    assert "What we know: tickets sold before 09:15 are valid." in text
    assert "What we don't know yet: why." in text
    assert "What we're doing: two of us are going through yesterday's changes." in text
    assert "I'll write again at 12:10, even if nothing has changed by then." in text


def test_shared_fault_owns_our_part_and_tells_the_other_as_an_event() -> None:
    """With shared fault our part is owned first, and the customer's step stands later without a judgement."""
    text = compose(incident(SHARED)).text
    assert "That part was ours, and I'm sorry." in text or "That was our part in it, and I'm sorry." in text
    assert text.index("We printed 200 invitations") < text.index("The order form named 4 April")
    assert not re.search(r"\b(?:you should|your fault|you failed|you forgot)\b", text, re.I)


def test_third_party_is_ours_to_put_right_or_a_neutral_fact() -> None:
    """Another party's part is taken as ours to put right where we have a part in it, and only told where we have none."""
    ours = compose(incident({**LOST, "third_party": "the courier drove past the depot"})).text
    theirs = compose(incident({**THEIRS, "third_party": "the bank held the payment for two days"})).text
    assert "The courier drove past the depot, and that is ours to put right." in ours
    assert "The bank held the payment for two days." in theirs
    assert "ours to put right" not in theirs


def test_follow_up_restates_fix_and_change_without_an_apology() -> None:
    """A follow-up says what was fixed and what changed, and does not apologise again."""
    text = compose(incident(kind="follow_up")).text
    assert "What we fixed for you: " in text
    assert "What we changed: since yesterday every label is printed from the newest order." in text
    assert not APOLOGY.search(text)


def test_planned_is_never_told_as_done() -> None:
    """A fix and a change that are planned stand in the future, also behind a label."""
    planned = {**SHARED, "prevention": [{"will": "we will ask about every date that differs", "on": "2026-03-16"}]}
    text = compose(incident(planned, kind="follow_up")).text
    assert "What we are doing for you: we'll print all 200 again by Thursday 12 March." in text
    assert "What we are changing: from Monday 16 March we'll ask about every date that differs." in text
    assert "What we changed" not in text


def test_confirmation_opens_with_what_is_given() -> None:
    """A confirmation of a remedy begins with the remedy, in its subject too."""
    letter = compose(incident(kind="remedy_confirmation"))
    assert letter.subject == "Confirmed: £6.50 refund (order 7731)"
    assert names(letter)[2] == "make_good"


def test_you_were_right_opens_the_letter_where_the_facts_say_so() -> None:
    """A known fact that the customer was right stands before everything else, and appears only then."""
    right = {**LOST, "known": ["you were right that the new address was on the order"]}
    assert compose(incident(right)).text.startswith("Hi Paul,\n\nYou were right that the new address was on the order.")
    assert "You were right" not in compose(incident()).text


def test_unknown_cause_is_said_only_where_it_is_owed() -> None:
    """A settled apology does not dwell on a cause that is not known; a holding reply says so."""
    settled = {**LOST, "cause": "unknown"}
    assert "don't know" not in compose(incident(settled)).text
    assert "don't know yet" in compose(incident({**settled, "fixes": [{"doing": "I am asking the courier"}]}, kind="holding")).text


def test_same_facts_make_the_same_letter_and_others_vary() -> None:
    """Composing is deterministic, and letters of different matters do not all apologise in the same words."""
    assert compose(incident()) == compose(incident())
    openings = {compose(incident(reference=f"order {n}")).sections[2].text.split(". ", 1)[1] for n in range(40)}
    assert len(openings) > 1
