"""Triage: a reported failure is seen in any register, and everything else is met with silence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.ticket import triage

FAILURES = [
    "You cut off my power again.",
    "You've gone and shut off our gas again.",
    "They switched my phone line off by mistake.",
    "You still owe me £40.",
    "I'm still owed the deposit.",
    "you charged me twice",
    "my parcel never came",
    "third time I'm writing",
    "Your app crashes since the update",
    "still no reply",
    "HELLO I CANCELLED IN MARCH AND YOU ARE STILL TAKING $45 EVERY MONTH",
    "hi um so i was on hold for fifty minutes and then the line just dropped",
    "pizza was stone cold and no garlic bread in the bag",
    "Why was I billed for a seat I gave up?",
    "@FibreNow internet down again in Leeds",
    "My luggage is missing. Can you help?",
    "The barrier came down on my car this morning.",
    "The cake was lovely but it had nuts in it.",
    "Module 4 won't mark as done.",
    "You leaked my password.",
    "that is not the part I asked for",
    "I collected my new glasses on Thursday. Could the lenses be wrong, and who do I talk to about a refund?",
    "i put my card in and the machine ate it",
    "Is it normal that the tracking has said the same for nine days?",
]
SILENCE = [
    "You cut my power bill in half, thank you.",
    "Could you cut off the power on Friday for the builders?",
    "You broke the record, well done!",
    "You put a smile on my face.",
    "How much do I owe you?",
    "You left a lovely note.",
    "could you reset my password?",
    "What are your opening hours on Sunday?",
    "I'd like to order two more chairs, please.",
    "Please cancel my subscription, I'm moving abroad.",
    "Thanks, that fixed it! The crash is gone since the update.",
    "I ordered the wrong size by mistake, entirely my fault. Can I swap it?",
    "I am out of the office until 17 July with no access to email.",
    "Congratulations! You have been selected to receive $2,500,000.",
    "Shoutout to the crew for handling a two hour storm delay like pros",
    "What happens if my parcel is damaged on arrival?",
    "Three years and it has never lost a single note.",
    "My phone was stolen yesterday. Please block the SIM.",
    "hi",
    "The tap in our kitchen is dripping. Do you do small jobs, and what do you charge?",
    "I typed the wrong house number, it should be 14 and not 41. My fault, can you change it?",
    "45 euros for a bag is a joke",
    "I'd like to complain about the premium.",
    "You found me a seat when my flight was cancelled by the storm. I'll never forget it.",
    "I am applying for the post of support agent. I cut failed deliveries by a third.",
    "We bought a house with old skirting and want it replaced. When would you have time?",
    "May we check in at 11 am instead of 3?",
    "Great, thank you!\n\n> We have fixed the broken export and refunded $40 for the outage on Monday.",
    "---------- Forwarded message ---------\nSubject: Bank outage\n\nA major bank was down for six hours.",
]


@pytest.mark.parametrize("text", FAILURES)
def test_a_failure_is_seen_with_the_words_it_rests_on(text: str) -> None:
    """The quote is exactly what stands at its span, and a reason in plain words is given."""
    judged = triage(text)
    assert judged.failure
    assert judged.quote == text[judged.start : judged.end] != ""
    assert judged.because.endswith(".")


@pytest.mark.parametrize("text", SILENCE)
def test_what_reports_no_failure_is_left_alone(text: str) -> None:
    """Questions, orders, thanks, praise, own slips, machines, trails and what might be get no apology."""
    judged = triage(text)
    assert not judged.failure
    assert (judged.quote, judged.start, judged.end) == ("", 0, 0)


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    """No text breaks it, and a quote is never other than the text."""
    judged = triage(text)
    assert judged.quote == text[judged.start : judged.end]


@pytest.mark.parametrize(
    "piece", ["you charged me twice and ", "the ", "never ", "still, just, so very ", "my my my ", "> a\n", "@a ", "((\"'"]
)
def test_time_stays_in_step_with_length(piece: str) -> None:
    """Four times the text takes nowhere near sixteen times as long."""
    text = piece * (60_000 // len(piece))
    triage("warm up")
    before = time.process_time()
    triage(text[: len(text) // 4])
    short = time.process_time() - before
    before = time.process_time()
    triage(text)
    assert time.process_time() - before < 10 * short + 0.5
