"""What was sent: another figure, day, person or cause of the same thing, or its opposite, and what only has gone on since."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from drafter.checks import check
from drafter.checks.grounding.openly import says, taken_back, takes_back, without_taken_back
from drafter.compose import compose
from drafter.incident import ACCEPTED, KIND_FAULTS, Incident, incident_from, read_incident
from tests.compose.test_golden import PATHS

FRAME: dict[str, Any] = {
    "company": "Harrow Cloud",
    "signer": {"name": "Ellen Marsh", "role": "Head of operations"},
    "customer": "Ravi Anand",
    "people": ["Sam Osei", "Dana Whitfield"],
    "locale": "en-GB",
    "as_of": "2026-11-26 12:00",
    "next": [{"will": "I will write to you again", "on": "2026-11-26 13:00"}],
}
PROBLEM: dict[str, Any] = {
    "what": "uploads failed this morning",
    "ours": "we stopped your uploads with a change of ours",
    "when": "2026-11-26 08:40",
    "fixes": [{"doing": "two engineers are taking the change back"}],
}
TWICE, THRICE = "We charged your card twice for order 1042.", "We charged your card three times for order 1042."


def facts(sent: str, *, corrections: list[dict[str, Any]] | None = None, **problem: Any) -> Incident:
    """The facts of a second message, with the first one as it was sent at ten past nine."""
    thread = [{"by": "us", "text": sent, "when": "2026-11-26 09:10"}]
    return incident_from({**FRAME, "problems": [{**PROBLEM, **problem}], "thread": thread, "corrections": corrections or []})


def unlike(sent: str, text: str, **more: Any) -> list[str]:
    """What of a text contradicts what was sent."""
    return [finding.text for finding in check(text, facts(sent, **more)).findings if finding.rule == "contradicts-sent"]


@pytest.mark.parametrize(
    ("sent", "text", "problem"),
    [
        (TWICE, THRICE, {"ours": "we charged your card three times for order 1042"}),
        (
            "We lost 12 of your pictures in the upload.",
            "We lost 40 of your pictures in the upload.",
            {"known": ["we lost 40 of your pictures in the upload"]},
        ),
        ("No pictures were lost.", "Forty pictures were lost.", {"known": ["forty pictures were lost"]}),
        ("We did not delete your pictures.", "We deleted your pictures.", {"ours": "we deleted your pictures"}),
        (
            "Sam Osei restarted the upload servers at 09:00.",
            "Dana Whitfield restarted the upload servers at 09:00.",
            {"fixes": [{"done": "Dana Whitfield restarted the upload servers", "on": "2026-11-26 09:00"}]},
        ),
        (
            "We restarted the upload servers at 09:00.",
            "We restarted the upload servers at 09:25.",
            {"fixes": [{"done": "we restarted the upload servers", "on": "2026-11-26 09:25"}]},
        ),
        (
            "It happened because a disk in our storage failed.",
            "It happened because we released a change without a test of large files.",
            {"cause": "we released a change without a test of large files"},
        ),
        (
            "We refunded £149.00 to your card this morning.",
            "We refunded £49.00 to your card this morning.",
            {"fixes": [{"done": "we refunded £49.00 to your card", "on": "2026-11-26"}]},
        ),
        ("Your bike is safe to ride.", "Your bike is not safe to ride.", {"known": ["your bike is not safe to ride"]}),
        ("Uploads have failed since 09:10.", "Uploads have failed since 08:40.", {"what": "uploads have failed since 08:40"}),
        (
            "We refunded the £35 fee to your card.",
            "We have not refunded the £35 fee to your card.",
            {"known": ["we have not refunded the £35 fee to your card"]},
        ),
    ],
)
def test_another_word_than_was_sent_is_an_error(sent: str, text: str, problem: dict[str, Any]) -> None:
    """Also where the facts of today say so: they have changed since, and nobody has said it."""
    assert unlike(sent, text, **problem) == [text.rstrip(".")]


@pytest.mark.parametrize(
    ("sent", "text", "problem"),
    [
        ("Two shops have the wrong poster.", "25 shops have the wrong poster.", {"known": ["25 shops have the wrong poster"]}),
        ("Two shops have written to us.", "25 shops have written to us.", {"known": ["25 shops have written to us"]}),
        ("We have moved 12 of your files so far.", "We have moved 40 of your files.", {"known": ["we have moved 40 of your files"]}),
        ("I will write to you again at 12:00.", "I will write to you again at 13:00.", {}),
        ("We have not found the cause of it.", "We found the cause of it.", {"known": ["we found the cause of it"]}),
        ("Uploads are not working.", "Uploads are working again.", {"known": ["uploads are working again"]}),
        (
            "We restarted the upload servers at 09:00.",
            "We restarted the upload servers at 11:25.",
            {"fixes": [{"done": "we restarted the upload servers", "on": f"2026-11-26 {hour}"} for hour in ("09:00", "11:25")]},
        ),
        (
            "The file held no bank details.",
            "The file held the details of 231 people.",
            {"known": ["the file held the details of 231 people"]},
        ),
        (
            "We think that it happened because a disk failed.",
            "It happened because we released a change without a test of large files.",
            {"cause": "we released a change without a test of large files"},
        ),
        ("Your refund has not arrived.", "Your refund has arrived.", {"known": ["your refund has arrived"]}),
        (
            "We checked 3 of your orders for doubles.",
            "We checked 40 of your orders for doubles.",
            {"containment": [{"done": "we checked 40 of your orders for doubles"}]},
        ),
        (TWICE, f"I wrote that we charged your card twice for order 1042. That was not right. {THRICE}", {"ours": THRICE}),
    ],
)
def test_what_has_gone_on_or_is_taken_back_is_none(sent: str, text: str, problem: dict[str, Any]) -> None:
    """A state in the present, a count that grew, a plan, a guess, a second deed beside the first, an open correction."""
    assert unlike(sent, text, **problem) == []


def test_a_correction_of_the_facts_is_owed_openly_and_once() -> None:
    """To say what is right alone is not enough; what was wrong is not told again; the message after it owes nothing."""
    wrong = [{"said": "we charged your card twice for order 1042", "right": "we charged your card three times for order 1042"}]
    more: dict[str, Any] = {"corrections": wrong, "ours": "we charged your card three times for order 1042"}
    silent = check(THRICE, facts(TWICE, **more))
    assert [finding.message for finding in silent.findings if finding.rule == "missing-correction"] == [
        "The reply does not take back what we told before: We charged your card twice for order 1042. "
        "Say openly that it was wrong, and what is right."
    ]
    opened = f"At 09:10 I told you that we charged your card twice for order 1042. That was wrong. {THRICE}"
    rules = {finding.rule for finding in check(opened, facts(TWICE, **more)).findings}
    assert not rules & {"missing-correction", "contradicts-sent"}
    assert unlike(TWICE, f"{TWICE} We are sorry.", **more) == [TWICE.rstrip(".")]
    after = facts(TWICE, **more)
    after = incident_from({**after.model_dump(exclude={"thread"}), "thread": [{"by": "us", "text": opened}]})
    assert "missing-correction" not in {finding.rule for finding in check("Uploads work again.", after).findings}
    then = [{"said": "we charged your card twice for order 1042", "true_then": True}]
    assert unlike(TWICE, THRICE, corrections=then, ours="we charged your card three times for order 1042") == []


def test_to_take_back_a_statement_owns_no_failure() -> None:
    """It is not read as the admission that a letter owes; an admission with an apology stays one."""
    told = "At 09:10 I told you that no pictures were lost. That was wrong: 38 pictures were lost."
    assert taken_back(told) == ((0, len(told)),)
    assert takes_back(told, "no pictures were lost")
    assert not takes_back("No pictures were lost.", "no pictures were lost")
    assert says("We have looked, and no pictures were lost.", "no pictures were lost")
    assert without_taken_back(told).strip() == ""
    owned = "We told you that your table was free. We got that wrong, and I'm sorry."
    assert "sorry" in without_taken_back(owned)


def test_a_second_apology_needs_something_new() -> None:
    """It is one too many where the message tells nothing that was not told, and fine with a new fix."""
    first = "Hi Ravi,\n\nWe stopped your uploads with a change of ours. That was our mistake, and I'm sorry.\n\nEllen"
    again = "I'm sorry again that we stopped your uploads. I'll write to you again at 13:00, even if nothing has changed by then."
    problem: dict[str, Any] = {"when": None, "fixes": [{"done": "we took the change back", "on": "2026-11-26 11:30"}]}
    found = [finding.text for finding in check(again, facts(first, **problem)).findings if finding.rule == "over-apology"]
    assert found == ["sorry"]
    news = f"We took the change back at 11:30. {again}"
    assert "over-apology" not in {finding.rule for finding in check(news, facts(first, **problem)).findings}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_later_letters_of_the_same_facts_contradict_nothing(path: Path) -> None:
    """The letter of an example was sent: an update, a confirmation and a follow-up of its facts are not taken for contradictions."""
    first = read_incident(path)
    thread = [*(message.model_dump() for message in first.thread), {"by": "us", "text": compose(first).text, "when": first.as_of}]
    for kind in ("update", "remedy_confirmation", "follow_up"):
        if first.faults & set(KIND_FAULTS[kind]):
            later = first.as_of + timedelta(days=1)
            data = {**first.model_dump(exclude={"next"}), "thread": thread, "kind": kind, "as_of": later}
            second = Incident.model_validate(data, context=ACCEPTED)
            found = [finding for finding in check(compose(second).text, second).findings if finding.rule == "contradicts-sent"]
            assert [(finding.text, finding.message) for finding in found] == []
