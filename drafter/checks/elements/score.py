"""The score: weights over what is owed, for reviewers and evals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from drafter.checks.clauses import Document, Sentence
from drafter.checks.elements.presence import first_places
from drafter.checks.engine import RuleSet
from drafter.checks.report import ElementState, Finding

WEIGHTS = {
    "ownership": 25,
    "concrete-fix": 25,
    "known-unknown-next": 25,  # it stands in the place of the fix while there is none
    "explicit-apology": 10,
    "specific-failure": 10,
    "impact": 10,
    "prevention": 10,
    "personal-voice": 5,
    "order": 5,
}
WARNING = 5
CAP = 59
_GREETING = re.compile(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|@\w+)\b[^.!?]{0,60}$", re.I)


def score(
    states: Mapping[str, ElementState],
    findings: Iterable[Finding],
    document: Document | None = None,
    *,
    due: Mapping[str, ElementState] | None = None,
    urgent: bool = False,
    rules: RuleSet | None = None,
) -> int:
    """Points from 0 to 100: the share of the owed weight that is there, less 5 for each warning, at most 59 with an error.

    `due` is what is owed (`owed`); without it each element that is present or missing counts. A missing element costs its
    weight and nothing more. `document` adds the order: apology and ownership in the first two sentences and the remedy
    after them, or in urgent messages the action first.
    """
    findings = [finding for finding in findings if not _element(finding.rule)]
    owing = {element for element in states if (due or states)[element] in ("present", "missing")} & set(WEIGHTS)
    lacking = {element for element in owing if states[element] == "missing"}
    if document and (ordered := in_order(document, states, owing, urgent=urgent, rules=rules)) is not None:
        owing.add("order")
        lacking |= set() if ordered else {"order"}
    total = sum(WEIGHTS[name] for name in owing)
    points = 100 * (total - sum(WEIGHTS[name] for name in lacking)) / total if total else 100.0
    points -= WARNING * sum(finding.severity == "warning" for finding in findings)
    if any(finding.severity == "error" for finding in findings):
        points = min(points, CAP)
    return max(0, round(points))


def in_order(
    document: Document, states: Mapping[str, ElementState], owing: set[str], *, urgent: bool = False, rules: RuleSet | None = None
) -> bool | None:
    """Whether what is owed stands in its order; None where nothing of it is there to be ordered."""
    owning = [name for name in ("explicit-apology", "ownership") if name in owing and states[name] == "present"]
    places = first_places(document, rules)
    repair = places.get("concrete-fix")
    if urgent:
        first = [places[name] for name in owning if name in places]
        return None if repair is None or not first else repair <= min(first)
    if not owning:
        return None
    body = _body(document)
    limit = body[:2][-1].end if body else 0
    return all(name in places and places[name] < limit for name in owning) and (repair is None or repair > min(places[n] for n in owning))


def _body(document: Document) -> list[Sentence]:
    """The judged sentences after the greeting."""
    sentences = [sentence for sentence in document.sentences if sentence.judged]
    while sentences and _GREETING.match(sentences[0].plain):
        sentences = sentences[1:]
    return sentences


def _element(rule: str) -> bool:
    """Whether a finding is about a missing element: its weight is its cost."""
    return rule.removeprefix("missing-") in WEIGHTS or rule in ("missing-make-good", "missing-in-writing-recap")
