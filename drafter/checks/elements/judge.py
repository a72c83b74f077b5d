"""What of the owed a text has: a state for each element, and a finding for each thing that it does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from drafter.checks.clauses import Document, analyse
from drafter.checks.elements.corrected import corrects
from drafter.checks.elements.facts import element_of
from drafter.checks.elements.owed import owed
from drafter.checks.elements.presence import act_on_theirs, found, helps, is_specific, moves_to_private, speaks_of_us
from drafter.checks.engine import RuleSet, rules_for
from drafter.checks.grounding import cover
from drafter.checks.grounding.openly import taken_back, without_taken_back
from drafter.checks.report import ELEMENTS, Covered, ElementState, Finding, FindingSeverity, Withheld
from drafter.checks.sensitive import releasers, signs
from drafter.incident import Incident, Kind, Stated

ANSWER = "missing-answer"
CORRECTION = "missing-correction"
_MOST = 200  # characters of a fact that a message repeats
_Lost = list[tuple[str, Stated]]  # elements that lack a fact, with the fact


def judge(
    document: Document, incident: Incident | None, kind: Kind | None, coverage: Sequence[Covered], rules: RuleSet | None = None
) -> tuple[dict[str, ElementState], list[Finding], Withheld | None]:
    """The state of each element, what is missing, and what a sensitive message leaves to a person.

    An element is present when the text shows it, owed or not. It is missing when it is owed and the text neither shows it
    nor states its facts, or leaves out one of the facts that belong to it: then there is one finding for each such fact.
    Without an incident and a kind nothing is owed. Without `rules`, those of English hold.
    """
    rules = rules or rules_for("en")
    owing = due(incident, kind, rules)
    seen = _seen(document, incident, kind, rules)
    lost: _Lost = []
    if incident:
        facts = [(incident.fact(item.fact), item.span) for item in coverage if item.role not in ("ask", "correction")]
        for fact, span in facts:
            element = element_of(fact, incident, owing)
            if span and _shows(element, fact, document, span):
                seen.add(element)
            elif not span and (element := _lacking(element, incident, owing, seen)):
                lost.append((element, fact))
        seen |= set(_stated(document, incident, owing, seen))
    states = {element: _state(owing[element], element in seen, any(element == other for other, _ in lost)) for element in owing}
    findings = [*_unsaid(document, lost, rules), *_absent(document, states, lost, rules), *_unanswered(document, incident, coverage)]
    findings += _uncorrected(document, incident, coverage)
    return states, findings, _withheld(incident, states)


def due(incident: Incident | None, kind: Kind | None, rules: RuleSet) -> dict[str, ElementState]:
    """What the message owes where these rules hold: what a house has switched off is not owed."""
    states: dict[str, ElementState] = owed(incident, kind=kind) if incident or kind else dict.fromkeys(ELEMENTS, "not_owed")
    off = rules.style.off
    return {element: "not_owed" if state == "missing" and f"missing-{element}" in off else state for element, state in states.items()}


def _seen(document: Document, incident: Incident | None, kind: Kind | None, rules: RuleSet) -> set[str]:
    """The elements that the text shows, with what stands in their place where the message is of a special kind."""
    seen = set(found(document, rules))
    if "ownership" in seen and taken_back(document.text) and "ownership" not in found(analyse(without_taken_back(document.text)), rules):
        seen.discard("ownership")
    kind = kind or (incident.kind if incident else None)
    if kind == "answer" and (helps(document) or (incident is None and "ownership" not in seen)):
        seen.add("concrete-fix")  # an answer that owns no failure has nothing to mend
    if incident and incident.channel == "social" and moves_to_private(document):
        seen |= {"concrete-fix", "known-unknown-next"}
    if incident is None and kind in ("update", "notice") and "concrete-fix" in seen:
        seen.add("known-unknown-next")  # whether it is resolved is not known here: what was done settles it as well
    return seen


def _stated(document: Document, incident: Incident, owing: Mapping[str, ElementState], seen: set[str]) -> Iterator[str]:
    """Elements that no rule sees and that the text has all the same, because it states what the facts have of them."""
    if owing["concrete-fix"] == "missing" and "concrete-fix" not in seen:
        repairs = [fact for fact in incident.facts if fact.role in ("fix", "remedy") and fact.state not in ("declined", "pending")]
        if any(item.span for item in cover(document.text, incident, [fact.id for fact in repairs])):
            yield "concrete-fix"
    if owing["specific-failure"] == "missing" and "specific-failure" not in seen:
        acts = [fact.id for fact in incident.facts if fact.role in ("ours", "problem") and is_specific(fact.text)]
        if any(item.span for item in cover(document.text, incident, acts)) or _tells_act(document, incident):
            yield "specific-failure"


def _tells_act(document: Document, incident: Incident) -> bool:
    """Whether the text tells an act of ours on a thing of the customer's as the facts have it, with its own verb."""
    verbs = {fact.id: verb for fact in incident.facts if fact.role == "ours" and (verb := act_on_theirs(fact.text))}
    told = ((verbs[item.fact], item.span) for item in cover(document.text, incident, list(verbs)) if item.span)
    return any(re.search(rf"(?i)\b(?:we|i)\b[^.;:?!]*\b{verb}\b", document.text[start:end]) for verb, (start, end) in told)


