"""What is left for a person to take up: words that may be worth a fact, and whether they look like a problem, an impact or a request."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from drafter.checks.fold import fold
from drafter.ticket.clauses import said
from drafter.ticket.facts import Dropped, TicketItem
from drafter.ticket.sender import is_contact
from drafter.ticket.spans import Spans
from drafter.ticket.triage import reports
from drafter.ticket.words import finder, has

UNTOLD = "It cannot be put in other words without a guess; read it in the ticket."
_EMPTY = re.compile(
    r"^(?:it'?s been|its? (?:me|us)\b|it is now|see below|ticket|ref\b|re\b|fwd?\b|dear|hello"
    r"|hi\b|mister|mrs?\b|ms\b|to whom|details of|subject|name\b"
    r"|forwarding|i am writing|i'm writing|this i understand|ok this|they saw it|he (?:is|was) (?:three|four"
    r"|five|\d)|(?:he|she|it|they) (?:did|do|does|has|have|is|was)(?: not|n't|nt)?$"
    r"|oh and|the plumber'?s report$|and now$|that is \d|it was presented$)"
    r"|^my (?:visa|card|iban|bank account)\b|\b(?:thx|thanks?|thank you)\b|last straw|wit'?s end|end of"
    r" (?:my|our) (?:patience|tether|rope)|speaks? (?:english|german)|is english"
)
_ENOUGH = 3  # words, below which only a sign of failing makes a clause worth a look
_OWN = re.compile(r"^(?:and |so |but |then )*(?:i|we|my|our|he|she|im|ive|i'm|i've|we've|we're)\b")
_ASKS = re.compile(r"^(?:want|need|or|and|please|pls|plz|dont|don't|do not|let|can|could|would|will) ")
_FINDS = re.compile(r"^(?:\w+ ){0,3}?(?:i|we) (?:now |also |just )?(?:see|saw|got|get|received|find|found|must pay|have to pay|become)\b")
_FEWEST = 4


def is_worth(quote: str) -> bool:
    """Whether words that could not be turned may be worth a fact: not a greeting, an address, half a clause or a sigh."""
    low = fold(quote).lower().strip()
    if _EMPTY.search(low) or is_contact(quote) or has("rhetorical", low) or has("hearsay", low):
        return False
    failing = finder(
        "{failing_state}|{failing_verb}|{failing_noun}|{undone}|nobody|no one|nothing|never|(?:is|are|was|were|has|have|had|do|does|did)n't"
    ).search(low)
    return not quote.istitle() and len(low.split()) >= (2 if failing else _ENOUGH)


def guessed(role: str, quote: str) -> Literal["problem", "impact", "ask"]:
    """What the words look like: a request, how the customer fared, or what went wrong."""
    low = fold(quote).lower().strip()
    if role == "ask" or _ASKS.match(low):
        return "ask"
    if role == "impact" or finder("^(?:{impact})").search(low):
        return "impact"
    own = (
        _OWN.match(low)
        and not _FINDS.search(low)
        and not finder(r"\b(?:{company_agent}|your)\b").search(low)
        and not re.search(r"n't\b|\b(?:not|never|no)\b", low)
    )
    return "impact" if own else "problem"


def unplaced(ticket: str, items: Sequence[TicketItem], dropped: Sequence[Dropped]) -> Iterator[Dropped]:
    """The clauses whose amounts and days stand in no fact and are not shown yet."""
    if not reports(ticket):
        return
    placed = Spans((item.start, item.end) for item in items if item.kind not in ("amount", "date", "party", "customer", "reference"))
    clauses = said(ticket)
    starts = [clause.start for clause in clauses]
    shown = [left.quote for left in dropped]
    given = set()
    for value in items:
        if value.kind in ("amount", "date") and not placed.hold(value.start, value.end):
            before = clauses[max(0, bisect_right(starts, value.start) - 1)] if clauses else None
            clause = before if before and before.start <= value.start and value.end <= before.end else None
            if clause is None or clause in given or any(clause.text in quote for quote in shown):
                continue
            given.add(clause)
            if len(clause.text.split()) >= _FEWEST and is_worth(clause.text):
                yield Dropped(kind=guessed("", clause.text), text="", quote=clause.text, because=UNTOLD)
