"""What of the owed a text has, what it lacks, and the score over it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from drafter.checks import check
from drafter.checks.clauses import analyse
from drafter.checks.elements import judge, owed, score
from drafter.checks.elements.presence import found
from drafter.checks.elements.score import CAP, WEIGHTS
from drafter.checks.engine import rules_for
from drafter.checks.report import ELEMENTS, ElementState, Finding
from drafter.checks.rule import Rule
from drafter.incident import incident_from
from tests.checks.owing import incident, missing, problem

DATA = Path(__file__).parent / "data"
ROWS = [json.loads(line) for line in (DATA / "elements.jsonl").read_text("utf-8").splitlines()]
RULES = [rules_for("en").rules[element] for element in ELEMENTS]
AT_LEAST = 0.9

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


@pytest.mark.parametrize(
    ("ours", "text", "state"),
    [
        ("I opened your letter", "I opened your letter. I'm sorry.", "present"),
        ("we scratched your piano", "I'm sorry, we scratched your piano.", "present"),
        ("I opened your letter", "I'm sorry about your letter.", "missing"),  # the thing, and not the act
        ("we ruined your evening", "I'm sorry for your evening.", "missing"),
    ],
)
def test_an_act_of_ours_on_a_thing_of_theirs_is_specific_where_the_facts_hold_it(ours: str, text: str, state: str) -> None:
    """Few words may say all there is to say; the verb of the facts has to stand in the letter."""
    one = {"what": "it went wrong", "ours": ours}
    facts = incident_from({"company": "Crumb", "signer": "Iris", "channel": "chat", "problems": [one]})
    assert check(text, facts).elements["specific-failure"] == state
