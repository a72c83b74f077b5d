"""Review: the drafts that wait for a second person, each with what was found and how it came about, approved or sent back.

Of what was sent, some are drawn for a second look.
"""

from __future__ import annotations

import difflib
from itertools import pairwise
from typing import Any, cast, get_args

from drafter import spreadsheet
from drafter.draft import Draft
from drafter.errors import InputError
from drafter.incident import Incident
from drafter.privacy import mask_cards
from drafter.store import DraftRecord, VersionRecord
from drafter.store.queue import Show
from drafter.store.records import Verdict
from drafter.ui import letter
from drafter.ui.panel import Act, Answer, panel
from drafter.ui.sampling import Sampling
from drafter.ui.saying import render, words
from drafter.ui.workbench import Desk

_QUEUED = ["id", "created", "status", "verdict", "reason", "subject", "queue", "findings", "version", "sent"]
_SAMPLED = ["id", "created", "verdict", "reason", "weight", "risks"]
_PAGE = 50  # drafts
_BATCH, _EXPORTED = 500, 10_000  # rows that are read at once for a file, and that one takes


def page(desk: Desk) -> None:
    """The page, within the blocks that are open."""
    panel("review", render("review.html", items=[], chosen="", draft=None, skip=0, more=False, sample=None), Reviewing(desk))


