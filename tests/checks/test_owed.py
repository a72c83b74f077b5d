"""The table of what a message owes: cells written down from the scope rules, and the facts it must state."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from drafter.checks import check
from drafter.checks.elements import owed, owed_facts
from drafter.checks.elements.owed import TABLE
from drafter.checks.report import ELEMENTS
from drafter.compose import compose
from drafter.incident import KIND_FAULTS, Channel, Fault, Incident, Kind, Severity
from tests.checks.owing import incident, missing, problem

OPEN = {"fixes": [{"doing": "two people are tracing it"}], "remedies": [], "prevention": [], "unknown": ["why it ran twice"]}
FULL = {"explicit-apology", "ownership", "specific-failure", "impact", "concrete-fix", "make-good", "prevention", "personal-voice"}
NEXT = {"will": "I will write again", "on": "2026-05-06 16:00"}
WAITING = {"explicit-apology", "ownership", "specific-failure", "impact", "known-unknown-next", "personal-voice"}


def cell(kind: Kind, fault: Fault, channel: Channel, severity: Severity = "normal", *, solved: bool = True) -> set[str]:
    """What is owed where everything is entered, or, unsolved, where nothing is mended yet."""
    facts = problem(fault) if solved else problem(fault, **OPEN)
    return missing(owed(incident(kind, fault, channel=channel, severity=severity, problems=[facts])))


@pytest.mark.parametrize(
    ("kind", "fault", "channel", "severity", "solved", "expected"),
    [
        ("apology", "ours", "email", "normal", True, FULL),
        ("apology", "ours", "letter", "serious", True, FULL),
        ("apology", "shared", "email", "normal", True, FULL),
        ("apology", "ours", "email", "urgent", True, FULL),
        ("apology", "ours", "email", "minor", True, {"explicit-apology", "ownership", "concrete-fix", "make-good"}),
        ("apology", "ours", "chat", "minor", True, {"explicit-apology", "ownership", "concrete-fix", "make-good"}),
        ("apology", "ours", "chat", "normal", True, FULL - {"impact", "prevention"}),
        ("apology", "ours", "chat", "serious", True, FULL),
        ("apology", "ours", "sms", "normal", True, {"explicit-apology", "ownership", "specific-failure", "concrete-fix", "personal-voice"}),
        (
            "apology",
            "ours",
            "sms",
            "serious",
            True,
            {"explicit-apology", "ownership", "specific-failure", "concrete-fix", "personal-voice"},
        ),
        ("apology", "ours", "social", "serious", True, {"explicit-apology", "ownership"}),
        ("apology", "ours", "status_page", "serious", True, {"explicit-apology", "ownership", "specific-failure", "concrete-fix"}),
        ("holding", "unknown", "email", "normal", False, {"impact", "known-unknown-next", "personal-voice"}),
        ("holding", "unknown", "email", "minor", False, {"known-unknown-next"}),
        ("holding", "unknown", "chat", "normal", False, {"known-unknown-next", "personal-voice"}),
        ("holding", "unknown", "sms", "normal", False, {"known-unknown-next", "personal-voice"}),
        ("holding", "unknown", "social", "serious", False, {"known-unknown-next"}),
        ("holding", "unknown", "status_page", "urgent", False, {"known-unknown-next"}),
        ("holding", "ours", "email", "normal", False, WAITING),
        ("holding", "shared", "letter", "serious", False, WAITING),
        ("update", "ours", "email", "normal", False, WAITING),
        ("update", "ours", "email", "normal", True, FULL),
        ("update", "unknown", "email", "normal", False, {"impact", "known-unknown-next", "personal-voice"}),
        ("update", "unknown", "status_page", "serious", False, {"known-unknown-next"}),
        ("update", "unknown", "status_page", "serious", True, {"concrete-fix"}),
        ("update", "not_ours", "email", "normal", False, {"known-unknown-next", "personal-voice"}),
        ("notice", "ours", "email", "serious", True, FULL),
        ("notice", "ours", "status_page", "normal", False, {"explicit-apology", "ownership", "specific-failure", "known-unknown-next"}),
        ("notice", "not_ours", "email", "normal", True, {"concrete-fix", "make-good", "personal-voice"}),
        ("remedy_confirmation", "ours", "email", "normal", True, {"concrete-fix", "make-good", "personal-voice"}),
        ("remedy_confirmation", "shared", "sms", "normal", True, {"concrete-fix", "personal-voice"}),
        ("remedy_confirmation", "not_ours", "chat", "normal", True, {"concrete-fix", "make-good", "personal-voice"}),
        ("follow_up", "ours", "email", "normal", True, {"concrete-fix", "make-good", "prevention", "in-writing-recap", "personal-voice"}),
        ("follow_up", "not_ours", "letter", "normal", True, {"concrete-fix", "make-good", "in-writing-recap", "personal-voice"}),
        ("answer", "not_ours", "email", "normal", True, {"concrete-fix", "make-good", "personal-voice"}),
        ("answer", "not_ours", "social", "normal", True, {"concrete-fix"}),
        ("answer", "not_ours", "email", "minor", True, {"concrete-fix", "make-good"}),
    ],
)
def test_a_cell_owes_what_the_scope_rules_say(
    kind: Kind, fault: Fault, channel: Channel, severity: Severity, solved: bool, expected: set[str]
) -> None:
    """Kind, fault, channel, severity and what is mended decide together."""
    assert cell(kind, fault, channel, severity, solved=solved) == expected


def test_every_cell_has_a_state_for_every_element() -> None:
    """No pair of kind and fault, on no channel, falls out of the table."""
    cells = [(kind, fault, channel) for kind, faults in KIND_FAULTS.items() for fault in faults for channel in get_args(Channel)]
    for kind, fault, channel in cells:
        for severity in get_args(Severity):
            states = owed(incident(kind, fault, channel=channel, severity=severity))
            assert tuple(states) == ELEMENTS
            assert missing(states), f"{kind} {fault} {channel} owes nothing"
    assert set(TABLE) == set(ELEMENTS)


def test_what_was_not_entered_is_not_demanded() -> None:
    """Impact, make-good and prevention fall due only with their facts."""
    bare = problem("ours", impacts=[], remedies=[], prevention=[], cause=None)
    assert missing(owed(incident(problems=[bare]))) == FULL - {"impact", "make-good", "prevention"}


def test_a_grave_apology_with_a_known_cause_owes_prevention_until_it_is_settled() -> None:
    """Not knowing is a final answer; silence about a known cause is not."""
    open_ = problem("ours", prevention=[])
    assert "prevention" in missing(owed(incident(severity="serious", problems=[open_])))
    assert "prevention" not in missing(owed(incident(severity="normal", problems=[open_])))
    assert "prevention" not in missing(owed(incident(severity="serious", problems=[problem("ours", prevention="unknown")])))
    assert "prevention" not in missing(owed(incident(severity="serious", problems=[problem("ours", prevention=[], cause="unknown")])))


def test_goodwill_is_owed_only_when_it_was_granted() -> None:
    """A pending credit is no make-good, and money back only puts it right."""
    pending = [{"kind": "credit", "amount": "$20", "decision": "pending"}]
    refund = [{"kind": "refund", "amount": "$20"}]
    assert "make-good" not in missing(owed(incident(problems=[problem("ours", remedies=pending)])))
    assert "make-good" not in missing(owed(incident(problems=[problem("ours", remedies=refund)])))


@pytest.mark.parametrize("kind", ["apology", "holding", "notice", "follow_up", "answer", "update", "remedy_confirmation"])
def test_a_kind_alone_demands_nothing_that_depends_on_facts(kind: Kind) -> None:
    """Without facts nobody knows the harm, the remedy, the measure or the channel."""
    assert not missing(owed(None, kind=kind)) & {"impact", "make-good", "prevention", "personal-voice"}


def test_a_kind_alone_owes_what_every_such_message_owes() -> None:
    """An apology owes four things, a holding reply one, and an update does not begin again."""
    assert missing(owed(None, kind="apology")) == {"explicit-apology", "ownership", "specific-failure", "concrete-fix"}
    assert missing(owed(None, kind="holding")) == {"known-unknown-next"}
    assert missing(owed(None, kind="update")) == {"known-unknown-next"}
    assert missing(owed(None, kind="remedy_confirmation")) == {"concrete-fix"}
    assert missing(owed(None, kind="answer")) == {"concrete-fix"}


def test_nothing_to_judge_by_is_an_error() -> None:
    """A bare text owes nothing, so asking what it owes is a mistake of the caller."""
    with pytest.raises(ValueError, match="an incident or a kind"):
        owed(None)


def test_a_sensitive_message_withholds_what_admits() -> None:
    """Ownership, the apology for the act and the measure wait for a person; facts and fix do not."""
    states = owed(incident(sensitive=True))
    assert {element for element, state in states.items() if state == "withheld"} == {"explicit-apology", "ownership", "prevention"}
    assert states["concrete-fix"] == "missing"
    assert "p1.ours" not in owed_facts(incident(sensitive=True))
    assert "p1" in owed_facts(incident(sensitive=True))


def test_what_is_not_owed_is_not_withheld() -> None:
    """A sensitive answer about somebody else's fault has no admission to hold back."""
    assert "withheld" not in owed(incident("answer", "not_ours", sensitive=True)).values()


