"""Sentences of clauses: dates, tone, and "I" for what the signer did."""

from __future__ import annotations

import re
from typing import Any

import pytest

from drafter.compose import compose
from drafter.compose.deeds import tense
from drafter.compose.scene import scene_of
from tests.compose.incidents import LOST, incident


def fixed(*actions: dict[str, Any], **frame: Any) -> str:
    """The text of the fix section of a letter with these actions."""
    letter = compose(incident({**LOST, "fixes": list(actions)}, **frame))
    return next(section.text for section in letter.sections if section.name == "fix")


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ({"done": "I refunded the £9", "on": "2026-03-06"}, "I refunded the £9 on Friday 6 March."),
        ({"done": "I refunded the £9", "on": "2026-03-09"}, "I refunded the £9 yesterday."),
        ({"done": "I refunded the £9 you paid us", "on": "2026-03-06"}, "On Friday 6 March I refunded the £9 you paid us."),
        ({"done": "I refunded the £9 you paid us", "on": "2026-03-10"}, "Today I refunded the £9 you paid us."),
        ({"done": "I refunded the £9 on Monday", "on": "2026-03-09"}, "I refunded the £9 on Monday."),
        ({"done": "we check every label", "on": "2026-03-06"}, "Since Friday 6 March we check every label."),
        ({"done": "we check every label", "on": "2026-03-10"}, "From today we check every label."),
        ({"done": "the left lever can no longer slip", "on": "2026-03-06"}, "Since Friday 6 March the left lever can no longer slip."),
        ({"done": "we have opened the gate", "on": "2026-03-06"}, "We have opened the gate (Friday 6 March)."),
        ({"done": "we sent the copies", "on": "2026-03-10 09:30"}, "We sent the copies at 09:30 today."),
        ({"doing": "we are printing labels", "by": "2026-03-20"}, "We are printing labels, and that will be done by Friday 20 March."),
        ({"will": "I will call you", "on": "2026-03-12 16:00"}, "I'll call you on Thursday 12 March at 16:00."),
        ({"will": "I will call you", "on": "2026-03-11 16:00"}, "I'll call you at 16:00 tomorrow."),
        (
            {"will": "I will write to you when the form is ready", "by": "2026-03-20"},
            "I'll write to you when the form is ready, by Friday 20 March at the latest.",
        ),
        (
            {"will": "I will ring you when the van sets off", "on": "2026-03-11 07:30"},
            "I'll ring you when the van sets off, tomorrow at 07:30.",
        ),
        ({"will": "I will be at my desk", "until": "2026-03-10 17:00"}, "Until 17:00 today I'll be at my desk."),
        ({"will": "we will hold the room for you", "until": "2026-03-13"}, "We'll hold the room for you until Friday 13 March."),
        ({"will": "I will call you at 4 pm", "on": "2026-03-10 16:00"}, "I'll call you at 4 pm."),
        ({"will": "the money will be with you", "by": "2027-01-04"}, "The money will be with you by 4 January 2027."),
    ],
)
def test_date_stands_where_it_reads_well_and_only_once(action: dict[str, Any], text: str) -> None:
    """A date follows a clean clause, precedes one that goes on, fits its tense, and is not said again."""
    assert fixed(action) == text


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("the left brake lever on your bike can crack", "present"),
        ("every box gets scanned before it leaves", "present"),
        ("the locked gate is open", "present"),
        ("each lot has its own shelf", "present"),
        ("everyone whose delivery we moved gets a call", "present"),
        ("two rushed orders went out", "past"),
        ("our van broke down on the way", "past"),
        ("I personally rang both of them", "past"),
        ("the team has fixed it", "perfect"),
        ("we've moved the shelf", "perfect"),
    ],
)
def test_tense_is_that_of_the_main_verb(clause: str, found: str) -> None:
    """An adjective such as "left" or "locked" and a verb of a relative clause do not decide: only a past deed takes "on Monday"."""
    assert tense(scene_of(incident()), clause) == found


