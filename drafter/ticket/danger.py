"""What a person reads first: words of somebody in danger of their life, a matter of safety, data in the wrong hands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.checks.fold import fold
from drafter.checks.sensitive import in_danger
from drafter.checks.sentences import before_trail, sentence_spans
from drafter.ticket.clauses import said
from drafter.ticket.facts import AT_RISK, IN_DANGER, LEAKED, Dropped, TicketItem
from drafter.ticket.triage import reports
from drafter.ticket.words import has


def set_apart(ticket: str, items: Sequence[TicketItem], dropped: Sequence[Dropped]) -> tuple[tuple[TicketItem, ...], tuple[Dropped, ...]]:
    """What was read, without all that rests on such a sentence; the sentences themselves come first among what was dropped."""
    spans = list(_sentences(ticket))
    feared = [Dropped(kind="claim", text="", quote=ticket[start:end], because=IN_DANGER) for start, end in spans]
    others = (left for left in dropped if not any(left.quote in fear.quote for fear in feared))
    apart = (item for item in items if not any(item.start < end and start < item.end for start, end in spans))
    return tuple(apart), (*feared, *others)


def alerts(ticket: str) -> Iterator[Dropped]:
    """Sentences of the current message by which somebody's safety, or somebody's data, may be at risk; they stay facts as well."""
    if not reports(ticket):
        return
    for warning, name in ((AT_RISK, "at_risk"), (LEAKED, "leak")):
        for sentence in dict.fromkeys(clause.sentence for clause in said(ticket) if has(name, clause.sentence)):
            first = next(clause for clause in said(ticket) if clause.sentence == sentence)
            last = [clause for clause in said(ticket) if clause.sentence == sentence][-1]
            yield Dropped(kind="claim", text="", quote=ticket[first.start : last.end], because=warning)


def _sentences(ticket: str) -> Iterator[tuple[int, int]]:
    plain = fold(ticket)
    for start, end in sentence_spans(plain[: before_trail(plain)]):
        if in_danger(ticket[start:end]):
            yield start, end
