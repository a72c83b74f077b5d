"""Estimate: what a run would take in tokens and money, before anything is asked; no network is needed.

Prompts are rendered as a run renders them and counted with the product's token counter; an answer is taken to be as long as the
composed letter. How many drafts will have to be corrected nobody knows before, so that there are two bounds: none, and all.
Answers that are kept from an earlier run cost nothing; they are not taken off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from langchain_core.prompt_values import PromptValue

from drafter.chain import Desk, begin, write
from drafter.errors import ModelError
from drafter.model import Answer, Budget, Form, Model
from drafter.model.endpoint import OnText
from drafter.privacy import Placeholders, without_cards
from drafter.prompts import live_prompt
from drafter.settings import ModelTable, load_settings
from evals.drafts import PLAIN
from evals.meter import price
from evals.suites import DraftCase, named, suites
from evals.versions import read_version

_PER_MESSAGE = 4  # tokens around each, as the product counts them


@dataclass(frozen=True)
class Taken:
    """Calls and tokens."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.calls + other.calls, self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)

    def times(self, number: int) -> Taken:
        """As much, so often."""
        return Taken(self.calls * number, self.input_tokens * number, self.output_tokens * number)


@dataclass(frozen=True)
class Estimate:
    """What a run would take: the plain prompt, the chain with no draft corrected, and what correcting every draft adds."""

    letters: int  # of each writer
    plain: Taken = Taken()
    chain: Taken = Taken()
    corrections: Taken = Taken()

    @property
    def least(self) -> Taken:
        """With no draft corrected."""
        return self.plain + self.chain

    @property
    def most(self) -> Taken:
        """With every draft corrected."""
        return self.least + self.corrections


class _Counting(Model):
    """A model that is asked nothing: it counts the prompt, and says that there is no answer."""

    counted = 0

    def ask(self, prompt: PromptValue, form: Form, *, budget: Budget, on_text: OnText | None = None) -> Answer:  # noqa: ARG002
        self.counted += sum(self.count(message.text) + _PER_MESSAGE for message in prompt.to_messages()) + self.count(form.structured)
        raise ModelError("nothing is asked for an estimate")


def estimate(suite: str, *, model: str, prompt: str = "", prompts: str = "", epochs: int = 1, limit: int = 0) -> Estimate:
    """What a run of these suites would take.

    Raises:
        InputError: there is no suite of that name, one does not follow the format, or nothing says where the model is.
        PromptError: there is no such version of the prompt.
    """
    cases = [case for one in suites(named(suite)) for case in one.drafts[: limit or None]]
    if model == "none":
        return Estimate(len(cases) * epochs)
    counting, folder = _Counting(load_settings(model)), Path(prompts) if prompts else None
    version, again = read_version(prompt, folder)[1] if prompt else live_prompt("draft", folder), live_prompt("revise", folder)
    plain, chain, corrections = Taken(), Taken(), Taken()
    for case in cases:
        incident, counting.counted = without_cards(case.incident), 0
        desk = Desk(counting, version, again, counting.budget(), Placeholders.for_incident(incident))
        work = write(begin(incident), desk)
        letter = counting.count(work.composed.text)
        asked = counting.count(PLAIN.format(facts=_facts(case))) + _PER_MESSAGE
        plain += Taken(1, asked, letter)
        if counting.counted:
            chain += Taken(1, counting.counted, letter)
            corrections += Taken(1, counting.counted + letter, letter)
    return Estimate(len(cases) * epochs, plain.times(epochs), chain.times(epochs), corrections.times(epochs))


def page(found: Estimate, prices: ModelTable) -> Iterator[str]:
    """The estimate as a table."""
    yield f"{'':32}{'calls':>8}{'tokens in':>12}{'tokens out':>12}{'cost':>10}"
    for name, taken in (
        ("plain", found.plain),
        ("chain, no draft corrected", found.chain),
        ("each draft corrected once: more", found.corrections),
    ):
        yield f"{name:32}{taken.calls:8}{taken.input_tokens:12}{taken.output_tokens:12}{_money(taken, prices):>10}"
    yield summary(found, prices)
    if _money(found.least, prices) == "-":
        yield "No price is known: set price_in and price_out, the prices of a million tokens, in [model] of the settings file."


def summary(found: Estimate, prices: ModelTable) -> str:
    """The estimate in one sentence."""
    return f"{found.letters} letters by each writer; estimate: {_told(found.least, prices)} to {_told(found.most, prices)}."


def _facts(case: DraftCase) -> str:
    return str(case.incident.model_dump_json(exclude_defaults=True))


def _money(taken: Taken, prices: ModelTable) -> str:
    cost = price(prices, taken.input_tokens, taken.output_tokens)
    return "-" if cost is None else f"{cost:.2f}"


def _told(taken: Taken, prices: ModelTable) -> str:
    tokens = f"{taken.input_tokens + taken.output_tokens} tokens"
    cost = price(prices, taken.input_tokens, taken.output_tokens)
    return tokens if cost is None else f"{tokens} ({cost:.2f})"
