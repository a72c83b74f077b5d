"""Stating the facts: what is done on the left half of the page."""

from __future__ import annotations

from collections.abc import Callable

from drafter.incident import parse_incident
from drafter.texts import read_text
from drafter.ticket import Place, TicketFacts
from drafter.ui import days, filling, working
from drafter.ui import facts as form
from drafter.ui.saying import render, words
from drafter.ui.workbench import Hand, Workbench
from drafter.ui.working import Under

_MORE = 30  # sentences of a ticket that are shown with one press
_LONG = 20_000  # characters of a ticket that is read in the background, so that nobody stands and waits


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
            "fault": self._fault,
            "use": self._use,
            "take": self._take,
            "more_left": self._more_left,
            "move": self._move,
            "dismiss": self._dismiss,
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
            return
        typed = {name.removeprefix("fact."): str(value) for name, value in hand.act.fields.items() if name in hand.act.typed}
        read = [said for name, text in typed.items() if (said := days.understood(work.facts, name, text))]
        if read:
            hand.answer.say = words().write.understood.format(moment="; ".join(read))

    def _again(self, hand: Hand) -> None:
        self._bench.show(hand, facts=True)

    def _fault(self, hand: Hand) -> None:
        """Go on to what is to be typed next, where somebody pressed whose mistake it was; arrow keys walk through the choice."""
        self._bench.show(hand, facts=True)
        path = hand.act.data.get("path", "")
        if hand.act.data.get("tapped") and form.admits(hand.work.facts, f"{path}.ours"):
            proposed = f'data-path="{path}.ours"' in hand.answer.parts["facts"]
            is_said = form.said_at(hand.work.facts, f"{path}.ours").strip()
            hand.answer.focus = f"fact.{path}.fixes.1.text" if is_said else None if proposed else f"fact.{path}.ours"

    def _read(self, hand: Hand) -> None:
        work = hand.work
        if not work.ticket.strip():
            hand.answer.say, hand.answer.focus = words().write.no_ticket, "ticket"
            return
        place = Place(locale=work.facts.get("locale") or "en-US", timezone=work.facts.get("timezone") or "UTC")
        if self._bench.desk.writer.model is None and len(work.ticket) < _LONG:
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
        said = filling.fill(hand.work, told)
        self._bench.show(hand, facts=True)
        hand.answer.say = said

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
        hand.work.removed, hand.work.as_read = [], {}
        self._bench.show(hand, facts=True)

    def _add(self, hand: Hand) -> None:
        path = form.add(hand.work.facts, hand.act.data.get("path", ""))
        self._bench.show(hand, facts=True)
        if path is None:
            hand.answer.say = words().write.full
        else:
            hand.answer.focus = f"fact.{path}.{'what' if path.startswith('problems') and path.count('.') == 1 else 'text'}"

    def _remove(self, hand: Hand) -> None:
        gone = form.remove(hand.work.facts, hand.act.data.get("path", ""))
        if isinstance(gone, dict) and gone.get("read"):
            hand.work.removed = [*hand.work.removed, gone["read"]]
        self._bench.show(hand, facts=True)

    def _move(self, hand: Hand) -> None:
        form.move(hand.work.facts, hand.act.data.get("path", ""))
        self._bench.show(hand, facts=True)

    def _unknown(self, hand: Hand) -> None:
        form.settle(hand.work.facts, hand.act.data.get("path", ""), known=False)
        self._bench.show(hand, facts=True)

    def _known(self, hand: Hand) -> None:
        form.settle(hand.work.facts, hand.act.data.get("path", ""), known=True)
        self._bench.show(hand, facts=True)

    def _use(self, hand: Hand) -> None:
        path, text = hand.act.data.get("path", ""), hand.act.data.get("text", "")
        if path.endswith(".ours") and not form.admits(hand.work.facts, path):
            form.put(hand.work.facts, f"{path.removesuffix('ours')}fault", "ours")  # who takes these words says that it was ours
        form.put(hand.work.facts, path, text)
        hand.work.clashes = [clash for clash in hand.work.clashes if clash.text != text]
        self._bench.show(hand, facts=True)
        if path.endswith(".ours"):
            hand.answer.focus = f"fact.{path.removesuffix('ours')}fixes.1.text"

    def _take(self, hand: Hand) -> None:
        """Take words that were left into the facts, as the customer's own: a person puts them into ours."""
        work, quote = hand.work, hand.act.data.get("text", "")
        left = next((left for left in work.left if left.quote == quote), None)
        kind = hand.act.data.get("kind", "problem")
        path = filling.place_for(work, kind, quote) if left is not None else ""
        if path is None:
            hand.answer.say = words().write.full
        elif path:
            field = "what" if kind == "problem" else "text"
            form.put(work.facts, f"{path}.{field}", filling.worded(quote, kind))
            work.quotes[filling.worded(quote, kind)] = quote
            work.left = [other for other in work.left if other is not left]
            hand.answer.focus = f"fact.{path}.{field}"
        self._bench.show(hand, facts=True)

    def _more_left(self, hand: Hand) -> None:
        hand.work.left_shown += _MORE
        self._bench.show(hand, facts=True)

    def _dismiss(self, hand: Hand) -> None:
        """Let words of another tab go that were kept beside what was typed."""
        hand.work.clashes = [clash for clash in hand.work.clashes if clash.text != hand.act.data.get("text")]
        self._bench.show(hand, facts=True)
