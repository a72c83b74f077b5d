"""How the check does on letters that people wrote from facts it was not built on: `python -m evals.letters`.

Each set in `evals/data/letters/` has right letters, where an alarm is a false one, and letters with one error each. With
`--missed` it also prints every false alarm and every error that passed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from drafter.checks import check
from drafter.incident import read_incident
from evals.mutations import Tally, counted, row

SETS = Path(__file__).resolve().parent / "data" / "letters"


def alarms(folder: Path) -> Tally:
    """The right letters of a set; one is `caught` when grounding or a missing element raises an error or a warning."""
    tally = Tally()
    for line in (folder / "good.jsonl").read_text(encoding="utf-8").splitlines():
        letter = json.loads(line)
        wrong = [f for f in check(letter["text"], read_incident(folder / f"{letter['example']}.yaml")).findings if counted(f)]
        tally.tried += 1
        tally.caught += bool(wrong)
        tally.missed += [f"{letter['example']}: {finding.rule} {finding.text!r} {finding.message}" for finding in wrong]
    return tally


def errors(folder: Path) -> Tally:
    """The wrong letters of a set; one is `caught` when anything in it raises an error or a warning."""
    tally = Tally()
    for line in (folder / "bad.jsonl").read_text(encoding="utf-8").splitlines():
        letter = json.loads(line)
        report = check(letter["text"], read_incident(folder / f"{letter['example']}.yaml"))
        caught = any(finding.severity != "suggestion" for finding in report.findings)
        tally.add(caught, f"{letter['example']}: {letter['error']}: {letter['note']}")
    return tally


def main(arguments: list[str]) -> int:
    """Print a line for the right and a line for the wrong letters of each set."""
    for folder in sorted(path for path in SETS.iterdir() if path.is_dir()):
        right, wrong = alarms(folder), errors(folder)
        print(row(f"{folder.name}: alarms", right))
        print(row(f"{folder.name}: caught", wrong))
        if "--missed" in arguments:
            print("\nfalse alarms:", *(f"  {what}" for what in right.missed), sep="\n")
            print("\nnot caught:", *(f"  {what}" for what in wrong.missed), "", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
