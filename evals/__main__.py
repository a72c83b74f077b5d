"""The measurements by name: `python -m evals wording`, `tickets`, `fragments`, `drafts`, `judge`, `report`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drafter.errors import DrafterError, OutsideError
from drafter.settings import load_settings
from evals import checker, fragments, pace, suites, texts, tickets, wording
from evals.knock import knock
from evals.labels import commands
from evals.pace import Pace
from evals.report import files


def main() -> int:
    """Run the measurement that is named."""
    arguments = _parser().parse_args()
    if arguments.name in commands.NAMES:
        return _labels(arguments)
    return _RUN[arguments.name](arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure what Drafter does.")
    names = parser.add_subparsers(dest="name", required=True)
    _of_checks(names)
    _of_letters(names)
    commands.add_commands(names)
    _of_prompts(names)
    names.add_parser("suites", help="read every suite, count its cases, and write the schema for editors again")
    return parser


def _of_checks(names: Any) -> None:
    sentences = names.add_parser("wording", help="precision, recall and F1 of the checks on labelled sentences and replies")
    sentences.add_argument("--worst", type=int, default=wording.SHOWN, metavar="N", help="how many misses and false alarms to print")
    sentences.add_argument("--accept", action="store_true", help="keep the figures of the test split as the accepted ones")
    read = names.add_parser("tickets", help="precision and recall of triage, and what is read of labelled tickets without a model")
    read.add_argument("--worst", type=int, default=tickets.SHOWN, metavar="N", help="how many errors of the train split to print")
    read.add_argument("--words", action="store_true", help="print what became of the words of the train split")
    typed = names.add_parser("fragments", help="the clauses proposed for what agents type, beside those a careful reader accepts")
    typed.add_argument("--worst", type=int, default=fragments.SHOWN, metavar="N", help="how many errors of the development rows to print")
    seen = names.add_parser("texts", help="whether the checks see in the texts of the suites what a careful reader sees")
    seen.add_argument("--suite", default="", metavar="A,B", help="these suites alone")
    seen.add_argument("--worst", type=int, default=texts.SHOWN, metavar="N", help="how many texts to print on which they differ")
    names.add_parser("checker", help="measure the checks that judge letters, half a minute, and keep the figures for every report")


def _of_letters(names: Any) -> None:
    letters = names.add_parser("drafts", help="letters for the cases of the suites, by composer, plain prompt and chain")
    letters.add_argument("--suite", default="", metavar="A,B", help="these suites alone")
    letters.add_argument("--model", default="none", metavar="NAME", help="the model at DRAFTER_BASE_URL; none: the composer alone")
    letters.add_argument("--judge", default="", metavar="NAME", help="a model that judges each letter by evals/judge/rubric.md")
    letters.add_argument("--prompt", default="", metavar="draft.vN", help="this version of a prompt in place of the live one")
    letters.add_argument("--prompts", default="", metavar="FOLDER", help="prompts in place of those that come with Drafter")
    letters.add_argument("--epochs", type=int, default=1, metavar="N", help="how often each case is written")
    letters.add_argument("--limit", type=int, default=0, metavar="N", help="the first N cases of each suite; 0: all")
    letters.add_argument("--logs", type=Path, default=Path("logs"), metavar="FOLDER", help="where the logs go, for `inspect view`")
    letters.add_argument("--worst", type=int, default=20, metavar="N", help="how many cases that are not as expected to print")
    pace.add_options(letters)
    letters.add_argument("--against", default="", metavar="RUN", help="a baseline or a folder of logs; 1 where this run is worse")
    files.add_options(letters, page=None)
    shown = names.add_parser("report", help="a run for people to read: one HTML page, JUnit XML, Markdown; 1 where it is worse")
    shown.add_argument("logs", help="the folder of logs of a run")
    shown.add_argument("--against", default="", metavar="RUN", help="a baseline or a folder of logs that it is held against")
    files.add_options(shown, page=Path("report.html"))
    measured = names.add_parser("judge", help="how far a judge agrees with readers, and what moves it; 1 where a line is untrusted")
    measured.add_argument("--judge", required=True, metavar="NAME", help="the model at DRAFTER_JUDGE_BASE_URL, else at DRAFTER_BASE_URL")
    measured.add_argument(
        "--labels", type=Path, metavar="FILE", help="labelled letters in place of evals/data/judged.jsonl; nothing is kept"
    )
    measured.add_argument("--prefer", type=Path, metavar="LOGS", help="instead: whose letters of a run it would rather receive")
    measured.add_argument("--logs", type=Path, default=Path("logs/judge"), metavar="FOLDER", help="where the log goes, for `inspect view`")
    against = names.add_parser("compare", help="two runs, case by case; 1 where the second is worse by more than chance")
    against.add_argument("before", help="a folder of logs, or an accepted baseline")
    against.add_argument("after", help="a folder of logs, or an accepted baseline")
    against.add_argument("--report", dest="out", type=Path, metavar="FILE", help="the HTML page too; the second run is a folder of logs")
    keep = names.add_parser("accept", help="keep a run as the baseline that later ones are held against")
    keep.add_argument("logs", help="its folder of logs")
    keep.add_argument("--as", dest="baseline", default="drafts", metavar="NAME", help="what the baseline is called")


def _of_prompts(names: Any) -> None:
    words = names.add_parser("prompts", help="the versions of the prompts; new, diff, promote, retire")
    words.add_argument("--prompts", dest="folder", type=Path, metavar="FOLDER", help="in place of those that come with Drafter")
    what = words.add_subparsers(dest="what")
    made = what.add_parser("new", help="a version on trial, with the words of the live one")
    made.add_argument("prompt", help="draft, revise, rework or read_ticket")
    made.add_argument("change", help="what it is to change, in one line")
    apart = what.add_parser("diff", help="the lines that differ between two versions")
    apart.add_argument("one", help="such as draft.v1")
    apart.add_argument("other", help="such as draft.v2")
    live = what.add_parser("promote", help="make a version the live one, with a run behind it that is not worse")
    live.add_argument("version", help="such as draft.v2")
    live.add_argument("--run", required=True, metavar="RUN", help="a run of this version: a folder of logs, or a baseline")
    live.add_argument("--against", required=True, metavar="RUN", help="a run of the live version with the same model")
    what.add_parser("retire", help="take a version out of use").add_argument("version", help="such as draft.v2")


def _labels(arguments: argparse.Namespace) -> int:
    try:
        return commands.run(arguments)
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3 if isinstance(error, OutsideError) else 2


def _report(arguments: argparse.Namespace) -> int:
    from evals.report import commands  # Inspect takes seconds to load

    return commands.reported(arguments) if arguments.name == "report" else commands.compared(arguments)


def _prompts(arguments: argparse.Namespace) -> int:
    from evals import compare, versions  # Inspect takes seconds to load

    try:
        if not arguments.what:
            print(*versions.listing(arguments.folder), sep="\n")
        elif arguments.what == "new":
            print(versions.new_version(arguments.prompt, arguments.change, arguments.folder))
        elif arguments.what == "diff":
            print(*versions.difference(arguments.one, arguments.other, arguments.folder), sep="\n")
        elif arguments.what == "retire":
            versions.retire(arguments.version, arguments.folder)
        else:
            run, against = compare.read_run(arguments.run), compare.read_run(arguments.against)
            print(*versions.promote(arguments.version, run, against, arguments.folder), sep="\n")
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _texts(arguments: argparse.Namespace) -> int:
    try:
        read = suites.suites(suites.named(arguments.suite))
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(*texts.page(texts.measure(read), worst=arguments.worst), sep="\n")
    return 0


def _suites(_: argparse.Namespace) -> int:
    try:
        read = suites.suites()
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    suites.SCHEMA.write_text(suites.schema(), "utf-8")
    for suite in read:
        print(f"{suite.suite:16}{len(suite.texts):5} texts{len(suite.drafts):5} drafts  {suite.about}")
    return 0


def _judge(arguments: argparse.Namespace) -> int:
    from evals.judge import asking, labels, measure, page, preferences, probes, trust  # Inspect takes seconds to load

    try:
        model = asking.judge_model(arguments.judge)
        knock(asking.judge_address(arguments.judge), "DRAFTER_JUDGE_BASE_URL")
        letters = labels.labelled(arguments.labels or labels.LABELS)
        written = preferences.letters_in(arguments.prefer) if arguments.prefer else {}
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    log = measure.measure(model, preferences.comparisons(written) if written else probes.probes(letters), arguments.logs)
    if log.status != "success":
        told = (log.error.message if log.error else log.status).strip().splitlines()
        print(f"error: {arguments.judge} did not answer: {told[-1]}", file=sys.stderr)
        return 3
    said = measure.said_in(log)
    if written:
        print(*preferences.page(arguments.judge, preferences.model_in(arguments.prefer), written, said), sep="\n")
        return 0
    record = measure.record(arguments.judge, letters, said)
    print(*page.measured(record), sep="\n")
    if not arguments.labels:
        print(f"kept in {trust.keep_record(record)}")
    return int(not page.is_trusted(record))


def _drafts(arguments: argparse.Namespace) -> int:
    try:
        from evals import estimate, run  # Inspect takes seconds to load
        from evals.report.evaluation import evaluated
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: pip install -c constraints.txt -e '.[evals]'", file=sys.stderr)
        return 2
    names = ("model", "judge", "prompt", "prompts", "epochs", "limit")
    asked = {name: getattr(arguments, name) for name in names}
    try:
        if arguments.estimate:
            print(*estimate.page(estimate.estimate(arguments.suite, **asked), load_settings("none").house.model), sep="\n")
            return 0
        begun = run.begun_in(arguments.logs) if arguments.resume else run.begin(arguments.suite, **asked)
        if begun.model != "none" and not arguments.resume and run.writes_drafts(begun):
            print(estimate.summary(estimate.estimate(arguments.suite, **asked), load_settings("none").house.model), file=sys.stderr)
        logs = run.run(begun, arguments.logs, Pace.of(arguments), again=arguments.resume)
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3 if isinstance(error, OutsideError) else 2
    print(*run.page(logs, worst=arguments.worst), sep="\n")
    failed = [log for log in logs if log.status != "success"]
    for log in failed:
        print(f"error: {log.eval.task} did not end: {log.error.message if log.error else log.status}", file=sys.stderr)
    if failed:
        print(f"what is done is kept; go on with: python -m evals drafts --resume --logs {arguments.logs}", file=sys.stderr)
    try:
        made = evaluated(logs, str(arguments.logs), arguments.against)
        print(*files.write(made, arguments), sep="\n")
    except DrafterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if arguments.against:
        print(made.verdict.text)
    return 3 if failed else int(not made.may_pass)


def _checker(_: argparse.Namespace) -> int:
    return checker.main()


def _fragments(arguments: argparse.Namespace) -> int:
    return fragments.main(worst=arguments.worst)


def _tickets(arguments: argparse.Namespace) -> int:
    return tickets.main(worst=arguments.worst, words=arguments.words)


def _wording(arguments: argparse.Namespace) -> int:
    return wording.main(worst=arguments.worst, keep=arguments.accept)


_RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "accept": _report,
    "checker": _checker,
    "compare": _report,
    "drafts": _drafts,
    "fragments": _fragments,
    "judge": _judge,
    "prompts": _prompts,
    "report": _report,
    "suites": _suites,
    "texts": _texts,
    "tickets": _tickets,
    "wording": _wording,
}

if __name__ == "__main__":
    sys.exit(main())
