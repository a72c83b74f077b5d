"""The fact sheet of a prompt: the frame of a message, and the facts of each of its sections, as lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, groupby
from typing import Literal
from zoneinfo import ZoneInfo

from drafter.checks import Withheld
from drafter.compose.dates import Dates
from drafter.compose.phrases import phrases_for
from drafter.compose.wording import Wording
from drafter.draft import Letter, Section, SectionName
from drafter.incident import Action, Ask, Incident, Kind, Remedy, Role, Stated
from drafter.incident.moment import Moment, day_of, written_day

FIXED: frozenset[SectionName] = frozenset({"subject", "greeting", "closing", "correction", "locked"})
"""The sections that a model never writes."""

_HELD_BACK: frozenset[Role] = frozenset({"ours", "cause"})
_SLACK, _LEAST = 1.3, 20  # what a section may be longer than its composed twin, and words that any section may have
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
_COPIED = re.compile(
    rf"(?im)^\W*(?:{'|'.join(map(re.escape, _SAID_AS.values()))}|\w+), (?:{'|'.join(_STATES.values())}|granted|not decided yet)\b[^:\n]*:"
    r"|^\W*what (?:we did:|happened,[^:\n]{0,60}:)|what it meant for the customer"
    r"|\bthe customer asked [^;\n]+; (?:answer:|the answer|there is)"
)
_HARMED = "a first word to someone who may have been harmed, before anything is said about fault"


def writable(letter: Letter) -> tuple[Section, ...]:
    """The sections of a composed letter that a model may write in other words."""
    return tuple(section for section in letter.sections if section.name not in FIXED and section.text)


def frame(incident: Incident, withheld: Withheld | None) -> str:
    """The frame of the message: who writes, on which channel, in which tone, when, and what must stay out."""
    signer = incident.signer
    lines = [
        f"Company: {incident.company.name}" + (f" ({incident.trade})" if incident.trade else ""),
        f"Signed by (I): {signer.name}" + (f", {signer.role}" if signer.role else ""),
        f"Kind of message: {_HARMED if withheld else _KINDS[incident.kind]}",
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


def copied(text: str) -> bool:
    """Whether a text is the fact sheet itself, labels and all, in place of sentences."""
    return _COPIED.search(text) is not None


def _warnings(incident: Incident, withheld: Withheld | None) -> Iterator[str]:
    if incident.turn > 1:
        yield (
            "This is a later message of a thread: the customer has read the earlier ones. Say what is listed below and nothing that is "
            "not, and do not apologise again unless a note asks for it."
        )
    if incident.public:
        yield "Everyone can read this: no name, reference, contact, health or money detail of a person, and no placeholder."
    if withheld:
        yield (
            "This matter is sensitive: say nothing about whose fault it was, what caused it or what we did wrong, call nothing a mistake, "
            "and do not apologise for an act of ours. Sympathy, facts and help only. A person decides on the rest."
        )


def _section(incident: Incident, section: Section, opening: SectionName | None, withheld: Withheld | None) -> Iterator[str]:
    words = max(_LEAST, round(len(section.text.split()) * _SLACK))
    note = ""
    if section.name == opening:
        note = ' Sympathy stands here ("I\'m so sorry that ..."), and no apology.' if withheld else " The apology stands here."
    yield f"### {section.name} (up to about {words} words).{note}"
    facts = [incident.fact(fact_id) for fact_id in dict.fromkeys(section.facts)]
    told = [fact for fact in facts if fact.role not in ("signer", "company", "customer") and not (withheld and fact.role in _HELD_BACK)]
    if len({fact.problem for fact in told} - {None}) < 2:
        yield from (f"- {_line(incident, fact)}" for fact in told)
        return
    names = [problem.id for problem in incident.problems]
    for problem, group in groupby(told, key=lambda fact: fact.problem):
        if problem:
            yield f"Matter {names.index(problem) + 1}: {incident.fact(problem).text}"
        yield from (f"- {_line(incident, fact)}" for fact in group if fact.id != problem or fact.moments)


def _line(incident: Incident, fact: Stated) -> str:
    if fact.role == "ask":
        return _ask(incident, next(ask for ask in incident.asks if ask.id == fact.id))
    if fact.role == "remedy":
        remedies = (remedy for problem in incident.problems for remedy in problem.remedies)
        return _remedy(incident, next(remedy for remedy in remedies if remedy.id == fact.id))
    action = next((action for action in _actions(incident) if action.id == fact.id), None)
    if action:
        return f"{_SAID_AS[fact.role]}, {_STATES[action.state]}{_by(incident, action.owner)}{_dated(incident, action)}: {action.text}"
    when = f", {' to '.join(_written(moment, incident) for moment in fact.moments)}" if fact.moments else ""
    return f"{_SAID_AS.get(fact.role, fact.role)}{when}: {fact.text}{_cost(incident, fact)}"


def _ask(incident: Incident, ask: Ask) -> str:
    parts = [f"the customer asked {ask.text}"]
    if ask.answer:
        parts.append(f"answer: {ask.answer}")
    if ask.decision == "declined":
        parts.append("the answer is no" + (f", because {ask.because}" if ask.because else ""))
    if ask.decision == "granted":
        parts.append("the answer is yes")
    if ask.decision == "pending" or (ask.on and not ask.answer):
        parts.append("there is no answer yet" + (f"; it comes {_written(ask.on, incident)}" if ask.on else ""))
        if ask.owner:
            parts.append(_sees(incident, ask.owner, "decide"))
    if ask.instead:
        parts.append(f"what is possible instead: {ask.instead}")
    return "; ".join(parts)


def _remedy(incident: Incident, remedy: Remedy) -> str:
    amount = remedy.amount.written(incident.locale) if remedy.amount else ""
    parts = [remedy.text or (f"{remedy.kind} of {amount}" if amount else remedy.kind)]
    if remedy.text and _spaced(amount) not in _spaced(remedy.text):
        parts.append(f"amount: {amount}")
    parts += remedy.terms
    if remedy.because:
        parts.append(f"because {remedy.because}")
    if remedy.instead:
        parts.append(f"what is possible instead: {remedy.instead}")
    if remedy.on:
        past = day_of(remedy.on, incident.zone) <= day_of(incident.as_of, incident.zone)
        word = "the decision comes" if remedy.decision == "pending" else "on" if past else "it arrives"
        parts.append(f"{word} {_written(remedy.on, incident)}")
    if remedy.owner:
        parts.append(_sees(incident, remedy.owner, "decide" if remedy.decision == "pending" else "see"))
    decided = {"granted": "granted", "declined": "declined: say no plainly", "pending": "not decided yet (neither a yes nor a no)"}
    return f"{remedy.kind}, {decided[remedy.decision]}: " + "; ".join(parts)


def _spaced(text: str) -> str:
    """The text with plain spaces: an amount is the same whatever holds its digits apart."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def _actions(incident: Incident) -> Iterator[Action]:
    for problem in incident.problems:
        groups = (group for group in (problem.prevention, problem.containment) if group != "unknown")
        yield from chain(problem.fixes, *groups)
    yield from incident.next


