"""Reading a ticket with a model: each fact is shown in the ticket's own words, and nothing that a ticket says is ever granted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from drafter.chain.answer import json_in
from drafter.errors import ModelError
from drafter.model import Answer, Form, guarded
from drafter.privacy import Placeholders, mask_cards
from drafter.texts import bounded
from drafter.ticket.danger import alerts, set_apart
from drafter.ticket.facts import Dropped, ItemKind, Place, TicketFacts, TicketItem, item_at
from drafter.ticket.sender import plain_name, senders

if TYPE_CHECKING:
    from drafter.model import Model
    from drafter.prompts import Prompt

_BY_RULES = ("customer", "reference")  # what rules find in every ticket, and no model is asked for
_KINDS: tuple[ItemKind, ...] = tuple(kind for kind in get_args(ItemKind) if kind not in _BY_RULES)
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
                        "kind": {"type": "string", "enum": list(_KINDS)},
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
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


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
    with guarded(), place.frame():
        answer = chain.invoke({"now": f"{place.moment:%A %Y-%m-%d %H:%M}", "ticket": placeholders.hide(_RULE.sub("-----", ticket))})
        items, dropped = _sorted_items(answer, ticket, placeholders)
        items += [item_at(kind, plain_name(ticket[slice(*span)]), span, ticket) for kind, span in senders(ticket)]
    told, left = set_apart(ticket, items, [*alerts(ticket), *dropped])
    return TicketFacts(ticket=ticket, items=told, dropped=left, model=model.name, prompt=prompt.label, prompt_hash=prompt.hash)


def _sorted_items(answer: Answer, ticket: str, placeholders: Placeholders) -> tuple[list[TicketItem], list[Dropped]]:
    """The items of an answer that the ticket bears out, each once, and those that it does not."""
    items: list[TicketItem] = []
    dropped: list[Dropped] = []
    for raw in _raw_items(answer):
        found = _item(raw, ticket, placeholders)
        if isinstance(found, Dropped):
            dropped.append(found)
        elif found not in items:
            items.append(found)
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
    known = next((name for name in _KINDS if name == kind), None)
    if known is None:
        return Dropped(**said, because="A ticket holds no such thing: nothing it says is granted or decided.")
    span = _found(quote, ticket)
    if span is None or not text:
        return Dropped(**said, because="Its quote is not in the ticket.")
    if set(_NUMBER.findall(text)) - set(_NUMBER.findall(ticket[slice(*span)])):
        return Dropped(**said, because="It holds a number that its quote does not.")
    return item_at(known, text, span, ticket)


def _found(quote: str, ticket: str) -> tuple[int, int] | None:
    """Where a quote stands in the ticket; white space and the shape of quotation marks and dashes do not count."""
    words = quote.translate(_SAME).split()
    if sum(map(len, words)) < 2:
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), ticket.translate(_SAME), re.I)
    return match.span() if match else None
