"""Applying safe fixes to a text, each only where the text is the better for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from drafter.checks.report import Finding, Report
from drafter.checks.rewriting.cut import Edit

Check = Callable[[str], Report]
_RANK = {"error": 2, "warning": 1, "suggestion": 0}
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][A-Za-z][\w'’-]*")
_DEFLECTS = ("blame-customer", "blame-other", "denial")  # words that own nothing, whatever they seem to show
_WORD = re.compile(r"\w+")
_FACT = 4  # words of which a clause of the facts has more
_CHECKS, _CHARACTERS = 30, 4_000_000  # the fewest checks that a text gets, and how much may be read in all
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Fixed:
    """A text with its safe fixes applied, the reports on it and on what it was, and the findings whose fixes were applied, in order."""

    text: str
    report: Report
    before: Report
    applied: tuple[Finding, ...] = ()

    @property
    def mended(self) -> int:
        """How many findings are gone: those whose fixes were applied, and those that went with them."""
        return len(self.before.findings) - len(self.report.findings)


@dataclass(frozen=True)
class _Change:
    finding: Finding
    edit: Edit
    replaces: str

    @property
    def added(self) -> set[str]:
        """The words that it brings into the text."""
        return set(_WORD.findall(self.edit.put.lower())) - set(_WORD.findall(self.replaces.lower()))


class _Patient:
    """A check that is made once for each text, as often as there is patience for."""

    def __init__(self, check: Check, *, most: int) -> None:
        self._check, self._most = check, most
        self._seen: dict[str, Report] = {}

    def __call__(self, text: str) -> Report:
        if text not in self._seen:
            self._seen[text] = self._check(text)
        return self._seen[text]

    @property
    def tired(self) -> bool:
        return len(self._seen) >= self._most


def fix(text: str, check: Check) -> Fixed:
    """The text with every safe fix that brings no new finding and takes no claim, element, number or name.

    Of fixes that meet, the graver finding's is applied; the other is looked at again afterwards. Running it on its own
    result changes nothing, but for texts of many pages: there, what takes too many checks is left for another run.

    Raises:
        DrafterError: whatever `check` raises.
    """
    look = _Patient(check, most=max(_CHECKS, _CHARACTERS // len(text)))
    before = look(text)
    state, refused = Fixed(text, before, before), set[_Change]()
    while changes := _changes(state, refused):
        if chosen := _accepted(state, changes, look):
            new = _edited(state.text, chosen)
            state, refused = Fixed(new, look(new), before, (*state.applied, *(change.finding for change in chosen))), set()
        else:
            refused |= set(changes)  # then a fix that met one of them has its turn
    return state


def _changes(state: Fixed, refused: Set[_Change]) -> list[_Change]:
    """The safe fixes that stand where they say and are not refused, the graver first where two meet, in the order of the text."""
    found = [change for finding in state.report.findings if (change := _change(state.text, finding)) and change not in refused]
    kept: list[_Change] = []
    for change in sorted(found, key=lambda c: (-_RANK[c.finding.severity], c.edit.start - c.edit.end, c.edit.start)):
        apart = all(change.edit.end <= other.edit.start or other.edit.end <= change.edit.start for other in kept)
        if apart and not any(_twice(change.added, other.added) for other in kept):
            kept.append(change)
    return sorted(kept, key=lambda change: change.edit.start)


def _twice(added: set[str], other: set[str]) -> bool:
    """Whether both bring the same fact: one is enough, and the other is looked at again when it stands there."""
    return len(added) >= _FACT and len(added & other) >= 0.8 * len(added)


def _change(text: str, finding: Finding) -> _Change | None:
    fix = finding.fix
    if fix is None or not fix.safe:
        return None
    start = finding.start + fix.offset
    end = start + len(fix.replaces)
    if start < 0 or text[start:end] != fix.replaces:  # the words stand otherwise in the source, with markup in them
        return None
    return _Change(finding, Edit(start, end, fix.put), fix.replaces)


def _accepted(state: Fixed, changes: Sequence[_Change], check: _Patient) -> list[_Change]:
    """Those changes that may stand together: all, or what is left of each half."""
    kept: list[_Change] = []
    waiting = [list(changes)] if changes else []
    while waiting and not check.tired:
        group = waiting.pop(0)
        if _better(state, sorted([*kept, *group], key=lambda change: change.edit.start), check):
            kept += group
        elif len(group) > 1:
            middle = len(group) // 2
            waiting[:0] = [group[:middle], group[middle:]]
    return sorted(kept, key=lambda change: change.edit.start)


def _edited(text: str, changes: Iterable[_Change]) -> str:
    parts, at = [], 0
    for change in changes:
        parts += [text[at : change.edit.start], change.edit.put]
        at = change.edit.end
    return "".join([*parts, text[at:]])


def _better(state: Fixed, changes: Sequence[_Change], check: Check) -> bool:
    """Whether the text says as much with these changes and nothing worse."""
    text = _edited(state.text, changes)
    if not text.strip() or not _keeps_values(state.text, text):
        return False
    report = check(text)
    return _keeps_facts(state.report, report, changes) and _nothing_new(state.report.findings, report.findings, changes)


def _keeps_values(before: str, after: str) -> bool:
    """Whether every number and every name of the text is still there."""
    return set(_NUMBER.findall(before)) <= set(_NUMBER.findall(after)) and all(name in after for name in _NAME.findall(before))


def _keeps_facts(before: Report, after: Report, changes: Sequence[_Change]) -> bool:
    """Whether every element, every covered fact and every claim that rests on a fact is still there."""
    deflected = {"ownership"} if any(change.finding.rule in _DEFLECTS for change in changes) else set()
    present = {element for element, state in before.elements.items() if state == "present"}
    told = {item.fact for item in before.coverage if item.span}
    claimed = Counter((claim.kind, claim.fact) for claim in before.claims if claim.fact)
    return (
        present - deflected <= {element for element, state in after.elements.items() if state == "present"}
        and told <= {item.fact for item in after.coverage if item.span}
        and set(claimed) <= {(claim.kind, claim.fact) for claim in after.claims}
    )


def _nothing_new(before: Sequence[Finding], after: Sequence[Finding], changes: Sequence[_Change]) -> bool:
    """Whether each finding was there before, as grave at the least, and those that were mended are gone."""
    mended = Counter(change.finding.rule for change in changes)
    old = Counter(key for finding in before for key in _keys(finding))
    new = Counter(key for finding in after for key in _keys(finding))
    if any(count > old[key] for key, count in new.items()):
        return False
    return all(new[rule, 0] <= old[rule, 0] - count for rule, count in mended.items())


def _keys(finding: Finding) -> list[tuple[str, int]]:
    """The rule with each severity up to the finding's own: a finding may become milder, and not graver."""
    return [(finding.rule, rank) for rank in range(_RANK[finding.severity] + 1)]
