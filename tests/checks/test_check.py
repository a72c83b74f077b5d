"""check(): a bare text, a kind, an incident; and what the facts of an incident allow."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drafter.checks import ELEMENTS, check
from drafter.checks.clauses import analyse
from drafter.checks.engine import rules_for, scan
from drafter.errors import IncidentError, LanguageError, TextError
from drafter.incident import Incident

Make = Callable[..., Incident]
MINE = (
    "conditional-apology",
    "feelings-apology",
    "apology-but",
    "distant-apology",
    "regret-substitute",
    "over-apology",
    "agentless-harm",
    "hedged-admission",
    "denial",
)
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "flags_a.jsonl").read_text("utf-8").splitlines()
]


def flags(text: str, incident: Incident | None = None, **options: Any) -> set[str]:
    """The rules that flag a text, without what is missing or ungrounded."""
    known = rules_for("en").rules
    return {finding.rule for finding in check(text, incident, **options).findings if finding.rule in known}


def test_a_bare_text_owes_nothing_and_has_no_score() -> None:
    """Elements are told when they are there, and never demanded."""
    report = check("We sent the wrong size, and I'm sorry.")
    assert report.findings == ()
    assert report.score is None
    assert (report.coverage, report.claims) == ((), ())
    assert set(report.elements) == set(ELEMENTS)
    assert report.elements["ownership"] == report.elements["explicit-apology"] == "present"
    assert set(report.elements.values()) == {"present", "not_owed"}


def test_a_kind_alone_makes_elements_owed() -> None:
    """Without facts, a first message about our own mistake owes what its kind owes."""
    report = check("Thank you for writing to us about Tuesday.", kind="apology")
    missing = {finding.rule for finding in report.findings}
    assert {"missing-explicit-apology", "missing-ownership", "missing-concrete-fix"} <= missing
    assert all(finding.start == finding.end == 42 and finding.text == "" for finding in report.findings)
    assert report.score is not None
    assert report.score < 60


def test_an_incident_brings_coverage_grounding_rewrites_and_order(double_charge: Incident) -> None:
    """Findings of flags, elements and grounding stand together in the order of the text, with the facts in the rewrite."""
    text = "Hi Tom,\n\nWe're sorry this happened. I refunded the second $151.00 on November 20.\n\nMaya Lindqvist"
    report = check(text, double_charge)
    assert [finding.start for finding in report.findings] == sorted(finding.start for finding in report.findings)
    by_rule = {finding.rule: finding for finding in report.findings}
    assert by_rule["distant-apology"].rewrite == "We're sorry we charged your card twice for order 1042, $149.00 each time"
    assert by_rule["ungrounded-money"].text == "$151.00"
    assert "missing-ownership" in by_rule
    assert {covered.fact for covered in report.coverage} >= {"p1.ours", "p1.fix1", "when"}


def test_distance_is_an_error_only_while_nobody_owns_the_act() -> None:
    """The same words weigh less where the text says elsewhere what we did."""
    (alone,) = check("We're sorry this happened.").findings
    (owned,) = check("We sent the wrong tyre. We're sorry this happened.").findings
    assert (alone.severity, owned.severity) == ("error", "warning")


def test_empty_and_unknown_are_refused() -> None:
    """A blank text and a language without rules are told in one line."""
    with pytest.raises(TextError, match="empty"):
        check(" \n ")
    with pytest.raises(LanguageError, match="these languages work: en"):
        check("Lo sentimos.", language="es")


def test_the_language_that_is_asked_for_wins_over_the_incidents(incident: Make) -> None:
    """A caller who names a language means it; without one, the letter is in the incident's."""
    text = "We charged your card twice, and I'm sorry if it upset you."
    french = incident(locale="fr-FR")
    assert "conditional-apology" in {finding.rule for finding in check(text, french, language="en").findings}
    with pytest.raises(LanguageError, match="'xx'; these languages work: en"):
        check(text, incident(), language="xx")


def test_the_incidents_language_counts(incident: Make) -> None:
    """An incident in a language without rules is refused as such."""
    with pytest.raises(LanguageError, match="'fr'"):
        check("Nous sommes désolés.", incident(locale="fr-FR"))


def test_locked_paragraphs_are_not_judged(incident: Make) -> None:
    """What law or contract fixes stands verbatim, whatever it says."""
    law = "Any inconvenience is regretted. We accept no liability for delays."
    text = f"We missed the date we had given you for your bike.\n\n{law}\n\nI'm sorry."
    assert flags(text, incident(locked=[law])) == set()
    assert "denial" in flags(text, incident())


@pytest.mark.parametrize("blank", ["\n", " ", "\u200b", "--"])
def test_a_locked_paragraph_without_words_is_refused(incident: Make, blank: str) -> None:
    """It would stand everywhere; it once kept a check from ending."""
    with pytest.raises(IncidentError, match="the text is empty"):
        incident(locked=[blank])


