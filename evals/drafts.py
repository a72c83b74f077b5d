"""Inspect tasks over the suites: the composer, one plain prompt, the chain. `inspect eval evals/drafts.py`, or `python -m evals drafts`.

The three write a reply to the same cases. The composer asks no model. The plain prompt is what most people would ask a model
for. The chain is Drafter's own: a prompt that holds facts alone, a check of each section, one revision, and composed words
for what is still wrong. What replacement makes true by construction (nothing flagged, everything owed) is kept apart from what
tells how good a model and a prompt are: what they wrote before anything was replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from anyio.to_thread import run_sync
from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageUser, ModelOutput
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import Generate, Solver, TaskState, solver

from drafter.chain import Desk, Work, begin, finish, revise, write
from drafter.chain.sheet import writable
from drafter.checks import Report, check, rules_in_force
from drafter.draft import Draft
from drafter.errors import PromptError
from drafter.privacy import Placeholders, without_cards
from drafter.prompts import live_prompt
from drafter.settings import load_settings
from drafter.writer import Writer
from evals.asked import TERMS, Asked
from evals.expected import is_invented, verdicts
from evals.judge.scorer import judged
from evals.sitting import SITTING, Sitting
from evals.suites import DraftCase, draft_cases, named, suites
from evals.versions import read_version

PLAIN = "Write an apology for this. Reply with the message alone, ready to send.\n\n{facts}"  # as most people would ask
NOTHING = "(nothing was written)"


@task
def composer(suite: str = "", limit: int = 0, judge: bool = False) -> Task:
    """Letters without a model; `suite` names suites, with commas between them, and `limit` takes the first cases of each.

    With `judge`, as in the other two, the model of Inspect's role "judge" says what it thinks of each letter.
    """
    return _task("composer", composed(), samples(named(suite), limit), judge=judge)


@task
def plain(suite: str = "", limit: int = 0, judge: bool = False) -> Task:
    """Letters by one plain prompt to the model that Inspect is given."""
    return _task("plain", asked(), samples(named(suite), limit), judge=judge)


@task
def chain(suite: str = "", limit: int = 0, prompt: str = "", prompts: str = "", judge: bool = False) -> Task:
    """Letters by the product with the model of its settings.

    `prompt` names a version of draft or revise in place of the live one; `prompts` is a folder of prompts in place of the shipped.
    """
    return _task("chain", chained(prompt, Path(prompts) if prompts else None), samples(named(suite), limit), judge=judge)


def _task(name: str, solver: Solver, asked_for: list[Sample], *, judge: bool) -> Task:
    scorers = [expected(), written(), *([judged()] if judge else [])]
    dataset, rules = MemoryDataset(asked_for, name="suites"), rules_in_force("en").hash
    return Task(name=name, dataset=dataset, solver=solver, scorer=scorers, metadata={"rules": rules})


def samples(names: tuple[str, ...] = (), limit: int = 0) -> list[Sample]:
    """The draft cases of suites as Inspect takes them; `limit` is for each suite, 0 takes all."""
    return [
        Sample(
            id=case.id,
            input=str(case.incident.model_dump_json(exclude_defaults=True)),
            metadata={
                "suite": suite.suite,
                "channel": case.incident.channel,
                "kind": str(case.incident.kind),
                "trade": case.incident.trade or "",
                "asks": case.asks,
            },
        )
        for suite in suites(names)
        for case in suite.drafts[: limit or None]
    ]


@dataclass(frozen=True)
class Letter:
    """What somebody wrote, and what it took: the draft behind it, and the letter as it was before anything was replaced.

    `trouble` says why a model gave nothing that could be used: `first` is then empty.
    """

    text: str
    draft: Draft | None = None
    first: str | None = None
    trouble: str | None = None


def _keep(state: TaskState, letter: Letter) -> TaskState:
    state.output = ModelOutput.from_content("drafter", letter.text)
    if letter.draft:
        state.metadata["status"] = letter.draft.status
        state.metadata["provenance"] = letter.draft.provenance.model_dump()
        writes = [section for section in letter.draft.sections if section.source == "model" or section.replaced is not None]
        state.metadata["sections"] = {"written": len(writes), "kept": sum(section.source == "model" for section in writes)}
        state.metadata["replaced"] = {section.name: section.replaced for section in writes if section.replaced}
    if letter.first is not None:
        state.metadata["first"] = letter.first
    if letter.trouble:
        state.metadata["trouble"] = letter.trouble
    return state


def by(write_letter: Callable[[TaskState], Letter]) -> Solver:
    """A solver that writes in a thread of its own, as the product does."""

    @solver
    def writes() -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - Inspect calls it with both
            sitting = Sitting(state.epoch)
            SITTING.set(sitting)
            async with TERMS.get().meter.letter():
                letter, elapsed = await run_sync(partial(_timed, write_letter, state))
            state.metadata["seconds"] = sitting.seconds(elapsed)
            if sitting.asked:
                state.metadata["asked"] = {"questions": sitting.asked, "kept": sitting.kept}
            return _keep(state, letter)

        return solve

    return writes()


def _timed(write_letter: Callable[[TaskState], Letter], state: TaskState) -> tuple[Letter, float]:
    begun = monotonic()
    return write_letter(state), monotonic() - begun


def case_of(state: TaskState) -> DraftCase:
    """The case that a sample is of."""
    return draft_cases()[str(state.metadata.get("case", state.sample_id))]


def composed() -> Solver:
    """Writes without a model."""

    def letter(state: TaskState) -> Letter:
        draft = Writer().draft(case_of(state).incident)
        return Letter(draft.text, draft)

    return by(letter)


@solver
def asked() -> Solver:
    """Asks Inspect's model once, with the facts as they were typed; the answer may be as long as one of the product's."""
    most = load_settings().house.model.max_output_tokens

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        state.messages = [ChatMessageUser(content=PLAIN.format(facts=state.input_text))]
        sitting = Sitting(state.epoch)
        SITTING.set(sitting)
        async with TERMS.get().meter.letter():
            begun = monotonic()
            state = await generate(state, max_tokens=most)
        elapsed = monotonic() - begun
        state.metadata["seconds"] = sitting.seconds(elapsed if state.output.time is None else state.output.time)
        return state

    return solve


def chained(prompt: str = "", folder: Path | None = None) -> Solver:
    """Writes as the product does, and keeps what the model wrote at first.

    Raises:
        PromptError: there is no such version of the prompt, or no letter is written with it.
        ModelError: no model is set.
    """
    model, tried = Asked(load_settings(), TERMS.get()), read_version(prompt, folder)[1] if prompt else live_prompt("draft", folder)
    prompts = {name: tried if tried.name == name else live_prompt(name, folder) for name in ("draft", "revise")}
    if tried.name not in prompts:
        raise PromptError(f"a letter is written with draft and revise, not with {tried.name}.", prompt)

    def letter(state: TaskState) -> Letter:
        incident = without_cards(case_of(state).incident)
        desk = Desk(
            model=model,
            draft=prompts["draft"],
            revise=prompts["revise"],
            budget=model.budget(),
            placeholders=Placeholders.for_incident(incident),
        )
        first = write(begin(incident), desk)
        draft = finish(revise(first, desk), desk)
        if not writable(first.composed):
            return Letter(draft.text, draft)
        return Letter(draft.text, draft, "" if first.trouble else own_words(first), first.trouble)

    return by(letter)


def own_words(work: Work) -> str:
    """The letter of a model's own words: what it left out, or wrote so that it could not be put in, is composed by then, and is not its."""
    asked_for = {section.name for section in writable(work.composed)}
    own = tuple(section for section in work.letter.sections if section.source == "model" or section.name not in asked_for)
    return work.letter.model_copy(update={"sections": own}).text


