"""Check: any reply, judged as it is typed, beside what it was at first."""

from __future__ import annotations

from typing import Any, get_args

from drafter.checks import Report
from drafter.checks.rewriting.fixing import fix
from drafter.errors import TextError
from drafter.incident import Kind
from drafter.ui import letter
from drafter.ui.panel import Act, Answer, panel
from drafter.ui.saying import render, words
from drafter.ui.workbench import Desk

_LONGEST = 1_000_000


def page(desk: Desk) -> None:
    """The page, within the blocks that are open."""
    panel("check", render("check.html", **_view("", "", None)), Checking(desk))


class Checking:
    """What can be done at the page; it keeps nothing, and the browser keeps what is typed over a reload."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, act: Act) -> Answer:
        """Check the text as it stands, after what was asked for is done to it."""
        text, first = act.text("text")[:_LONGEST], act.text("first") or act.text("text")
        answer = Answer()
        if act.name == "again":
            first, answer.say = text, words().check.began
        report = self._report(text, act)
        if report is not None and act.name == "rewrite":
            item = next((one for one in letter.found(report.findings) if str(one["number"]) == act.data.get("number")), None)
            if item is not None:
                text, answer.say = letter.rewritten(text, letter.finding_of(item, report.findings)), words().check.rewritten
        if report is not None and act.name == "fix":
            fixed = fix(text, lambda words_now: self._report(words_now, act) or Report())
            text, answer.say = fixed.text, letter.said_of(fixed.mended)
        if act.name == "undo":
            answer.say = words().check.undone if text != first else words().check.nothing_before
            text = first
        report = self._report(text, act)
        view = _view(text, first, report)
        answer.parts = {
            "again": render("again.html", **view),
            "verdict": render("verdict.html", **view),
            "result": render("result.html", **view),
        }
        answer.values = {"first": first} | ({"text": text} if text != act.text("text") else {})
        answer.marks["text"] = letter.in_browser_units(text, letter.marks(view["findings"]))
        return answer

    def _report(self, text: str, act: Act) -> Report | None:
        kind: Any = act.text("kind") if act.text("kind") in get_args(Kind) else None
        try:
            return self._desk.writer.check(text, kind=kind) if text.strip() else None
        except TextError:
            return None


def _view(text: str, first: str, report: Report | None) -> dict[str, Any]:
    findings = letter.found(report.findings) if report else []
    worst = next((level for level in ("error", "warning") if any(one["severity"] == level for one in findings)), None)
    return {
        "text": text,
        "report": report,
        "findings": findings,
        "status": {"error": "blocked", "warning": "needs_review", None: "ready"}[worst],
        "owed": [{"name": name, "state": state} for name, state in report.elements.items() if state in ("missing", "present")]
        if report
        else [],
        "changed": letter.difference(first, text) if report and first != text else [],
        "can_pass": False,
    }
