"""How long things take, here and now: `make bench` prints a table of medians beside what is aimed at.

Nothing is written, and no limit is enforced: a machine's mood is no test.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafter.checks import check
from drafter.compose import compose
from drafter.incident import Incident, read_incident
from drafter.model import Answer, Budget, Form, Model
from drafter.privacy import Placeholders
from drafter.settings import Settings
from drafter.writer import Writer

EXAMPLE = Path(__file__).parents[1] / "examples" / "double_charge.yaml"
REPLY = """Hi Tom,

We charged your card twice for order 1042, $149.00 each time. That was our mistake, and I'm sorry. It pushed your account
into overdraft, and your bank took a $35 fee.

I refunded the second $149.00 on Friday, November 20. It will be back with your bank by Wednesday, November 25. We are
paying the $35 bank fee as a separate payment to the same card, and I added $149.00 of credit to your account.

When a payment timed out, our system tried again without checking whether the first try had gone through. Since November
20 it checks first. On November 25 I'll check that the refund has reached you, and I'll write to you that day.

Maya Lindqvist
Support lead, Northwind Coffee"""


@dataclass(frozen=True)
class Measure:
    """What was measured: the seconds of each run, and the seconds aimed at."""

    name: str
    runs: Sequence[float]
    aim: float

    @property
    def row(self) -> str:
        """One line of the table."""
        median, worst = statistics.median(self.runs), sorted(self.runs)[int(len(self.runs) * 0.95)]
        met = "yes" if median <= self.aim else "no"
        return f"{self.name:<46} {_written(median):>9} {_written(worst):>9} {_written(self.aim):>9} {met:>4} {len(self.runs):>6}"


class InstantModel(Model):
    """A model that knows its answer: what is left of a draft's time is Drafter's own."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(Settings.model_validate({"DRAFTER_BASE_URL": "http://127.0.0.1/v1", "DRAFTER_MODEL": "instant"}))
        hide = Placeholders.for_incident(incident).hide
        self._sections = {str(section.name): hide(section.text) for section in compose(incident).sections}

    def ask(self, prompt: Any, form: Form, *, budget: Budget, on_text: object = None) -> Answer:  # noqa: ARG002 - nothing streams
        """The composed sections, as if a model had written them."""
        names = form.schema["properties"]
        text = json.dumps({name: self._sections[name] for name in names}, ensure_ascii=False)
        budget.spend(self.count(prompt.to_string()), self.count(text))
        return Answer(text, "whole", structured=True)


def main() -> None:
    """Print the table."""
    incident = read_incident(EXAMPLE)
    fresh = iter(range(10**9))
    measures = [
        Measure("composed draft, facts to checked letter", timed(lambda: Writer().draft(incident), 200), 5e-3),
        Measure(f"check of a reply of {len(REPLY.split())} words", timed(lambda: check(_varied(REPLY, next(fresh))), 1000), 300e-6),
        Measure("the same, against its facts", timed(lambda: check(_varied(REPLY, next(fresh)), incident), 200), 5e-3),
        Measure("check of a reply that says what none has said", timed(_unseen(), 1000), 300e-6),
        Measure("draft with a model, without the model's time", timed(_with_model(incident), 50), 20e-3),
        Measure("command line: drafter --version", timed(_command("--version"), 9, warm=1), 0.4),
        Measure("command line: drafter check", timed(_command("check", "-"), 9, warm=1), 0.4),
        Measure("command line: drafter draft, composed", timed(_command("draft", str(EXAMPLE), "--model", "none"), 9, warm=1), 0.4),
    ]
    print(f"{'':<46} {'median':>9} {'95%':>9} {'aim':>9} {'met':>4} {'runs':>6}")
    print("\n".join(measure.row for measure in measures))


def timed(work: Callable[[], object], runs: int, warm: int = 5) -> list[float]:
    """The seconds of each run, after a few that fill the caches."""
    for _ in range(warm):
        work()
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return found


def _with_model(incident: Incident) -> Callable[[], object]:
    writer = Writer(InstantModel(incident))
    draft = writer.draft(incident)
    assert any(section.source == "model" for section in draft.sections), draft.reasons
    return lambda: writer.draft(incident)


def _unseen() -> Callable[[], object]:
    """Checks of replies of about 55 words: sentences of the composed letters in new company, each with new words and figures."""
    letters = [compose(read_incident(path)).text for path in sorted(EXAMPLE.parent.glob("*.yaml"))]
    sentences = [sentence for letter in letters for sentence in re.split(r"(?<=[.!?])\s+", letter) if 15 < len(sentence) < 250]
    words = sorted(set(re.findall(r"\b[a-z]{4,}\b", " ".join(letters))))
    choice = random.Random(7)

    def changed(sentence: str) -> str:
        word = choice.choice(re.findall(r"\b[a-z]+\b", sentence) or ["the"])
        other = re.sub(rf"\b{word}\b", choice.choice(words), sentence, count=1)
        return re.sub(r"\d", lambda _: str(choice.randrange(10)), other)

    return lambda: check(" ".join(changed(choice.choice(sentences)) for _ in range(5)))


def _varied(text: str, number: int) -> str:
    """The text with a number of its own, so that no cache has seen it."""
    return text.replace("Hi Tom,", f"Hi Tom, this is reply {number}.")


def _command(*arguments: str) -> Callable[[], object]:
    command = [str(Path(sys.executable).with_name("drafter")), *arguments]
    return lambda: subprocess.run(command, input=REPLY, text=True, stdout=subprocess.DEVNULL, check=False)


def _written(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


if __name__ == "__main__":
    main()
