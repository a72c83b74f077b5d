"""Logs of drafts as Inspect keeps them, made without a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspect_ai.dataset import Sample
from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSample, EvalSpec, write_eval_log
from inspect_ai.model import ModelOutput, ModelUsage
from inspect_ai.scorer import Score

RULES = "aaaa"
GOOD = {"facts told": 1.0, "nothing invented": 1.0, "nothing flagged": 1.0, "nothing missing": 1.0}


def sample(case: str, text: str = "I'm sorry. We sent it.", *, wrong: Sequence[str] = (), **kept: Any) -> EvalSample:
    """A letter that was judged; `kept` is what the solver kept of it, or `found`, `before`, `figures`, `suite`, `tokens`, `epoch`."""
    found, before = ([{"rule": r, "severity": "error", "text": t} for r, t in kept.pop(key, ())] for key in ("found", "before"))
    figures, tokens, epoch = kept.pop("figures", GOOD), kept.pop("tokens", None), kept.pop("epoch", 1)
    about = {"suite": kept.pop("suite", "tone"), "channel": "email", "kind": "apology", "trade": "retail"}
    output = ModelOutput.from_content("m", text)
    if tokens:
        output.usage = ModelUsage(input_tokens=tokens[0], output_tokens=tokens[1])
    scores = {
        "expected": Score(value=float(not wrong), explanation="\n".join(wrong), metadata={"findings": found}),
        "written": Score(value=dict(figures), metadata={"findings": before}),
    }
    return EvalSample(
        id=case, epoch=epoch, input="facts", target="", output=output, scores=scores, metadata={**about, "seconds": 0.5, **kept}
    )


def log(writer: str, samples: Sequence[EvalSample], *, rules: str = RULES, created: str = "2026-03-01T10:00:00+00:00") -> EvalLog:
    """A log of them."""
    cases = list(dict.fromkeys(str(one.id) for one in samples))
    spec = EvalSpec(
        created=created,
        task=writer,
        dataset=EvalDataset(name="suites", samples=len(cases), sample_ids=[Sample(input="", id=case).id or "" for case in cases]),
        model="none/none" if writer == "composer" else "openai-api/drafter/writer-1",
        config=EvalConfig(epochs=max((one.epoch for one in samples), default=1)),
        metadata={"rules": rules},
    )
    return EvalLog(status="success", eval=spec, samples=list(samples))


def folder(place: Path, *logs: EvalLog) -> str:
    """A folder with these logs, as a run leaves it."""
    place.mkdir(parents=True, exist_ok=True)
    for one in logs:
        write_eval_log(one, str(place / f"{one.eval.created.replace(':', '-')}_{one.eval.task}_{len(list(place.iterdir()))}.eval"))
    return str(place)


def by_model(case: str, text: str, *, first: str, written: int = 4, kept: int = 4, **more: Any) -> EvalSample:
    """A letter of the chain: what the model wrote first, and how many of its sections went out."""
    made = {
        "model": "writer-1",
        "prompt": "draft.v1",
        "prompt_hash": "1234",
        "rules_hash": RULES,
        "calls": 2,
        "input_tokens": 900,
        "output_tokens": 100,
    }
    return sample(case, text, first=first, sections={"written": written, "kept": kept}, provenance=made, status="ready", **more)


def three_writers(*, fallen: int = 0, rules: str = RULES) -> list[EvalLog]:
    """Logs of forty cases by the three; in the chain, the model invented and blamed in the first `fallen` of them."""
    cases = [f"case-{i:02}" for i in range(40)]
    bad = {"facts told": 0.5, "nothing invented": 0.0, "nothing flagged": 0.0, "nothing missing": 1.0}
    spoilt = [("ungrounded-money", "£50"), ("blame-customer", "You should have checked.")]
    chain = [
        by_model(
            case,
            "I'm sorry. We sent it.",
            first="You should have checked. Here is £50.",
            kept=1,
            figures=bad,
            before=spoilt,
            replaced={"fix": "£50"},
        )
        if i < fallen
        else by_model(case, "I'm sorry. We sent it.", first="I'm sorry. We sent it.")
        for i, case in enumerate(cases)
    ]
    plain = [
        sample(
            case,
            "Sorry for <b>any</b> inconvenience | \x07 ok",
            wrong=["clean: stock-phrase: 'any <b>'"],
            tokens=(90, 60),
            found=spoilt,
            before=spoilt,
        )
        for case in cases
    ]
    return [
        log("composer", [sample(case, status="ready") for case in cases], rules=rules),
        log("plain", plain, rules=rules),
        log("chain", chain, rules=rules),
    ]
