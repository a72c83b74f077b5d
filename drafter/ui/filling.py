"""Filling the form from a ticket that was read: beside what a person wrote, and in the place of what nobody has touched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from drafter.ticket import TicketFacts
from drafter.ui import facts as form
from drafter.ui.saying import words
from drafter.ui.sharing import MOST_TICKET
from drafter.ui.working import Left, Working

_TO_WORD = ("problem", "impact", "ask", "language")
_FROM = re.compile(r"^(?P<name>from|reply-to|von|de|da)[ \t]*:[ \t]*(?P<who>\S.*)$", re.I)
_HEADER = re.compile(r"^[A-Za-z][\w-]*[ \t]*:")


def fill(work: Working, told: TicketFacts) -> str:
    """Put what a ticket says into the facts, and say in a few words what was found.

    What was read before and stands as it was read gives way; what somebody typed, changed or took out stays so.
    """
    said, again = form.opened(told.facts()), bool(work.as_read or work.removed)
    problems, over = _renewed(work, "problems", _fresh(said["problems"], "what"))
    work.facts["problems"] = problems or [form.new("problems")]
    asks, more = _renewed(work, "asks", _fresh(said["asks"], "text"))
    work.facts["asks"] = asks
    quoted = {item.text: item.quote for item in told.items}
    texts = [*_texts(work.facts), *(entry.get("read") or "" for kind in ("problems", "asks") for entry in work.facts[kind])]
    work.quotes = {text: quoted[text] for text in texts if text in quoted}
    _name(work, said)
    if told.warnings:
        work.facts["sensitive"] = True
    stated = " ".join([*texts, *work.quotes.values()])
    out = [Left(kind=kind, quote=" ".join(quoted.get(text, text).split())) for kind, text in (*over, *more)]
    left = [Left(kind=left.kind, quote=" ".join(left.quote.split())) for left in told.dropped if left.kind in _TO_WORD]
    work.left = list({entry.quote: entry for entry in (*out, *left) if entry.quote not in stated}.values())
    work.left_shown, work.trouble = 30, ""
    short = _counted(work, told, len(out), again=again)
    warnings = " ".join(told.warnings)
    cut = words().write.ticket_cut.format(most=MOST_TICKET) if len(work.ticket) >= MOST_TICKET else ""
    work.read_note = " ".join(filter(None, (warnings, short, cut, _unread(told), told.because)))
    return " ".join(filter(None, (warnings, short, told.because)))


def _fresh(entries: list[form.Facts], key: str) -> list[form.Facts]:
    """What was read, equal entries once, each with the words it was read as."""
    found: dict[str, form.Facts] = {}
    for entry in entries:
        if text := entry.get(key):
            found.setdefault(" ".join(text.casefold().split()), {**entry, "read": text} | ({"fault": ""} if key == "what" else {}))
    return list(found.values())


def _renewed(work: Working, kind: str, fresh: list[form.Facts]) -> tuple[list[form.Facts], list[tuple[str, str]]]:
    """The entries as they stand with what was read now, and the kind and words of what has no room there or was taken out."""
    key, most = ("what", form.MOST_PROBLEMS) if kind == "problems" else ("text", form.MOST_ROWS)
    before = work.as_read.get(kind, [])
    kept = [entry for entry in work.facts[kind] if not form.is_empty(entry) and form.bare(entry) not in before]
    known = {text for entry in kept for text in (entry.get("read"), entry.get(key)) if text}
    new = [entry for entry in fresh if entry["read"] not in known and entry["read"] not in work.removed]
    there, beyond = new[: max(0, most - len(kept))], new[max(0, most - len(kept)) :]
    gone = [entry for entry in fresh if entry["read"] in work.removed]
    work.as_read[kind] = [form.bare(entry) for entry in there]
    return [*kept, *there], [("problem" if key == "what" else "ask", entry["read"]) for entry in (*beyond, *gone)]


def place_for(work: Working, kind: str, quote: str) -> str | None:
    """The path of a new entry for words that were left: what it meant goes with the problem told before it; None without room."""
    if kind == "impact":
        at = work.ticket.find(quote)
        starts = [work.ticket.find(work.quotes.get(str(one.get("what")), "\0")) for one in work.facts["problems"]]
        before = [number for number, start in enumerate(starts, 1) if 0 <= start <= at]
        return form.add(work.facts, f"problems.{before[-1] if before else 1}.impacts")
    if kind == "problem" and form.is_blank(work.facts["problems"]):
        work.facts["problems"] = []
    path = form.add(work.facts, "asks" if kind == "ask" else "problems")
    if path and kind == "problem":
        form.put(work.facts, f"{path}.fault", "")  # nobody has said it yet
    return path


def worded(quote: str, kind: str) -> str:
    """The customer's words as an entry of this kind has them."""
    return f"“{quote}”" if kind == "ask" else words().write.they_wrote.format(quote=quote)


def _name(work: Working, said: form.Facts) -> None:
    """Who wrote, from where and under which number, where nobody has said so yet; one who signs for us is no customer."""
    header_name, address = _sender(work.ticket)
    name = said["customer"].get("name", "") or header_name
    ours = {(work.facts.get(who) or {}).get("name") for who in ("company", "signer")}
    customer = work.facts["customer"]
    if name not in ours and not (customer.get("name") or "").strip():
        customer["name"] = name
    if address and not (customer.get("email") or "").strip() and customer.get("name") and header_name not in ours:
        customer["email"] = address
    if said.get("reference") and not (work.facts.get("reference") or "").strip():
        work.facts["reference"] = said["reference"]


def _sender(ticket: str) -> tuple[str, str]:
    """Name and address of the one who wrote, where the ticket begins with the head of a mail; "" for what it does not say."""
    found: dict[str, tuple[str, str]] = {}
    for line in ticket.lstrip().splitlines():
        if not _HEADER.match(line):
            break
        if match := _FROM.match(line):
            name, address = parseaddr(match["who"])
            if "@" in address:
                found[match["name"].lower()] = (name, address)
    if not found:
        return "", ""
    name, address = next((who for key, who in found.items() if key != "reply-to"), found.get("reply-to", ("", "")))
    return name, found.get("reply-to", ("", address))[1]


def _counted(work: Working, told: TicketFacts, out: int, *, again: bool) -> str:
    count, asks = len(work.facts["problems"]), len(work.facts["asks"])
    if form.is_blank(work.facts["problems"]):
        count = 0
    note = words().write.read_none if not count and not told.of("ask") else words().write.read_some
    full = words().write.too_many.format(most=form.MOST_PROBLEMS, count=out) if count >= form.MOST_PROBLEMS and out else ""
    return " ".join(filter(None, (note.format(problems=count, asks=asks), full, words().write.read_again if again else "")))


def _unread(told: TicketFacts) -> str:
    count = sum(left.kind == "language" for left in told.dropped)
    return str(words().write.unread_one if count == 1 else words().write.unread_some.format(count=count)) if count else ""


def _texts(facts: Mapping[str, Any]) -> list[str]:
    found = [problem.get("what", "") for problem in facts["problems"]]
    found += [impact["text"] for problem in facts["problems"] for impact in problem.get("impacts", [])]
    return [*found, *(ask["text"] for ask in facts["asks"])]
