"""Sentences of somebody who may be in danger of their life: no fact, no request, and the first thing that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.checks.fold import fold
from drafter.checks.sensitive import in_danger
from drafter.checks.sentences import before_trail, sentence_spans
from drafter.ticket.facts import IN_DANGER, Dropped, TicketItem


def set_apart(ticket: str, items: Sequence[TicketItem], dropped: Sequence[Dropped]) -> tuple[tuple[TicketItem, ...], tuple[Dropped, ...]]:
    """What was read, without all that rests on such a sentence; the sentences themselves come first among what was dropped."""
    spans = list(_sentences(ticket))
    feared = [Dropped(kind="claim", text="", quote=ticket[start:end], because=IN_DANGER) for start, end in spans]
    others = (left for left in dropped if not any(left.quote in fear.quote for fear in feared))
    apart = (item for item in items if not any(item.start < end and start < item.end for start, end in spans))
    return tuple(apart), (*feared, *others)


def _sentences(ticket: str) -> Iterator[tuple[int, int]]:
    plain = fold(ticket)
    for start, end in sentence_spans(plain[: before_trail(plain)]):
        if in_danger(ticket[start:end]):
            yield start, end
