"""The measurements by name: `python -m evals wording`, `python -m evals tickets`, `python -m evals fragments`."""

from __future__ import annotations

import argparse
import sys

from evals import fragments, tickets, wording


def main() -> int:
    """Run the measurement that is named."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure what Drafter does, without a model.")
    names = parser.add_subparsers(dest="name", required=True)
    words = names.add_parser("wording", help="precision, recall and F1 of the checks on labelled sentences and replies")
    words.add_argument("--worst", type=int, default=wording.SHOWN, metavar="N", help="how many misses and false alarms to print")
    words.add_argument("--accept", action="store_true", help="keep the figures of the test split as the accepted ones")
    read = names.add_parser("tickets", help="precision and recall of triage, and what is read of labelled tickets without a model")
    read.add_argument("--worst", type=int, default=tickets.SHOWN, metavar="N", help="how many errors of the train split to print")
    read.add_argument("--words", action="store_true", help="print what became of the words of the train split")
    typed = names.add_parser("fragments", help="the clauses proposed for what agents type, beside those a careful reader accepts")
    typed.add_argument("--worst", type=int, default=fragments.SHOWN, metavar="N", help="how many errors of the development rows to print")
    arguments = parser.parse_args()
    if arguments.name == "fragments":
        return fragments.main(worst=arguments.worst)
    if arguments.name == "tickets":
        return tickets.main(worst=arguments.worst, words=arguments.words)
    return wording.main(worst=arguments.worst, keep=arguments.accept)


if __name__ == "__main__":
    sys.exit(main())