class Reviewing:
    """What can be done at the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sampling = Sampling(desk)

    def __call__(self, act: Act) -> Answer:
        """Show the queue and the draft that was chosen, after what was decided about it is kept."""
        answer = Answer()
        if act.name == "save":
            return answer  # what is typed stays in the browser until it is decided
        is_sample = act.text("show") == "sample"
        chosen = act.data.get("draft") or act.text("chosen")
        if act.name in get_args(Verdict) and chosen:
            answer.say = self._sampling.judged(act, chosen) if is_sample else self._decided(act, chosen)
            chosen = "" if answer.say in (words().review.said[name] for name in get_args(Verdict)) else chosen
        skip = _skipped(act)
        view: dict[str, Any] = self._sampling.view(act) if is_sample else self._queue(act, skip)
        items = view["items"]
        if act.name == "csv":
            every = items if is_sample else self._every(act)
            answer.file = {"name": "sample.csv" if is_sample else "drafts.csv", "type": "text/csv", "text": as_csv(every)}
        ids = [item["id"] for item in items]
        if act.name in ("next", "previous") and ids:
            at = ids.index(chosen) if chosen in ids else -1
            chosen = ids[max(0, min(len(ids) - 1, at + (1 if act.name == "next" else -1)))]
        elif ids and (not chosen or (chosen not in ids and act.name in ("list", "newer", "older"))):
            chosen = ids[0]
        view |= {"chosen": chosen, **self._draft_view(chosen, is_sample)}
        answer.parts = {"queue": render("queue.html", **view), "sampling": render("sampling.html", **view)}
        if act.name != "list" or chosen != act.text("chosen"):
            answer.parts["draft"] = render("reviewed.html", **view)
            answer.values["edit"] = view["text"]
        answer.values |= {"chosen": chosen, "skip": str(skip)}
        return answer

    def _decided(self, act: Act, draft_id: str) -> str:
        """Keep the decision, and say so; or say why it cannot be."""
        told = words().review
        verdict = cast("Verdict", act.name)
        record, draft, incident = self._read(draft_id)
        reason = act.text("reason").strip()
        if str(record.version) != act.text("version"):
            return str(told.changed)
        if verdict == "reject" and not reason:
            return str(told.why)
        text = mask_cards(act.text("edit")) if verdict == "edit" else None
        again = draft.text if text is None and incident.approved is not None else text  # other remedies may be approved by now
        judged = self._desk.writer.edited(draft, again, incident, passed=draft.passed) if again is not None else draft
        held = judged.status == "blocked"
        if held and verdict != "reject":
            return str(told.blocked)
        if text is not None:
            version = self._desk.store.drafts.finish(draft_id, judged, number=record.version + 1, by=act.who or "reviewer").version
        else:
            version = record.version
        self._desk.store.reviews.add(
            draft_id,
            version=version,
            verdict=verdict,
            by=act.who or None,
            reason=reason or None,
            text=text,
            findings=judged.findings if text is not None else (),
            diff="" if text is None else "\n".join(difflib.unified_diff(draft.text.splitlines(), text.splitlines(), lineterm="")),
        )
        return str(told.said[verdict])

    def _queue(self, act: Act, skip: int) -> dict[str, Any]:
        found = self._desk.store.queue.page(_show(act), sought=act.text("sought"), limit=_PAGE + 1, skip=skip)
        items = [vars(item) for item in found[:_PAGE]]
        return {"items": items, "skip": skip, "more": len(found) > _PAGE, "sample": None}

    def _every(self, act: Act) -> list[dict[str, Any]]:
        """All that the filters let through, as far as a file takes it."""
        every: list[dict[str, Any]] = []
        while len(every) < _EXPORTED:
            found = self._desk.store.queue.page(_show(act), sought=act.text("sought"), limit=_BATCH, skip=len(every))
            every += map(vars, found)
            if len(found) < _BATCH:
                break
        return every

    def _read(self, draft_id: str) -> tuple[DraftRecord, Draft, Incident]:
        record = self._desk.store.drafts.get(draft_id)
        if record.draft is None:
            raise InputError(words().review.gone)
        return record, record.draft, self._desk.store.incidents.get(record.incident_id).incident

    def _draft_view(self, draft_id: str, is_sample: bool) -> dict[str, Any]:
        if not draft_id:
            return {"draft": None, "text": ""}
        record, draft, incident = self._read(draft_id)
        versions = self._desk.store.drafts.versions(draft_id)
        sent = next(reversed(self._desk.store.sent.of(draft_id)), None) if is_sample else None
        text, found = (draft.text, draft.findings) if sent is None else (sent.text, sent.findings)
        findings = letter.found(found, draft.passed)
        return {
            "draft": draft,
            "record": record,
            "sent": sent,
            "text": text,
            "status": draft.status,
            "reasons": letter.reasons(draft),
            "findings": findings,
            "pieces": _pieces(text, findings),
            "owed": letter.owed(draft),
            "sources": letter.sources(draft, incident),
            "reviews": self._desk.store.reviews.of(draft_id),
            "versions": _versions(versions),
            "can_pass": False,
            "can_change": False,
        }


def _show(act: Act) -> Show:
    return cast("Show", act.text("show")) if act.text("show") in get_args(Show) else "waiting"


def _skipped(act: Act) -> int:
    """How many drafts stand before this page of the queue; another filter begins again."""
    before = int(act.text("skip")) if act.text("skip").isdecimal() else 0
    return max(0, before + {"newer": -_PAGE, "older": _PAGE, "list": -before, "typed": -before}.get(act.name, 0))


def _versions(versions: tuple[VersionRecord, ...]) -> list[dict[str, Any]]:
    """Every version, the newest first, each with what it changed."""
    befores = ["", *(version.draft.text for version in versions)]
    shown = [
        {"number": one.number, "by": one.by, "created": one.created, "runs": letter.difference(before, one.draft.text) if before else []}
        for before, one in zip(befores, versions, strict=False)
    ]
    return shown[::-1]


def _pieces(text: str, findings: list[letter.Found]) -> list[dict[str, Any]]:
    """The text in runs, each with the gravest finding that it stands in."""
    marks = letter.marks(findings)
    edges = sorted({0, len(text), *(mark[edge] for mark in marks for edge in ("start", "end"))})
    runs = []
    for start, end in pairwise(edges):
        over = [mark["severity"] for mark in marks if mark["start"] <= start and end <= mark["end"]]
        level = next((one for one in ("error", "warning", "suggestion") if one in over), "")
        runs.append({"text": text[start:end], "level": level})
    return runs


def as_csv(items: list[dict[str, Any]]) -> str:
    """The list for a spreadsheet, with nothing in it that one would run."""
    columns = _SAMPLED if items and "weight" in items[0] else _QUEUED
    return spreadsheet.as_csv([columns, *([str(item[column]) if item[column] is not None else "" for column in columns] for item in items)])
