"""The note that agents see: the draft, how far it is to be trusted, and what to ask; a marker says whose it is."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from drafter.draft import Draft
from drafter.helpdesk.records import Note

TITLE = "DRAFT by Drafter - not sent to the customer"
_STATUS = {
    "ready": "Ready: read it, change what you like, and send it yourself.",
    "needs_review": "Needs a person first:",
    "blocked": "Blocked: it must not go out as it is, so it is not shown here.",
}
_OUTDATED = "The customer wrote again after this draft was begun. Read that message first: the draft does not answer it."
_MARKER = re.compile(r"\[drafter:(dr_[0-9a-z]{1,64})\]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()>#+\-.!|~])")
_SEVERITIES = ("error", "warning")


def build_note(draft_id: str, draft: Draft, *, questions: Sequence[str] = (), outdated: bool = False) -> Note:
    """The note for a draft; `questions` are asked in their order, `outdated` when the customer wrote meanwhile.

    A blocked draft's text is left out: nobody can send by mistake what is not there.
    """
    blocks = [block for block in _blocks(draft, questions, outdated=outdated) if block[1]]
    mark = marker(draft_id)
    plain = "\n\n".join([TITLE, *(f"{head}\n{body}" if head else body for head, body in blocks), mark])
    parts = [f"<p><strong>{html.escape(TITLE)}</strong></p>", *(_html(head, body) for head, body in blocks), f"<p>{mark}</p>"]
    return Note(draft_id, plain, "".join(parts))


def marker(draft_id: str) -> str:
    """The words by which a note of ours is known again."""
    return f"[drafter:{draft_id}]"


def marked(text: str) -> str | None:
    """The draft that a note's text names as its own, whatever a helpdesk's Markdown escaped in it."""
    found = _MARKER.search(text.replace("\\", ""))
    return found[1] if found else None


def markdown(note: Note) -> str:
    """The note for helpdesks that read Markdown: nothing in it is a link, a heading or a tag, and the marker stays as it is."""
    *lines, mark = note.plain.split("\n")
    return "\n".join([*(_escaped(line) for line in lines), mark])


def _escaped(line: str) -> str:
    line = line.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"^(\s*(?:\d+[.)]|[-+*#>=~|]+))|([\\`*_\[\]])", lambda found: _MARKDOWN.sub(r"\\\1", found[0]), line)


def _blocks(draft: Draft, questions: Sequence[str], *, outdated: bool) -> list[tuple[str, str]]:
    shown = draft.status != "blocked"
    subject = f"Subject: {draft.subject}\n\n" if draft.subject else ""
    findings = [finding for finding in draft.findings if finding.severity in _SEVERITIES]
    return [
        ("", _OUTDATED if outdated else ""),
        (_STATUS[draft.status], "\n".join(f"- {reason}" for reason in draft.reasons) or " "),
        ("Please find out, the most important first:", "\n".join(f"{i}. {question}" for i, question in enumerate(questions, 1))),
        ("----- draft -----", f"{subject}{draft.text}\n----- end of draft -----" if shown else ""),
        ("What the check says:", "\n".join(f"- {finding.severity}: {_about(finding.text)}{finding.message}" for finding in findings)),
    ]


def _about(words: str) -> str:
    return f'"{" ".join(words.split())}": ' if words else ""


def _html(head: str, body: str) -> str:
    lines = "<br>".join(html.escape(line) for line in body.strip().split("\n"))
    return f"<p><strong>{html.escape(head)}</strong><br>{lines}</p>" if head else f"<p><strong>{lines}</strong></p>"
