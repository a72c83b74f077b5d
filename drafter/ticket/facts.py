"""What a ticket says, as facts that quote the words they came from; how amounts and dates are read is the place's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from drafter.incident import Money
from drafter.incident.moment import Moment
from drafter.incident.reading import FRAME, Frame

ItemKind = Literal["problem", "impact", "ask", "claim", "party", "amount", "date", "customer", "reference"]
_DAYS = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s*(?:[-–—]|to|and|until)\s*\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d_]")  # "20-22 Nov" is no one day

_PART_OF_DAY = re.compile(
    r"(?:(?P<today>this(?= )|tonight)|(?P<yesterday>yesterday|last(?= night))|(?P<tomorrow>tomorrow))"
    r"(?: (?:morning|afternoon|evening|night))?",
    re.I,
)
_HOUR = re.compile(r"(?:at )?(?:\d{1,2}(?::\d\d)? ?[ap]\.?m\.?|noon|midday)", re.I)  # of which day, nobody says


IN_DANGER = "Somebody may be in danger of their life: let a person read this now, before anything is sent."


AT_RISK = "Somebody's safety may hang on this: let a person read it now, before anything is sent."
LEAKED = "Personal data may be in the wrong hands: let whoever looks after data protection read this before anything is sent."
_WARNINGS = (IN_DANGER, AT_RISK, LEAKED)


_SLIGHT = re.compile(  # what needs another to be understood, or only tells how it was handled
    r"^(?:it|they|he|she|nobody|no one|nothing|somebody|someone|each time|we keep|on the phone|there was no (?:call|reply|answer|response)"
    r"|you (?:wrote|rang|called|phoned|emailed|asked|waited))\b|\b(?:them|it|it once|it twice)$",
    re.I,
)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class TicketItem(_Value):
    """One thing that a ticket says; `quote` is exactly `ticket[start:end]`.

    `money` and `moment` are there where an amount or a date could be read; a `claim` is what the customer says was promised
    or done, or will do, and stays a claim.
    """

    kind: ItemKind
    text: str
    quote: str
    start: int
    end: int
    money: Money | None = None
    moment: Moment | None = None
    also: tuple[str, ...] = ()  # other passages that tell of the same


class Dropped(_Value):
    """An item that was not taken over, and why."""

    kind: str
    text: str
    quote: str
    because: str


class TicketFacts(_Value):
    """What a ticket says, as far as it can be shown in its own words; `ticket` is the text, with card numbers masked."""

    ticket: str
    items: tuple[TicketItem, ...]
    dropped: tuple[Dropped, ...]
    model: str | None = None  # None: read by rules
    prompt: str | None = None
    prompt_hash: str | None = None
    because: str = ""  # why rules read it, where a model was there to do it

    def of(self, kind: ItemKind) -> tuple[TicketItem, ...]:
        """The items of one kind, in their order."""
        return tuple(item for item in self.items if item.kind == kind)

    def problems(self) -> tuple[TicketItem, ...]:
        """The problems in the order they are told in, but first one that stands alone: a letter takes its subject from it."""
        told = sorted(self.of("problem"), key=_start)
        main = next((item for item in told if not _SLIGHT.search(item.text.removeprefix("you told us that "))), None)
        return (main, *(item for item in told if item is not main)) if main else tuple(told)

    @property
    def in_danger(self) -> bool:
        """Whether somebody may be in danger of their life, which a person has to read before anything is sent."""
        return any(left.because == IN_DANGER for left in self.dropped)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person has to know before anything is sent, the gravest first; each makes the ticket sensitive."""
        return tuple(warning for warning in _WARNINGS if any(left.because == warning for left in self.dropped))

    def facts(self) -> dict[str, Any]:
        """The part of an incident that a ticket can give: problems of unknown fault, impacts and asks, who wrote, under which number.

        Never a remedy. A ticket of somebody who may be in danger, or whose data may be in the wrong hands, is sensitive.
        """
        told = self.problems()
        problems: list[dict[str, Any]] = [{"what": item.text, "fault": "unknown"} for item in told]
        for impact in self.of("impact") if problems else ():
            before = [item for item in told if item.start <= impact.start]  # an impact belongs to the problem that is told before it
            owner = max(before, key=_start) if before else min(told, key=_start)
            problems[told.index(owner)].setdefault("impacts", []).append(impact.text)
        said: dict[str, Any] = {"problems": problems, "asks": [{"text": item.text} for item in self.of("ask")]}
        if self.warnings:
            said["sensitive"] = True
        return said | {item.kind: item.text for item in (*self.of("customer")[:1], *self.of("reference")[:1])}


def _start(item: TicketItem) -> int:
    return item.start


@dataclass(frozen=True)
class Place:
    """Where and when a ticket came in: how its dates and amounts are to be read."""

    locale: str = "en-US"
    timezone: str = "UTC"
    as_of: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The moment it came in, in its time zone; now, where it is not given."""
        return (self.as_of or datetime.now(UTC)).astimezone(ZoneInfo(self.timezone))

    @contextmanager
    def frame(self) -> Iterator[None]:
        """Read amounts and dates as they are written here."""
        token = FRAME.set(Frame(self.locale, ZoneInfo(self.timezone), self.moment))
        try:
            yield
        finally:
            FRAME.reset(token)


def item_at(kind: ItemKind, text: str, span: tuple[int, int], ticket: str) -> TicketItem:
    """The item that rests on this stretch of the ticket; to be made within the frame of its place."""
    quote = ticket[slice(*span)]
    words = " ".join(text.split()).rstrip(".")
    money = _first(Money, (text, quote)) if kind == "amount" else None
    moment = _first(Moment, (_day_of(text), _day_of(quote))) if kind == "date" and not any(map(_DAYS.search, (text, quote))) else None
    return TicketItem(kind=kind, text=words, quote=quote, start=span[0], end=span[1], money=money, moment=moment)


def _day_of(words: str) -> str:
    """The day that a part of it is of: of "this morning", today; nothing where only an hour is named."""
    if part := _PART_OF_DAY.fullmatch(words.strip()):
        return part.lastgroup or ""
    return "" if _HOUR.fullmatch(words.strip()) else words


def _first(shape: Any, texts: tuple[str, ...]) -> Any:
    """What the first of the texts that can be read as such a value says."""
    for text in texts:
        try:
            return TypeAdapter(shape).validate_python(text)
        except ValidationError:
            continue
    return None
