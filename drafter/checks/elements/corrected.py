"""Corrections of the facts: which of them a text makes openly, where what was said and what is right stand side by side."""

from __future__ import annotations

from drafter.checks.grounding import cover
from drafter.checks.grounding.openly import taken_back
from drafter.incident import Correction, Incident
from drafter.incident.clause import owns


def corrects(text: str, incident: Incident, correction: Correction) -> bool:
    """Whether a text makes a correction: it says that something told before was wrong, and what is right, in one place."""
    places = (text[start:end] for start, end in taken_back(text))
    return any(covered.span is not None for place in places for covered in cover(place, incident, [correction.id]))


def owing(incident: Incident, *, withheld: bool = False) -> tuple[Correction, ...]:
    """The corrections that no earlier message of ours has made: one is made once.

    Where admissions are `withheld`, what is right and says what we did waits for the person who releases them.
    """
    sent = [message.text for message in incident.thread if message.by == "us" and message.public]
    open_ones = (one for one in incident.corrections if one.right is not None and not (withheld and _admits(one)))
    return tuple(one for one in open_ones if not any(corrects(text, incident, one) for text in sent))


def _admits(one: Correction) -> bool:
    return owns(one.right or "") or (one.fact or "").endswith((".ours", ".cause"))
