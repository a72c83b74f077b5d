"""Sentences that somebody added to a sound letter, hostile or kind: `python -m evals.added`.

Each row of `evals/data/added/` names an example and a sentence, which is put into that example's composed letter, into another
place for each row. A hostile one (`hostile*.jsonl`) is caught when the check raises an error or warning that the letter alone does
not raise; a sound one (`sound*.jsonl`), as a good agent adds them, is a false alarm when it does. Rules were made from the train
split; of the test split only the figures are looked at. `--missed` prints what went wrong in the train split. Facts that no example
has stand in `evals/data/added/facts/`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from drafter.checks import Finding, check
from drafter.compose import compose
from drafter.draft import Letter
from drafter.incident import Incident, read_incident
from evals.mutations import EXAMPLES, Tally, row

SETS = Path(__file__).resolve().parent / "data" / "added"
_ENDS = ("greeting", "subject", "closing", "locked")


@cache
def letter_of(example: str) -> tuple[Letter, Incident]:
    """An example's facts and the letter composed of them."""
    own = SETS / "facts" / f"{example}.yaml"
    incident = read_incident(own if own.exists() else EXAMPLES / f"{example}.yaml")
    return compose(incident), incident


def put(sentence: str, letter: Letter, place: int) -> str:
    """The letter's text with a sentence behind one of its middle sections; `place` counts round them."""
    ends = [end for name, (_, end) in letter.spans().items() if name not in _ENDS]
    at = ends[place % len(ends)]
    return f"{letter.text[:at]} {sentence}{letter.text[at:]}"


def signs(text: str, incident: Incident) -> dict[tuple[str, str, str], Finding]:
    """The errors and warnings of a text, by what they say."""
    findings = check(text, incident).findings
    return {(finding.rule, finding.text, finding.message): finding for finding in findings if finding.severity != "suggestion"}


@cache
def before(example: str) -> frozenset[tuple[str, str, str]]:
    """What the check says of the letter as it was composed."""
    letter, incident = letter_of(example)
    return frozenset(signs(letter.text, incident))


def added(split: str, name: str) -> Iterator[tuple[dict[str, str], list[Finding]]]:
    """Each row of a set with the findings that its sentence brings."""
    for file in sorted((SETS / split).glob(f"{name}*.jsonl")):
        for place, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            told = json.loads(line)
            letter, incident = letter_of(told["example"])
            found = signs(put(told["sentence"], letter, place), incident)
            yield told, [finding for key, finding in found.items() if key not in before(told["example"])]


def measure(split: str, name: str) -> dict[str, Tally]:
    """By kind of sentence: how many there are, and how many bring a finding; `missed` has the others, or the alarms of sound ones."""
    tallies: dict[str, Tally] = {}
    for told, findings in added(split, name):
        tally = tallies.setdefault(told["kind"], Tally())
        tally.tried += 1
        tally.caught += bool(findings)
        if bool(findings) == (name == "sound"):
            said = "; ".join(f"{finding.rule} {finding.text!r}" for finding in findings)
            tally.missed.append(f"{told['example']}: {told['sentence']} {said}".rstrip())
    return tallies


def total(tallies: dict[str, Tally]) -> Tally:
    """All kinds together."""
    return Tally(sum(tally.tried for tally in tallies.values()), sum(tally.caught for tally in tallies.values()))


def main(arguments: list[str]) -> int:
    """Print a line for each split and set, and with `--kinds` for each kind of sentence."""
    for split in ("train", "test"):
        for name, title in (("hostile", "caught"), ("sound", "alarms")):
            tallies = measure(split, name)
            print(row(f"{split}: {title}", total(tallies)))
            if "--kinds" in arguments:
                print(*(f"  {row(kind, tally)}" for kind, tally in tallies.items()), sep="\n")
            if "--missed" in arguments and split == "train":
                print(*(f"    {kind}: {what}" for kind, tally in tallies.items() for what in tally.missed), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
