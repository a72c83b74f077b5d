"""One check of one text: what the rules flag and which elements are there, and what only facts can tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from drafter.checks.banned import banned
from drafter.checks.clauses import analyse
from drafter.checks.engine import RuleSet, first_spans, scan
from drafter.checks.report import ELEMENTS, ElementState, Finding, Report
from drafter.checks.rewriting.propose import Proposer, propose
from drafter.checks.scapegoat import colleagues
from drafter.checks.waived import Waived
from drafter.markup.prose import Prose

if TYPE_CHECKING:
    from drafter.incident import Incident, Kind


def review(
    prose: Prose, rules: RuleSet, incident: Incident | None, *, kind: Kind | None, as_of: datetime | None, public: bool = False
) -> Report:
    """The report on a text, in places of its prose; see `drafter.checks.check`. Without an incident, it may stand in `public`."""
    if not (incident or kind):
        return _bare(prose, rules, public=public)
    from drafter.checks.owing import review_facts, review_kind  # facts cost a command a fifth of its time; a bare text has none

    if incident is not None:
        return review_facts(prose, incident, rules, kind=kind, as_of=as_of)
    return review_kind(prose, kind, rules, public=public) if kind else _bare(prose, rules, public=public)


def _bare(prose: Prose, rules: RuleSet, *, public: bool) -> Report:
    document = analyse(prose.text, silences=prose.silences)
    seen = first_spans(document, rules)
    states: dict[str, ElementState] = {element: "present" if element in seen else "not_owed" for element in ELEMENTS}
    flags = scan(document, rules, public=public)
    settled = Waived(document, rules).settle([*flags, *colleagues(document, rules, flags), *banned(document, rules)])
    return Report(findings=ordered(propose(settled, Proposer(document, rules.language, seen))), elements=states)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the text."""
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.rule)))
