"""Ground a text: each value, name, promise and act in it, the fact it rests on, and a finding where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.agents import reversals
from drafter.checks.grounding.arrived import arrived
from drafter.checks.grounding.causes import made_up
from drafter.checks.grounding.cited import channels_named, rules_cited
from drafter.checks.grounding.conceded import conceded
from drafter.checks.grounding.conditions import boundless, gestures, tied
from drafter.checks.grounding.contrary import Contrary, contraries
from drafter.checks.grounding.counted import miscounted
from drafter.checks.grounding.deadlines import deadlines
from drafter.checks.grounding.derived import fact_days
from drafter.checks.grounding.doubted import doubted
from drafter.checks.grounding.equality import resolved
from drafter.checks.grounding.facts import Facts, facts_of
from drafter.checks.grounding.gifts import gifts
from drafter.checks.grounding.matching import fact_of
from drafter.checks.grounding.names import names
from drafter.checks.grounding.nearest import nearest
from drafter.checks.grounding.opposites import opposites
from drafter.checks.grounding.places import misplaced
from drafter.checks.grounding.practices import practices
from drafter.checks.grounding.promises import promises
from drafter.checks.grounding.reading import Reading, read
from drafter.checks.grounding.sent import contradictions
from drafter.checks.grounding.states import overstated
from drafter.checks.grounding.told import untold
from drafter.checks.grounding.undone import lingering, standing, undone
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.verbatim import own_words, within
from drafter.checks.grounding.words import root, word_class
from drafter.checks.report import Claim, Finding
from drafter.incident import Incident
from drafter.incident.moment import written_day

_RULE = {
    "number": "ungrounded-number",
    "percentage": "ungrounded-number",
    "reference": "ungrounded-number",
    "money": "ungrounded-money",
    "date": "ungrounded-date",
    "time": "ungrounded-date",
    "duration": "ungrounded-date",
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Grounding:
    """The claims of a text in their order, and an error for each that no fact backs."""

    claims: tuple[Claim, ...]
    findings: list[Finding]


def ground(text: str, incident: Incident, *, as_of: datetime | None = None) -> Grounding:
    """What `text` claims and which fact of `incident` says so; `as_of` replaces the incident's moment of writing."""
    facts = facts_of(incident, as_of)
    reading = read(text, facts.frame, facts.locked)
    claims: list[Claim] = []
    findings: list[Finding] = []
    _values(reading, facts, claims, findings)
    _names(reading, facts, claims, findings)
    against = contraries(reading, facts)
    _promised(reading, facts, claims, findings, against)
    _contradicted(reading, claims, findings, against)
    _reversed(reading, facts, claims, findings)
    _told(reading, facts, claims, findings)
    if findings:
        claims, findings = _settled(reading, facts, claims, findings)
    _unlike_sent(reading, facts, findings)
    claims.sort(key=lambda claim: (claim.start, claim.end))
    findings.sort(key=lambda finding: (finding.start, finding.end))
    return Grounding(tuple(claims), findings)


def _settled(reading: Reading, facts: Facts, claims: list[Claim], findings: list[Finding]) -> tuple[list[Claim], list[Finding]]:
    """Claims and findings without what stands in a fact's own words: that is the fact's, whatever else it looks like."""
    own = own_words(reading, facts)
    kept = [finding for finding in findings if not any(within(finding, span, reading) for span, _ in own)]
    places = {(finding.start, finding.end) for finding in findings if finding not in kept}
    names = {place: name for place in places for span, name in own if span[0] < place[1] and place[0] < span[1]}
    told = [
        claim.model_copy(update={"fact": names[claim.start, claim.end]}) if (claim.start, claim.end) in names and not claim.fact else claim
        for claim in claims
    ]
    return told, kept


def _values(reading: Reading, facts: Facts, claims: list[Claim], findings: list[Finding]) -> None:
    wrong = {found.value.start: found for found in misplaced(reading, facts)}
    for value in reading.values:
        if not reading.own(value.start):
            continue
        source = fact_of(value, facts, reading.around(value.start))
        fact = source if isinstance(source, str) or source is None else source.id
        asked = not isinstance(source, str) and source is not None and source.asked
        clash = _clash(value, facts)
        granted = asked and value.kind == "money" and _gives(reading, value)
        if fact is None and value.weak:
            continue
        place = wrong.get(value.start)
        fact = None if clash or granted or place else fact
        claims.append(Claim(kind=value.kind, start=value.start, end=value.end, text=value.text, fact=fact))
        if clash:
            findings.append(_finding("ungrounded-date", reading, value.start, value.end, *clash))
        elif granted:
            message = f"{value.text} is what the customer asked for; no fact grants it."
            findings.append(_finding("ungrounded-money", reading, value.start, value.end, message))
        elif place:
            message = f"The facts say {place.right.text} here, not {value.text}."
            findings.append(_finding(_RULE[value.kind], reading, value.start, value.end, message, place.right.text))
        elif fact is None:
            findings.append(_finding(_RULE[value.kind], reading, value.start, value.end, *nearest(value, reading, facts)))


