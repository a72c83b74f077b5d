"""A draft as a person has edited it: their words, checked like any other, with what they passed over and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.chain.finish import named, unsaid
from drafter.chain.standing import Standing, standing
from drafter.chain.steps import Work, begin
from drafter.chain.verdict import Faults, describe, doubts_of
from drafter.checks import Finding, Report, check
from drafter.checks.sensitive import reader
from drafter.draft import Draft, Passed, Section, Status
from drafter.house.tables import House
from drafter.incident import Incident


def edited(start: Draft, text: str, incident: Incident, *, house: House | None = None, passed: Sequence[Passed] = ()) -> Draft:
    """`start` with the words of `text`, word for word, and what the check of them says.

    What a person passed over no longer holds the draft back; an error among it leaves it to a second person. What a model's letter
    does not seem to say stays a reason to look, whatever else was changed.
    """
    work = begin(incident, house=house)
    report = check(text, incident, house=house)
    now = standing(start.model_copy(update={"text": text}), work.composed, incident)
    used = tuple(item for item in passed if any(item.is_of(finding) for finding in report.findings))
    open_findings = tuple(finding for finding in report.findings if not any(item.is_of(finding) for item in used))
    left = unsaid(replace(work, report=report))
    first = None if report.withheld else reader(incident)
    doubts = _doubts(now, work, report) if start.provenance.model and now.divided else {}
    return start.model_copy(
        update={
            "status": _status(report, open_findings, used, [*left, *doubts, *([first] if first else [])]),
            "reasons": tuple(_reasons(report, open_findings, used, left, doubts, first)),
            "text": text,
            "sections": _sections(start, text, now.letter.sections) if now.divided else start.sections,
            "findings": report.findings,
            "coverage": report.coverage,
            "claims": report.claims,
            "elements": dict(report.elements),
            "left_out": work.composed.left_out,
            "withheld": report.withheld,
            "score": report.score,
            "passed": used,
        }
    )


def _sections(start: Draft, text: str, found: Sequence[Section]) -> tuple[Section, ...]:
    """The sections of the edited letter; one that is as it was says of itself what it said before."""
    before = {section.name: section for section in start.sections}
    kept = []
    for section in found:
        old = before.get(section.name)
        if old is not None and old.text == section.text:
            kept.append(old)
        elif section.name == "subject" or section.text in text:
            kept.append(section)
    return tuple(kept)


def _doubts(now: Standing, work: Work, report: Report) -> Faults:
    """What the letter does not seem to say, under the section that owes it; its findings say the rest."""
    said = {describe(finding) for finding in report.findings}
    found = doubts_of(now.letter, report, work.incident, composed=work.composed, baseline=work.baseline)
    kept = {section.name: tuple(reason for reason in found.get(section.name, ()) if reason not in said) for section in now.letter.sections}
    return {name: reasons for name, reasons in kept.items() if reasons}


def _errors(report: Report, used: Sequence[Passed]) -> list[Finding]:
    return [finding for finding in report.errors if any(item.is_of(finding) for item in used)]


def _status(report: Report, left: Sequence[Finding], used: Sequence[Passed], absent: Sequence[str]) -> Status:
    if any(finding.severity == "error" for finding in left):
        return "blocked"
    warned = any(finding.severity == "warning" for finding in left)
    return "needs_review" if warned or report.withheld or absent or _errors(report, used) else "ready"


def _reasons(
    report: Report, left: Sequence[Finding], used: Sequence[Passed], unsaid: Sequence[str], doubts: Faults, first: str | None
) -> Iterator[str]:
    if first:
        yield first
    if report.withheld:
        held = report.withheld
        yield f"Sensitive ({', '.join(held.because)}): {', '.join(held.elements)} left out until released by {held.release}."
    if unsaid:
        yield f"Left out for lack of room: {'; '.join(unsaid)}; send it another way."
    for finding in left:
        if finding.severity != "suggestion":
            yield f"{'Blocked' if finding.severity == 'error' else 'Look at this'}: {describe(finding)}"
    for finding in _errors(report, used):
        yield f"Somebody else should look at this, as it was passed over: {describe(finding)}"
    for name, reasons in doubts.items():
        yield from (f"Look at part {named(name)}: {reason}" for reason in reasons)