def test_sympathy_is_right_while_ownership_is_withheld(incident: Make) -> None:
    """A sensitive message may say that it is sorry for what happened: the rest waits for a person."""
    text = "I'm so sorry to hear that you were hurt, and for what happened on Tuesday. We have kept your bike for you."
    assert "distant-apology" in flags(text, incident())
    held = check(text, incident(sensitive=True))
    assert held.withheld is not None
    assert "distant-apology" not in {finding.rule for finding in held.findings}


def test_an_open_refusal_that_is_recorded_is_no_denial(incident: Make) -> None:
    """Where the incident holds the decision, saying it plainly is neither hiding nor disputing."""
    text = "We cannot accept responsibility for the scratched helmet: it was not left with us."
    ask = {"text": "for a new helmet", "decision": "declined", "because": "the helmet was not left with us"}
    assert "denial" in flags(text, incident())
    assert "denial" not in flags(text, incident(asks=[ask]))


def test_words_of_the_customers_trade_are_not_jargon(incident: Make) -> None:
    """An engineer reads "a degraded endpoint" as it is meant; a cyclist does not."""
    text = "A service degradation affected the endpoint from 09:10 to 09:40."
    assert "jargon-euphemism" in flags(text, incident(trade="cycling"))
    assert "jargon-euphemism" not in flags(text, incident(trade="software hosting"))


def test_nothing_is_to_be_admitted_before_it_is_established(incident: Make) -> None:
    """While the fault is unknown, sympathy and an honest "may" are right."""
    text = "I'm sorry to hear that your bike was damaged. We may have made a mistake; nothing is certain."
    unknown = incident(fault="unknown", ours=None, next=[{"will": "I will write to you", "on": "2026-03-13"}])
    assert flags(text) >= {"distant-apology", "hedged-admission"}
    assert not flags(text, unknown) & {"distant-apology", "hedged-admission", "agentless-harm"}


def test_personal_details_are_flagged_only_in_public(incident: Make) -> None:
    """An order number belongs in an email and not under a post."""
    text = "@ravi_a we missed the date for order 70316. I'm sorry."
    assert "public-disclosure" not in flags(text, incident())
    assert "public-disclosure" in flags(text, incident(channel="social"))


def found(text: str) -> set[str]:
    """The rules of this file's sentences that flag a text, without the voice of the classifier."""
    return {finding.rule for finding in scan(analyse(text), rules_for("en"), voice=False)} & set(MINE)


@pytest.mark.parametrize("rule", MINE)
def test_a_rule_catches_what_it_is_about(rule: str) -> None:
    """On sentences of many trades and registers, each rule finds at least nine of ten that are labelled with it."""
    labelled = [row["text"] for row in ROWS if rule in row["rules"]]
    missed = [text for text in labelled if rule not in found(text)]
    assert len(labelled) >= 10
    assert len(missed) <= len(labelled) // 10, missed


@pytest.mark.parametrize("rule", MINE)
def test_a_rule_leaves_alone_what_it_is_not_about(rule: str) -> None:
    """Of what a rule flags among those sentences, at least 95 in a hundred are labelled with it."""
    flagged = [row for row in ROWS if rule in found(row["text"])]
    wrong = [row["text"] for row in flagged if rule not in row["rules"]]
    assert len(wrong) <= max(1, len(flagged) // 20), wrong


def test_harmless_sentences_stay_silent() -> None:
    """Of the sentences that owe nobody anything, at most one in a hundred is flagged."""
    harmless = [row["text"] for row in ROWS if not row["rules"]]
    alarms = [text for text in harmless if found(text)]
    assert len(harmless) >= 150
    assert len(alarms) <= len(harmless) // 100, alarms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sorry for the delay.", set()),
        ("I'm sorry for the wait.", set()),
        ("Sorry for the trouble.", {"distant-apology"}),
        ("Sorry to hear that.", {"distant-apology"}),
        ("We're sorry this happened.", {"distant-apology"}),
        ("Sorry for any inconvenience.", {"conditional-apology"}),
        ("Your parcel was lost.", {"agentless-harm"}),
        ("Uploads have been failing since 09:10.", set()),
        ("The outage lasted 40 minutes.", set()),
        ("A fix has been applied.", set()),
        ("Your refund was issued today.", set()),
        ("Sorry, but we can't ship to Norway.", set()),
        ("If your parcel was damaged, send us a photo.", set()),
        ("Sorry if that was unclear.", set()),
        ("Sorry to hear that, I'm checking now and will be back by 14:00.", set()),
        ("I told you there was no fault on our side. I was wrong.", set()),
        ("Unfortunately we are closed on Mondays.", set()),
    ],
)
def test_border_cases_are_decided_as_agreed(text: str, expected: set[str]) -> None:
    """The cases that could go either way go the way the taxonomy says."""
    assert found(text) == expected


def test_a_promise_that_a_fact_backs_is_not_called_unbacked(double_charge: Incident) -> None:
    """The same words are a suggestion where nobody entered them."""
    words = "The $149.00 will be back with your bank by Wednesday, November 25."
    assert not [f for f in check(words, double_charge).findings if f.rule == "unbacked-promise"]
