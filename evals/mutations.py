"""How many damaged letters the check catches, and how many good ones it disturbs: `python -m evals.mutations`.

Every example's composed letter is damaged in nine ways, one thing at a time. A mutant is caught when the check raises an
error or warning of grounding, or of something missing, that it does not raise for the letter as it was. False alarms are
counted on letters that people wrote from the same facts. Exit code 1 when either figure misses its aim.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from drafter.checks import Finding, check
from drafter.compose import compose
from drafter.incident import Incident, read_incident
from evals.counts import wilson
from evals.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
PARAPHRASES = ROOT / "tests" / "checks" / "data" / "paraphrases.jsonl"
CAUGHT_AIM = 0.95
FALSE_AIM = 0.03
LEAST = 400


@dataclass
class Tally:
    """How many of a kind there were, how many were caught, and those that were not."""

    tried: int = 0
    caught: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, caught: bool, what: str) -> None:
        """Count one more."""
        self.tried += 1
        self.caught += caught
        if not caught:
            self.missed.append(what)

    @property
    def share(self) -> float:
        """The share caught; 0 where nothing was tried."""
        return self.caught / self.tried if self.tried else 0.0


def counted(finding: Finding) -> bool:
    """Whether a finding counts here: an error or warning of grounding or of something missing."""
    return finding.severity in ("error", "warning") and finding.rule.startswith(("ungrounded-", "reversed-agent", "missing-"))


def _signs(text: str, incident: Incident) -> set[tuple[str, str, str]]:
    return {(finding.rule, finding.text, finding.message) for finding in check(text, incident).findings if counted(finding)}


def measure(examples: Iterable[Path]) -> dict[str, Tally]:
    """The tally of each kind of mutation over the composed letters of `examples`."""
    tallies: dict[str, Tally] = {}
    for path in examples:
        incident = read_incident(path)
        letter = compose(incident)
        before = _signs(letter.text, incident)
        for mutant in mutants(letter, incident):
            caught = bool(_signs(mutant.text, incident) - before)
            tallies.setdefault(mutant.kind, Tally()).add(caught, _told(path, mutant))
    return tallies


def _told(path: Path, mutant: Mutant) -> str:
    return f"{path.stem}: {mutant.change}"


def false_alarms(lines: Iterable[str]) -> Tally:
    """Paraphrases (JSON lines of example and text) with a finding that should not be; `missed` says which and why."""
    tally = Tally()
    for line in lines:
        row = json.loads(line)
        incident = read_incident(EXAMPLES / f"{row['example']}.yaml")
        wrong = [finding for finding in check(row["text"], incident).findings if counted(finding)]
        tally.tried += 1
        if wrong:
            tally.caught += 1
            tally.missed += [f"{row['example']}: {finding.rule} {finding.text!r} {finding.message}" for finding in wrong]
    return tally


def table(tallies: dict[str, Tally]) -> str:
    """The tallies as lines: kind, caught of tried, share and its 95% interval."""
    total = Tally(sum(t.tried for t in tallies.values()), sum(t.caught for t in tallies.values()))
    return "\n".join(row(kind, tally) for kind, tally in [*tallies.items(), ("all", total)])


def row(kind: str, tally: Tally) -> str:
    """A tally as one line."""
    low, high = wilson(tally.caught, tally.tried)
    return f"{kind:22}{tally.caught:5} of {tally.tried:4}  {tally.share:7.1%}  ({low:.1%} to {high:.1%})"


def main(arguments: list[str]) -> int:
    """Print both tables, with `--missed` also what went wrong; 1 when an aim is missed."""
    tallies = measure(sorted(EXAMPLES.glob("*.yaml")))
    print(f"mutations caught (aim {CAUGHT_AIM:.0%}, at least {LEAST} in all)")
    print(table(tallies))
    alarms = false_alarms(PARAPHRASES.read_text(encoding="utf-8").splitlines())
    print(f"\nfalse alarms on letters written by hand (aim under {FALSE_AIM:.0%})")
    print(row("letters with an alarm", alarms))
    if "--missed" in arguments:
        print("\nnot caught:", *(f"  {kind}: {what}" for kind, tally in tallies.items() for what in tally.missed), sep="\n")
        print("\nfalse alarms:", *(f"  {what}" for what in alarms.missed), sep="\n")
    tried, caught = sum(t.tried for t in tallies.values()), sum(t.caught for t in tallies.values())
    good = tried >= LEAST and caught >= CAUGHT_AIM * tried and alarms.share < FALSE_AIM
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
