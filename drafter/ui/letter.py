"""A draft as HTML: its status in words, the letter with its findings highlighted, and why; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from drafter.checks.report import Finding
from drafter.draft import Draft
from drafter.incident import Incident
from drafter.ui import words

_ORDER = ("error", "warning", "suggestion")


def shown(draft: Draft, incident: Incident) -> str:
    """The whole result of one draft of that incident."""
    return "".join(
        (
            _status(draft),
            _subject(draft),
            f'<div class="letter">{highlighted(draft.text, draft.findings)}</div>',
            _findings(draft.findings),
            *_remarks(draft, incident),
        )
    )


def refused(lines: Sequence[str], heading: str = words.WRONG_FACTS) -> str:
    """What keeps a reply from being written, one line each."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="status blocked" role="alert">{escape(heading)}</div><ul class="complaints">{items}</ul>'


def highlighted(text: str, findings: Sequence[Finding]) -> str:
    """`text` as HTML with each flagged span marked by severity, and numbered as in the list of findings."""
    spans = [(number, finding) for number, finding in enumerate(findings, 1) if finding.end > finding.start]
    edges = sorted({0, len(text), *(edge for _, finding in spans for edge in (finding.start, finding.end))})
    return "".join(_piece(text, start, end, spans) for start, end in pairwise(edges))


def _piece(text: str, start: int, end: int, spans: Sequence[tuple[int, Finding]]) -> str:
    over = [(number, finding) for number, finding in spans if finding.start <= start and finding.end >= end]
    words_here = escape(text[start:end])
    if not over:
        return words_here
    worst = min((finding.severity for _, finding in over), key=_ORDER.index)
    ending = " ".join(str(number) for number, finding in over if finding.end == end)
    numbers = f' data-n="{ending}"' if ending else ""
    why = escape(" ".join(finding.message for _, finding in over), quote=True)
    return f'<mark class="{worst}"{numbers} title="{why}">{words_here}</mark>'


def _status(draft: Draft) -> str:
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in draft.reasons)
    listed = f"<ul>{reasons}</ul>" if reasons else ""
    return f'<div class="status {draft.status}" role="status">{escape(words.STATUS[draft.status])}{listed}</div>'


def _subject(draft: Draft) -> str:
    return f'<p class="subject"><span>{words.SUBJECT}</span> {escape(draft.subject)}</p>' if draft.subject else ""


def _findings(findings: Sequence[Finding]) -> str:
    if not findings:
        return f"<p>{words.NO_FINDINGS}</p>"
    items = "".join(_finding(finding) for finding in findings)
    return f'<h2>{words.FINDINGS}</h2><ol class="findings">{items}</ol>'


def _finding(finding: Finding) -> str:
    quoted = f"<q>{escape(finding.text)}</q> " if finding.text else ""
    instead = "" if finding.rewrite is None else f'<div class="instead">{_instead(finding.rewrite)}</div>'
    label = f'<span class="tag {finding.severity}">{words.SEVERITY[finding.severity]}</span> <code>{escape(finding.rule)}</code>'
    return f"<li>{label}<div>{quoted}{escape(finding.message)}</div>{instead}</li>"


def _instead(rewrite: str) -> str:
    return f"{words.INSTEAD}: <q>{escape(rewrite)}</q>" if rewrite else words.LEAVE_OUT


def _remarks(draft: Draft, incident: Incident) -> Iterator[str]:
    if draft.withheld_text:
        yield f'<details><summary>{words.WITHHELD_TEXT}</summary><div class="letter">{escape(draft.withheld_text)}</div></details>'
    for left in draft.left_out:
        yield f"<p>{words.LEFT_OUT}: <q>{escape(incident.fact(left.fact).text)}</q> ({escape(left.because)})</p>"
    model = draft.provenance.model
    yield f'<p class="made">{escape(words.MADE_WITH.format(model=model) if model else words.MADE)}</p>'
