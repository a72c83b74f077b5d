"""The measurements by name: `python -m evals wording`."""

from __future__ import annotations

import argparse
import sys

from evals import wording


def main() -> int:
    """Run the measurement that is named."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure what Drafter does, without a model.")
    names = parser.add_subparsers(dest="name", required=True)
    words = names.add_parser("wording", help="precision, recall and F1 of the checks on labelled sentences and replies")
    words.add_argument("--worst", type=int, default=wording.SHOWN, metavar="N", help="how many misses and false alarms to print")
    words.add_argument("--accept", action="store_true", help="keep the figures of the test split as the accepted ones")
    arguments = parser.parse_args()
    return wording.main(worst=arguments.worst, keep=arguments.accept)


if __name__ == "__main__":
    sys.exit(main())
