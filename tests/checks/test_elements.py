"""What a message owes, what it has, and the score over it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from drafter.checks import check
from drafter.checks.clauses import analyse
from drafter.checks.elements import judge, owed, owed_facts, score
from drafter.checks.elements.owed import TABLE
from drafter.checks.elements.presence import found
from drafter.checks.elements.score import CAP, WEIGHTS
from drafter.checks.engine import rules_for
from drafter.checks.report import ELEMENTS, ElementState, Finding
from drafter.checks.rule import Rule
from drafter.incident import KIND_FAULTS, Channel, Fault, Incident, Kind, Severity

DATA = Path(__file__).parent / "data"
ROWS = [json.loads(line) for line in (DATA / "elements.jsonl").read_text("utf-8").splitlines()]
RULES = [rules_for("en").rules[element] for element in ELEMENTS]
AT_LEAST = 0.9


def problem(fault: Fault, **more: Any) -> dict[str, Any]:
    """A double charge with everything entered that its fault allows."""
    facts: dict[str, Any] = {
        "what": "your card was charged twice for the May invoice",
        "fault": fault,
        "impacts": ["your account went overdrawn"],
        "cause": "the billing job ran twice",
        "fixes": [{"done": "I refunded the second $60.00", "on": "2026-05-04"}],
        "remedies": [{"kind": "credit", "amount": "$20", "text": "I added $20 of credit to your account"}],
        "prevention": [{"done": "the job now checks whether it has run", "on": "2026-05-05"}],
    }
    if fault in ("ours", "shared"):
        facts["ours"] = "we charged your card twice for the May invoice"
    return {**facts, **more}


def incident(kind: Kind = "apology", fault: Fault = "ours", **more: Any) -> Incident:
    """An incident of one problem, by email, of normal severity."""
    facts: dict[str, Any] = {
        "company": "Alder Books",
        "signer": {"name": "Nora Lind", "phone": "555-0100"},
        "as_of": "2026-05-06 10:00",
        "problems": [problem(fault)],
        "kind": kind,
    }
    return Incident(**{**facts, **more})


def missing(states: dict[str, ElementState]) -> set[str]:
    """The elements that are owed."""
    return {element for element, state in states.items() if state == "missing"}


OPEN = {"fixes": [{"doing": "two people are tracing it"}], "remedies": [], "prevention": [], "unknown": ["why it ran twice"]}
FULL = {"explicit-apology", "ownership", "specific-failure", "impact", "concrete-fix", "make-good", "prevention", "personal-voice"}
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
        ("apology", "ours", "social", "serious", True, {"explicit-apology", "ownership", "concrete-fix"}),
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
    """ "Don't know" is a final answer; silence about a known cause is not."""
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


def earlier(text: str, **more: Any) -> dict[str, Any]:
    """A thread in which we have written once already."""
    return {"thread": [{"by": "customer", "text": "I was charged twice."}, {"by": "us", "text": text, **more}]}


def test_a_second_reply_does_not_apologise_again_for_the_same_thing() -> None:
    """Each element falls due once per problem and thread."""
    states = owed(incident(**earlier("I'm sorry: we charged your card twice for the May invoice.")))
    assert {states["explicit-apology"], states["ownership"], states["specific-failure"]} == {"not_owed"}
    assert states["concrete-fix"] == "missing"
    assert "p1.ours" not in owed_facts(incident(**earlier("I'm sorry: we charged your card twice for the May invoice.")))


def test_an_apology_for_something_else_does_not_count() -> None:
    """Sorry for a late parcel is not sorry for a double charge."""
    states = owed(incident(**earlier("Sorry, we sent the parcel of atlases three days late.")))
    assert states["explicit-apology"] == states["ownership"] == "missing"


def test_an_internal_note_and_a_message_that_did_not_apologise_do_not_count() -> None:
    """Only what the customer could read has been said."""
    assert owed(incident(**earlier("I'm sorry we charged your card twice.", public=False)))["explicit-apology"] == "missing"
    assert owed(incident(**earlier("Thanks, I'm looking at the double charge on your card.")))["explicit-apology"] == "missing"


def test_a_new_problem_in_a_thread_owes_its_own_apology() -> None:
    """An apology for the first problem does not settle the second."""
    second = {"what": "your June atlas came with torn pages", "ours": "we packed a torn atlas", "fixes": [{"done": "I posted a new atlas"}]}
    two = incident(problems=[problem("ours"), second], **earlier("I'm sorry, we charged your card twice for the May invoice."))
    assert owed(two)["ownership"] == "missing"
    assert "p2.ours" in owed_facts(two)
    assert "p1.ours" not in owed_facts(two)


def test_chat_owes_a_signature_only_at_first() -> None:
    """Mid-thread chat goes on without a name."""
    assert owed(incident(channel="chat"))["personal-voice"] == "missing"
    assert owed(incident(channel="chat", **earlier("Let me look.")))["personal-voice"] == "not_owed"


def test_email_owes_every_fact_and_short_channels_fewer() -> None:
    """What a channel has no room for is not owed on it."""
    every = {
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
    held = incident("holding", "unknown", problems=[facts], next=[{"will": "I will write again", "on": "2026-05-06 16:00"}])
    assert owed_facts(held) == ("p1", "p1.impact1", "p1.known1", "p1.unknown1", "p1.fix1", "next1")


LETTER = (
    "Hi,\n\nWe charged your card twice for the May invoice. I'm sorry. Your account went overdrawn.\n\n"
    "I refunded the second $60.00 on May 4, and I added $20 of credit to your account. Since May 5 the job checks whether it has run.\n\n"
    "Reply here and it reaches me, or call 555-0100.\n\nNora Lind"
)


def test_a_whole_letter_has_everything_and_a_full_score() -> None:
    """Nothing is missing where each fact is said."""
    report = check(LETTER, incident())
    assert [finding.message for finding in report.findings if finding.rule.startswith("missing-")] == []
    assert missing(owed(incident())) <= {element for element, state in report.elements.items() if state == "present"}
    assert report.score == 100


@pytest.mark.parametrize(
    ("said", "rule", "message"),
    [
        ("I refunded the second $60.00 on May 4, and ", "missing-concrete-fix", "The reply does not say: I refunded the second $60.00."),
        (" Your account went overdrawn.", "missing-impact", "The reply does not say: Your account went overdrawn."),
        (
            " Since May 5 the job checks whether it has run.",
            "missing-prevention",
            "The reply does not say: The job now checks whether it has run.",
        ),
        (
            ", and I added $20 of credit to your account",
            "missing-make-good",
            "The reply does not say: I added $20 of credit to your account.",
        ),
    ],
)
def test_a_dropped_fact_is_named(said: str, rule: str, message: str) -> None:
    """The finding says in plain words which fact the text leaves out, and stands at its end."""
    text = LETTER.replace(said, "")
    report = check(text, incident())
    finding = next(finding for finding in report.findings if finding.rule == rule)
    assert (finding.message, finding.start, finding.end, finding.text) == (message, len(text), len(text), "")
    assert report.elements[rule.removeprefix("missing-")] == "missing"


def test_an_unanswered_ask_is_an_error_that_names_it() -> None:
    """Each question is answered, dated or declined."""
    asked = incident(asks=[{"text": "whether the May atlas ships on Monday", "answer": "the atlas ships on Monday"}])
    errors = {finding.rule: finding for finding in check(LETTER, asked).findings if finding.severity == "error"}
    assert "whether the May atlas ships on Monday" in errors["missing-answer"].message.lower().replace("may", "May").replace(
        "monday", "Monday"
    )


def test_an_ask_that_a_fix_settles_is_answered_by_the_fix() -> None:
    """`covers` ties an act to a question."""
    fix = {"done": "I refunded the second $60.00", "on": "2026-05-04", "covers": "money"}
    settled = incident(asks=[{"id": "money", "text": "for the money back"}], problems=[problem("ours", fixes=[fix])])
    assert "missing-answer" not in {finding.rule for finding in check(LETTER, settled).findings}


def test_severities_are_those_of_the_taxonomy() -> None:
    """What blocks, what warns and what suggests is fixed per element."""
    assert {rule.id: rule.severity for rule in RULES} == {
        **dict.fromkeys(("explicit-apology", "ownership", "concrete-fix", "known-unknown-next"), "error"),
        **dict.fromkeys(("specific-failure", "impact", "prevention"), "warning"),
        **dict.fromkeys(("make-good", "in-writing-recap", "personal-voice"), "suggestion"),
    }


def test_a_sensitive_letter_says_what_is_withheld_why_and_by_whom() -> None:
    """Nothing is softened in silence."""
    signed = incident(thread=[{"by": "customer", "text": "My solicitor will hear of this."}])
    withheld = check("Hi,\n\nI refunded the second $60.00 on May 4.", signed).withheld
    assert withheld is not None
    assert withheld.elements == ("explicit-apology", "ownership", "prevention")
    assert withheld.because == ("a lawyer or a court case",)
    assert withheld.release == "your legal lead"


def test_a_public_reply_that_moves_to_private_has_its_fix() -> None:
    """The details stand where nobody else reads them."""
    social = incident(channel="social")
    states, _, _ = judge(
        analyse("We charged a card twice, and we're sorry. We've written to you privately with the details."), social, None, ()
    )
    assert states["concrete-fix"] == "present"


def test_without_incident_and_kind_nothing_is_missing() -> None:
    """A bare text owes nothing, and what it has is still told."""
    states, findings, withheld = judge(analyse("I'm sorry."), None, None, ())
    assert findings == []
    assert withheld is None
    assert states["explicit-apology"] == "present"
    assert set(states.values()) == {"present", "not_owed"}


@pytest.mark.parametrize(
    "text", ["Your parcel left on Monday.", "Thanks for the photo, Ana!", "Our office opens at nine.", "Which size do you need?"]
)
def test_everyday_replies_raise_nothing_without_a_kind(text: str) -> None:
    """False alarms drive people away."""
    assert not [finding for finding in check(text).findings if finding.rule.startswith("missing-")]


def states_of(**changed: ElementState) -> dict[str, ElementState]:
    """All states present but what is changed."""
    base: dict[str, ElementState] = dict.fromkeys(ELEMENTS, "not_owed")
    return {**base, **{name.replace("_", "-"): state for name, state in changed.items()}}


def finding(rule: str, severity: str) -> Finding:
    """A finding of this severity."""
    return Finding.model_validate({"rule": rule, "severity": severity, "start": 0, "end": 0, "text": "", "message": ""})


def test_the_score_is_the_share_of_what_is_owed() -> None:
    """Weights are renormalised: half of what is owed is half of the points."""
    assert score(states_of(ownership="present", concrete_fix="missing"), []) == 50
    assert score(states_of(ownership="present", explicit_apology="missing"), []) == round(100 * 25 / 35)
    assert score(states_of(), []) == 100


def test_a_missing_element_costs_once_a_warning_five_and_an_error_caps() -> None:
    """A missing warning-level element is not charged as a warning too."""
    states = states_of(ownership="present", specific_failure="missing")
    alone = score(states, [])
    assert score(states, [finding("missing-specific-failure", "warning")]) == alone
    assert score(states, [finding("excuse", "warning"), finding("sell", "warning")]) == alone - 10
    assert score(states_of(ownership="present"), [finding("denial", "error")]) == CAP
    assert score(states_of(ownership="present"), [finding("missing-answer", "error")]) == CAP
    assert score(states_of(ownership="missing"), [finding("excuse", "warning")] * 30) == 0


def test_what_is_withheld_or_only_given_costs_nothing() -> None:
    """Only what is owed counts, and `due` says what that is."""
    assert score(states_of(ownership="withheld", concrete_fix="present"), []) == 100
    states = states_of(ownership="missing", impact="present")
    assert score(states, [], due=states_of(ownership="missing")) == 0


def test_order_is_worth_its_weight() -> None:
    """Apology and ownership come in the first two sentences, the remedy after them; in urgent messages the action first."""
    states = states_of(explicit_apology="present", ownership="present", concrete_fix="present")
    first = analyse("Hi Ana,\n\nWe lost your form. I'm sorry. I've sent you a new one today.")
    late = analyse("I've sent you a new form today. It is in your inbox. We lost the old one, and I'm sorry.")
    lost = 100 - round(100 * WEIGHTS["order"] / (25 + 25 + 10 + 5))
    assert (score(states, [], first), score(states, [], late)) == (100, lost)
    assert (score(states, [], first, urgent=True), score(states, [], late, urgent=True)) == (lost, 100)


def _f1(rows: list[dict[str, Any]]) -> dict[str, float]:
    hits: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row in rows:
        has, should = set(found(analyse(row["text"]))), set(row["present"])
        hits.update(has & should)
        wrong.update(has ^ should)
    return {element: 2 * hits[element] / (2 * hits[element] + wrong[element]) for element in ELEMENTS}


def test_presence_is_right_on_labelled_texts() -> None:
    """Tweets, chats, letters, notices and post-mortems: each element is found where readers find it."""
    assert len(ROWS) >= 160
    figures = _f1(ROWS)
    assert {element: value for element, value in figures.items() if value < AT_LEAST} == {}


def _examples(which: str) -> list[Any]:
    return [pytest.param(rule, text, id=f"{rule.id}-{number}") for rule in RULES for number, text in enumerate(getattr(rule, which))]


@pytest.mark.parametrize(("rule", "text"), _examples("flags"))
def test_each_example_that_lacks_an_element_lacks_it(rule: Rule, text: str) -> None:
    """`flags` of an element's file are the texts in which it is missing."""
    assert rule.id not in found(analyse(text))


@pytest.mark.parametrize(("rule", "text"), _examples("passes"))
def test_each_example_that_has_an_element_has_it(rule: Rule, text: str) -> None:
    """`passes` of an element's file are the texts in which it is present."""
    assert rule.id in found(analyse(text))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_element_says_why_and_what_to_say(rule: Rule) -> None:
    """The body is what the user reads when it is missing."""
    assert len(rule.flags) >= 3
    assert len(rule.passes) >= 3
    assert rule.source
    assert 40 < len(rule.message) <= 240
