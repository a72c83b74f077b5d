"""A ticket read into typed facts: each quotes the words it came from, and nothing that a ticket says is ever granted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from drafter.chain.answer import json_in
from drafter.errors import ModelError
from drafter.incident import Money
from drafter.incident.moment import Moment
from drafter.incident.reading import FRAME, Frame
from drafter.model import Answer, Form, guarded
from drafter.privacy import Placeholders, mask_cards
from drafter.texts import bounded

if TYPE_CHECKING:
    from drafter.model import Model
    from drafter.prompts import Prompt

ItemKind = Literal["problem", "impact", "ask", "claim", "party", "amount", "date"]

_FORM = Form(
    name="ticket",
    schema={
        "type": "object",
        "properties": {
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "kind": {"type": "string", "enum": list(get_args(ItemKind))},
                        "text": {"type": "string"},
                        "quote": {"type": "string"},
                    },
                    "required": ["kind", "text", "quote"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["items"],
        "additionalProperties": False,
    },
    structured='Answer with one JSON object: {"items": [{"kind": ..., "text": ..., "quote": ...}, ...]}.',
    plain='Answer with one JSON object and nothing else, in this form:\n\n{"items": [{"kind": "ask", "text": "...", "quote": "..."}]}',
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_RULE = re.compile(r"(?m)^[ \t]*={3,}[ \t]*$")
_DAYS = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s*(?:[-–—]|to|and|until)\s*\d{1,2}(?:st|nd|rd|th)?\s+[^\W\d_]")  # "20-22 Nov" is no one day
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class TicketItem(_Value):
    """One thing that a ticket says; `quote` is exactly `ticket[start:end]`.

    `money` and `moment` are there where an amount or a date could be read; a `claim` is what the customer says was promised
    or done, and stays a claim.
    """

    kind: ItemKind
    text: str
    quote: str
    start: int
    end: int
    money: Money | None = None
    moment: Moment | None = None


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
    model: str
    prompt: str
    prompt_hash: str

    def of(self, kind: ItemKind) -> tuple[TicketItem, ...]:
        """The items of one kind, in their order."""
        return tuple(item for item in self.items if item.kind == kind)

    def facts(self) -> dict[str, Any]:
        """The part of an incident that a ticket can give: problems of unknown fault, impacts and asks; never a remedy."""
        told = sorted(self.of("problem"), key=lambda item: item.start)
        problems: list[dict[str, Any]] = [{"what": item.text, "fault": "unknown"} for item in told]
        for impact in self.of("impact") if problems else ():
            before = sum(item.start <= impact.start for item in told)  # an impact belongs to the problem that is told before it
            problems[max(0, before - 1)].setdefault("impacts", []).append(impact.text)
        return {"problems": problems, "asks": [{"text": item.text} for item in self.of("ask")]}


@dataclass(frozen=True)
class Place:
    """Where and when a ticket came in: how its dates and amounts are to be read."""

    locale: str = "en-US"
    timezone: str = "UTC"
    as_of: datetime | None = None


def read_ticket(text: str, *, model: Model, prompt: Prompt, place: Place | None = None) -> TicketFacts:
    """The facts that a ticket states, each with its quote; what cannot be shown in the ticket's own words is dropped.

    Raises:
        TextError: the ticket is empty or too large.
        ModelError: the model gave nothing that can be read.
    """
    place = place or Place()
    ticket = mask_cards(bounded(text))
    placeholders = Placeholders.for_ticket(ticket, locale=place.locale)
    chain = prompt.template | model.step(_FORM, budget=model.budget())
    now = (place.as_of or datetime.now(UTC)).astimezone(ZoneInfo(place.timezone))
    with guarded():
        answer = chain.invoke({"now": f"{now:%A %Y-%m-%d %H:%M}", "ticket": placeholders.hide(_RULE.sub("-----", ticket))})
        items, dropped = _sorted_items(answer, ticket, placeholders, Frame(place.locale, ZoneInfo(place.timezone), now))
    return TicketFacts(
        ticket=ticket, items=tuple(items), dropped=tuple(dropped), model=model.name, prompt=prompt.label, prompt_hash=prompt.hash
    )


def _sorted_items(answer: Answer, ticket: str, placeholders: Placeholders, frame: Frame) -> tuple[list[TicketItem], list[Dropped]]:
    """The items of an answer that the ticket bears out, each once, and those that it does not."""
    items: list[TicketItem] = []
    dropped: list[Dropped] = []
    token = FRAME.set(frame)
    try:
        for raw in _raw_items(answer):
            found = _item(raw, ticket, placeholders)
            if isinstance(found, Dropped):
                dropped.append(found)
            elif found not in items:
                items.append(found)
    finally:
        FRAME.reset(token)
    return items, dropped


def _raw_items(answer: Answer) -> Iterator[dict[str, str]]:
    if answer.ended == "refused":
        raise ModelError("the model refused to read this ticket")
    data = json_in(answer.text)
    found = data.get("items") if isinstance(data, dict) else data
    if not isinstance(found, list):
        raise ModelError(
            "the model's reading of the ticket was cut off" if answer.ended == "cut_off" else "the model's reading could not be read"
        )
    for item in found:
        if isinstance(item, dict):
            yield {key: str(item.get(key) or "").strip() for key in ("kind", "text", "quote")}


def _item(raw: dict[str, str], ticket: str, placeholders: Placeholders) -> TicketItem | Dropped:
    if wrong := [*placeholders.faults(raw["text"]), *placeholders.faults(raw["quote"])]:
        return Dropped(**raw, because=f"{wrong[0]}.")
    kind, text, quote = raw["kind"], placeholders.restore(raw["text"]), placeholders.restore(raw["quote"])
    said = {"kind": kind, "text": text, "quote": quote}
    if kind not in get_args(ItemKind):
        return Dropped(**said, because="A ticket holds no such thing: nothing it says is granted or decided.")
    span = _found(quote, ticket)
    if span is None or not text:
        return Dropped(**said, because="Its quote is not in the ticket.")
    exact = ticket[slice(*span)]
    if set(_NUMBER.findall(text)) - set(_NUMBER.findall(exact)):
        return Dropped(**said, because="It holds a number that its quote does not.")
    words = {"text": " ".join(text.split()).rstrip("."), "quote": exact, "start": span[0], "end": span[1]}
    return TicketItem.model_validate({"kind": kind, **words, "money": _money(kind, text, exact), "moment": _moment(kind, text, exact)})


def _found(quote: str, ticket: str) -> tuple[int, int] | None:
    """Where a quote stands in the ticket; white space and the shape of quotation marks and dashes do not count."""
    words = quote.translate(_SAME).split()
    if sum(map(len, words)) < 2:
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), ticket.translate(_SAME), re.I)
    return match.span() if match else None


def _money(kind: str, *texts: str) -> Money | None:
    return next(filter(None, (_read(Money, text) for text in texts)), None) if kind == "amount" else None


def _moment(kind: str, *texts: str) -> Any:
    if kind != "date" or any(_DAYS.search(text) for text in texts):
        return None
    return next(filter(None, (_read(Moment, text) for text in texts)), None)


def _read(shape: Any, text: str) -> Any:
    try:
        return TypeAdapter(shape).validate_python(text)
    except ValidationError:
        return None
