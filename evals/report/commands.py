"""What `python -m evals report`, `compare` and `accept` do."""

from __future__ import annotations

import sys
from argparse import Namespace

from drafter.errors import DrafterError, InputError
from evals import compare
from evals.report import files
from evals.report.evaluation import evaluation


def reported(arguments: Namespace) -> int:
    """Write the report of a run; 1 where it is worse than what it is held against."""
    try:
        made = evaluation(arguments.logs, arguments.against)
        print(*files.write(made, arguments), sep="\n")
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(made.verdict.text)
    return int(not made.may_pass)


def compared(arguments: Namespace) -> int:
    """Print how two runs differ, and write their report where one is asked for; or keep a run as a baseline."""
    try:
        if arguments.name == "accept":
            print(compare.accept(compare.read_run(arguments.logs), arguments.baseline))
            return 0
        before, after = compare.read_run(arguments.before), compare.read_run(arguments.after)
        if arguments.out and not compare.logs_in(arguments.after):
            raise InputError(
                f"{arguments.after} is a baseline, and the page shows what only logs hold; put the folder of logs second: "
                f"compare {arguments.after} {arguments.before} --report {arguments.out}"
            )
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    found = compare.changes(before, after)
    print(*compare.page(found, before, after), sep="\n")
    if arguments.out:
        return reported(Namespace(logs=arguments.after, against=arguments.before, out=arguments.out, junit=None, markdown=None))
    return int(not compare.may_pass(found, before, after))
