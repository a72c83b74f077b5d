"""Reading a ticket by rules, without a model: what it surely says, each with its quote, and what is left for a person to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from drafter.checks.grounding.finder import values
from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import tokens
from drafter.privacy import find_names, mask_cards
from drafter.privacy.detectors import find_people
from drafter.texts import bounded
from drafter.ticket import asked, told
from drafter.ticket.clauses import Said, orders_to_machines, said
from drafter.ticket.facts import Dropped, ItemKind, Place, TicketFacts, TicketItem, item_at
from drafter.ticket.signs import signs
from drafter.ticket.triage import HINTS, is_machine, is_ours, reports
from drafter.ticket.words import finder

_UNTOLD = "It cannot be put in other words without a guess; read it in the ticket."
_TO_MACHINE = "It speaks to whatever machine reads the ticket: neither a fact nor a request."
_OPEN = re.compile(r"^(?:is|was|are|were|do|does|did|has|have) ")
_TELLS = re.compile(r"^(?:i|we|my|our|the|there|theres|there's|it|its|they|you|this|that|[\w ]{1,30} (?:is|are|was|says|said))\b")
_SELF = re.compile(r"^(?:i|we)\b")
_FREE = frozenset(("and", "but", "so", "because", "when", "while", "although", "though", "then", "um", "uh", "yet", "or", "since", "which"))
_OWN_PROOF = frozenset(("harm", "done", "lacking", "chase"))  # what somebody did or left undone, whoever it was
_WH = re.compile(r"^(?:who|which|where|when|what|how)\b")
_SEAT = re.compile(r"\d+[A-Z]")  # "14C", which is no fourteen cents
Role = Literal["problem", "impact", "ask", "claim"]


def read_by_rules(text: str, *, place: Place | None = None) -> TicketFacts:
    """What the current message of a ticket says, each with its quote; the same record as a model's reading, with no model in it.

    A problem, an impact or a request whose words cannot be turned into ours surely is among the dropped. Trails, signatures and
    advertisements hold no facts.

    Raises:
        TextError: the ticket is empty or too large.
    """
    place = place or Place()
    ticket = mask_cards(bounded(text))
    items: list[TicketItem] = []
    dropped = [Dropped(kind="claim", text="", quote=ticket[slice(*span)], because=_TO_MACHINE) for span in orders_to_machines(ticket)]
    if is_machine(ticket):
        return TicketFacts(ticket=ticket, items=(), dropped=tuple(dropped))
    with place.frame():
        owed = is_ours(ticket)
        for clause, role in roles(ticket):
            words = _worded(clause, role) if _is_sure(clause, role, owed=owed) else None
            if words:
                items.append(item_at(role, words, clause.span, ticket))
            elif role != "claim":
                dropped.append(Dropped(kind=role, text="", quote=clause.text, because=_UNTOLD))
        items += [item_at(kind, ticket[slice(*span)], span, ticket) for kind, span in _values(ticket, place)]
    return TicketFacts(ticket=ticket, items=tuple(sorted(items, key=lambda item: (item.start, item.end))), dropped=tuple(dropped))


def roles(ticket: str) -> Iterator[tuple[Said, Role]]:
    """The clauses that say something, with the part they play."""
    told_before, failed = False, bool(reports(ticket))
    for clause in said(ticket):
        role = _role(clause, told_before=told_before)
        if role and (failed or role in ("ask", "claim")):
            told_before = told_before or role == "problem"
            yield clause, role


def _role(clause: Said, *, told_before: bool) -> Role | None:
    found = {sign.family for sign in signs(clause)} - {"remedy"}
    if _asks(clause) or (clause.asked and not found and not _TELLS.match(clause.lower)):
        return "ask"
    if finder("^{told}").search(clause.lower):
        return "claim"
    if finder("^{impact}").search(clause.lower) and (told_before or not found):
        return "impact" if told_before or found else None
    return "problem" if found - {"upset"} else None


def _asks(clause: Said) -> bool:
    """Whether it begins as a request does; "the man who came" is none."""
    relative = _WH.match(clause.lower) and not clause.asked and not clause.sentence.startswith(clause.lower)
    return bool(finder("^{asking}").search(clause.lower)) and not relative


def _is_sure(clause: Said, role: Role, *, owed: bool) -> bool:
    """Whether a clause stands alone, and a problem is named by more than the telling of it: what happened may have been no problem.

    A state of things is a problem of ours only where the ticket turns to us with it.
    """
    if role not in ("problem", "impact"):
        return True
    hangs = clause.before and clause.before not in _FREE and _SELF.match(clause.lower)  # "the hole | I reported is still there"
    families = {sign.family for sign in signs(clause)}
    return not hangs and (role == "impact" or bool(families & _OWN_PROOF) or (owed and bool(families - HINTS)))


def _worded(clause: Said, role: Role) -> str | None:
    if role == "problem":
        return told.problem(clause.text)
    if role == "impact":
        return told.impact(clause.text)
    if role == "ask":
        return asked.ask(clause.text, question=clause.asked or bool(_OPEN.match(clause.lower)))
    return clause.text


def _values(ticket: str, place: Place) -> Iterator[tuple[ItemKind, tuple[int, int]]]:
    """Amounts, moments and people that the customer's own clauses name."""
    own = [clause.span for clause in said(ticket)]
    for value in values(ticket, tokens(ticket), Frame(place.moment, place.locale)):
        money = value.kind == "money" and not _SEAT.fullmatch(ticket[value.start : value.end])
        kind: ItemKind | None = "amount" if money else "date" if _is_moment(value) else None
        if kind and any(start <= value.start and value.end <= end for start, end in own):
            yield kind, (value.start, value.end)
    for span in dict.fromkeys(_people(ticket)):
        if any(start <= span[0] and span[1] <= end for start, end in own):
            yield "party", span


def _is_moment(value: Value) -> bool:
    """Whether it names a day or an hour, not a month or a stretch of time."""
    if value.kind == "date":
        return value.days is not None and (value.days.whole or value.days.weekday is not None or value.days.one is not None)
    return value.kind == "time" or (value.kind == "duration" and value.offset < 0)


def _people(ticket: str) -> Iterator[tuple[int, int]]:
    for found in find_people(ticket):
        if found.kind == "NAME":
            yield found.start, found.end
    for name in find_names(ticket):
        yield from (match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", ticket))
