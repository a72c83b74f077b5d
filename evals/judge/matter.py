"""The matter that a letter is about, in plain lines: what a judge has to know to read the letter as its customer would."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.incident import Incident, Stated

_KINDS = {
    "apology": "a reply to a mistake of ours",
    "holding": "a first word while the matter is open",
    "update": "a further word while the matter is open",
    "notice": "the first that the customer hears of it",
    "remedy_confirmation": "a confirmation of what the customer is given",
    "follow_up": "a follow-up after the repair",
    "answer": "an answer where the fault is not the company's",
}
_ROLES = {
    "problem": "what happened",
    "ours": "what the company did",
    "customer_part": "the customer's part",
    "third_party": "somebody else's part",
    "impact": "what it meant for the customer",
    "cause": "cause",
    "known": "known",
    "unknown": "not known yet",
    "fix": "repair",
    "remedy": "for the customer",
    "prevention": "so that it does not come again",
    "containment": "where else they looked",
    "ask": "the customer asked",
    "next": "next step",
    "thread": "written before",
}
_STATES = {"will": "planned", "doing": "under way", "pending": "not decided yet"}


def matter(incident: Incident) -> str:
    """The lines: who writes to whom and where, and each fact with how far it has come."""
    return "\n".join(_lines(incident))


def _lines(incident: Incident) -> Iterator[str]:
    customer = "everyone who reads it" if incident.public else incident.customer.name or "the customer"
    trade = f" ({incident.trade})" if incident.trade else ""
    yield f"{incident.company.name}{trade} writes to {customer}: {incident.channel.replace('_', ' ')}, {_KINDS[incident.kind]}."
    yield f"Written on {incident.as_of:%Y-%m-%d %H:%M}."
    writers = {message.id: message for message in incident.thread}
    for fact in incident.facts:
        if fact.role == "thread":
            message = writers[fact.id]
            who = {"us": "the company wrote before", "customer": "the customer wrote", "note": "a note inside the company"}[message.by]
            yield f"- {who}: {_joined(fact.text)}"
        elif fact.role in _ROLES:
            yield _line(fact, incident.locale)


def _line(fact: Stated, locale: str) -> str:
    state = _STATES.get(fact.state or "", fact.state or "")
    when = " to ".join(str(moment)[:16] for moment in fact.moments)
    about = ", ".join(part for part in (_ROLES[fact.role], state, when, f"by {fact.owner}" if fact.owner else "") if part)
    amount = fact.money.written(locale) if fact.money else ""
    return f"- {about}: {_joined(fact.text)}" + (f" ({amount})" if amount not in fact.text else "")


def _joined(text: str) -> str:
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())
