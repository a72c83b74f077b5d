"""The workbench of the page: the reply in hand, taken up for one act, shown, and its letter checked as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafter.checks.sensitive import DANGER
from drafter.draft import Draft, Status
from drafter.errors import Complaint, InputError
from drafter.incident import Incident, incident_from
from drafter.incident.fragments import propose
from drafter.jobs import Jobs
from drafter.store import IncidentRecord, Store
from drafter.ui import complaining, days, letter, money, working
from drafter.ui import facts as form
from drafter.ui.asking import asked
from drafter.ui.panel import Act, Answer
from drafter.ui.readings import Readings
from drafter.ui.saying import render, words
from drafter.ui.working import Working
from drafter.writer import Writer

_LONGEST = 20_000  # characters of a ticket that go with the facts, as of one that a helpdesk sends
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\ud800-\udfff]")
_PLAIN = ("open", "new", "save")  # acts with which nothing was entered, unless something was typed


@dataclass(frozen=True)
class Desk:
    """What the pages stand on."""

    writer: Writer
    store: Store
    jobs: Jobs
    examples: Mapping[str, Path]


@dataclass
class Hand:
    """One act's work in hand, whose it is, and the answer as it grows; `id` is "" while nothing of it is kept."""

    id: str
    who: str
    work: Working
    act: Act
    answer: Answer


