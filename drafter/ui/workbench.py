"""The workbench of the page: the reply in hand, taken up for one act, shown, and its letter checked as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafter.draft import Draft, Status
from drafter.errors import Complaint, InputError
from drafter.incident import Action, Incident, incident_from
from drafter.incident.fragments import propose
from drafter.jobs import Jobs
from drafter.store import Store
from drafter.ticket import questions
from drafter.ui import facts as form
from drafter.ui import letter, working
from drafter.ui.panel import Act, Answer
from drafter.ui.readings import Readings
from drafter.ui.saying import render, words
from drafter.ui.working import Working
from drafter.writer import Writer

_TICKET = 200_000  # characters that are read of a ticket
_ASKED = 3  # questions at a time


@dataclass(frozen=True)
class Desk:
    """What the pages stand on."""

    writer: Writer
    store: Store
    jobs: Jobs
    examples: Mapping[str, Path]


@dataclass
class Hand:
    """One act's work in hand, whose it is, and the answer as it grows."""

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
            "questions": self._questions(work),
            "with_model": self.desk.writer.model is not None,
        }

    def _questions(self, work: Working) -> list[dict[str, Any]]:
        """The weightiest things still to say; nothing is asked before there is something to ask about."""
        if not any((problem.get("what") or "").strip() for problem in work.facts["problems"]):
            return []
        try:
            incident = incident_in(work, draft=True)
        except InputError:
            return []
        known = {"fixes", "remedies", "ours", "fault", "next"}
        return [
            {"key": question.key, "text": question.text, "why": question.why, "add": question.key.rpartition(".")[2] in known}
            for question in questions(incident)
            if not (question.key.endswith(".ours") and not form.admits(work.facts, question.key))
        ][:_ASKED]

    def _letter_view(self, work: Working, draft: Draft | None, incident: Incident | None) -> dict[str, Any]:
        shown: dict[str, Any] = {"draft": draft, "under": work.under, "trouble": work.trouble, "findings": [], "reviews": ()}
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
            "changed": letter.difference(work.before[-1].text, work.text) if work.before else [],
            "reviews": reviews,
        }

    def take(self, act: Act) -> Hand:
        """The work that an act is about; a new one where it names none, or one that is gone or somebody else's."""
        named = act.data.get("work", "")
        found = working.take_up(self.desk.store, named, act.who) if named and act.name != "new" else None
        if found is not None:
            return Hand(named, act.who, found, act, Answer())
        work_id, work = working.begin(self.desk.store, act.who)
        gone = bool(named) and act.name != "new"
        answer = Answer(address=f"?work={work_id}", say=words().write.gone if gone else "")
        return Hand(work_id, act.who, work, act, answer)

    def enter(self, hand: Hand) -> None:
        """Put what was typed into the work; the other fields may be older than what another window has put there."""
        act, work = hand.act, hand.work
        for name, value in act.fields.items():
            if name not in act.typed:
                continue
            if name == "ticket":
                work.ticket = str(value)[:_TICKET]
            elif name.startswith("fact."):
                form.put(work.facts, name.removeprefix("fact."), value)
        if "letter" in act.typed and work.draft_id and work.under is None:
            work.text = act.text("letter")

    def show(self, hand: Hand, *, facts: bool = False, entry: bool = False) -> None:
        """Put the letter, and the facts where they changed, into the answer."""
        work, answer = hand.work, hand.answer
        draft, incident = self.letter(work)
        view = self.shown(hand.id, work, draft, incident)
        if facts:
            answer.parts["facts"] = self._facts_part(view)
            answer.values["ticket"] = work.ticket
        answer.parts |= {name: render(f"{name}.html", **view) for name in ("reading", "status", "tools", "notes")}
        answer.parts["recent"] = render("recent.html", recent=self._recent(hand), id=hand.id)
        answer.values["letter"] = work.text
        answer.marks["letter"] = letter.in_browser_units(work.text, letter.marks(view["findings"]))
        answer.entry = entry
        if work.under is not None:
            answer.again = "poll"

    @staticmethod
    def _facts_part(view: Mapping[str, Any]) -> str:
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
        return letter.standing(draft, incident, released=self.is_released(work), outdated=bool(work.wrong))

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
        incident = store.incidents.get(store.drafts.get(work.draft_id).incident_id).incident
        incident = self._with_owners(work, incident)
        if work.text == start.text and work.passed == start.passed:
            return start, incident
        return self.desk.writer.edited(start, work.text or " ", incident, passed=work.passed), incident

    @staticmethod
    def _with_owners(work: Working, incident: Incident) -> Incident:
        """The incident with the owners that were named since it was accepted."""
        stated = form.plans(work.facts)

        def owned(actions: tuple[Action, ...]) -> tuple[Action, ...]:
            owners = [form.owner_of(work.facts, stated[action.will]) if action.will in stated else None for action in actions]
            return tuple(action.model_copy(update={"owner": owner or action.owner}) for action, owner in zip(actions, owners, strict=True))

        problems = tuple(problem.model_copy(update={"fixes": owned(problem.fixes)}) for problem in incident.problems)
        return incident.model_copy(update={"next": owned(incident.next), "problems": problems})

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
        if last.draft.text != work.text or last.draft.passed != draft.passed:
            store.drafts.finish(work.draft_id, draft, number=last.number + 1, by=hand.who or "page")
            work.version = last.number + 1
        return draft, incident

    @staticmethod
    def back(work: Working) -> None:
        """The letter before, where there was one."""
        if not work.before:
            work.draft_id, work.version, work.text, work.passed = None, 0, "", ()
            return
        step = work.before[-1]
        work.before = work.before[:-1]
        work.draft_id, work.version, work.text, work.passed = step.draft_id, step.version, step.text, step.passed


def incident_in(work: Working, *, draft: bool = False) -> Incident:
    """The incident that the form states; as a `draft`, what is still missing is filled in so that questions can be asked.

    Raises:
        InputError: the facts do not hold together.
    """
    data = form.closed(work.facts)
    if draft:
        data = {**data, "company": data.get("company") or {"name": "us"}, "signer": data.get("signer") or {"name": "me"}}
        problems = [problem for problem in data["problems"] if problem.get("what")]
        asked = [{**problem, "fault": "unknown"} if _admits_nothing(problem) else problem for problem in problems]
        data = {**data, "problems": asked}
        return incident_from(data)
    incident = incident_from(data)
    if past := form.past(work.facts, incident):
        raise InputError([Complaint(words().facts.past, path) for path in past])
    return incident


def _proposed(problem: Mapping[str, Any], company: str) -> str:
    """The clause that owns what is typed, while none stands there."""
    found = () if problem.get("ours") else propose(problem.get("what") or "", company)
    return found[0].ours if found else ""


def _admits_nothing(problem: Mapping[str, Any]) -> bool:
    return problem.get("fault") in ("ours", "shared") and not problem.get("ours")
