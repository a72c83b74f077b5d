"""A report on prose as one on the text that the prose was read from: every place is one of the original."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from drafter.checks.report import Claim, Covered, Finding, Fix, Report
from drafter.checks.ruleset import RuleSet
from drafter.errors import Complaint, InputError
from drafter.markup import read_prose
from drafter.markup.comments import line_at
from drafter.markup.prose import Prose


def heed(prose: Prose, rules: RuleSet) -> None:
    """See that the comments in a text name rules that are there.

    Raises:
        InputError: one does not; all complaints at once, with lines.
    """
    known = rules.by_finding
    unknown = [
        Complaint(
            f"a comment names the rule '{name.rule}', which is not there; {unknown_rule(name.rule, known)}",
            line=line_at(prose.original, name.at),
        )
        for name in prose.named
        if name.rule not in known
    ]
    if unknown:
        raise InputError(unknown)


def unknown_rule(name: str, known: Collection[str]) -> str:
    """What to do about a rule that is not known: "did you mean 'missing-impact'?"."""
    missing = f"missing-{name}"
    return f"did you mean '{missing}'?" if missing in known else nearest(name, known, "drafter rules lists them.")


def nearest(name: str, names: Iterable[str], otherwise: str) -> str:
    """A hint at the name that was meant: "did you mean 'excuse'?", or `otherwise` where none is near."""
    near = difflib.get_close_matches(name, sorted(names), 1, 0.5)
    return f"did you mean '{near[0]}'?" if near else otherwise


def located(report: Report, prose: Prose) -> Report:
    """The report with places of the original; findings and claims hold exactly what stands there."""
    if not (prose.pieces or prose.outer):
        return report
    return report.model_copy(
        update={
            "findings": tuple(_found(finding, prose) for finding in report.findings),
            "claims": tuple(_claimed(claim, prose) for claim in report.claims),
            "coverage": tuple(_covered(item, prose) for item in report.coverage),
        }
    )


def _found(finding: Finding, prose: Prose) -> Finding:
    start, end = prose.place(finding.start, finding.end)
    message = finding.message
    if prose.encoded and finding.text:  # what stands there is nothing that a person can read
        message = f"“{finding.text}” in the encoded text. {message}"
    moved = {"start": start, "end": end, "text": prose.original[start:end], "message": message, "fix": _fixed(finding, prose, start)}
    return finding.model_copy(update=moved)


def _fixed(finding: Finding, prose: Prose, start: int) -> Fix | None:
    """The change in places of the original; none where markup or an encoding stands among its words."""
    fix = finding.fix
    if fix is None:
        return None
    first, last = prose.place(finding.start + fix.offset, finding.start + fix.offset + len(fix.replaces))
    stands = prose.original[first:last]
    if read_prose(stands, "text").text != fix.replaces:  # line ends and what shows nothing may differ
        return None
    put = fix.put.replace("\n", "\r\n") if "\r\n" in stands else fix.put
    return fix.model_copy(update={"offset": first - start, "replaces": stands, "put": put})


def _claimed(claim: Claim, prose: Prose) -> Claim:
    start, end = prose.place(claim.start, claim.end)
    return claim.model_copy(update={"start": start, "end": end, "text": prose.original[start:end]})


def _covered(item: Covered, prose: Prose) -> Covered:
    return item.model_copy(update={"span": prose.place(*item.span)}) if item.span else item