class Workbench:
    """Takes up work in hand and shows it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.readings = Readings(desk.writer)

    def shown(self, work_id: str, work: Working, draft: Draft | None, incident: Incident | None) -> dict[str, Any]:
        """What the templates show of a work in hand."""
        return {
            "id": work_id,
            "work": work,
            "facts": form.loose(work.facts),
            **self.facts_view(work),
            **self._letter_view(work, draft, incident),
        }

    def facts_view(self, work: Working) -> dict[str, Any]:
        """What the templates show of the facts."""
        problems = work.facts["problems"]
        return {
            "examples": list(self.desk.examples),
            "proposals": [_proposed(problem, str(work.facts["company"].get("name") or "")) for problem in problems],
            "questions": asked(work.facts),
            "with_model": self.desk.writer.model is not None,
            "bare_amounts": money.bare_amounts(work.facts),
        }

    def _letter_view(self, work: Working, draft: Draft | None, incident: Incident | None) -> dict[str, Any]:
        shown: dict[str, Any] = {"draft": draft, "under": work.under, "trouble": work.trouble, "findings": [], "reviews": ()}
        shown |= {"signs": [], "can_spare": False, "sent": False, "looked": False}
        if draft is None or incident is None:
            return shown
        reviews = self.desk.store.reviews.of(work.draft_id or "")
        status, reasons = self.standing(work, draft, incident)
        return shown | {
            "status": status,
            "reasons": reasons,
            "findings": letter.found(draft.findings, work.passed),
            "owed": letter.owed(draft),
            "asks": letter.asked(draft, incident),
            "sources": letter.sources(draft, incident),
            "left_out": [{"text": incident.fact(left.fact).text, "because": left.because} for left in draft.left_out],
            "unowned": [{"text": plan.will, "path": form.plans(work.facts).get(plan.will or "")} for plan in letter.unowned(incident)],
            "looked": bool(work.looked) and work.looked == work.text,
            "sent": bool(work.sent) and work.sent == work.text,
            "signs": letter.signs(incident) if draft.withheld or work.spared else [],
            "can_spare": self.can_spare(work, incident),
            "changed": letter.difference(work.before[-1].text, work.text) if work.before else [],
            "reviews": reviews,
        }

    def take(self, act: Act) -> Hand:
        """The work that an act is about; a new one where it names none, or one that is gone or somebody else's.

        A new one is kept as soon as something is typed or pressed.
        """
        named = act.data.get("work", "")
        found = working.take_up(self.desk.store, named, act.who) if named and act.name != "new" else None
        if found is not None:
            return Hand(named, act.who, found, act, Answer())
        work = working.fresh(self.desk.store, act.who)
        gone = bool(named) and act.name != "new"
        begins = act.name not in _PLAIN or (act.name == "save" and bool(act.typed))
        work_id = working.begin(self.desk.store, act.who, work) if begins else ""
        address = f"?work={work_id}" if begins else "" if named else None
        return Hand(work_id, act.who, work, act, Answer(address=address, say=words().write.gone if gone else ""))

    def mend(self, hand: Hand) -> bool:
        """Whether a complaint beside a field has gone, or is another one by now; what else is wrong is said when a letter is asked for."""
        work = hand.work
        before, now = work.wrong, complaints(work) if work.wrong else {}
        work.wrong = {name: now[name] for name in before if name in now}
        return work.wrong != before

    def show(self, hand: Hand, *, facts: bool = False, entry: bool = False) -> None:
        """Put the letter, and the facts where they changed, into the answer."""
        work, answer = hand.work, hand.answer
        self.mend(hand)
        draft, incident = self.letter(work)
        view = self.shown(hand.id, work, draft, incident)
        if facts:
            answer.parts["facts"] = self.facts_part(view)
            answer.values["ticket"] = work.ticket
        answer.parts |= {name: render(f"{name}.html", **view) for name in ("reading", "status", "tools", "notes")}
        answer.parts["recent"] = render("recent.html", recent=self._recent(hand), id=hand.id)
        answer.values["letter"] = work.text
        answer.marks["letter"] = letter.in_browser_units(work.text, letter.marks(view["findings"]))
        answer.entry = entry
        if work.under is not None:
            answer.again = "poll"

    @staticmethod
    def facts_part(view: Mapping[str, Any]) -> str:
        """The form; what is wrong with a fact that has no field in it is said above it."""
        work: Working = view["work"]
        part = render("facts.html", **view)
        homeless = [name for name in work.wrong if name and f'id="wrong.{name}"' not in part]
        if not homeless:
            return part
        said = [work.wrong.get(""), *(f"{name}: {work.wrong[name]}" for name in homeless)]
        wrong = {name: message for name, message in work.wrong.items() if name not in homeless}
        above = work.model_copy(update={"wrong": {**wrong, "": " ".join(filter(None, said))}})
        return render("facts.html", **{**view, "work": above})

    def standing(self, work: Working, draft: Draft, incident: Incident) -> tuple[Status, list[str]]:
        """What is said of the letter in hand: its status, and why."""
        outdated = work.behind or bool(work.wrong)
        return letter.standing(draft, incident, released=self.is_released(work), outdated=outdated)

    @staticmethod
    def can_spare(work: Working, incident: Incident) -> bool:
        """Whether an agent may say that the matter is an everyday one: never where somebody may be in danger, or has declared it."""
        shown = letter.signs(incident)
        return bool(shown) and work.facts.get("sensitive") is not True and not any(one["sign"] == DANGER for one in shown)

    def is_edited(self, work: Working) -> bool:
        """Whether a person has changed the letter since it was written."""
        if work.draft_id is None or work.under is not None or not work.text:
            return False
        return all(version.draft.text != work.text or version.by != "drafter" for version in self.desk.store.drafts.versions(work.draft_id))

    def is_released(self, work: Working) -> bool:
        """Whether a reviewer has approved the letter word for word as it stands."""
        reviews = self.desk.store.reviews.of(work.draft_id or "")
        if not reviews or reviews[-1].verdict == "reject" or reviews[-1].version != work.version:
            return False
        kept = next((one.draft for one in self.desk.store.drafts.versions(work.draft_id or "") if one.number == work.version), None)
        return kept is not None and (kept.text, kept.passed) == (work.text, work.passed)

    def _recent(self, hand: Hand) -> list[dict[str, str]]:
        found = self.desk.store.workings.recent(hand.who, limit=12)
        titled = [{"id": record.id, "title": Working.model_validate(record.body).title} for record in found]
        return [each for each in titled if each["title"]]

    def letter(self, work: Working) -> tuple[Draft | None, Incident | None]:
        """The letter in hand as it stands, checked."""
        if work.draft_id is None or (work.under is not None and work.under.kind == "draft"):
            return None, None
        store = self.desk.store
        start = next((one.draft for one in store.drafts.versions(work.draft_id) if one.number == work.version), None)
        if start is None:
            return None, None
        incident = self._owned(work, store.incidents.get(store.drafts.get(work.draft_id).incident_id))
        draft = start
        if work.text != start.text or work.passed != start.passed:
            draft = self.desk.writer.edited(start, work.text or " ", incident, passed=work.passed)
        if work.spared and (shown := letter.signs(incident)):
            draft = letter.spared(draft, shown, work.spared)
        return draft, incident

    def _owned(self, work: Working, record: IncidentRecord) -> Incident:
        """The incident of a letter; who was named or taken back since as the one who does what is planned is kept in it."""
        incident, stated = record.incident, form.plans(work.facts)
        plans = [*incident.next, *(fix for problem in incident.problems for fix in problem.fixes)]
        named = {plan.id: form.owner_of(work.facts, stated[plan.will]) for plan in plans if plan.will in stated}
        if all(named.get(plan.id, plan.owner) == plan.owner for plan in plans):
            return incident
        return self.desk.store.incidents.own(record.id, named).incident

    def stored(self, hand: Hand) -> tuple[Draft, Incident]:
        """The letter as it stands, kept as a version of its draft where a person has changed it.

        Raises:
            InputError: there is no letter yet.
        """
        work = hand.work
        draft, incident = self.letter(work)
        if draft is None or incident is None or work.draft_id is None:
            raise InputError(words().write.no_letter)
        store = self.desk.store
        last = store.drafts.versions(work.draft_id)[-1]
        is_edited = last.draft.text != work.text or last.draft.passed != draft.passed
        if is_edited or last.draft.status != draft.status:
            store.drafts.finish(work.draft_id, draft, number=last.number + 1, by=(hand.who or "page") if is_edited else "drafter")
            work.version = last.number + 1
        return draft, incident


def incident_in(work: Working) -> Incident:
    """The incident that the form states.

    Raises:
        InputError: the facts do not hold together.
    """
    money.completed(work.facts, work.ticket)
    stated = form.closed(work.facts)
    if "thread" not in stated and (wrote := _wrote(work.ticket)):
        stated["thread"] = [{"by": "customer", "text": wrote}]  # what they wrote is so as far as they said it
    incident = incident_from(stated)
    if past := days.past(work.facts, incident):
        raise InputError([Complaint(words().facts.past, path) for path in past])
    return incident


def _wrote(ticket: str) -> str:
    """What of a ticket that was pasted is kept with the facts: its beginning, without characters that nobody sees."""
    return _UNSEEN.sub(" ", ticket)[:_LONGEST].strip()


def complaints(work: Working) -> dict[str, str]:
    """What is wrong with the facts of the form, by the name of the field that it stands beside."""
    try:
        incident_in(work)
    except InputError as error:
        return complaining.beside(error.complaints)
    return {}


def _proposed(problem: Mapping[str, Any], company: str) -> list[str]:
    """The clauses that own what is typed, while none stands there: one, or each of those that only a person can choose between."""
    said = str(problem.get("what") or "")
    what = re.sub(r"^you (?:told us|wrote|said) (?:that )?", "", said).strip("“”")
    if what != said:
        what = re.sub(r"^your\b", "our", what)  # in their own words, "your men" are ours
    found = () if problem.get("ours") else propose(what, company)
    alike = [one.ours for one in found if one.what == found[0].what and " missing" in one.what]
    return alike or [one.ours for one in found[:1]]
