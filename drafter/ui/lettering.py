"""Lettering: what is done on the right half of the page, from the first draft until the letter is taken away."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, cast

from drafter.checks.rewriting.fixing import fix
from drafter.draft import Draft, Passed, SectionName
from drafter.errors import InputError, ModelNeededError
from drafter.incident import Incident
from drafter.ui import complaining, days, letter, working
from drafter.ui import facts as form
from drafter.ui.saying import words
from drafter.ui.workbench import Hand, Workbench, incident_in
from drafter.ui.working import Under

SENSITIVE = "sensitive"  # under which it is kept, beside rules, that a matter was said to be an everyday one


class Lettering:
    """The acts on a letter."""

    def __init__(self, bench: Workbench, read: Callable[[Hand], None]) -> None:
        self._bench = bench
        self._read = read  # what a model found in a ticket
        self.acts: dict[str, Callable[[Hand], None]] = {
            "write": self._write,
            "poll": self._poll,
            "cancel": self._cancel,
            "typed": self._typed,
            "rewrite": self._rewrite,
            "pass": self._pass,
            "unpass": self._unpass,
            "spare": self._spare,
            "unspare": self._unspare,
            "fix": self._fix,
            "rework": self._rework,
            "undo": self._undo,
            "redo": self._redo,
            "looked": self._looked,
            "copy": self._copy,
            "eml": self._eml,
            "sent": self._sent,
        }

    def _write(self, hand: Hand) -> None:
        work = hand.work
        edited = self._bench.is_edited(work)
        work.facts, work.trouble = form.pruned(work.facts), ""
        try:
            incident = incident_in(work)
        except InputError as error:
            work.wrong, work.behind = complaining.beside(error.complaints), True
            self._bench.show(hand, facts=True)
            first = next(iter(work.wrong), "")
            hand.answer.say, hand.answer.focus = words().write.wrong.format(count=len(work.wrong)), f"fact.{first}"
            return
        work.wrong, work.behind = {}, False
        days.dated(work.facts, incident)
        work.remember()
        record = self._bench.desk.jobs.accept(incident, raw=work.ticket or None)
        work.draft_id, work.version, work.passed, work.text = record.id, record.version, (), ""
        if record.draft is None:
            work.under = Under(kind="draft", id=record.id, since=working.now())
        else:
            work.text = record.draft.text
        self._bench.show(hand, facts=True)
        hand.answer.focus, hand.answer.say = "letter", words().write.edit_kept if edited and work.text else ""

    def _poll(self, hand: Hand) -> None:
        """How far a model is, and what came of it."""
        under, work = hand.work.under, hand.work
        if under is None:
            self._bench.show(hand)
            return
        if under.kind == "reading":
            self._read(hand)
            return
        store = self._bench.desk.store
        record = store.drafts.get(under.id) if under.kind == "draft" else store.revisions.get(under.id)
        if record.state in ("queued", "writing"):
            if under.kind == "draft":
                sections = [
                    section.text for section in self._bench.desk.jobs.so_far(under.id) if section.name != "subject" and section.text
                ]
                work.text = "\n\n".join(sections)
            self._bench.show(hand)
            return
        work.under = None
        if record.state == "done":
            work.version = record.version or work.version
            version = next(one for one in store.drafts.versions(work.draft_id or "") if one.number == work.version)
            work.text, work.passed = version.draft.text, version.draft.passed
        else:
            detail = (record.error or {}).get("detail") or words().write.failed
            work.trouble = words().write.cancelled if record.state == "cancelled" else str(detail)
            work.back()
        self._bench.show(hand)
        hand.answer.say = words().write.arrived if record.state == "done" else work.trouble

    def _cancel(self, hand: Hand) -> None:
        work = hand.work
        if work.under is not None:
            jobs = self._bench.desk.jobs
            stop = {"draft": jobs.cancel, "revision": jobs.give_up, "reading": self._bench.readings.give_up}[work.under.kind]
            stop(work.under.id)
            was, work.under = work.under.kind, None
            if was == "draft":
                work.back()
            hand.answer.say = words().write.read_stopped if was == "reading" else words().write.cancelled
        self._bench.show(hand)

    def _typed(self, hand: Hand) -> None:
        self._bench.show(hand)
        hand.answer.values.pop("letter")

    def _rewrite(self, hand: Hand) -> None:
        draft, _ = self._bench.letter(hand.work)
        item = self._finding(hand, draft)
        if draft is None or item is None:
            return
        finding = letter.finding_of(item, draft.findings)
        hand.work.remember()
        hand.work.text = letter.rewritten(draft.text, finding)
        self._bench.show(hand)
        hand.answer.say = words().write.rewritten

    def _finding(self, hand: Hand, draft: Draft | None) -> letter.Found | None:
        number = hand.act.data.get("number", "")
        found = letter.found(draft.findings, hand.work.passed) if draft else []
        return next((item for item in found if str(item["number"]) == number), None)

    def _pass(self, hand: Hand) -> None:
        draft, _ = self._bench.letter(hand.work)
        item = self._finding(hand, draft)
        if draft is None or item is None or hand.work.draft_id is None:
            return
        reason = hand.act.data.get("reason") or words().letter.reasons[0]
        hand.work.remember()
        hand.work.passed = (*hand.work.passed, Passed(rule=item["rule"], text=item["text"] or item["message"], reason=reason[:200]))
        self._bench.desk.store.dismissals.add(hand.work.draft_id, rule=item["rule"], reason=reason[:200])
        self._bench.show(hand)
        hand.answer.say = words().write.passed

    def _spare(self, hand: Hand) -> None:
        """Write the letter again as one of an everyday matter, where somebody says why it is no other; a second person sees it."""
        draft, incident = self._bench.letter(hand.work)
        if draft is None or incident is None or hand.work.draft_id is None or not self._bench.can_spare(hand.work, incident):
            self._bench.show(hand)
            return
        reason = (hand.act.data.get("reason") or words().letter.spare_reasons[0])[:200]
        self._bench.desk.store.dismissals.add(hand.work.draft_id, rule=SENSITIVE, reason=reason)
        hand.work.spared, hand.work.facts["sensitive"] = reason, False
        self._write(hand)
        if hand.work.under is None and hand.work.draft_id:
            self._bench.stored(hand)  # as one that a second person should see
        hand.answer.say = hand.answer.say or words().write.spared

    def _unspare(self, hand: Hand) -> None:
        hand.work.spared = ""
        hand.work.facts.pop("sensitive", None)
        self._write(hand)

    def _unpass(self, hand: Hand) -> None:
        draft, _ = self._bench.letter(hand.work)
        item = self._finding(hand, draft)
        if item is not None:
            key = (item["rule"], item["text"] or item["message"])
            hand.work.passed = tuple(one for one in hand.work.passed if (one.rule, one.text) != key)
        self._bench.show(hand)

    def _fix(self, hand: Hand) -> None:
        draft, incident = self._bench.letter(hand.work)
        if draft is None:
            return
        fixed = fix(draft.text, lambda text: self._bench.desk.writer.check(text, incident))
        hand.work.remember()
        hand.work.text = fixed.text
        self._bench.show(hand)
        hand.answer.say = letter.said_of(fixed.mended)

    def _rework(self, hand: Hand) -> None:
        work = hand.work
        wish = hand.act.data.get("wish") or hand.act.text("wish").strip()
        section = cast("SectionName | None", hand.act.data.get("section") or None)
        if section and not wish:
            wish = words().write.redo
        if not wish:
            hand.answer.say, hand.answer.focus = words().write.no_wish, "wish"
            return
        self._bench.stored(hand)
        work.remember()
        try:
            record = self._bench.desk.jobs.revise(work.draft_id or "", wish, section=section, by=hand.who or "page")
        except ModelNeededError:
            hand.answer.say = words().write.needs_model
            self._bench.show(hand)
            return
        if record.state == "done":
            version = next(one for one in self._bench.desk.store.drafts.versions(work.draft_id or "") if one.number == record.version)
            same = version.draft.text == work.text
            work.version, work.text, work.passed = record.version or work.version, version.draft.text, version.draft.passed
            hand.answer.say = words().write.unchanged if same else words().write.reworked
        else:
            work.under = Under(kind="revision", id=record.id, since=working.now())
        self._bench.show(hand)

    def _undo(self, hand: Hand) -> None:
        hand.answer.say = words().write.undone if hand.work.undo() else words().write.nothing_before
        self._bench.show(hand)

    def _redo(self, hand: Hand) -> None:
        hand.answer.say = words().write.redone if hand.work.redo() else words().write.nothing_after
        self._bench.show(hand)

    def _sure(self, hand: Hand) -> tuple[Draft, Incident] | None:
        """The letter, where it may be taken: never while it is blocked, and after a look where it needs one."""
        draft, incident = self._bench.stored(hand)
        status, _ = self._bench.standing(hand.work, draft, incident)
        if hand.act.fields.get("looked") is True:
            hand.work.looked = hand.work.text
        looked = status == "needs_review" and bool(hand.work.looked) and hand.work.looked == hand.work.text
        if status == "ready" or looked:
            return draft, incident
        self._bench.show(hand)
        hand.answer.say = words().write.blocked if status == "blocked" else words().write.look_first
        hand.answer.focus = "looked" if status == "needs_review" else None
        return None

    def _looked(self, hand: Hand) -> None:
        hand.work.looked = hand.work.text if hand.act.fields.get("looked") is True else ""
        self._bench.show(hand)

    def _copy(self, hand: Hand) -> None:
        sure = self._sure(hand)
        if sure is not None:
            hand.answer.copy = letter.bare(sure[0]) if hand.act.data.get("bare") else sure[0].text
            self._bench.show(hand)
            hand.answer.say = words().write.copied

    def _eml(self, hand: Hand) -> None:
        sure = self._sure(hand)
        if sure is not None:
            address = str(hand.work.facts["customer"].get("email") or "").strip()
            hand.answer.file = {"name": "reply.eml", "type": "message/rfc822", "text": _message(*sure, address)}
            self._bench.show(hand)
            hand.answer.say = words().write.saved

    def _sent(self, hand: Hand) -> None:
        sure = self._sure(hand)
        if sure is None or hand.work.draft_id is None:
            return
        first = next(one for one in self._bench.desk.store.drafts.versions(hand.work.draft_id) if one.by == "drafter").draft
        draft = sure[0]
        distance = first.distance(draft.text)
        kept: dict[str, Any] = {"text": draft.text, "findings": draft.findings, "distance": distance, "unedited": distance == 0}
        self._bench.desk.store.sent.add(hand.work.draft_id, **kept)
        hand.work.sent = draft.text
        self._bench.show(hand)
        hand.answer.say = words().write.sent


def _message(draft: Draft, incident: Incident, address: str) -> str:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = draft.subject or ""
    if (to := address or incident.customer.email) and not set(to) & set("\r\n"):
        message["To"] = to
    message["X-Unsent"] = "1"  # mail programs open it for editing
    message.set_content(draft.text)
    return message.as_string()
