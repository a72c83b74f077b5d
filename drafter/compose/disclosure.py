"""What may be said where everyone reads: nothing that belongs to one person."""

from __future__ import annotations

import re
import unicodedata

from drafter.compose.wording import Wording
from drafter.incident import Incident

_STREET = re.compile(r"\d|\b(?:street|road|lane|avenue|close|drive|way|terrace|court|crescent|place|row|square|gardens|st|rd|ave)\b", re.I)
_PRIVATE = ("contact", "health", "own_health", "numbered")
_WITH_YOU = ("home", "means", "family", "travel", "calls_you")  # a person's own as soon as the clause speaks to one


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
    if names_someone(incident, wording, text):
        return False
    if wording.meets("money", text) and not _for_all(incident, wording, text):
        return False
    to_one = replying(incident) and wording.meets("address_you", text)
    return not (to_one and any(wording.meets(name, text) for name in _WITH_YOU))


def _for_all(incident: Incident, wording: Wording, text: str) -> bool:
    """Whether an amount is everyone's: said to be so, or told to no one person, where the facts know of none."""
    if wording.meets("audience", text):
        return False
    customer = incident.customer
    known = any((customer.name, customer.handle, customer.account, customer.email, customer.phone, incident.reference))
    whose = known or replying(incident) or any(wording.meets(name, text) for name in ("third_person", "one_case", "address_you", "we_gave"))
    return wording.meets("everyone", text) or not whose


def names_someone(incident: Incident, wording: Wording, text: str) -> bool:
    """Whether a clause names a person in full, or something that one named person owns.

    Two words with capitals in a row are a name unless they belong to a firm, a place, a day, or to us.
    """
    patterns = wording.phrases.patterns
    ours = " ".join([incident.company.name, incident.trade or "", incident.signer.name])
    known = {word.strip(",.").casefold() for word in ours.split()}
    for match in patterns["name_run"].finditer(text):
        if wording.meets("place_before", text[: match.start()]):
            continue
        words = [re.sub(r"['’]s?$", "", word) for word in match[0].split()]
        if any(wording.meets("not_a_person", word) for word in words):
            continue
        if wording.meets("starts_small", words[0]):
            words = words[1:]
        if len([word for word in words if word.casefold() not in known and not wording.meets("calendar", word)]) > 1:
            return True
    owners = (match["name"] for match in patterns["owned_by_one"].finditer(text))
    plain = ("not_a_person", "calendar", "starts_small")
    return any(name.casefold() not in known and not any(wording.meets(key, name) for key in plain) for name in owners)


def private_facts(incident: Incident, wording: Wording) -> frozenset[str]:
    """Ids of the facts that may not be said in a public message; none where the message is not public."""
    if not incident.public:
        return frozenset()
    return frozenset(fact.id for fact in incident.facts if not impersonal(incident, wording, fact.text))


def _names(incident: Incident) -> list[str]:
    customer = incident.customer
    names = [customer.name, customer.call_by, customer.account, customer.handle, customer.email, customer.phone, incident.reference]
    whole = [name for name in (*names, *incident.people) if name and name != incident.signer.name]
    parts = [part.strip(",.") for name in whole for part in name.split() if len(part) > 2]
    parts = [part for part in parts if part[:1].isupper() or any(letter.isdigit() for letter in part)]
    return [*whole, *parts, *_where_they_live(customer.address)]


def _where_they_live(address: tuple[str, ...]) -> list[str]:
    """The lines of an address that tell where somebody lives: the first, and each with a number or a street; a town is everyone's."""
    return [line for i, line in enumerate(address) if line and (not i or _STREET.search(line))]


def _named(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_folded(name))}(?!\w)", _folded(text)) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()