def test_same_day_is_not_named_twice() -> None:
    """Two deeds of one day name it once; a third one leaves it out."""
    text = fixed(
        *({"done": deed, "on": "2026-03-06"} for deed in ("I refunded the £9", "we closed the aisle", "our manager wrote to the courier"))
    )
    assert text.count("6 March") == 1
    assert text.count("the same day") == 1


def test_american_dates_and_times() -> None:
    """In the United States the month comes first, with a comma, and hours are counted to twelve."""
    text = fixed({"will": "I will call you", "on": "2026-03-12 16:30"}, locale="en-US")
    assert text == "I'll call you on Thursday, March 12 at 4:30 pm."


@pytest.mark.parametrize(("told", "written"), [("we close at 6 pm", "at 4:30 pm"), ("we close at 18:00", "at 16:30")])
def test_hours_are_counted_as_in_the_facts(told: str, written: str) -> None:
    """Where the facts say "6 pm", a time of the clock is not written as 16:30 beside it, whatever the locale's habit."""
    for locale in ("en-GB", "en-US"):
        text = compose(
            incident({**LOST, "known": [told]}, locale=locale, next=[{"will": "I will call you", "on": "2026-03-12 16:30"}])
        ).text
        assert written in text


def test_paper_names_the_day() -> None:
    """A letter is read days later: it has no "today" and no "yesterday"."""
    text = compose(incident({**LOST, "fixes": [{"done": "I sent the copies", "on": "2026-03-10"}]}, channel="letter")).text
    assert "I sent the copies on Tuesday 10 March." in text
    assert not re.search(r"\b(?:today|yesterday|tomorrow)\b", text)


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("25 of the copies are lost", "Twenty-five of the copies are lost."),
        ("212 of the copies are lost", "212 of the copies are lost."),
        ("8 to 10 copies are lost", "8 to 10 copies are lost."),
    ],
)
def test_sentence_does_not_begin_with_a_small_numeral(clause: str, sentence: str) -> None:
    """A number up to a hundred at the beginning of a sentence is written in words where it counts something."""
    assert sentence in compose(incident({**LOST, "known": [clause]})).text


@pytest.mark.parametrize(
    ("clause", "owner", "text"),
    [
        ("we will call you", "Ines Moreau", "I'll call you."),
        ("we refunded the fee", "Ines Moreau", "I refunded the fee."),
        ("we were wrong about the fee", "Ines Moreau", "We were wrong about the fee."),
        ("we will call you", "Lee", "Lee will call you."),
        ("Lee will call you", "Lee", "Lee will call you."),
    ],
)
def test_owner_decides_who_speaks(clause: str, owner: str, text: str) -> None:
    """The signer's own deed is told with "I", another's promise with their name, and no verb is bent."""
    state = "will" if "will" in clause else "done"
    assert fixed({state: clause, "owner": owner}) == text


def test_own_mistake_is_owned_with_i() -> None:
    """Where the signer made the mistake, it is "my mistake" or "I got that wrong"."""
    text = compose(incident({**LOST, "ours": "I gave your parcel to another driver"})).text
    assert re.search(r"my mistake|I got that wrong|was mine", text)
    assert "our mistake" not in text


@pytest.mark.parametrize(("tone", "greeting"), [("plain", "Hi Paul,"), ("warm", "Hello Paul,"), ("formal", "Dear Paul Adeyinka,")])
def test_tone_is_heard_in_greeting_and_short_forms(tone: str, greeting: str) -> None:
    """Each tone greets in its own way; a formal letter has no short forms, and quoted words stay as they are."""
    problem = {**LOST, "fixes": [{"will": "we'll send the note that says \"we'll be back\""}]}
    text = compose(incident(problem, tone=tone)).text
    assert text.startswith(greeting)
    assert '"we\'ll be back"' in text
    unquoted = re.sub(r'"[^"]*"', "", text)
    assert bool(re.search(r"\b(?:I'm|I'll|we'll|don't)\b", unquoted, re.I)) == (tone != "formal")


