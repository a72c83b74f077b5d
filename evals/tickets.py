"""How well tickets are read without a model: `python -m evals tickets`.

Triage is measured by precision, recall and F1 of what it calls a failure; reading by the share of labelled problems, requests,
amounts and dates that are found, and of tickets with a fact that no label bears out. A problem counts as found when its clause
could be put in our words, and as seen when it is at least shown to a person, which is all that becomes of a sentence in another
language. `--worst N` prints N errors of the splits that rules are made from, train and messy; those of test and held stay unread,
so that their figures mean something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from drafter.ticket import TicketFacts, TicketItem, read_by_rules, triage
from evals.counts import Counts, Figure

TICKETS = Path(__file__).resolve().parent / "data" / "tickets"
SPLITS = ("train", "test", "messy", "held")  # messy and held: long, angry, with lists, quotes and forwarded threads
READ = ("train", "messy")  # the splits whose errors may be read
SHOWN = 20
KINDS = {
    "problem": "problems",
    "impact": "impacts",
    "ask": "asks",
    "amount": "amounts",
    "date": "dates",
    "customer": "names",
    "reference": "references",
    "language": "unread",
}
_SOME = ("customer", "reference", "language")  # counted only in tickets that are labelled for them
_FOR_A_REPLY = ("problem", "impact", "ask")
_READ = (*_FOR_A_REPLY, "amount", "date")
_BORNE = {"problem": ("problems", "impacts"), "impact": ("impacts", "problems")}  # what happened, told as the one or the other


@dataclass(frozen=True)
class Ticket:
    """A ticket with what a careful reader finds in it: whether it reports a failure, and the passages of each kind."""

    text: str
    failure: bool
    register: str
    trade: str
    passages: dict[str, tuple[str, ...]]
    repeated: tuple[tuple[str, ...], ...] = ()  # passages that tell of one and the same problem

    def spans(self, *kinds: str) -> list[tuple[int, int]]:
        """Where the passages of these kinds stand."""
        quotes = [quote for kind in kinds for quote in self.passages.get(kind, ())]
        return [(self.text.index(quote), self.text.index(quote) + len(quote)) for quote in quotes]


def tickets(split: str) -> list[Ticket]:
    """The labelled tickets of a split."""
    rows = (
        json.loads(line)
        for path in sorted((TICKETS / split).glob("*.jsonl"))
        for line in path.read_text("utf-8").split("\n")
        if line.strip()
    )
    return [
        Ticket(
            row["text"],
            row["failure"],
            row["register"],
            row["trade"],
            {name: tuple(row[name]) for name in KINDS.values() if name in row},
            tuple(map(tuple, row.get("repeated", ()))),
        )
        for row in rows
    ]


@dataclass
class Found:
    """How many labelled passages of a kind there are, were turned into a fact, or only shown; and facts without a label."""

    labelled: int = 0
    found: int = 0
    seen: int = 0
    items: int = 0
    wrong: int = 0


@dataclass
class Measured:
    """What came of one split."""

    triage: Counts = field(default_factory=Counts)
    registers: dict[str, Counts] = field(default_factory=dict)
    kinds: dict[str, Found] = field(default_factory=lambda: {kind: Found() for kind in KINDS})
    tickets: int = 0
    astray: int = 0  # tickets with at least one fact that no label bears out
    wrong: int = 0  # facts for a reply (problems, impacts, requests) that no label bears out
    repeated: int = 0  # problems that are labelled as told in several passages
    twice: int = 0  # those of them that became several facts
    errors: list[str] = field(default_factory=list)


def measure(rows: Sequence[Ticket]) -> Measured:
    """Triage and reading by rules beside the labels."""
    measured = Measured()
    for row in rows:
        said = triage(row.text).failure
        for counts in (measured.triage, measured.registers.setdefault(row.register, Counts())):
            counts.add(said=said, meant=row.failure)
        if said != row.failure:
            measured.errors.append(f"triage: {'false alarm' if said else 'missed'}: {row.text!r}\n      {triage(row.text).quote!r}")
        facts = read_by_rules(row.text)
        astray = [line for kind in KINDS for line in _count(kind, row, facts, measured.kinds[kind])]
        measured.tickets += 1
        measured.astray += bool(astray)
        measured.wrong += sum(line.partition(":")[0] in _FOR_A_REPLY for line in astray)
        measured.repeated += len(row.repeated)
        measured.twice += sum(_is_told_twice(row, passages, facts) for passages in row.repeated)
        measured.errors += astray
    return measured


def reading(row: Ticket, facts: TicketFacts) -> tuple[dict[str, float], list[str]]:
    """What was read of one ticket: shares of what is labelled, each from 0 to 1, and what is wrong with it, a line each."""
    counts = {kind: Found() for kind in KINDS}
    astray = [line for kind in KINDS for line in _count(kind, row, facts, counts[kind])]
    shares = {f"{KINDS[kind]} found": counts[kind].found / counts[kind].labelled if counts[kind].labelled else 1.0 for kind in _READ}
    missed = [f"{KINDS[kind]}: {one.labelled - one.found} not found" for kind in _READ if (one := counts[kind]).found < one.labelled]
    return shares | {"nothing astray": float(not astray)}, [*missed, *astray]


def _count(kind: str, row: Ticket, facts: TicketFacts, found: Found) -> Iterator[str]:
    """Add one ticket to the counts of a kind; the facts that nothing bears out, as lines."""
    if kind in _SOME and KINDS[kind] not in row.passages:
        return
    items = [item for item in facts.items if item.kind == kind]
    shown_as = _FOR_A_REPLY if kind in _FOR_A_REPLY else (kind,)  # a person is shown the words, and one press says what they are
    left = [(row.text.find(item.quote), item.quote) for item in facts.dropped if item.kind in shown_as]
    shown = [(start, start + len(quote)) for start, quote in left if start >= 0]
    labels = row.spans(KINDS[kind])
    found.labelled += len(labels)
    found.items += len(items)
    also = [(row.text.find(quote), quote) for item in items for quote in item.also]
    spans = [*((item.start, item.end) for item in items), *((start, start + len(quote)) for start, quote in also if start >= 0)]
    told = [label for label in labels if _meets(label, spans)]
    seen = [label for label in labels if label not in told and _meets(label, shown)]
    found.found += len(told)
    found.seen += len(seen)
    borne = row.spans(*_BORNE.get(kind, (KINDS[kind],)))
    for item in items:
        if not _meets((item.start, item.end), borne):
            found.wrong += 1
            yield f"{kind}: nothing bears out {item.quote!r} in {row.text!r}"


def _is_told_twice(row: Ticket, passages: Sequence[str], facts: TicketFacts) -> bool:
    spans = [(row.text.index(quote), row.text.index(quote) + len(quote)) for quote in passages]
    return sum(_meets((item.start, item.end), spans) for item in facts.of("problem")) > 1


def _meets(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def turned(rows: Sequence[Ticket]) -> Iterator[tuple[TicketItem, str]]:
    """Every fact whose words were changed, with the ticket's words."""
    for row in rows:
        for item in read_by_rules(row.text).items:
            if item.kind in ("problem", "impact", "ask"):
                yield item, item.quote


