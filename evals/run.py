"""A run of the draft suites: Inspect runs the tasks, and what it measured is printed as tables."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from inspect_ai import Task, eval_set
from inspect_ai import eval as inspect
from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log, read_eval_log_sample_summaries
from inspect_ai.model import Model, get_model

from drafter.errors import InputError
from drafter.settings import load_settings
from evals import drafts
from evals.asked import TERMS, Terms
from evals.begun import Begun
from evals.counts import mean_figure
from evals.judge.asking import OPENAI, ROLE, judge_address, judge_model
from evals.judge.page import scores
from evals.kept import Kept
from evals.knock import knock
from evals.meter import Meter, metered
from evals.outcomes import kept, outcomes_of
from evals.pace import FREE, Pace
from evals.progress import progress
from evals.readings import readings
from evals.rewordings import rewordings
from evals.samples import done, figures_of, is_expected, is_first, share_expected

LOGS = Path("logs")
SERVICE = "openai-api/drafter"  # Inspect reads DRAFTER_BASE_URL and DRAFTER_API_KEY for it, as the product does
SHOWN = 20
_OTHERS = {"rework": rewordings, "read_ticket": readings}  # what is run for a version of a prompt that writes no draft


def begin(
    suite: str = "", *, model: str = "none", judge: str = "", prompt: str = "", prompts: str = "", epochs: int = 1, limit: int = 0
) -> Begun:
    """A run of every case once for each epoch: by the composer, and with a model by one plain prompt and by the chain too.

    `judge` names a second model, which says of each letter whether the lines of the rubric hold.

    Raises:
        InputError: there is no suite of that name, one does not follow the format, a prompt is named and no model, or nothing answers
            at a model's address.
        PromptError: there is no such version of the prompt.
    """
    if model == "none" and (prompt or prompts):
        raise InputError("the composer asks with no prompt: name a model too (--model NAME), or leave out --prompt and --prompts")
    return _reached(Begun.of(suite=suite, model=model, judge=judge, prompt=prompt, prompts=prompts, epochs=epochs, limit=limit))


def begun_in(logs: Path = LOGS) -> Begun:
    """The run that was last begun in a folder, to go on with.

    Raises:
        InputError: none was begun there, its cases, rules or prompts are others by now, or nothing answers at a model's address.
    """
    return _reached(Begun.read(logs))


def _reached(begun: Begun) -> Begun:
    if begun.model != "none":
        knock(load_settings(begun.model).address or OPENAI, "DRAFTER_BASE_URL")
    if begun.judge:
        knock(judge_address(begun.judge), "DRAFTER_JUDGE_BASE_URL")
    return begun


def run(begun: Begun, logs: Path = LOGS, pace: Pace = FREE, *, again: bool = False) -> list[EvalLog]:
    """Write and judge every letter of a run; `again`: from the first letter that is not judged.

    Raises:
        InputError: a cap in money has no prices.
        ModelError: no model is set.
    """
    if begun.model != "none":
        os.environ["DRAFTER_MODEL"] = begun.model
    prices = load_settings().house.model
    if pace.cap_cost is not None and (prices.price_in is None or prices.price_out is None):
        raise InputError("a cap in money needs price_in and price_out in [model] of the settings file; or cap the tokens: --cap-tokens")
    meter = Meter(prices, pace.cap_cost, pace.cap_tokens, pace.per_minute)
    terms = Terms(meter, Kept() if pace.cached else None)
    token = TERMS.set(terms)
    try:
        tasks, models = _tasks(begun), _models(begun, meter, cached=pace.cached)
        begun.keep(logs)
        with progress(sum(len(one.dataset) for one in tasks) * begun.epochs, _judged(begun, logs) if again else 0, meter) as step:
            TERMS.set(replace(terms, step=step))
            return _inspected(tasks, models, begun, logs, pace, again=again)
    finally:
        TERMS.reset(token)


def _judged(begun: Begun, logs: Path) -> int:
    """How many letters of a run are judged already."""
    headers = [(one, read_eval_log(one, header_only=True)) for one in list_eval_logs(str(logs))]
    ours = {header.eval.task: one for one, header in reversed(headers) if header.eval.task_version == begun.id}  # the newest comes first
    return sum(one.completed for place in ours.values() for one in read_eval_log_sample_summaries(place))


def _tasks(begun: Begun) -> list[Task]:
    """The tasks of a run, each with its name as version, by which Inspect tells it from others in the same folder."""
    if other := _OTHERS.get(begun.prompt.partition(".")[0]):
        only = other(begun.suite, begun.limit, begun.prompt, begun.prompts)
        only.version = begun.id
        return [only]
    judge = bool(begun.judge)
    tasks = [drafts.composer(begun.suite, begun.limit, judge=judge)]
    if begun.model != "none":
        tasks.append(drafts.plain(begun.suite, begun.limit, judge=judge))
        tasks.append(drafts.chain(begun.suite, begun.limit, begun.prompt, begun.prompts, judge=judge))
    for one in tasks:
        one.version = begun.id
    return tasks


def writes_drafts(begun: Begun) -> bool:
    """Whether it is a run of drafts, by composer, plain prompt and chain: for those alone there is an estimate."""
    return begun.prompt.partition(".")[0] not in _OTHERS


def _models(begun: Begun, meter: Meter, *, cached: bool) -> tuple[Model | None, dict[str, str | Model]]:
    """The writer's model and the judge's, by role, as Inspect asks them."""
    writer = None
    if begun.model != "none":
        settings = load_settings()
        os.environ.setdefault("DRAFTER_BASE_URL", settings.address or OPENAI)
        os.environ.setdefault("DRAFTER_API_KEY", settings.key.get_secret_value() if settings.key else "none")
        writer = metered(get_model(f"{SERVICE}/{begun.model}", memoize=False), meter, cached=cached)
    if not begun.judge:
        return writer, {}
    return writer, {ROLE: metered(judge_model(begun.judge), meter, cached=cached, priced=False)}


def _inspected(
    tasks: list[Task], models: tuple[Model | None, dict[str, str | Model]], begun: Begun, logs: Path, pace: Pace, *, again: bool
) -> list[EvalLog]:
    options: dict[str, Any] = {
        "model": models[0],
        "model_roles": models[1] or None,
        "epochs": begun.epochs,
        "log_dir": str(logs),
        "log_buffer": 1,  # each letter is on the disk before the next but one: a run that is killed loses none that were judged
        "display": "none",
        "max_tasks": 1,
        "max_samples": pace.connections,
        "max_connections": pace.connections,
    }
    if not again:
        return inspect(tasks, **options)
    _, headers = eval_set(tasks, retry_attempts=0, retry_immediate=False, log_dir_allow_dirty=True, **options)
    found = {one.eval.task: read_eval_log(one.location) for one in headers}
    return [found[one.name] for one in tasks]


def page(logs: Sequence[EvalLog], *, worst: int = SHOWN) -> Iterator[str]:
    """The tables of a run, and the cases that are not as expected."""
    yield f"{'':12}{'cases':>6}{'as expected':>20}{'sections kept':>20}"
    for log in logs:
        yield f"{log.eval.task:12}{len(done(log)):6}{share_expected(done(log))!s:>20}{_kept(log):>20}"
    yield "\nBefore anything was replaced (of a composed letter, the letter itself):"
    names = [name for name in dict.fromkeys(name for log in logs for one in done(log) for name in figures_of(one)) if is_first(name)]
    yield f"{'':12}" + "".join(f"{name:>20}" for name in names)
    for log in logs:
        yield f"{log.eval.task:12}" + "".join(f"{mean_figure([figures_of(one)[name] for one in done(log)])!s:>20}" for name in names)
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
