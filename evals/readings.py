"""Readings: the labelled tickets, read by a model with a version of the prompt `read_ticket`, and counted as `tickets` counts rules."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from anyio.to_thread import run_sync
from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import Generate, Solver, TaskState, solver

from drafter.checks import rules_in_force
from drafter.errors import InputError, ModelError
from drafter.prompts import live_prompt
from drafter.settings import load_settings
from drafter.ticket import TicketFacts
from drafter.ticket.reading import read_ticket
from evals.asked import TERMS, Asked
from evals.sitting import SITTING, Sitting
from evals.suites import named
from evals.tickets import SPLITS, Ticket, reading, tickets
from evals.versions import read_version

WRITER = "tickets"


@task
def readings(suite: str = "", limit: int = 0, prompt: str = "", prompts: str = "") -> Task:
    """The tickets of the splits that `suite` names, or of all; `prompt` is a version of read_ticket in place of the live one.

    Raises:
        InputError: there is no such split.
        PromptError: there is no such version of the prompt.
        ModelError: no model is set.
    """
    rows = {f"{split}-{number}": (split, row) for split in splits(suite) for number, row in enumerate(tickets(split)[: limit or None], 1)}
    asked_for = [
        Sample(id=name, input=row.text, metadata={"suite": split, "channel": row.register, "kind": "ticket", "trade": row.trade})
        for name, (split, row) in rows.items()
    ]
    return Task(
        name=WRITER,
        dataset=MemoryDataset(asked_for, name="tickets"),
        solver=read({name: row for name, (_, row) in rows.items()}, prompt, Path(prompts) if prompts else None),
        scorer=[expected(), written()],
        metadata={"rules": rules_in_force("en").hash},
    )


def splits(names: str) -> tuple[str, ...]:
    """The splits that are named, or all.

    Raises:
        InputError: there is no such split.
    """
    if strange := [one for one in named(names) if one not in SPLITS]:
        raise InputError(f"there are no tickets called {strange[0]}; there are {', '.join(SPLITS)}")
    return named(names) or SPLITS


@solver
def read(rows: dict[str, Ticket], prompt: str = "", folder: Path | None = None) -> Solver:
    """Reads as the product does; where the model gives nothing that can be used, nothing was read."""
    model = Asked(load_settings(), TERMS.get())
    tried = read_version(prompt, folder)[1] if prompt else live_prompt("read_ticket", folder)

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - Inspect calls it with both
        row, sitting, begun = rows[str(state.sample_id)], Sitting(state.epoch), monotonic()
        SITTING.set(sitting)
        async with TERMS.get().meter.letter():
            try:
                facts = await run_sync(partial(read_ticket, row.text, model=model, prompt=tried))
            except ModelError as error:
                facts = TicketFacts(ticket=row.text, items=(), dropped=())
                state.metadata["trouble"] = f"{error}"
        made: dict[str, Any] = {"model": model.name, "prompt": tried.label, "prompt_hash": tried.hash, "calls": sitting.asked}
        figures, wrong = reading(row, facts)
        told = "\n".join(f"{one.kind}: {one.text}" for one in facts.items)
        state.output = ModelOutput.from_content("drafter", told)
        state.metadata |= {"provenance": made, "figures": figures, "wrong": wrong, "seconds": sitting.seconds(monotonic() - begun)}
        return state

    return solve


@scorer(metrics=[mean(), stderr()], name="expected")
def expected() -> Scorer:
    """1 where all that is labelled was found, and every fact is borne out."""

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect calls it with both
        wrong = state.metadata["wrong"]
        TERMS.get().step()
        return Score(value=float(not wrong), answer=state.output.completion, explanation="\n".join(wrong), metadata={"findings": []})

    return score


@scorer(metrics={"*": [mean(), stderr()]}, name="written")
def written() -> Scorer:
    """The shares of what is labelled that were found, and whether every fact is borne out."""

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect calls it with both
        return Score(value=state.metadata["figures"], metadata={"findings": []})

    return score
