"""Review: the drafts that wait for a second person, each with what was found and how it came about, approved or sent back."""

from __future__ import annotations

import csv
import difflib
import io
from itertools import pairwise
from typing import Any, cast, get_args

from drafter.draft import Draft
from drafter.errors import InputError
from drafter.incident import Incident
from drafter.privacy import mask_cards
from drafter.store import DraftRecord, ReviewRecord, VersionRecord
from drafter.store.records import Verdict
from drafter.ui import letter
from drafter.ui.panel import Act, Answer, panel
from drafter.ui.saying import render, words
from drafter.ui.workbench import Desk

_LOOKED_AT = 300  # of the newest drafts
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run: OWASP, "CSV Injection"
SHOW = ("waiting", "approve", "edit", "reject", "all")


def page(desk: Desk) -> None:
    """The page, within the blocks that are open."""
    panel("review", render("review.html", items=[], show="waiting", chosen="", draft=None, sought=""), Reviewing(desk))


class Reviewing:
    """What can be done at the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, act: Act) -> Answer:
        """Show the queue and the draft that was chosen, after what was decided about it is kept."""
        answer = Answer()
        if act.name == "save":
            return answer  # what is typed stays in the browser until it is decided
        chosen = act.data.get("draft") or act.text("chosen")
        if act.name in get_args(Verdict) and chosen:
            answer.say = self._decided(act, chosen)
            chosen = "" if answer.say in (words().review.said[name] for name in get_args(Verdict)) else chosen
        items = self._items(act)
        if act.name == "csv":
            answer.file = {"name": "drafts.csv", "type": "text/csv", "text": as_csv(items)}
        ids = [item["id"] for item in items]
        if act.name in ("next", "previous") and ids:
            at = ids.index(chosen) if chosen in ids else -1
            chosen = ids[max(0, min(len(ids) - 1, at + (1 if act.name == "next" else -1)))]
        elif not chosen and ids:
            chosen = ids[0]
        view = {"items": items, "chosen": chosen, **self._draft_view(chosen)}
        answer.parts = {"queue": render("queue.html", **view)}
        if act.name != "list" or chosen != act.text("chosen"):
            answer.parts["draft"] = render("reviewed.html", **view)
            answer.values["edit"] = view["text"]
        answer.values["chosen"] = chosen
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
        judged = self._desk.writer.edited(draft, text, incident, passed=draft.passed) if text is not None else draft
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

    def _items(self, act: Act) -> list[dict[str, Any]]:
        show = act.text("show") if act.text("show") in SHOW else "waiting"
        sought = act.text("sought").strip().lower()
        found = []
        for record in self._desk.store.drafts.page("done", limit=_LOOKED_AT):
            if record.draft is None or record.erased:
                continue
            reviews = self._desk.store.reviews.of(record.id)
            last = reviews[-1] if reviews and reviews[-1].version == record.version else None
            if _shown(show, record.draft, last) and sought in f"{record.id} {record.draft.subject or ''} {record.draft.text}".lower():
                found.append(_item(record, record.draft, last))
        return sorted(found, key=lambda item: ("blocked", "needs_review", "ready").index(item["status"]))

    def _read(self, draft_id: str) -> tuple[DraftRecord, Draft, Incident]:
        record = self._desk.store.drafts.get(draft_id)
        if record.draft is None:
            raise InputError(words().review.gone)
        return record, record.draft, self._desk.store.incidents.get(record.incident_id).incident

    def _draft_view(self, draft_id: str) -> dict[str, Any]:
        if not draft_id:
            return {"draft": None, "text": ""}
        record, draft, incident = self._read(draft_id)
        versions = self._desk.store.drafts.versions(draft_id)
        return {
            "draft": draft,
            "record": record,
            "text": draft.text,
            "status": draft.status,
            "reasons": list(draft.reasons),
            "findings": letter.found(draft.findings, draft.passed),
            "pieces": _pieces(draft.text, letter.found(draft.findings, draft.passed)),
            "owed": letter.owed(draft),
            "sources": letter.sources(draft, incident),
            "reviews": self._desk.store.reviews.of(draft_id),
            "versions": _versions(versions),
            "can_pass": False,
            "can_change": False,
        }


def _shown(show: str, draft: Draft, last: ReviewRecord | None) -> bool:
    if show == "waiting":
        return last is None and draft.status != "ready"
    return show == "all" or (last is not None and last.verdict == show)


def _item(record: DraftRecord, draft: Draft, last: ReviewRecord | None) -> dict[str, Any]:
    return {
        "id": record.id,
        "status": draft.status,
        "subject": draft.subject or " ".join(draft.text.split())[:70],
        "queue": (record.desk.queue or record.desk.helpdesk) if record.desk else "",
        "findings": len(draft.findings),
        "created": record.created,
        "version": record.version,
        "verdict": last.verdict if last else "",
        "reason": (last.reason or "") if last else "",
    }


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
    columns = ("id", "created", "status", "verdict", "reason", "subject", "queue", "findings", "version")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for item in items:
        writer.writerow([_harmless(str(item[column])) for column in columns])
    return out.getvalue()


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
