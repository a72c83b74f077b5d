"""What the facts of an incident allow: wording that would be a fault elsewhere and is right in this message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from drafter.checks.clauses import Document
from drafter.checks.lexicon import FOLDER, Words, word_list
from drafter.checks.report import Claim, Finding, Withheld
from drafter.incident import Incident

_SYMPATHY = ("distant-apology", "regret-substitute")
_NOTHING_TO_ADMIT = (*_SYMPATHY, "hedged-admission", "agentless-harm")
_REFUSALS = ("denial", "policy-shield")
_REFUSES = re.compile(
    r"\b(?:cannot|unable|not able|not possible|declin\w+|refus\w+|not eligible|do not|does not|outside|too late|not covered|no)\b|n't\b",
    re.I,
)
_BLAMES = re.compile(  # who has to answer for it, beside what happened
    r"\b(?:blam\w+|faults?|responsib\w+|liab\w+|accountab\w+|answerable|their (?:\w+ )?(?:doing|mistake|error|problem)"
    r"|not (?:us|ours|our)|nothing to do with|(?:beyond|outside|out of) (?:\w+ )?(?:control|hands)|no (?:say|control|influence)"
    r"|let (?:us|you) down|(?:nothing|little) (?:we|i) c\w+|take (?:it|this|that) up|only (?:them|the))\b",
    re.I,
)
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class Setting:
    """What a finding is weighed beside: the text, its facts, its claims, and what is withheld."""

    document: Document
    incident: Incident
    claims: tuple[Claim, ...]
    withheld: Withheld | None
    words: Words = ()  # that the house adds to the lists


def allowed(findings: Iterable[Finding], setting: Setting) -> list[Finding]:
    """The findings that stand beside these facts.

    Sympathy without an admission is right while ownership is withheld, or while nothing is established to be ours; what
    others did is right where it is the fact of a problem that is not ours and nobody is blamed for it; an open refusal is
    right where the incident records that decision; a promise that rests on a fact is backed; and the words of the
    customer's trade are not jargon.
    """
    document, incident = setting.document, setting.incident
    quiet = _quiet(incident, setting.withheld)
    refusals = _refusals(incident)
    trade = _trade(incident, setting.words)
    return [
        finding
        for finding in findings
        if finding.rule not in quiet
        and not (finding.rule == "blame-other" and _told_of_others(document, incident, finding))
        and not (finding.rule == "agentless-harm" and _neutral(incident, setting.withheld, finding))
        and not (finding.rule in _REFUSALS and _records(document, finding, refusals))
        and not (finding.rule == "unbacked-promise" and _backed(finding, setting.claims))
        and not (finding.rule == "jargon-euphemism" and trade and trade.search(finding.text))
    ]


def _quiet(incident: Incident, withheld: Withheld | None) -> tuple[str, ...]:
    if not incident.faults & {"ours", "shared"}:
        return (*_NOTHING_TO_ADMIT, "denial") if incident.faults == {"not_ours"} else _NOTHING_TO_ADMIT
    return _SYMPATHY if withheld and "ownership" in withheld.elements else ()


def _neutral(incident: Incident, withheld: Withheld | None, finding: Finding) -> bool:
    """Whether the words are those of the neutral event, which stands in place of ownership while that is withheld."""
    held = withheld is not None and "ownership" in withheld.elements
    return held and any(_words(finding.text) <= _words(problem.what) for problem in incident.problems)


def _told_of_others(document: Document, incident: Incident, finding: Finding) -> bool:
    """Whether the words are what a problem that is not ours says of others, in a sentence that blames nobody."""
    sentence = document.sentence_at(finding.start)
    if sentence is None or _BLAMES.search(sentence.plain):
        return False
    others = (problem for problem in incident.problems if problem.fault == "not_ours")
    texts = (f"{problem.what} {problem.third_party or ''} {problem.cause or ''}" for problem in others)
    return any(_words(finding.text) <= _words(text) for text in texts)


def _backed(finding: Finding, claims: tuple[Claim, ...]) -> bool:
    """Whether a promise in these words rests on a fact."""
    return any(claim.kind == "promise" and claim.fact and claim.start < finding.end and finding.start < claim.end for claim in claims)


def _refusals(incident: Incident) -> list[set[str]]:
    """The words of each decision against the customer that the incident records."""
    texts: list[str] = []
    for problem in incident.problems:
        texts += [
            f"{remedy.kind} {remedy.text or ''} {remedy.because or ''} {remedy.instead or ''}"
            for remedy in problem.remedies
            if remedy.decision == "declined"
        ]
    texts += [f"{ask.text} {ask.because or ''} {ask.answer or ''}" for ask in incident.asks if ask.decision == "declined"]
    return [_words(text) for text in texts]


def _records(document: Document, finding: Finding, refusals: list[set[str]]) -> bool:
    sentence = document.sentence_at(finding.start)
    if not (refusals and sentence and _REFUSES.search(sentence.plain)):
        return False
    words = _words(sentence.plain)
    return any(words & refusal for refusal in refusals)


def _words(text: str) -> set[str]:
    """The words that carry the matter, each cut to a stem of its own length: "refunds" and "refunded" meet."""
    return {word[:5] for word in _WORD.findall(text.lower())} - {
        "your",
        "that",
        "this",
        "with",
        "have",
        "from",
        "were",
        "cannot",
        "because",
    }


def _trade(incident: Incident, words: Words) -> re.Pattern[str] | None:
    """The words that belong to the customer's own trade, where there is a list for it."""
    for name in _WORD.findall((incident.trade or "").lower()):
        if (FOLDER / incident.language / f"trade_{name}.txt").is_file():
            return re.compile(word_list(f"trade_{name}", incident.language, words), re.I)
    return None