def test_spelling_follows_the_locale() -> None:
    """Britons read "apologise", Americans "apologize"."""
    assert "apologise" in compose(incident(tone="formal")).text
    assert "apologize" in compose(incident(tone="formal", locale="en-US")).text


def test_no_three_sentences_in_a_row_open_alike() -> None:
    """Among deeds of one person, the third sentence opens with its day."""
    deeds = ({"done": f"I checked shelf {name}", "on": f"2026-03-0{day}"} for name, day in (("one", 6), ("two", 7), ("three", 8)))
    openers = [line.split()[1] for line in fixed(*deeds).splitlines() if line.startswith("- ")]
    assert openers == ["I", "I", "On"]


STOCK = re.compile(
    r"finds you well|inconvenience|rest assured|hesitate|valued customer|thank you for your patience|how frustrating|we take .* seriously",
    re.I,
)


@pytest.mark.parametrize("severity", ["minor", "normal", "serious", "urgent"])
def test_nothing_gives_a_machine_away(severity: str) -> None:
    """No stock phrase, no exclamation, and the last words before the signature are about what comes next."""
    text = compose(incident(severity=severity)).text
    assert not STOCK.search(text)
    assert "!" not in text
    assert "sorry" not in text.split("\n\n")[-2]


@pytest.mark.parametrize(
    ("customer", "greeting"),
    [
        ("Mr & Mrs Fry", "Dear Mr and Mrs Fry,"),
        ("Mr and Mrs. Alan Hayes", "Dear Mr and Mrs Hayes,"),
        ("Ellie & Sam", "Hi Ellie and Sam,"),
        ("the Khan family", "Hi Khan family,"),
        ("J. Park", "Hi J. Park,"),
        ("Sole Trader Ltd", "Hi Sole Trader Ltd,"),
        ("Tenant of Flat 4", "Hi Tenant of Flat 4,"),
        ("Paul Adeyinka", "Hi Paul,"),
    ],
)
def test_greeting_leaves_nobody_out(customer: str, greeting: str) -> None:
    """A couple is greeted as two, a family or a firm by its whole name, and an initial is no name to be called by."""
    assert compose(incident(customer=customer)).text.startswith(greeting)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("roaming charge", "I'm writing about the roaming charge."),
        ("no pickup for dialysis", "There was no pickup for dialysis."),
        ("8am sailing cancelled", "The 8am sailing was cancelled."),
        ("alarm didn't go off", "Alarm didn't go off."),
        ("the lamp sparked", "The lamp sparked."),
    ],
)
def test_event_typed_as_a_fragment_is_a_sentence(what: str, told: str) -> None:
    """What stands in place of our act is a sentence, though it was typed as a few words."""
    problem = {"what": what, "fault": "unknown", "cause": "unknown", "fixes": [{"doing": "we are looking into it with the maker"}]}
    assert told in compose(incident(problem, kind="holding")).text


def test_what_stands_now_is_told_without_since_in_front() -> None:
    """A fix that says how things are needs no "since" that bends its tense; a habit that began keeps it."""
    assert fixed({"done": "the line is back up", "on": "2026-03-06"}) == "The line is back up (since Friday 6 March)."
    assert fixed({"done": "the line is back up", "on": "2026-03-10"}) == "The line is back up."
    assert fixed({"done": "a second clerk is on the line every Sunday", "on": "2026-03-06"}).startswith("Since Friday 6 March")


def test_second_gift_of_a_kind_is_also_given() -> None:
    """Two payments in a row are not told in the same words."""
    remedies = [{"kind": "payment", "amount": "£18"}, {"kind": "payment", "amount": "£12"}]
    assert "We are paying you £18. We are also paying you £12." in compose(incident({**LOST, "remedies": remedies})).text
