"""Which state may follow which, and what each asks for when it comes too early."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.course import State, missing, require
from drafter.errors import StepError
from drafter.house.cadence import CadenceTable
from tests.course.conftest import Build, Facts, at, entry, sent

TABLE = CadenceTable()
FIX = [{"done": "I fitted the new chain"}]
SENT = (sent(at("09:10")),)
RESOLVED = (entry("state", at("11:00"), state="resolved", version=1),)
FOLLOWED = (*SENT, sent(at("09:00", 19), kind="follow_up"))


@pytest.mark.parametrize(
    ("state", "target", "known", "more", "said"),
    [
        ("noticed", "acknowledged", {}, {}, ["no message was sent yet"]),
        ("noticed", "acknowledged", {}, {"sent": SENT}, []),
        ("acknowledged", "contained", {}, {}, ["who else is hit"]),
        ("acknowledged", "contained", {"containment": "unknown"}, {}, []),
        ("acknowledged", "contained", {}, {"entries": (entry("containment", at("09:20")),)}, []),
        ("acknowledged", "fixed", {}, {}, ["nothing is done about “your bike was not ready on Tuesday”"]),
        ("noticed", "fixed", {"fixes": FIX}, {}, []),
        ("noticed", "resolved", {}, {}, ["no message was sent yet", "nothing is done about"]),
        (
            "acknowledged",
            "resolved",
            {"fixes": FIX, "unknown": ["why the chain slips"]},
            {"sent": SENT},
            ["“why the chain slips” is still not known"],
        ),
        ("acknowledged", "resolved", {"fixes": FIX}, {"sent": SENT}, []),
        ("acknowledged", "resolved", {"fixes": FIX, "severity": "serious"}, {"sent": SENT}, ["who else is hit"]),
        ("acknowledged", "resolved", {"fixes": FIX, "severity": "serious", "containment": "unknown"}, {"sent": SENT}, []),
        ("resolved", "resolved", {}, {}, ["it is resolved already"]),
        ("fixed", "followed_up", {}, {"sent": SENT}, ["it is not resolved"]),
        ("resolved", "followed_up", {}, {"sent": SENT, "entries": RESOLVED}, ["no follow-up was sent since it was resolved"]),
        ("resolved", "followed_up", {}, {"sent": FOLLOWED, "entries": RESOLVED}, []),
        ("resolved", "debriefed", {}, {"sent": SENT, "entries": RESOLVED}, ["no follow-up was sent", "say what the debrief found"]),
        ("followed_up", "debriefed", {}, {"sent": FOLLOWED, "entries": RESOLVED}, ["say what the debrief found"]),
        ("fixed", "debriefed", {}, {"sent": SENT}, ["it is not resolved", "say what the debrief found"]),
        ("resolved", "acknowledged", {}, {"sent": SENT}, ["say why it goes back to acknowledged"]),
        ("resolved", "noticed", {}, {"sent": SENT}, ["nobody can go back to before it was noticed"]),
    ],
)
def test_a_step_out_of_order_asks_for_what_is_missing(
    course: Build, incident: Facts, state: State, target: State, known: dict[str, Any], more: dict[str, Any], said: list[str]
) -> None:
    """All of it at once, in plain words; nothing where nothing is."""
    made = course(state=state, facts=incident(**known), **more)
    cadence = TABLE.of("normal")
    found = [complaint.message for complaint in missing(made, target, cadence)]
    assert len(found) == len(said), found
    for message, words in zip(found, said, strict=True):
        assert words in message
    if said:
        with pytest.raises(StepError):
            require(made, target, cadence)
    else:
        require(made, target, cadence)


def test_a_reason_opens_it_again_and_closes_it(course: Build, incident: Facts) -> None:
    """Going back and the debrief are a person's word; without a follow-up in the cadence, none is waited for."""
    resolved = course(state="resolved", facts=incident(fixes=FIX), sent=SENT, entries=RESOLVED)
    assert list(missing(resolved, "acknowledged", TABLE.of("normal"), reason="the chain slips again")) == []
    assert list(missing(resolved, "debriefed", TABLE.of("minor"), reason="see the wiki")) == []
