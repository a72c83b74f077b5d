"""An evaluation: the logs of a run, read once, and the run that it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from inspect_ai.log import EvalLog

from drafter.errors import InputError
from evals import apart
from evals.compare import Change, Run, changes, differing, latest, logs_in, may_pass, read_run, regressions, run_of
from evals.outcomes import Outcome, outcomes_of
from evals.report.tables import percent, signed

CALLED = {"composer": "composer", "plain": "single prompt", "chain": "chain"}
_SHOWN = 3  # figures in the verdict


@dataclass(frozen=True)
class Verdict:
    """What a reviewer is told first, in a sentence, and whether it is good."""

    text: str
    kind: str  # worse, new (a new case is not as expected), better, same, none


@dataclass(frozen=True)
class Evaluation:
    """What was written, by writer, and what was measured; `against` is the run before it, by its name."""

    place: str
    logs: Sequence[EvalLog]
    against: Run | None = None
    name: str = ""

    @cached_property
    def run(self) -> Run:
        """What was measured, as runs are compared."""
        return run_of(list(self.logs))

    @cached_property
    def outcomes(self) -> Mapping[str, Sequence[Outcome]]:
        """What came of every case, by writer: the composer first, the chain last."""
        found = {log.eval.task: outcomes_of(log) for log in self.logs}
        return {writer: found[writer] for writer in sorted(found, key=_order)}

    @cached_property
    def changes(self) -> list[Change]:
        """How each figure changed against the run before."""
        return sorted(changes(self.against, self.run), key=_by_writer) if self.against else []

    @property
    def may_pass(self) -> bool:
        """Whether no figure of the composer or the chain fell by more than chance, and each case that is new to them is as expected."""
        return not self.against or may_pass(self.changes, self.against, self.run)

    @property
    def verdict(self) -> Verdict:
        """Whether the run is worse than the one before, and where; then the cases that could not be held against it."""
        if not self.against:
            return Verdict(
                "Held against nothing: no baseline was named. The figures say how good this is, not whether it got better.", "none"
            )
        found = self._compared
        told = list(apart.in_verdict(self.against, self.run))
        if found.kind != "worse" and not self.may_pass:
            return Verdict(" ".join((*told, found.text)), "new")  # what decides it is said first
        return Verdict(" ".join((found.text, *told)), found.kind)

    @property
    def _compared(self) -> Verdict:
        if not self.changes:
            return Verdict(f"Nothing to compare: {self.name} has no case by the same writer that asks for the same.", "none")
        if worse := regressions(self.changes):
            return Verdict(f"Worse than {self.name} by more than chance: {_told(worse)}.", "worse")
        if better := [one for one in self.changes if one.is_better and one.writer != "plain"]:
            return Verdict(f"Better than {self.name} by more than chance, and nothing worse: {_told(better)}.", "better")
        return Verdict(f"Not worse than {self.name}: no figure fell by more than chance over {self._shared}.", "same")

    @property
    def _shared(self) -> str:
        count = max(change.count for change in self.changes)
        return "the one case that both have" if count == 1 else f"the {count} cases that both have"

    @property
    def warnings(self) -> list[str]:
        """What a reader has to know before the figures."""
        return [*self._unfinished(), *(differing(self.against, self.run) if self.against else ())]

    def _unfinished(self) -> Iterator[str]:
        if len(runs := {log.eval.task_version for log in self.logs}) > 1:
            yield f"These logs are of {len(runs)} runs: of each writer the latest is shown."
        for log in self.logs:
            writer, wanted = (
                CALLED.get(log.eval.task, log.eval.task),
                len(log.eval.dataset.sample_ids or ()) * (log.eval.config.epochs or 1),
            )
            got = len(self.outcomes[log.eval.task])
            if log.status != "success":
                yield f"The run of the {writer} did not end ({log.status}): its figures are of {got} letters."
            elif got < wanted:
                yield f"{wanted - got} letters of the {writer} are missing: writing or judging them failed."
        for writer, outcomes in self.outcomes.items():
            if stuck := [one for one in outcomes if one.trouble]:
                reasons = "; ".join(sorted({one.trouble for one in stuck}))
                yield (
                    f"{CALLED.get(writer, writer)}: in {len(stuck)} of {len(outcomes)} letters the model gave nothing that could be used "
                    f"({reasons}). What it wrote counts as nothing there."
                )

    @property
    def ran(self) -> dict[str, str]:
        """What was run, by the words of its name."""
        log = max(self.logs, key=_model_first)
        cases = {one.case for outcomes in self.outcomes.values() for one in outcomes}
        made, suites = self._made_with, len(set(self.run.suites.values()))
        return {
            "Model": ", ".join(made["model"]) or (log.eval.model if not log.eval.model.startswith("none") else "none: the composer alone"),
            "Prompts": ", ".join(f"{label} ({hash_})" for label, hash_ in zip(made["prompt"], made["prompt_hash"], strict=True)) or "none",
            "Rules": self.run.rules or ", ".join(made["rules_hash"]) or "not kept",
            "Run on": f"{min(one.eval.created for one in self.logs)[:16].replace('T', ' ')} UTC",
            "Cases": f"{len(cases)} of {suites} {'suite' if suites == 1 else 'suites'}",
            "Epochs": str(log.eval.config.epochs or 1),
        }

    @property
    def _made_with(self) -> dict[str, list[str]]:
        seen: dict[str, dict[str, None]] = {key: {} for key in ("model", "prompt", "prompt_hash", "rules_hash")}
        for log in self.logs:
            for sample in log.samples or ():
                used = sample.metadata.get("provenance", {})
                for key, words in seen.items():
                    words.update(dict.fromkeys((used.get(key) or "").split(", ")))
        return {key: [word for word in words if word] for key, words in seen.items()}


def evaluation(place: str, against: str = "") -> Evaluation:
    """The run whose logs are in a folder, held against a baseline or another folder where one is named.

    Raises:
        InputError: the folder holds no logs, or there is no such baseline.
    """
    logs = latest(logs_in(place))
    if not logs:
        raise InputError(f"{place} is no folder with logs of a run: a report is made of logs, with the letters in them")
    return evaluated(logs, place, against)


def evaluated(logs: Sequence[EvalLog], place: str, against: str = "") -> Evaluation:
    """The same of logs that are at hand."""
    return Evaluation(place, latest(logs), read_run(against) if against else None, against)


def _order(writer: str) -> tuple[int, str]:
    names = list(CALLED)
    return (names.index(writer) if writer in names else len(names)), writer


def _by_writer(change: Change) -> tuple[int, str]:
    return _order(change.writer)


def _model_first(log: EvalLog) -> bool:
    return log.eval.task != "composer"


def _told(found: Sequence[Change]) -> str:
    first = "; ".join(
        f"{CALLED.get(one.writer, one.writer)}, {one.figure}: {percent(one.before)} → {percent(one.after)} "
        f"({signed(one.low)} to {signed(one.high)} points)"
        for one in found[:_SHOWN]
    )
    more = len(found) - _SHOWN
    return first + (f"; and {more} more {'figures' if more > 1 else 'figure'}" if more > 0 else "")