def _dated(incident: Incident, action: Action) -> str:
    """When an action was or will be done, with what the moment means: on it, since it, by it or until it."""
    begun = action.state == "doing" and action.on and day_of(action.on, incident.zone) <= day_of(incident.as_of, incident.zone)
    words = (("since " if begun else "", action.on), ("by ", action.by), ("until ", action.until))
    return "".join(f", {word}{_written(moment, incident)}" for word, moment in words if moment)


def _by(incident: Incident, owner: str | None) -> str:
    return f", by {owner}" if owner and owner != incident.signer.name else ""


def _sees(incident: Incident, owner: str, verb: Literal["decide", "see"]) -> str:
    """Who decides a thing, or sees to it, as a clause."""
    clause = f"I {verb}" if owner == incident.signer.name else f"{owner} {verb}s"
    return clause if verb == "decide" else f"{clause} to it"


def _cost(incident: Incident, fact: Stated) -> str:
    cost = fact.money.written(incident.locale) if fact.money else ""
    return f" (cost: {cost})" if cost not in fact.text else ""


def _dates(incident: Incident) -> Dates:
    return Dates(incident, Wording(incident, phrases_for(incident.language)))


def _written(moment: Moment, incident: Incident) -> str:
    """A moment as the letter writes it, with the weekday, and with the year where it is not this one."""
    zone: ZoneInfo = incident.zone
    day, today = day_of(moment, zone), day_of(incident.as_of, zone)
    text = written_day(day, incident.locale, weekday=True, year=day.year != today.year)
    if isinstance(moment, datetime):
        text += f" at {_dates(incident).time(moment)}"  # a model copies what it sees: "5 pm" where the facts say "5 pm"
    return text.replace("\u202f", " ") + (" (today)" if day == today else "")