def _unlike_sent(reading: Reading, facts: Facts, findings: list[Finding]) -> None:
    """What was told otherwise before: also in a fact's own words, as the facts may have changed since."""
    for one in contradictions(reading, facts):
        start, end = _trim(reading.text, one.start, one.end)
        if not any(finding.start < end and start < finding.end for finding in findings):
            findings.append(_finding("contradicts-sent", reading, start, end, one.message))


def _gives(reading: Reading, value: Value) -> bool:
    """Whether the clause around an amount gives it: we are the one who acts, and it is neither refused nor a condition."""
    for act in reading.acts:
        if act.start <= value.start < act.end:
            if act.tense == "present":  # "I confirm a refund of $50" gives it by being said
                return not act.negated and act.verb in {"us": _GRANTS, "customer": _GETS}.get(act.agent, _NOTHING)
            return (
                act.agent in ("us", "none", "customer")
                and not act.negated
                and act.tense in ("future", "perfect", "past", "progressive")
                and (act.verb not in _TELLING and (act.agent != "customer" or act.tense == "future"))
            )
    return False


_NOTHING: frozenset[str] = frozenset()
_GRANTS = frozenset(
    map(
        root,
        ("confirm", "accept", "approve", "agree", "grant", "authorise", "guarantee", "offer", "give", "refund", "pay", "credit", "owe"),
    )
)
_GETS = frozenset(map(root, ("get", "receive")))


_TELLING = word_class("quoting")


def _clash(value: Value, facts: Facts) -> tuple[str, str | None] | None:
    """A weekday that its own date does not fall on."""
    days = value.days
    if days is None or days.weekday is None or days.day is None:
        return None
    day = next((day for day, _ in fact_days(facts) if day.day == days.day and days.month in (None, day.month)), None) or resolved(
        days, facts
    )
    if day is None or day.weekday() == days.weekday:
        return None
    written = written_day(day, facts.incident.locale)
    return f"{written} is a {_WEEKDAYS[day.weekday()]}, not a {_WEEKDAYS[days.weekday]}.", written_day(
        day, facts.incident.locale, weekday=True
    )


def _names(reading: Reading, facts: Facts, claims: list[Claim], findings: list[Finding]) -> None:
    for name in names(reading, facts):
        claims.append(Claim(kind="name", start=name.start, end=name.end, text=name.text, fact=name.fact))
        if name.fact is not None:
            continue
        customer = facts.incident.customer
        right = customer.call_by or customer.name or ""
        if name.greets and right:
            first = customer.call_by or right.split()[0]
            findings.append(
                _finding(
                    "ungrounded-name",
                    reading,
                    name.start,
                    name.end,
                    f"{name.text} is not the customer's name; the facts say {right}.",
                    first,
                )
            )
        else:
            findings.append(_finding("ungrounded-name", reading, name.start, name.end, f"{name.text} is not a name among the facts."))


def _promised(reading: Reading, facts: Facts, claims: list[Claim], findings: list[Finding], against: Sequence[Contrary]) -> None:
    contrary = {one.act.start for one in against}
    for promise in promises(reading, facts):
        act = promise.act
        if promise.fact and act.start in contrary:
            continue  # no fact grants what the facts contradict
        start, end = _trim(reading.text, act.start, act.end)
        fact = promise.fact.id if promise.fact else None
        claims.append(Claim(kind="promise", start=start, end=end, text=reading.text[start:end], fact=fact))
        if fact is None:
            findings.append(_finding("ungrounded-promise", reading, start, end, f"This promises more than the facts allow: {promise.why}."))
    told = {(finding.start, finding.end) for finding in findings}
    for found in overstated(reading, facts):
        start, end = _trim(reading.text, found.act.start, found.act.end)
        if (start, end) not in told:
            claims.append(Claim(kind="promise", start=start, end=end, text=reading.text[start:end], fact=None))
            findings.append(_finding("ungrounded-promise", reading, start, end, f"This says more than is so: {found.why}."))


def _contradicted(reading: Reading, claims: list[Claim], findings: list[Finding], against: Sequence[Contrary]) -> None:
    for one in against:
        start, end = _trim(reading.text, one.act.start, one.end)
        claims.append(Claim(kind="promise", start=start, end=end, text=reading.text[start:end], fact=None))
        if any(finding.start < end and start < finding.end for finding in findings):
            continue
        lead = "This is told as still to come and is done; the facts say" if one.planned else "The facts say otherwise"
        message = f"{lead}: {one.says}."
        found = _finding("ungrounded-promise", reading, start, end, message)
        findings.append(found.model_copy(update={"severity": "warning"}) if one.planned else found)


