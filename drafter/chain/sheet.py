"""The fact sheet of a prompt: the frame of a message, and the facts of each of its sections, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from drafter.checks import Withheld
from drafter.draft import Letter, Section, SectionName
from drafter.incident import Ask, Incident, Kind, Remedy, Role, Stated
from drafter.incident.moment import Moment, day_of, written_day, written_time

FIXED: frozenset[SectionName] = frozenset({"subject", "greeting", "closing", "locked"})
"""The sections that a model never writes."""

_HELD_BACK: frozenset[Role] = frozenset({"ours", "cause"})
_SAID_AS: dict[Role, str] = {
    "problem": "what happened",
    "ours": "what we did",
    "customer_part": "what happened on the customer's side (an event, no fault)",
    "third_party": "a third party's part (no excuse)",
    "impact": "what it meant for the customer",
    "cause": "cause",
    "known": "known",
    "unknown": "not known yet",
    "fix": "repair",
    "prevention": "so that it does not happen again",
    "containment": "where else we looked",
    "next": "next step",
    "reference": "reference",
}
_STATES = {"done": "done", "doing": "being done now", "will": "planned, not done yet"}
_KINDS: dict[Kind, str] = {
    "apology": "an apology for our mistake, with what is done about it",
    "holding": "a first word while the matter is still open",
    "update": "a further word on a matter that was written about before",
    "notice": "a notice to a customer who has not complained",
    "remedy_confirmation": "a confirmation of what the customer is given",
    "follow_up": "a follow-up in writing, after the repair: what was fixed and what was changed; no new apology",
    "answer": "an answer where the fault is not ours; no apology and no admission",
}


def writable(letter: Letter) -> tuple[Section, ...]:
    """The sections of a composed letter that a model may write in other words."""
    return tuple(section for section in letter.sections if section.name not in FIXED and section.text)


def frame(incident: Incident, withheld: Withheld | None) -> str:
    """The frame of the message: who writes, on which channel, in which tone, when, and what must stay out."""
    signer = incident.signer
    lines = [
        f"Company: {incident.company.name}" + (f" ({incident.trade})" if incident.trade else ""),
        f"Signed by (I): {signer.name}" + (f", {signer.role}" if signer.role else ""),
        f"Kind of message: {_KINDS[incident.kind]}",
        f"Channel: {incident.channel}; tone: {incident.tone}; severity: {incident.severity}; locale: {incident.locale}",
        f"Now: {_written(incident.as_of, incident).removesuffix(' (today)')}",
        *_warnings(incident, withheld),
    ]
    return "\n".join(lines)


def sheet(incident: Incident, sections: Iterable[Section], *, opening: SectionName | None, withheld: Withheld | None) -> str:
    """The sections to write, each with its note and its facts."""
    return "\n\n".join("\n".join(_section(incident, section, opening, withheld)) for section in sections)


def apology_section(composed: Letter) -> SectionName | None:
    """The section of a composed letter that holds its apology."""
    words = ("sorry", "apolog")
    return next((part.name for part in writable(composed) if any(word in part.text.lower() for word in words)), None)


def _warnings(incident: Incident, withheld: Withheld | None) -> Iterator[str]:
    if incident.turn > 1:
        yield "This is a later message of a thread: say what is new, and do not repeat what was said."
    if incident.public:
        yield "Everyone can read this: no name, reference, contact, health or money detail of a person, and no placeholder."
    if withheld:
        yield (
            "This matter is sensitive: say nothing about whose fault it was, what caused it or what we did wrong, and do not apologise "
            "for an act of ours. Sympathy, facts and help only. A person decides on the rest."
        )


def _section(incident: Incident, section: Section, opening: SectionName | None, withheld: Withheld | None) -> Iterator[str]:
    words = max(12, round(len(section.text.split()) * 1.2))
    note = " The apology stands here." if section.name == opening and not withheld else ""
    yield f"### {section.name} (up to about {words} words).{note}"
    for fact_id in dict.fromkeys(section.facts):
        fact = incident.fact(fact_id)
        if fact.role in ("signer", "company", "customer") or (withheld and fact.role in _HELD_BACK):
            continue
        yield f"- {_line(incident, fact)}"


def _line(incident: Incident, fact: Stated) -> str:
    if fact.role == "ask":
        return _ask(incident, next(ask for ask in incident.asks if ask.id == fact.id))
    if fact.role == "remedy":
        remedies = (remedy for problem in incident.problems for remedy in problem.remedies)
        return _remedy(incident, next(remedy for remedy in remedies if remedy.id == fact.id))
    state = f", {_STATES[fact.state]}" if fact.state in _STATES else ""
    owner = f", by {fact.owner}" if fact.owner else ""
    when = f", {_when(incident, fact)}" if fact.moments else ""
    cost = f" (cost: {fact.money.written(incident.locale)})" if fact.money else ""
    return f"{_SAID_AS.get(fact.role, fact.role)}{state}{owner}{when}: {fact.text}{cost}"


def _ask(incident: Incident, ask: Ask) -> str:
    parts = [f"the customer asked {ask.text}"]
    if ask.answer:
        parts.append(f"answer: {ask.answer}")
    if ask.decision == "declined":
        parts.append("the answer is no" + (f", because {ask.because}" if ask.because else ""))
    if ask.decision == "granted":
        parts.append("the answer is yes")
    if ask.decision == "pending" or (ask.on and not ask.answer):
        by = f" by {ask.owner}" if ask.owner else ""
        parts.append(f"not decided yet{by}" + (f"; the answer comes {_written(ask.on, incident)}" if ask.on else ""))
    if ask.instead:
        parts.append(f"what is possible instead: {ask.instead}")
    return "; ".join(parts)


def _remedy(incident: Incident, remedy: Remedy) -> str:
    amount = f" of {remedy.amount.written(incident.locale)}" if remedy.amount else ""
    parts = [remedy.text or f"{remedy.kind}{amount}"]
    if remedy.text and remedy.amount:
        parts.append(f"amount: {remedy.amount.written(incident.locale)}")
    parts += remedy.terms
    if remedy.because:
        parts.append(f"because {remedy.because}")
    if remedy.instead:
        parts.append(f"what is possible instead: {remedy.instead}")
    if remedy.on:
        parts.append(f"{'the decision comes' if remedy.decision == 'pending' else 'it arrives'} {_written(remedy.on, incident)}")
    if remedy.owner:
        parts.append(f"by {remedy.owner}")
    decided = {"granted": "granted", "declined": "declined: say no plainly", "pending": "not decided yet: promise nothing"}[remedy.decision]
    return f"{remedy.kind}, {decided}: " + "; ".join(parts)


def _when(incident: Incident, fact: Stated) -> str:
    written = [_written(moment, incident) for moment in fact.moments]
    if fact.role in ("fix", "prevention", "containment", "next") and fact.state == "will":
        by = _is_deadline(incident, fact.id)
        return " ".join(f"by {text}" if i == len(written) - 1 and by else text for i, text in enumerate(written))
    return " to ".join(written)


def _is_deadline(incident: Incident, fact_id: str) -> bool:
    actions = [*incident.next, *(fix for problem in incident.problems for fix in problem.fixes)]
    for problem in incident.problems:
        for group in (problem.prevention, problem.containment):
            actions += group if group != "unknown" else ()
    return any(action.id == fact_id and action.by is not None for action in actions)


def _written(moment: Moment, incident: Incident) -> str:
    """A moment as the locale writes it, with the weekday, and with the year where it is not this one."""
    zone: ZoneInfo = incident.zone
    day, today = day_of(moment, zone), day_of(incident.as_of, zone)
    text = written_day(day, incident.locale, weekday=True, year=day.year != today.year)
    if isinstance(moment, datetime):
        text += f" at {written_time(moment.astimezone(zone), incident.locale)}"
    return text.replace("\u202f", " ") + (" (today)" if day == today else "")  # a model copies what it sees
