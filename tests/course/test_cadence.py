"""The cadence of a house: read with its defaults, refused where it cannot be met, and what is due by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from drafter.course import due, unmet
from drafter.errors import InputError
from drafter.house.cadence import CadenceTable, shown
from drafter.house.read import load_house
from tests.course.conftest import Build, Facts, at, entry, promise, sent

URGENT = CadenceTable().of("urgent")


def house(tmp_path: Path, text: str) -> CadenceTable:
    """The cadence in a settings file."""
    file = tmp_path / "drafter.toml"
    file.write_text(text, encoding="utf-8")
    return load_house(file).cadence


def test_a_house_sets_what_it_wants_and_keeps_the_rest(tmp_path: Path) -> None:
    """One key of one severity; "off" is for what comes after."""
    read = house(tmp_path, '[cadence.urgent]\nfirst_word = "10m"\n[cadence.normal]\nfollow_up_after = "off"\ndebrief_after = "2w"\n')
    assert read.of("urgent") == replace(URGENT, first_word=timedelta(minutes=10))
    assert (read.of("normal").follow_up_after, read.of("normal").debrief_after) == (None, timedelta(days=14))
    assert read.of("minor") == CadenceTable().of("minor")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[cadence.urgent]\nfirst_wrd = "10m"', "line 2: cadence.urgent.first_wrd: unknown key; did you mean 'first_word'?"),
        ('[cadence.urgnt]\nfirst_word = "10m"', "did you mean 'urgent'?"),
        ('[cadence.urgent]\nfirst_word = "soon"', "'soon' is not a length of time such as 15m"),
        ('[cadence.urgent]\nfirst_word = "0m"', "'0m' is not a length of time"),
        ("[cadence.urgent]\nfirst_word = 15", 'in quotes, such as "15m"'),
        ('[cadence.urgent]\nupdate_every = "off"', "'off' is not a length of time"),
        ('[cadence.minor]\nupdate_every = "60d"', "'60d' without a word is silence; write 30 days at the most"),
        ('[cadence.minor]\nfollow_up_after = "900d"', "a year (365d) at the most, or off"),
        ('[cadence.urgent]\ndebrief_after = "2d"', "urgent cannot be met: the debrief closes an incident, and would come 2 days after"),
    ],
)
def test_a_cadence_that_cannot_be_met_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """With file, key and what would do."""
    with pytest.raises(InputError) as refused:
        house(tmp_path, text)
    assert said in str(refused.value)


def test_the_first_word_is_due_and_then_updates_until_it_is_resolved_and_told(course: Build) -> None:
    """Each from the moment before it; after the end comes the follow-up, then the debrief."""
    resolved = entry("state", at("11:00"), state="resolved", version=3)
    words = [
        (course(), "09:10", [("first_word", at("09:15"), False)]),
        (course(), "09:16", [("first_word", at("09:15"), True)]),
        (course(state="acknowledged", sent=(sent(at("09:10")),)), "09:41", [("update", at("09:40"), True)]),
        (course(state="fixed", sent=(sent(at("09:10")), sent(at("10:30")))), "10:31", [("update", at("11:00"), False)]),
        (
            course(state="resolved", sent=(sent(at("10:50"), 2),), entries=(resolved,)),
            "11:10",
            [("last_word", at("11:20"), False), ("follow_up", at("11:00", 19), False), ("debrief", at("11:00", 26), False)],
        ),
        (
            course(state="resolved", sent=(sent(at("11:05"), 3),), entries=(resolved,)),
            "11:10",
            [("follow_up", at("11:00", 19), False), ("debrief", at("11:00", 26), False)],
        ),
        (course(state="followed_up", sent=(sent(at("11:05"), 3),), entries=(resolved,)), "11:10", [("debrief", at("11:00", 26), False)]),
        (course(state="debriefed", sent=(sent(at("11:05"), 3),), entries=(resolved,)), "11:10", []),
    ]
    for number, (made, clock, wanted) in enumerate(words):
        assert [(item.step, item.by, item.overdue) for item in due(made, URGENT, at(clock))] == wanted, number


def test_an_incident_that_came_back_is_open_again(course: Build) -> None:
    """What resolved it once counts no more."""
    moves = (entry("state", at("11:00"), state="resolved", version=1), entry("state", at("12:00"), state="acknowledged", version=1))
    made = course(state="acknowledged", sent=(sent(at("11:05")),), entries=moves)
    assert [item.step for item in due(made, URGENT, at("12:01"))] == ["update"]


def test_open_promises_are_due_too(course: Build) -> None:
    """Dated ones in their order, those without a day last; what is kept or broken is not."""
    promises = (
        promise("next1", None, id="prm_2"),
        promise("next2", at("09:30")),
        promise("next3", at("09:20"), state="kept"),
    )
    found = due(course(promises=promises), URGENT, at("09:31"))
    assert [(item.step, item.promise_id, item.overdue) for item in found] == [
        ("first_word", None, True),
        ("promise", "prm_1", True),
        ("promise", "prm_2", False),
    ]
    assert found[1].owner == "Ellen Marsh"


def test_what_cannot_be_met_any_more_is_said(course: Build, incident: Facts) -> None:
    """A first word that is late already, and a next word that the facts promise for later than the cadence has it."""
    assert list(unmet(course(), URGENT, at("09:10"))) == []
    (late,) = unmet(course(), URGENT, at("09:55"))
    assert late.startswith("the first word was due 15 minutes after it was noticed, which is 40 minutes ago; send it now")
    facts = incident(next=[{"will": "I will write to you again", "on": "2026-03-12 14:00"}], severity="urgent")
    (far,) = unmet(course(facts=facts), URGENT, at("09:10"))
    assert "“I will write to you again” is the next word that the facts promise, in 5 hours, and updates are due every 30 minutes" in far
    assert list(unmet(course(facts=facts, sent=(sent(at("09:05")),)), URGENT, at("13:40"))) == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (15, "15 minutes"), (60, "1 hour"), (90, "90 minutes"), (240, "4 hours"), (1440, "1 day"), (10080, "7 days")],
)
def test_a_length_of_time_is_said_as_people_say_it(minutes: int, words: str) -> None:
    """In the unit that fits."""
    assert shown(timedelta(minutes=minutes)) == words
