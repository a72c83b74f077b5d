"""Begun: what a run was asked for, kept beside its logs before the first letter is written, so that it can be taken up again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from drafter.checks import rules_in_force
from drafter.errors import InputError
from drafter.prompts import live_prompt
from evals.judge.prompt import rubric_hash
from evals.suites import SUITES, named, suites
from evals.tickets import SPLITS, TICKETS
from evals.versions import read_version

NAME = "begun.json"


@dataclass(frozen=True)
class Begun:
    """A run: its name among those in its folder, what was asked for, and a hash of the cases, rules and prompts that it is of."""

    id: str
    suite: str
    model: str
    judge: str
    prompt: str
    prompts: str
    epochs: int
    limit: int
    made_of: str

    @classmethod
    def of(cls, *, suite: str, model: str, judge: str = "", prompt: str, prompts: str, epochs: int, limit: int) -> Begun:
        """A new run.

        Raises:
            InputError: there is no suite of that name, or one does not follow the format.
            PromptError: there is no such version of the prompt.
        """
        return cls(uuid4().hex[:12], suite, model, judge, prompt, prompts, epochs, limit, _made_of(suite, prompt, prompts, judge))

    def keep(self, folder: Path) -> None:
        """Keep it beside the logs."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, folder: Path) -> Begun:
        """The run that was last begun in a folder of logs.

        Raises:
            InputError: none was, or its cases, rules or prompts are others by now.
        """
        try:
            begun = cls(**json.loads((folder / NAME).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            raise InputError(f"no run was begun in {folder}; run it without --resume") from None
        if begun.made_of != _made_of(begun.suite, begun.prompt, begun.prompts, begun.judge):
            raise InputError(
                f"cases, rules or prompts have changed since the run in {folder} was begun: its halves would not be of one kind"
            )
        return begun


def _made_of(suite: str, prompt: str, prompts: str, judge: str) -> str:
    """A hash of the suites, the rules, and the prompts that the chain and the judge ask with."""
    folder = Path(prompts) if prompts else None
    draft = read_version(prompt, folder)[1] if prompt else live_prompt("draft", folder)
    if draft.name == "read_ticket":
        files = [path.read_bytes() for split in (named(suite) or SPLITS) for path in sorted((TICKETS / split).glob("*.jsonl"))]
    else:
        files = [(SUITES / f"{one.suite}.yaml").read_bytes() for one in suites(named(suite))]
    parts = [rules_in_force("en").hash, draft.hash, live_prompt("revise", folder).hash, rubric_hash() if judge else ""]
    return hashlib.sha256(b"\0".join([*files, *(part.encode() for part in parts)])).hexdigest()[:16]
