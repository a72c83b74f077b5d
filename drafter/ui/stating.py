"""Stating the facts: what is done on the left half of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drafter.incident import parse_incident
from drafter.texts import read_text
from drafter.ticket import Place, TicketFacts
from drafter.ui import facts as form
from drafter.ui import working
from drafter.ui.saying import render, words
from drafter.ui.workbench import Hand, Workbench
from drafter.ui.working import Left, Under, Working

_TO_WORD = ("problem", "impact", "ask")
_MOST_UNREAD = 5


class Stating:
    """The acts that state facts."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self.acts: dict[str, Callable[[Hand], None]] = {
            "open": self._open,
            "save": self._save,
            "new": self._new,
            "read": self._read,
            "example": self._example,
            "file": self._file,
            "add": self._add,
            "remove": self._remove,
            "unknown": self._unknown,
            "known": self._known,
            "again": self._again,
            "use": self._use,
            "take": self._take,
        }

    def _open(self, hand: Hand) -> None:
        self._bench.show(hand, facts=True)

    def _new(self, hand: Hand) -> None:
        self._bench.show(hand, facts=True, entry=True)
        hand.answer.focus = "ticket"

    def _save(self, hand: Hand) -> None:
        mended, work = self._bench.mend(hand), hand.work
        view = {"id": hand.id, "work": work, "facts": form.loose(work.facts), **self._bench.facts_view(work)}
        if mended:
            hand.answer.parts["facts"] = self._bench.facts_part(view)
        else:
            hand.answer.parts["questions"] = render("questions.html", **view)
        if hand.act.data.get("restored"):
            hand.answer.say = words().write.restored

    def _again(self, hand: Hand) -> None:
        self._bench.show(hand, facts=True)

    def _read(self, hand: Hand) -> None:
        work = hand.work
        if not work.ticket.strip():
            hand.answer.say, hand.answer.focus = words().write.no_ticket, "ticket"
            return
        place = Place(locale=work.facts.get("locale") or "en-US", timezone=work.facts.get("timezone") or "UTC")
        if self._bench.desk.writer.model is None:
            self._filled(hand, self._bench.desk.writer.read_ticket(work.ticket, place=place))
            return
        work.under = Under(kind="reading", id=self._bench.readings.begin(work.ticket, place), since=working.now())
        self._bench.show(hand)

    def read(self, hand: Hand) -> None:
        """Put what a model has found in the ticket into the facts, once it is there."""
        work = hand.work
        if work.under is None or self._bench.readings.is_going(work.under.id):
            self._bench.show(hand)
            return
        reading, work.under = work.under, None
        told = self._bench.readings.take(reading.id)
        if told is not None:
            self._filled(hand, told)
            return
        self._bench.show(hand)
        hand.answer.say = words().write.read_cut

    def _filled(self, hand: Hand, told: TicketFacts) -> None:
        self._fill(hand.work, told)
        self._bench.show(hand, facts=True)
        hand.answer.say = hand.work.read_note

    def _fill(self, work: Working, told: TicketFacts) -> None:
        """Put what a ticket says into the facts, beside what a person wrote there."""
        said = form.opened(told.facts())
        kept = [problem for problem in work.facts["problems"] if any((problem.get(key) or "").strip() for key in ("what", "ours"))]
        known = {problem.get("what") for problem in kept}
        fresh = [problem for problem in said["problems"] if problem.get("what") and problem["what"] not in known]
        for problem in fresh:
            problem["fault"] = ""  # nobody has said it yet, which is not the same as that it is not known
        work.facts["problems"] = [*kept, *fresh] or [form.new("problems")]
        asked = {ask.get("text") for ask in work.facts["asks"]}
        work.facts["asks"] += [ask for ask in said["asks"] if ask["text"] not in asked]
        quoted = {item.text: item.quote for item in told.items}
        work.quotes = {text: quoted[text] for text in _texts(work.facts) if text in quoted}
        count = len(fresh)
        self._name(work, said)
        if told.warnings:
            work.facts["sensitive"] = True
        stated = " ".join(_texts(work.facts))
        left = [Left(kind=left.kind, quote=" ".join(left.quote.split())) for left in told.dropped if left.kind in _TO_WORD]
        work.left = [entry for entry in left if entry.quote not in stated]
        note = words().write.read_none if not count and not told.of("ask") else words().write.read_some
        said_of = note.format(problems=count, asks=len(told.of("ask")))
        danger = " ".join(told.warnings)
        work.read_note = " ".join(filter(None, (danger, said_of, _unread(told), told.because)))
        work.trouble = ""

    def _name(self, work: Working, said: form.Facts) -> None:
        """Who wrote and under which number, where nobody has said so yet; one who signs for us is no customer."""
        name = said["customer"].get("name", "")
        ours = {(work.facts.get(who) or {}).get("name") for who in ("company", "signer")}
        if name not in ours and not (work.facts["customer"].get("name") or "").strip():
            work.facts["customer"]["name"] = name
        if said.get("reference") and not (work.facts.get("reference") or "").strip():
            work.facts["reference"] = said["reference"]

    def _example(self, hand: Hand) -> None:
        path = self._bench.desk.examples.get(hand.act.text("example"))
        if path is not None:
            self._opened(hand, read_text(path))

    def _file(self, hand: Hand) -> None:
        self._opened(hand, hand.act.text("file"))

    def _opened(self, hand: Hand, text: str) -> None:
        incident = parse_incident(text)  # a complaint names its line, and what was typed stays
        hand.work.facts = form.opened(incident.model_dump(mode="json", exclude_unset=True, exclude_none=True))
        hand.work.wrong, hand.work.quotes, hand.work.read_note, hand.work.left = {}, {}, "", []
        self._bench.show(hand, facts=True)

    def _add(self, hand: Hand) -> None:
        path = form.add(hand.work.facts, hand.act.data.get("path", ""))
        self._bench.show(hand, facts=True)
        if path is None:
            hand.answer.say = words().write.full
        else:
            hand.answer.focus = f"fact.{path}.{'what' if path.startswith('problems') and path.count('.') == 1 else 'text'}"

    def _remove(self, hand: Hand) -> None:
        form.remove(hand.work.facts, hand.act.data.get("path", ""))
        self._bench.show(hand, facts=True)

    def _unknown(self, hand: Hand) -> None:
        form.settle(hand.work.facts, hand.act.data.get("path", ""), known=False)
        self._bench.show(hand, facts=True)

    def _known(self, hand: Hand) -> None:
        form.settle(hand.work.facts, hand.act.data.get("path", ""), known=True)
        self._bench.show(hand, facts=True)

    def _use(self, hand: Hand) -> None:
        form.put(hand.work.facts, hand.act.data.get("path", ""), hand.act.data.get("text", ""))
        self._bench.show(hand, facts=True)

    def _take(self, hand: Hand) -> None:
        """Take words that were left into the facts, as the customer's own: a person puts them into ours."""
        work, quote = hand.work, hand.act.data.get("text", "")
        left = next((left for left in work.left if left.quote == quote), None)
        if left is None:
            self._bench.show(hand, facts=True)
            return
        kind = "asks" if left.kind == "ask" else "problems"
        if kind == "problems" and form.is_blank(work.facts["problems"]):
            work.facts["problems"] = []
        path = form.add(work.facts, kind)
        if path is None:
            hand.answer.say = words().write.full
        else:
            said = f"“{quote}”" if kind == "asks" else words().write.they_wrote.format(quote=quote)
            form.put(work.facts, f"{path}.{'text' if kind == 'asks' else 'what'}", said)
            work.left = [other for other in work.left if other is not left]
            hand.answer.focus = f"fact.{path}.{'text' if kind == 'asks' else 'what'}"
        self._bench.show(hand, facts=True)


def _unread(told: TicketFacts) -> str:
    quotes = [f"“{' '.join(left.quote.split())}”" for left in told.dropped if left.kind == "language"]
    if not quotes:
        return ""
    said = words().write.unread_one if len(quotes) == 1 else words().write.unread_some.format(count=len(quotes))
    return f"{said} {', '.join(quotes[:_MOST_UNREAD])}{' …' if len(quotes) > _MOST_UNREAD else ''}"


def _texts(facts: Mapping[str, Any]) -> list[str]:
    found = [problem.get("what", "") for problem in facts["problems"]]
    found += [impact["text"] for problem in facts["problems"] for impact in problem.get("impacts", [])]
    return [*found, *(ask["text"] for ask in facts["asks"])]