def _shows(element: str, fact: Stated, document: Document, span: tuple[int, int]) -> bool:
    """Whether stating a fact of the element shows it.

    Owning needs us as the one who acts; what is known shows no next word: that takes a step or an end that has a time.
    """
    if element == "known-unknown-next":
        return fact.role == "next" or (bool(fact.moments) and fact.state in ("doing", "will", "pending"))
    return element != "ownership" or speaks_of_us(document, span)


def _lacking(element: str, incident: Incident, due: Mapping[str, ElementState], seen: set[str]) -> str:
    """The element that lacks the fact, or "" when it is not owed or is there in other words."""
    if element == "ownership" and "ownership" in seen:
        if due["specific-failure"] == "missing":
            return "specific-failure"
        return element if len(incident.problems) > 1 and due[element] == "missing" else ""
    return element if due[element] == "missing" else ""


def _state(due: ElementState, seen: bool, lost: bool) -> ElementState:
    if due == "withheld":
        return due
    if due == "missing":
        return "missing" if lost or not seen else "present"
    return "present" if seen else due


def _unsaid(document: Document, lost: _Lost, rules: RuleSet) -> Iterator[Finding]:
    for element, fact in lost:
        yield _missing(document, f"missing-{element}", f"The reply does not say: {_sentence(fact.text)}", rules.rules[element].severity)


def _absent(document: Document, states: Mapping[str, ElementState], lost: _Lost, rules: RuleSet) -> Iterator[Finding]:
    named = {element for element, _ in lost}
    for element, state in states.items():
        if state == "missing" and element not in named:
            yield _missing(document, f"missing-{element}", rules.rules[element].message, rules.rules[element].severity)


def _unanswered(document: Document, incident: Incident | None, coverage: Sequence[Covered]) -> Iterator[Finding]:
    """Asks that the text does not answer; one that an action settles is answered when the text states the action."""
    said = {item.fact for item in coverage if item.span}
    for item in coverage if incident else ():
        if incident and item.role == "ask" and item.span is None and not said & _settling(incident, item.fact):
            ask = incident.fact(item.fact).text.splitlines()[0]
            yield _missing(document, ANSWER, f"The reply does not answer what the customer asked: {_sentence(ask)}", "error")


def _uncorrected(document: Document, incident: Incident | None, coverage: Sequence[Covered]) -> Iterator[Finding]:
    """Corrections that the text does not make openly, wherever else it says what is right."""
    owing = {item.fact for item in coverage if item.role == "correction"}
    for one in incident.corrections if incident else ():
        if incident and one.id in owing and not corrects(document.text, incident, one):
            said = _sentence(one.said)
            message = f"The reply does not take back what we told before: {said} Say openly that it was wrong, and what is right."
            yield _missing(document, CORRECTION, message, "error")


def _settling(incident: Incident, ask: str) -> set[str]:
    actions = {action.id for action in incident.next if ask in action.covers}
    for problem in incident.problems:
        actions |= {fix.id for fix in problem.fixes if ask in fix.covers} | {
            remedy.id for remedy in problem.remedies if ask in remedy.covers
        }
    return actions


def _withheld(incident: Incident | None, states: Mapping[str, ElementState]) -> Withheld | None:
    elements = tuple(element for element, state in states.items() if state == "withheld")
    if not incident or not elements:
        return None
    because = signs(incident)
    return Withheld(elements=elements, because=because, release=releasers(because, incident.language))


def _sentence(text: str) -> str:
    """The first line of a fact as a sentence, cut where it is long."""
    line = text.splitlines()[0]
    line = line if len(line) <= _MOST else line[:_MOST].rsplit(" ", 1)[0] + " …"
    return line[:1].upper() + line[1:] + ("" if line.endswith((".", "?", "!", "…")) else ".")


def _missing(document: Document, rule: str, message: str, severity: FindingSeverity) -> Finding:
    end = len(document.text)
    return Finding(rule=rule, severity=severity, start=end, end=end, text="", message=message)
