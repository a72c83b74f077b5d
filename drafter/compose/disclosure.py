"""What may be said where everyone reads: nothing that belongs to one person."""

from __future__ import annotations

import re
import unicodedata

from drafter.compose.wording import Wording
from drafter.incident import Incident

_PRIVATE = ("contact", "health")
_WITH_YOU = ("home", "family", "travel")  # a person's own as soon as the clause speaks to one


def replying(incident: Incident) -> bool:
    """Whether a public message answers one person: a social post with a customer to answer."""
    asked = any(message.by == "customer" for message in incident.thread)
    return incident.channel == "social" and bool(asked or incident.customer.handle or incident.customer.name)


def impersonal(incident: Incident, wording: Wording, text: str) -> bool:
    """Whether a clause holds nothing of one person: no name, handle, reference, address, amount, health, contact or travel.

    "You" and "your" are fine: "we left your shopping in the rain" says whose fault it was, not who was wronged.
    """
    if any(wording.meets(name, text) for name in _PRIVATE) or any(_named(name, text) for name in _names(incident)):
        return False
    if wording.meets("money", text) and not wording.meets("everyone", text):
        return False
    to_one = replying(incident) and wording.meets("address_you", text)
    return not (to_one and any(wording.meets(name, text) for name in _WITH_YOU))


def private_facts(incident: Incident, wording: Wording) -> frozenset[str]:
    """Ids of the facts that may not be said in a public message; none where the message is not public."""
    if not incident.public:
        return frozenset()
    return frozenset(fact.id for fact in incident.facts if not impersonal(incident, wording, fact.text))


def _names(incident: Incident) -> list[str]:
    customer = incident.customer
    names = [customer.name, customer.call_by, customer.account, customer.handle, customer.email, customer.phone, incident.reference]
    whole = [name for name in (*names, *incident.people) if name]
    parts = [part.strip(",.") for name in whole for part in name.split() if len(part) > 2]
    parts = [part for part in parts if part[:1].isupper() or any(letter.isdigit() for letter in part)]
    return [*whole, *parts, *(line for line in customer.address if line)]


def _named(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_folded(name))}(?!\w)", _folded(text)) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()
