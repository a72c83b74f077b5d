"""Corrections: which changes of facts take back what was told, and which were true at their time."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.course import Course, prepared
from drafter.course.corrections import corrected, corrections
from drafter.errors import StepError
from drafter.incident import Incident, incident_from
from drafter.writer import Writer
from tests.course.conftest import Build, at, sent

FRAME: dict[str, Any] = {
    "company": "Harrow Cloud",
    "signer": "Ellen Marsh",
    "customer": "Ravi Anand",
    "locale": "en-GB",
    "severity": "serious",
    "as_of": "2026-03-12 09:00",
    "next": [{"will": "I will write to you again", "on": "2026-03-12 17:00"}],
}
PROBLEM: dict[str, Any] = {"what": "uploads have failed since 09:05", "ours": "we stopped your uploads with a change of ours"}


def facts(frame: dict[str, Any] | None = None, **problem: Any) -> Incident:
    """Facts of an outage."""
    return incident_from({**FRAME, **(frame or {}), "problems": [{**PROBLEM, **problem}]})


def told(build: Build, text: str, before: Incident, after: Incident) -> Course:
    """A course in which one message was sent by the facts before, and that has the facts after now."""
    message = sent(at("09:20"), text=text)
    return build(state="acknowledged", facts=after, version=2, told=before, sent=(message,), versions={1: before})


def both(build: Build, text: str, before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str | None]]:
    """What is corrected where a problem had these facts and has those, as said and right."""
    return [(one.said, one.right) for one in corrections(told(build, text, facts(**before), facts(**after)))]


@pytest.mark.parametrize(
    ("text", "before", "after", "wrong"),
    [
        (
            "No pictures were lost.",
            {"known": ["no pictures were lost"]},
            {"known": ["we lost 40 of your pictures"]},
            ("no pictures were lost", "we lost 40 of your pictures"),
        ),
        (
            "It happened because a disk failed.",
            {"cause": "a disk failed"},
            {"cause": "we released a change without a test"},
            ("it happened because a disk failed", "it happened because we released a change without a test"),
        ),
        (
            "It happened because a disk failed.",
            {"cause": "a disk failed"},
            {"cause": "unknown"},
            ("it happened because a disk failed", "we do not know yet why it happened"),
        ),
        (
            "We stopped your uploads for 20 minutes.",
            {"ours": "we stopped your uploads for 20 minutes"},
            {"ours": "we stopped your uploads for 95 minutes"},
            ("we stopped your uploads for 20 minutes", "we stopped your uploads for 95 minutes"),
        ),
        (
            "Uploads have failed since 09:05.",
            {},
            {"what": "uploads have failed since 08:40"},
            ("uploads have failed since 09:05", "uploads have failed since 08:40"),
        ),
        (
            "We restarted both servers.",
            {"fixes": [{"done": "we restarted both servers"}]},
            {"fixes": [{"doing": "we are restarting both servers"}]},
            ("we restarted both servers", "we are restarting both servers"),
        ),
        (
            "We restarted both servers on Monday 9 March.",
            {"fixes": [{"done": "we restarted both servers", "on": "2026-03-09"}]},
            {"fixes": [{"done": "we restarted both servers", "on": "2026-03-11"}]},
            ("we restarted both servers on Monday 9 March", "we restarted both servers on Wednesday 11 March"),
        ),
        (
            "Sam Osei restarted both servers.",
            {"fixes": [{"done": "Sam Osei restarted both servers"}]},
            {"fixes": [{"done": "Dana Whitfield restarted both servers"}]},
            ("Sam Osei restarted both servers", "Dana Whitfield restarted both servers"),
        ),
        (
            "You will get a refund of £40.00.",
            {"remedies": [{"kind": "refund", "amount": "£40"}]},
            {"remedies": [{"kind": "refund", "amount": "£30"}]},
            ("you will get a refund of £40", "you will get a refund of £30"),
        ),
        (
            "Your shop lost 20 orders.",
            {"impacts": ["your shop lost 20 orders"]},
            {"impacts": ["your shop lost 31 orders"]},
            ("your shop lost 20 orders", "your shop lost 31 orders"),
        ),
    ],
)
def test_what_was_told_and_is_otherwise_is_taken_back(
    course: Build, text: str, before: dict[str, Any], after: dict[str, Any], wrong: tuple[str, str]
) -> None:
    """By kind of fact, in the words of then and of now."""
    assert both(course, text, before, after) == [wrong]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Two shops are hit.", {"known": ["two shops are hit"]}, {"known": ["25 shops are hit"]}),
        ("Two shops have written.", {"known": ["two shops have written"]}, {"known": ["25 shops have written"]}),
        ("We know no more.", {"known": ["no pictures were lost"]}, {"known": ["we lost 40 of your pictures"]}),
        ("We don't know yet why.", {"cause": "unknown"}, {"cause": "a disk failed"}),
        ("It happened because a disk failed.", {"cause": "a disk failed"}, {"cause": "a disk failed that we had not checked"}),
        (
            "Your pictures arrive on Friday 13 March.",
            {"known": ["your pictures arrive on Friday 13 March"]},
            {"known": ["your pictures arrive on Saturday 14 March"]},
        ),
        (
            "We will restart both servers on 12 March.",
            {"fixes": [{"will": "we will restart both servers", "on": "2026-03-12"}]},
            {"fixes": [{"will": "we will restart both servers", "on": "2026-03-13"}]},
        ),
        (
            "We are restarting both servers.",
            {"fixes": [{"doing": "we are restarting both servers"}]},
            {"fixes": [{"done": "we restarted both servers"}]},
        ),
        (
            "You will get a refund of £40.00.",
            {"remedies": [{"kind": "refund", "amount": "£40"}]},
            {"remedies": [{"kind": "refund", "amount": "£60"}]},
        ),
        (
            "We have not heard of lost pictures.",
            {"known": ["we have not heard of lost pictures"]},
            {"known": ["we have heard of lost pictures"]},
        ),
    ],
)
def test_what_was_true_at_its_time_or_never_told_is_not(course: Build, text: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """A state of then, a count that grew, a plan that moved on, a cause that was found, more than was granted."""
    assert both(course, text, before, after) == []


def test_the_next_message_takes_it_back_once(course: Build) -> None:
    """With its moment, in front, and the message after it says nothing of it; another signer says "we" and names nobody."""
    before, after = facts(known=["no pictures were lost"]), facts(known=["we lost 40 of your pictures"])
    made = told(course, "We stopped your uploads with a change of ours, and I'm sorry. No pictures were lost.", before, after)
    draft = Writer().draft(prepared(made, at("10:00")))
    words = "At 09:20 I told you that no pictures were lost. That was wrong: we lost 40 of your pictures."
    assert draft.status == "ready", draft.reasons
    assert draft.text.startswith(f"Hi Ravi,\n\n{words}\n\n")
    assert draft.text.count("40 of your pictures") == 1
    second = sent(at("10:00"), 2, "update", draft.text)
    later = facts(known=["we lost 40 of your pictures"], fixes=[{"done": "we took the change back"}])
    closed = course(state="acknowledged", facts=later, version=3, told=after, sent=(*made.sent, second), versions={1: before, 2: after})
    assert corrections(closed) == ()
    assert "That was wrong" not in Writer().draft(prepared(closed, at("11:00"))).text
    other = facts({"signer": "Sam Osei"}, known=["we lost 40 of your pictures"])
    assert (
        "At 09:20 we told you that no pictures"
        in Writer().draft(prepared(told(course, "No pictures were lost.", before, other), at("10:00"))).text
    )


def test_a_person_says_what_the_facts_cannot_tell(course: Build) -> None:
    """What was wrong, with the moment at which it was sent; that it was true at its time; and nothing that was never sent."""
    made = told(course, "All shops are open.", facts(), facts())
    wrong = corrected(made, "all shops are open", "two of the shops were closed")
    (one,) = wrong.corrections
    assert (one.right, one.on, one.by) == ("two of the shops were closed", at("09:20"), None)
    changed = told(course, "No pictures were lost.", facts(known=["no pictures were lost"]), facts(known=["we lost 40 of your pictures"]))
    true = corrected(changed, "no pictures were lost", None)
    assert [entry.true_then for entry in true.corrections] == [True]
    assert corrections(told(course, "No pictures were lost.", facts(known=["no pictures were lost"]), true)) == ()
    with pytest.raises(StepError, match="no message that was sent says “the roof is red”"):
        corrected(made, "the roof is red", "the roof is blue")