def earlier(text: str, **more: Any) -> list[dict[str, Any]]:
    """A thread in which we have written once already."""
    return [{"by": "customer", "text": "I was charged twice."}, {"by": "us", "text": text, **more}]


def test_a_second_reply_does_not_apologise_again_for_the_same_thing() -> None:
    """Each element falls due once per problem and thread."""
    states = owed(incident(thread=earlier("I'm sorry: we charged your card twice for the May invoice.")))
    assert {states["explicit-apology"], states["ownership"], states["specific-failure"]} == {"not_owed"}
    assert states["concrete-fix"] == "missing"
    assert "p1.ours" not in owed_facts(incident(thread=earlier("I'm sorry: we charged your card twice for the May invoice.")))


def test_an_apology_for_something_else_does_not_count() -> None:
    """Sorry for a late parcel is not sorry for a double charge."""
    states = owed(incident(thread=earlier("Sorry, we sent the parcel of atlases three days late.")))
    assert states["explicit-apology"] == states["ownership"] == "missing"


def test_an_internal_note_and_a_message_that_did_not_apologise_do_not_count() -> None:
    """Only what the customer could read has been said."""
    assert owed(incident(thread=earlier("I'm sorry we charged your card twice.", public=False)))["explicit-apology"] == "missing"
    assert owed(incident(thread=earlier("Thanks, I'm looking at the double charge on your card.")))["explicit-apology"] == "missing"


