"""A judge measured: its agreement with people line by line, and whether places, empty words or orders in a letter move it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from inspect_ai import Task
from inspect_ai import eval as inspect
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import EvalLog
from inspect_ai.model import Model, ModelOutput, get_model
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from evals.counts import Figure
from evals.judge.answer import read_answers, read_choice
from evals.judge.asking import ask
from evals.judge.labels import Letter, merit, readers
from evals.judge.probes import LENGTH, ORDERED, PADDED, PLAIN, SWAPPED, Probe, chosen, probe_of
from evals.judge.prompt import letter_schema, pair_schema, rubric_hash
from evals.judge.rubric import rubric
from evals.judge.trust import Record
from evals.kappa import kappa


@dataclass
class Said:
    """What a judge said: by probe and letter the answers to each line, and the choices between two."""

    lines: dict[str, dict[str, dict[str, bool]]] = field(default_factory=lambda: defaultdict(dict))
    choices: dict[str, dict[str, list[tuple[Probe, str | None]]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))


def measure(model: Model, samples: Iterable[Sample], logs: Path) -> EvalLog:
    """A run of probes; the log opens in Inspect's viewer, with what the judge said of each letter."""
    task = Task(name="judge", dataset=MemoryDataset(list(samples), name="judged"), solver=asked(), scorer=readable())
    return inspect([task], model=model, log_dir=str(logs), display="none")[0]


@solver
def asked() -> Solver:
    """Asks the judge as a run of drafts does."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - Inspect calls it with both
        form = pair_schema() if probe_of(str(state.sample_id)).places else letter_schema(rubric().lines)
        state.output = ModelOutput.from_content(str(state.model), await ask(get_model(), state.messages, form))
        return state

    return solve


@scorer(metrics=[mean()])
def readable() -> Scorer:
    """The share of what was asked that could be read."""

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect calls it with both
        said = state.output.completion
        if probe_of(str(state.sample_id)).places:
            return Score(value=float(read_choice(said) is not None), answer=said)
        return Score(value=len(read_answers(said, rubric().ids)) / len(rubric().ids), answer=said)

    return score


def said_in(log: EvalLog) -> Said:
    """What a judge said in a run of the probes."""
    return said_of((str(sample.id), sample.output.completion) for sample in log.samples or ())


def said_of(answers: Iterable[tuple[str, str]]) -> Said:
    """What a judge said, by the id of each sample and the answer to it."""
    said = Said()
    for name, text in answers:
        probe = probe_of(name)
        if probe.places:
            said.choices[probe.kind][probe.letter].append((probe, chosen(probe, read_choice(text))))
        else:
            found = read_answers(text, rubric().ids)
            said.lines[probe.kind][probe.letter] = {line: answer.holds for line, answer in found.items()}
    return said


def record(judge: str, letters: Sequence[Letter], said: Said) -> Record:
    """What was measured, as it is kept."""
    return {
        "judge": judge,
        "rubric": rubric_hash(),
        "measured": datetime.now(UTC).date().isoformat(),
        "letters": len(letters),
        "lines": {line: _line(line, letters, said) for line in rubric().ids},
        "pairs": _pairs(letters, said),
    }


def _line(line: str, letters: Sequence[Letter], said: Said) -> Record:
    answers = said.lines[PLAIN]
    both = [(one, answers[one.id][line]) for one in letters if line in answers.get(one.id, {})]
    second = [(one.second[line], holds) for one, holds in both if line in one.second]
    between = readers(letters, line)
    return {
        "read": len(both),
        "yes": sum(holds for _, holds in both) / len(both) if both else 0.0,
        "labels": sum(one.labels[line] for one in letters) / len(letters),
        "kappa": _figure(kappa((one.labels[line], holds) for one, holds in both)),
        "first": _figure(kappa((one.first[line], holds) for one, holds in both)),
        "second": _figure(kappa(second)) if second else None,
        "readers": _figure(between) if between else None,
        "padding": _moved(line, said, PADDED),
        "order": _moved(line, said, ORDERED),
    }


def _moved(line: str, said: Said, probe: str) -> tuple[int, int]:
    """How often a line went from no to yes, and from yes to no, when words were put into a letter."""
    before = said.lines[PLAIN]
    both = [
        (before[letter][line], answers[line]) for letter, answers in said.lines[probe].items() if line in answers and line in before[letter]
    ]
    return both.count((False, True)), both.count((True, False))


def _pairs(letters: Sequence[Letter], said: Said) -> Record:
    both = list(twice(said, SWAPPED))
    merits = {one.id: merit(one) for one in letters}
    firm = [(probe, one) for probe, one, other in both if one == other]
    told = [(merits[one], [merits[place] for place in probe.places]) for probe, one in firm]
    right = [chose == max(merit_of) for chose, merit_of in told if len(set(merit_of)) > 1]
    lengths = [one for _, one, other in twice(said, LENGTH) if one == other]
    choices = [choice for kind in said.choices.values() for each in kind.values() for _, choice in each]
    return {
        "asked": len(choices),
        "read": sum(choice is not None for choice in choices),
        "flips": _figure(Figure.of(len(both) - len(firm), len(both))),
        "places": [sum((one == probe.places[0]) == first for probe, one, other in both if one != other) for first in (True, False)],
        "readers": _figure(Figure.of(sum(right), len(right))),
        "padding": [lengths.count(PADDED), len(lengths) - lengths.count(PADDED)],
    }


def twice(said: Said, kind: str) -> Iterator[tuple[Probe, str, str]]:
    """What was chosen of two letters in one order, which is that of the probe, and in the other; where both could be read."""
    for each in said.choices[kind].values():
        found = {probe.places: (probe, choice) for probe, choice in each if choice is not None}
        if len(found) == 2:
            (probe, one), (_, other) = (found[places] for places in sorted(found))
            yield probe, one, other


def _figure(figure: Figure) -> tuple[float, float, float]:
    return figure.value, figure.low, figure.high
