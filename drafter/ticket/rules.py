"""Reading a ticket by rules, without a model: what it surely says, each with its quote, and what is left for a person to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from drafter.checks.fold import fold
from drafter.checks.grounding.finder import values
from drafter.checks.grounding.frame import Frame
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import tokens
from drafter.privacy import find_names, mask_cards
from drafter.privacy.detectors import find_people
from drafter.texts import bounded
from drafter.ticket import asked, told
from drafter.ticket.clauses import Said, foreign, orders_to_machines, said
from drafter.ticket.danger import alerts, set_apart
from drafter.ticket.facts import Dropped, ItemKind, Place, TicketFacts, TicketItem, item_at
from drafter.ticket.leavings import UNTOLD, guessed, is_worth, unplaced
from drafter.ticket.roles import Part, parts
from drafter.ticket.same import Telling, named, told_once
from drafter.ticket.sender import plain_name, senders
from drafter.ticket.spans import Spans
from drafter.ticket.triage import is_machine
from drafter.ticket.view import calm
from drafter.ticket.wish import wish
from drafter.ticket.words import finder

_UNREAD = "It is in another language and was not read."
_TO_MACHINE = "It speaks to whatever machine reads the ticket: neither a fact nor a request."
_OPEN = re.compile(r"^(?:is|was|are|were|do|does|did|has|have) ")
_ORDERS = (
    r"^(?:(?:and|then|also|please|pls|plz|kindly) )*(?:(?!(?:credit|refund|call|answer|reply"
    r"|help|contact|update|repair|report|check|stop|ring|note)"
    r" (?:for|of|from|about|on|in|within|today|tomorrow|this)\b|book\b){imperative}|(?:do not"
    r"|don't|dont|never|call off|drop) |(?:i|we|could you|can you)\b)"
)
_MARKED = re.compile(r"[ \t]*(?:[-*•·–—]|\(?(?:\d{1,2}|[a-h])[.)])[ \t]")
_NEAR = 6  # characters between a clause and the one before it, where nothing else stands between them
_SEAT = re.compile(r"\d+[A-Z]")  # "14C", which is no fourteen cents


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
    dropped += [Dropped(kind="language", text="", quote=ticket[slice(*span)], because=_UNREAD) for span in foreign(ticket)]
    if is_machine(ticket):
        return TicketFacts(ticket=ticket, items=(), dropped=tuple(dropped))
    with place.frame():
        for telling in told_once(ticket, tuple(_tellings(ticket))):
            if telling.words:
                item = item_at(telling.role, telling.words, (telling.start, telling.end), ticket)
                items.append(item.model_copy(update={"also": telling.also}))
            elif telling.role != "claim" and (telling.role == "ask" or is_worth(telling.quote)):
                dropped.append(Dropped(kind=guessed(telling.role, telling.quote), text="", quote=telling.quote, because=UNTOLD))
        items += [item_at(kind, ticket[slice(*span)], span, ticket) for kind, span in _values(ticket, place)]
        items += [item_at(kind, plain_name(ticket[slice(*span)]), span, ticket) for kind, span in senders(ticket)]
    dropped = [*alerts(ticket), *dropped, *unplaced(ticket, items, dropped)]
    told_of, left = set_apart(ticket, sorted(items, key=lambda item: (item.start, item.end)), dropped)
    return TicketFacts(ticket=ticket, items=told_of, dropped=left)


def _tellings(ticket: str) -> Iterator[Telling]:
    """The clauses that say something, each with the words that it can surely be put in."""
    before = {clause.start: earlier for earlier, clause in pairwise(said(ticket))}
    for part in parts(ticket):
        clause = part.clause
        words = _worded(part, before.get(clause.start))
        yield Telling(part.role, words, clause.text, clause.start, clause.end, clause.sentence, _is_marked(ticket, clause))


def _is_marked(ticket: str, clause: Said) -> bool:
    line = ticket[ticket.rfind("\n", 0, clause.start) + 1 : clause.start]
    return bool(_MARKED.match(line))


def _worded(part: Part, before: Said | None) -> str | None:
    clause = part.clause
    if part.firmness == "shown":
        return None
    if part.role == "problem":
        words = named(clause.text, before.text) if before and before.end + _NEAR > clause.start else clause.text
        return told.problem(calm(words), surely=part.firmness == "sure" and words == clause.text)
    if part.role == "impact":
        return told.impact(calm(clause.text))
    if part.role == "ask" and clause.demanded:
        return _demanded(clause.text)
    if part.role == "ask":
        return asked.ask(clause.text, question=clause.asked or bool(_OPEN.match(clause.lower)))
    return clause.text


def _demanded(words: str) -> str | None:
    """What stands on a list of demands: an order as elsewhere, a thing to go on from "You asked"."""
    orders = finder(_ORDERS).match(fold(words).lower())
    return (asked.ask(calm(words), question=False) if orders else None) or wish(words)


def _values(ticket: str, place: Place) -> Iterator[tuple[ItemKind, tuple[int, int]]]:
    """Amounts, moments and people that the customer's own clauses name."""
    own = Spans(clause.span for clause in said(ticket))
    for value in values(ticket, tokens(ticket), Frame(place.moment, place.locale)):
        money = value.kind == "money" and not _SEAT.fullmatch(ticket[value.start : value.end])
        kind: ItemKind | None = "amount" if money else "date" if _is_moment(value) else None
        if kind and own.hold(value.start, value.end):
            yield kind, (value.start, value.end)
    for span in dict.fromkeys(_people(ticket)):
        if own.hold(*span):
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
