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
from drafter.compose import compose
from drafter.errors import InputError, ModelError
from drafter.model import Answer, Budget, Form, Model
from drafter.model.endpoint import OnText
from drafter.model.tokens import count_tokens
from drafter.privacy import Placeholders, without_cards
from drafter.prompts import live_prompt
from drafter.settings import ModelTable, Settings, load_settings
from evals.drafts import PLAIN
from evals.judge.matter import matter
from evals.judge.prompt import for_letter
from evals.judge.rubric import Line, rubric
from evals.meter import price
from evals.suites import DraftCase, named, suites
from evals.versions import read_version

_PER_MESSAGE = 4  # tokens around each, as the product counts them
_PER_ANSWER = 40  # tokens of a judge's yes or no with the words that decided


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
    """What a run would take: the plain prompt, the chain with no draft corrected, what correcting every draft adds, and a judge."""

    letters: int  # of each writer
    plain: Taken = Taken()
    chain: Taken = Taken()
    corrections: Taken = Taken()
    judge: Taken = Taken()  # at prices that nobody has said

    @property
    def least(self) -> Taken:
        """With no draft corrected, without the judge."""
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


def estimate(suite: str, *, model: str, judge: str = "", prompt: str = "", prompts: str = "", epochs: int = 1, limit: int = 0) -> Estimate:
    """What a run of these suites would take.

    Raises:
        InputError: there is no suite of that name, or one does not follow the format.
        PromptError: there is no such version of the prompt.
    """
    if prompt.startswith(("rework.", "read_ticket.")):
        raise InputError("an estimate is made of drafts alone, with a version of draft or revise; --cap-tokens ends any run in time")
    cases = [case for one in suites(named(suite)) for case in one.drafts[: limit or None]]
    asked_of_judge = _judged(cases, judge, writers=1 if model == "none" else 3).times(epochs) if judge else Taken()
    if model == "none":
        return Estimate(len(cases) * epochs, judge=asked_of_judge)
    counting, folder = _Counting(_named(model)), Path(prompts) if prompts else None
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
    return Estimate(len(cases) * epochs, plain.times(epochs), chain.times(epochs), corrections.times(epochs), asked_of_judge)


def _named(model: str) -> Settings:
    """The settings with a model that has no address: it is never asked."""
    return load_settings("none").model_copy(update={"model": model})


def page(found: Estimate, prices: ModelTable) -> Iterator[str]:
    """The estimate as a table."""
    yield f"{'':32}{'calls':>8}{'tokens in':>12}{'tokens out':>12}{'cost':>10}"
    rows = {
        "plain": found.plain,
        "chain, no draft corrected": found.chain,
        "each draft corrected once: more": found.corrections,
    }
    for name, taken in rows.items():
        yield f"{name:32}{taken.calls:8}{taken.input_tokens:12}{taken.output_tokens:12}{_money(taken, prices):>10}"
    if found.judge.calls:
        yield f"{'judge':32}{found.judge.calls:8}{found.judge.input_tokens:12}{found.judge.output_tokens:12}{'-':>10}"
    yield summary(found, prices)
    if _money(found.least, prices) == "-":
        yield "No price is known: set price_in and price_out, the prices of a million tokens, in [model] of the settings file."


def _judged(cases: list[DraftCase], judge: str, *, writers: int) -> Taken:
    """What a judge is asked: the lines of the rubric, and by themselves the statements of a case, about a letter of each writer."""
    taken = Taken()
    for case in cases:
        own = tuple(Line(f"own-{i}", text) for i, text in enumerate(case.expect.judge, 1))
        letter = compose(without_cards(case.incident)).text
        for lines in filter(None, (rubric().lines, own)):
            words = sum(count_tokens(one.text, judge) + _PER_MESSAGE for one in for_letter(matter(case.incident), letter, lines))
            taken += Taken(1, words, _PER_ANSWER * len(lines))
    return taken.times(writers)


def summary(found: Estimate, prices: ModelTable) -> str:
    """The estimate in one sentence."""
    beside = f", and {found.judge.input_tokens + found.judge.output_tokens} tokens of the judge's" if found.judge.calls else ""
    return f"{found.letters} letters by each writer; estimate: {_told(found.least, prices)} to {_told(found.most, prices)}{beside}."


def _facts(case: DraftCase) -> str:
    return str(case.incident.model_dump_json(exclude_defaults=True))


def _money(taken: Taken, prices: ModelTable) -> str:
    cost = price(prices, taken.input_tokens, taken.output_tokens)
    return "-" if cost is None else f"{cost:.2f}"


def _told(taken: Taken, prices: ModelTable) -> str:
    tokens = f"{taken.input_tokens + taken.output_tokens} tokens"
    cost = price(prices, taken.input_tokens, taken.output_tokens)
    return tokens if cost is None else f"{tokens} ({cost:.2f})"
