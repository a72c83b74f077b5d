"""A run of the draft suites: Inspect runs the tasks, and what it measured is printed as tables."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from inspect_ai import Task
from inspect_ai import eval as inspect
from inspect_ai.log import EvalLog
from inspect_ai.model import Model

from drafter.settings import load_settings
from evals import drafts
from evals.counts import mean_figure
from evals.judge.asking import ROLE, judge_model
from evals.judge.page import scores
from evals.outcomes import kept, outcomes_of
from evals.samples import FIRST, done, figures_of, is_expected, share_expected

LOGS = Path("logs")
SERVICE = "openai-api/drafter"  # Inspect reads DRAFTER_BASE_URL and DRAFTER_API_KEY for it, as the product does
SHOWN = 20


def run(
    suite: str = "",
    *,
    model: str = "none",
    judge: str = "",
    prompt: str = "",
    prompts: str = "",
    epochs: int = 1,
    limit: int = 0,
    logs: Path = LOGS,
) -> list[EvalLog]:
    """Write and judge every case once for each epoch: by the composer, and with a model by one plain prompt and by the chain too.

    `judge` names a second model, which says of each letter whether the lines of the rubric hold.

    Raises:
        InputError: there is no suite of that name, or one does not follow the format.
        PromptError: there is no such version of the prompt.
        ModelError: no model is set.
    """
    tasks: list[Task] = [drafts.composer(suite, limit, judge=bool(judge))]
    name = None
    if model != "none":
        os.environ["DRAFTER_MODEL"] = model
        settings = load_settings()
        os.environ.setdefault("DRAFTER_BASE_URL", settings.address or "https://api.openai.com/v1")
        os.environ.setdefault("DRAFTER_API_KEY", settings.key.get_secret_value() if settings.key else "none")
        tasks += [drafts.plain(suite, limit, judge=bool(judge)), drafts.chain(suite, limit, prompt, prompts, judge=bool(judge))]
        name = f"{SERVICE}/{model}"
    roles: dict[str, str | Model] | None = {ROLE: judge_model(judge)} if judge else None
    return inspect(tasks, model=name, model_roles=roles, epochs=epochs, log_dir=str(logs), display="none", max_tasks=1)


def page(logs: Sequence[EvalLog], *, worst: int = SHOWN) -> Iterator[str]:
    """The tables of a run, and the cases that are not as expected."""
    yield f"{'':12}{'cases':>6}{'as expected':>20}{'sections kept':>20}"
    for log in logs:
        yield f"{log.eval.task:12}{len(done(log)):6}{share_expected(done(log))!s:>20}{_kept(log):>20}"
    yield "\nBefore anything was replaced (of a composed letter, the letter itself):"
    yield f"{'':12}" + "".join(f"{name:>20}" for name in FIRST)
    for log in logs:
        yield f"{log.eval.task:12}" + "".join(f"{mean_figure([figures_of(one)[name] for one in done(log)])!s:>20}" for name in FIRST)
    yield from scores(logs)
    yield "\nAs expected, by suite:"
    yield f"{'':16}" + "".join(f"{log.eval.task:>20}" for log in logs)
    for name in dict.fromkeys(one.metadata["suite"] for log in logs for one in done(log)):
        yield f"{name:16}" + "".join(f"{share_expected([one for one in done(log) if one.metadata['suite'] == name])!s:>20}" for log in logs)
    for log in logs:
        wrong = [one for one in done(log) if not is_expected(one)]
        if wrong[:worst]:
            yield f"\nNot as expected, {log.eval.task}: {len(wrong)}"
        for one in wrong[:worst]:
            yield f"  {one.id}: " + "; ".join(((one.scores or {})["expected"].explanation or "").splitlines())


def _kept(log: EvalLog) -> str:
    """The share of the sections that the model wrote and that were kept."""
    figure = kept(outcomes_of(log))
    return str(figure) if figure else "-"
