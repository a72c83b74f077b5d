"""Rewordings: composed letters in other words, as agents wish them, with a version of the prompt `rework`.

Every draft case is written anew for each wish. What comes is held to the product's own checks: nothing lost, nothing invented,
nothing flagged; "shorter" has fewer words, and short sentences are no longer than they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import Solver, TaskState

from drafter.chain import Desk, begin, finish, revise
from drafter.chain.rework import Rework, keep, rework, stand, told
from drafter.chain.standing import standing
from drafter.chain.wish import read_wish
from drafter.checks import check, rules_in_force
from drafter.checks.sentences import sentence_spans
from drafter.privacy import Placeholders, without_cards
from drafter.prompts import live_prompt
from drafter.settings import load_settings
from drafter.writer import Writer
from evals.asked import TERMS, Asked
from evals.drafts import NOTHING, Letter, by, case_of, found_in, own_words, samples, written
from evals.expected import Verdict, verdicts
from evals.suites import Expectations, named
from evals.versions import read_version

WRITER = "rework"
WISHES = {"shorter": "shorter", "warmer": "warmer", "free": "Use short sentences, and everyday words."}


@task
def rewordings(suite: str = "", limit: int = 0, prompt: str = "", prompts: str = "") -> Task:
    """Each case of the suites in other words, once for each wish; `prompt` is a version of rework in place of the live one."""
    asked_for = [
        Sample(id=f"{one.id} {name}", input=f"{name}: {wish}", metadata={**(one.metadata or {}), "case": one.id, "wish": wish})
        for one in samples(named(suite), limit)
        for name, wish in WISHES.items()
    ]
    return Task(
        name=WRITER,
        dataset=MemoryDataset(asked_for, name="suites"),
        solver=reworded(prompt, Path(prompts) if prompts else None),
        scorer=[expected(), written()],
        metadata={"rules": rules_in_force("en").hash},
    )


def reworded(prompt: str = "", folder: Path | None = None) -> Solver:
    """Writes a composed letter again as the product does, and keeps what the model wrote at first.

    Raises:
        PromptError: there is no such version of the prompt.
        ModelError: no model is set.
    """
    model, revising = Asked(load_settings(), TERMS.get()), live_prompt("revise", folder)
    tried = read_version(prompt, folder)[1] if prompt else live_prompt("rework", folder)

    def letter(state: TaskState) -> Letter:
        incident, wish = without_cards(case_of(state).incident), read_wish(state.metadata["wish"])
        start = Writer().draft(incident)
        state.metadata["start"] = start.text
        work = begin(wish.applied(incident), brief=wish.brief)
        asked = Rework(standing(start, work.composed, incident), wish)
        desk = Desk(model, tried, revising, model.budget(), Placeholders.for_incident(incident))
        before = stand(work, asked.standing)
        first = rework(before, desk, asked)
        draft = finish(told(keep(revise(first, desk), before, asked), asked), desk)
        return Letter(draft.text, draft, "" if first.trouble else own_words(first), first.trouble)

    return by(letter)


@scorer(metrics=[mean(), stderr()], name="expected")
def expected() -> Scorer:
    """1 where the letter is still all that it was, and the wish is fulfilled; the explanation says what it is not."""

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect calls it with both
        case, text = case_of(state), state.output.completion.strip() or NOTHING
        kept = Expectations(status=case.expect.status, clean_of=case.expect.clean_of, owed=case.expect.owed, grounded=case.expect.grounded)
        report = check(text, case.incident)
        found = [
            *verdicts(case.model_copy(update={"expect": kept}), text, report, state.metadata.get("status")),
            *_fulfilled(str(state.sample_id), state.metadata.get("start", ""), text),
        ]
        wrong = [f"{one.name}: {one.because}" for one in found if not one.holds]
        TERMS.get().step()
        metadata = {"verdicts": {one.name: one.holds for one in found}, "findings": found_in(report)}
        return Score(value=float(not wrong), answer=text, explanation="\n".join(wrong), metadata=metadata)

    return score


def _fulfilled(name: str, start: str, text: str) -> Iterator[Verdict]:
    """Whether the wish shows: of a warmer letter no count can say so."""
    if name.endswith(" shorter"):
        before, now = len(start.split()), len(text.split())
        yield Verdict("shorter", now < before, f"{now} words, and {before} before")
    elif name.endswith(" free"):
        before_, now_ = _longest(start), _longest(text)
        yield Verdict("short sentences", now_ <= before_, f"a sentence of {now_} words, and {before_} before")
    else:
        yield Verdict("other words", " ".join(text.split()) != " ".join(start.split()), "word for word what it was")


def _longest(text: str) -> int:
    """The words of the longest sentence."""
    return max((len(re.findall(r"\w+", text[start:end])) for start, end in sentence_spans(text)), default=0)