def _reversed(reading: Reading, facts: Facts, claims: list[Claim], findings: list[Finding]) -> None:
    for flip in reversals(reading, facts):
        claims.append(Claim(kind="agent", start=flip.start, end=flip.end, text=reading.text[flip.start : flip.end], fact=None))
        message = f"Who did what is turned round; the facts say: {flip.says}."
        findings.append(_finding("reversed-agent", reading, flip.start, flip.end, message, flip.rewrite))


def _told(reading: Reading, facts: Facts, claims: list[Claim], findings: list[Finding]) -> None:
    """What is told against the facts or beside them, where nothing else was found."""
    against = (
        *undone(reading, facts),
        *lingering(reading, facts),
        *standing(reading, facts),
        *opposites(reading, facts),
        *miscounted(reading, facts),
    )
    for act, known in against:
        says = known.text.split("\n")[0].strip(" ,;.")
        _add("ungrounded-promise", act, f"The facts say otherwise: {says}.", reading, claims, findings)
    for act, known in arrived(reading, facts):
        says = known.text.split("\n")[-1].strip(" ,;.")
        _add("ungrounded-promise", act, f"This says more than is so; the facts say: {says}.", reading, claims, findings)
    for act in deadlines(reading, facts):
        _add("ungrounded-promise", act, "No fact says that this comes then.", reading, claims, findings)
    for act in tied(reading, facts):
        _add("ungrounded-promise", act, "No fact makes this wait for anything, or binds it to a condition.", reading, claims, findings)
    for act in boundless(reading, facts):
        _add("ungrounded-promise", act, "This promises without a bound; no fact goes so far.", reading, claims, findings)
    for act in conceded(reading, facts):
        message = "This concedes a point of law that no fact concedes. Leave it to whoever may decide it, or add the decision to the facts."
        _add("ungrounded-promise", act, message, reading, claims, findings)
    for act in gestures(reading, facts):
        message = "This promises to make it good and names nothing. Say what you give, or leave it out."
        if vague := _add("ungrounded-promise", act, message, reading, claims, findings):
            findings[-1] = vague.model_copy(update={"severity": "suggestion"})
    for act in doubted(reading, facts):
        _add("ungrounded-promise", act, "The facts say this without a doubt. Leave the doubt out.", reading, claims, findings)
    for act in made_up(reading, facts):
        message = "No fact has this cause. Say the one that the facts have, or add it to them."
        _warn(message, act, reading, claims, findings)  # it may be the facts' own in other words
    for act in gifts(reading, facts):
        _warn("No fact gives this.", act, reading, claims, findings)
    for act in rules_cited(reading, facts):
        _warn("No fact has this rule. Cite what the facts have, or decide without it.", act, reading, claims, findings)
    for act in channels_named(reading, facts):
        _warn("No fact has this way to reach us. Name one that the facts have.", act, reading, claims, findings)
    customs = practices(reading, facts)
    for one in customs:
        if one.offered:
            _add(
                "ungrounded-event", one.act, "No fact offers this. Offer what the facts have, or add it to them.", reading, claims, findings
            )
    for event in untold(reading, facts):
        message = "No fact says who this is or what they did." if event.stranger else "No fact says this."
        told = _add("ungrounded-event", event.act, f"{message} Say what the facts say, or add it to them.", reading, claims, findings)
        if told and not (event.stranger or event.done):
            findings[-1] = told.model_copy(update={"severity": "suggestion" if event.likely else "warning"})
    for one in customs:
        _warn("No fact says that we do this. Say what the facts say, or add it to them.", one.act, reading, claims, findings)


def _warn(message: str, act: Act, reading: Reading, claims: list[Claim], findings: list[Finding]) -> None:
    if event := _add("ungrounded-event", act, message, reading, claims, findings):
        findings[-1] = event.model_copy(update={"severity": "warning"})


def _add(rule: str, act: Act, message: str, reading: Reading, claims: list[Claim], findings: list[Finding]) -> Finding | None:
    start, end = _trim(reading.text, act.start, act.end)
    if not any(finding.start < end and start < finding.end for finding in findings):
        claims.append(
            Claim(kind="agent" if rule == "ungrounded-event" else "promise", start=start, end=end, text=reading.text[start:end], fact=None)
        )
        findings.append(_finding(rule, reading, start, end, message))
        return findings[-1]
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " ,;:.!?\n)—–-":
        end -= 1
    return start, end


def _finding(rule: str, reading: Reading, start: int, end: int, message: str, rewrite: str | None = None) -> Finding:
    return Finding(rule=rule, severity="error", start=start, end=end, text=reading.text[start:end], message=message, rewrite=rewrite)
