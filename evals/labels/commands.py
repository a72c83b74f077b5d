"""The commands for people who label: `label`, `agreement`, and `gather` for cases out of real use."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from drafter.errors import InputError
from drafter.settings import load_settings
from drafter.store import open_store
from evals import gather
from evals.labels import agreement, rounds, rows, walk

NAMES = ("label", "agreement", "gather")


def add_commands(names: Any) -> None:
    """Add them to those of `python -m evals`."""
    by_hand = names.add_parser("label", help="give labels to the cases of a file, one at a time; every answer is kept at once")
    by_hand.add_argument("file", type=Path, metavar="FILE", help="cases as in evals/data, one a line")
    by_hand.add_argument("--as", dest="reader", default="", metavar="NAME", help="whose labels they are; else your name on this machine")
    how = by_hand.add_mutually_exclusive_group()
    how.add_argument("--blind", action="store_true", help="second labels, without sight of the first ones or of findings")
    how.add_argument("--settle", action="store_true", help="the cases on which two people differ")
    agree = names.add_parser("agreement", help="where two people differ, and Cohen's kappa of each rule, element or line")
    agree.add_argument(
        "file", type=Path, metavar="FILE", help="cases with first labels, or a folder; second ones are those of label --blind"
    )
    agree.add_argument("other", type=Path, nargs="?", metavar="OTHER", help="a file with the second labels, in place of those")
    used = names.add_parser("gather", help="cases out of the store of real use, nothing personal in them, to be labelled")
    used.add_argument("--since", metavar="DAY", help="what was done since this day or moment; else all that is kept")
    used.add_argument("--out", type=Path, required=True, metavar="FILE", help="cases that are not in it yet are added")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked.

    Raises:
        InputError: a file, a name or a day cannot be used.
        StoreError: the database failed.
    """
    if arguments.name == "gather":
        return _gather(arguments)
    if arguments.name == "agreement":
        both = [each for _, each in rounds.pairs(arguments.file, _rows(arguments.file), arguments.other)]
        if not both:
            raise InputError("no case has labels of two people: label it with --blind", str(arguments.file))
        print(*agreement.page(both), sep="\n")
        return 0
    mode: rounds.Mode = "blind" if arguments.blind else "settle" if arguments.settle else "first"
    walk.Walk(rounds.open_round(arguments.file, mode, arguments.reader), Console(highlight=False)).run()
    return 0


def _rows(place: Path) -> dict[str, rows.Row]:
    """The rows of a file, or of all files in a folder."""
    if not place.is_dir():
        return rows.read_rows(place)
    return {key: row for path in sorted(place.rglob("*.jsonl")) for key, row in rows.read_rows(path).items()}


def _gather(arguments: argparse.Namespace) -> int:
    since = gather.moment(arguments.since) if arguments.since else None
    there = rows.read_rows(arguments.out) if arguments.out.exists() else {}
    store = open_store(load_settings("none").database, makes=False)
    print(f"reads {store.address}", file=sys.stderr)
    try:
        found = gather.gather(store, since)
    finally:
        store.close()
    new = [row for row in found.rows if row["id"] not in there]
    if new:
        rows.write_rows(arguments.out, [*there.values(), *new])
    print(f"{len(new)} new cases in {arguments.out}; found: " + (", ".join(f"{n} {name}" for name, n in found.origins.items()) or "none"))
    if found.left_out:
        print(f"{found.left_out} were left out: something personal could not be replaced in them")
    return 0