@scorer(metrics=[mean(), stderr()])
def expected() -> Scorer:
    """1 where the letter is all that its case expects; the explanation says what it is not."""

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect calls it with both
        case = case_of(state)
        text = state.output.completion.strip() or NOTHING
        report = check(text, case.incident)
        found = verdicts(case, text, report, state.metadata.get("status"))
        wrong = [f"{one.name}: {one.because}" for one in found if not one.holds]
        TERMS.get().step()
        return Score(
            value=float(not wrong),
            answer=text,
            explanation="\n".join(wrong),
            metadata={"verdicts": {one.name: one.holds for one in found}, "findings": found_in(report)},
        )

    return score


@scorer(metrics={"*": [mean(), stderr()]})
def written() -> Scorer:
    """What was written before anything was replaced: the share of facts that it tells, and of letters that invent or flag nothing.

    Where nothing was replaced, because no model or no chain wrote it, that is the letter itself; where a model gave nothing that
    could be used, nothing was written.
    """

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect calls it with both
        case = case_of(state)
        first = state.metadata.get("first", state.output.completion).strip() or NOTHING
        report = check(first, case.incident)
        return Score(value=figures(report), metadata={"findings": found_in(report)})

    return score


def found_in(report: Report) -> list[dict[str, str]]:
    """The findings as a log keeps them: the rule, how grave it is, and the words, or what is missing."""
    return [{"rule": one.rule, "severity": one.severity, "text": one.text or one.message} for one in report.findings]


def figures(report: Report) -> dict[str, float]:
    """What tells how good a letter is, each from 0 to 1."""
    told = [one.span is not None for one in report.coverage]
    flags: dict[str, Any] = {one.rule: one for one in report.findings if one.severity != "suggestion"}
    return {
        "facts told": sum(told) / len(told) if told else 1.0,
        "nothing invented": float(not any(map(is_invented, report.findings))),
        "nothing flagged": float(not [rule for rule in flags if not rule.startswith("missing-")]),
        "nothing missing": float(not [rule for rule in flags if rule.startswith("missing-")]),
    }