def main(*, worst: int = SHOWN, words: bool = False) -> int:
    """Print the tables of both splits; with `words`, also what became of the words of the train split."""
    for split in SPLITS:
        rows = tickets(split)
        measured = measure(rows)
        print(*_page(split, rows, measured), sep="\n")
        if split in READ:
            print(*(f"  {line}" for line in measured.errors[:worst]), sep="\n")
            print(*(f"  {item.kind:8}{quote!r}\n        → {item.text!r}" for item, quote in turned(rows) if words), sep="\n")
    return 0


def _page(split: str, rows: Sequence[Ticket], measured: Measured) -> Iterator[str]:
    failures = sum(row.failure for row in rows)
    yield f"{split}: {len(rows)} tickets, {failures} with a failure\n{'':24}{'precision':>18}{'recall':>18}{'F1':>18}"
    yield _row("triage", measured.triage)
    yield from (_row(f"  {name}", counts) for name, counts in sorted(measured.registers.items()))
    yield f"\n{'':24}{'labelled':>10}{'found':>18}{'found or seen':>18}{'wrong of facts':>18}"
    for kind, count in measured.kinds.items():
        shares = (
            Figure.of(count.found, count.labelled),
            Figure.of(count.found + count.seen, count.labelled),
            Figure.of(count.wrong, count.items),
        )
        yield f"{KINDS[kind]:24}{count.labelled:>10}" + "".join(f"{share!s:>18}" for share in shares)
    yield f"tickets with a wrong fact: {measured.astray} of {measured.tickets}, {Figure.of(measured.astray, measured.tickets)}"
    yield f"wrong problems, impacts and asks per ticket: {measured.wrong / max(1, measured.tickets):.2f}"
    yield f"problems told in several passages that became several facts: {measured.twice} of {measured.repeated}\n"


def _row(name: str, counts: Counts) -> str:
    return f"{name:24}{counts.precision!s:>18}{counts.recall!s:>18}{counts.f1!s:>18}"