def test_a_new_problem_in_a_thread_owes_its_own_apology() -> None:
    """An apology for the first problem does not settle the second."""
    second = {"what": "your June atlas came with torn pages", "ours": "we packed a torn atlas", "fixes": [{"done": "I posted a new atlas"}]}
    two = incident(problems=[problem("ours"), second], thread=earlier("I'm sorry, we charged your card twice for the May invoice."))
    assert owed(two)["ownership"] == "missing"
    assert "p2.ours" in owed_facts(two)
    assert "p1.ours" not in owed_facts(two)


def test_chat_owes_a_signature_only_at_first() -> None:
    """Mid-thread chat goes on without a name."""
    assert owed(incident(channel="chat"))["personal-voice"] == "missing"
    assert owed(incident(channel="chat", thread=earlier("Let me look.")))["personal-voice"] == "not_owed"


def test_email_owes_every_fact_and_short_channels_fewer() -> None:
    """What a channel has no room for is not owed on it."""
    every: dict[str, Any] = {
        "asks": [{"id": "when", "text": "when it is back", "answer": "it is back on Friday"}],
        "next": [{"will": "I will check on Friday", "on": "2026-05-08"}],
    }
    email = ("p1.ours", "p1.impact1", "p1.fix1", "p1.remedy1", "p1.prevention1", "when", "next1")
    assert owed_facts(incident(**every)) == email
    assert owed_facts(incident(channel="chat", **every)) == ("p1.ours", "p1.fix1", "p1.remedy1", "when", "next1")
    assert owed_facts(incident(channel="sms", **every)) == ("p1.ours", "p1.fix1", "next1")
    assert owed_facts(incident(channel="social", **every)) == ()


def test_a_status_page_owes_nothing_of_a_person() -> None:
    """Facts in the second person, with money, or with the reference stay off a public page."""
    public = {"what": "uploads have failed since 09:10", "ours": "we let a disk run full", "fixes": [{"done": "we cleared the disk"}]}
    assert owed_facts(incident(channel="status_page", problems=[public])) == ("p1.ours",)
    assert owed_facts(incident(channel="status_page")) == ()


def test_a_holding_reply_owes_what_is_known_and_unknown() -> None:
    """While it is open, both lists and the next step are the message."""
    facts = problem("unknown", known=["both charges have gone through"], **OPEN)
    held = incident("holding", "unknown", problems=[facts], next=[NEXT])
    assert owed_facts(held) == ("p1", "p1.impact1", "p1.known1", "p1.unknown1", "p1.fix1", "next1")


@pytest.mark.parametrize("fix", [{"doing": "we are looking into it"}, {"doing": "two people are tracing it"}])
def test_a_holding_reply_without_a_next_word_is_never_ready(fix: dict[str, str]) -> None:
    """What is known and being done is not all that is owed while it is open: when the customer hears again is, too."""
    facts = problem("unknown", **{**OPEN, "fixes": [fix]})
    hollow = incident("holding", "unknown", problems=[facts])
    assert missing_in(hollow) == ["missing-known-unknown-next"]
    assert missing_in(incident("holding", "unknown", problems=[facts], next=[NEXT])) == []
    timed = problem("unknown", **{**OPEN, "fixes": [{**fix, "by": "2026-05-06 16:00"}]})
    assert missing_in(incident("holding", "unknown", problems=[timed])) == []


def missing_in(facts: Incident) -> list[str]:
    """What the check of the composed letter finds missing."""
    return [finding.rule for finding in check(compose(facts).text, facts).errors if finding.rule.startswith("missing-")]
