"""What holds for the places of any prose and of any finding in a text with markup."""

from __future__ import annotations

from drafter import check
from drafter.incident import Incident
from drafter.markup import Markup, read_prose


def hold(text: str, markup: Markup) -> None:
    """Each character has its place, in order and inside the text; copied ones are the very same."""
    prose, last = read_prose(text, markup), 0
    for at in range(len(prose.text)):
        start, end = prose.place(at, at + 1)
        assert last <= start <= end <= len(text)
        last = start
    for piece in prose.pieces:
        if piece.verbatim and not prose.outer:
            assert prose.text[piece.at : piece.at + piece.end - piece.start] == text[piece.start : piece.end]


def exact(text: str, markup: Markup, incident: Incident | None = None) -> None:
    """Findings and claims are exactly what stands in the text where they say."""
    report = check(text, incident, markup=markup)
    for finding in report.findings:
        assert text[finding.start : finding.end] == finding.text
        assert finding.text or finding.start == finding.end == len(text)
    assert all(text[claim.start : claim.end] == claim.text for claim in report.claims)
    assert [finding.start for finding in report.findings] == sorted(finding.start for finding in report.findings)
