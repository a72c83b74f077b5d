"""The tables of a settings file: figures for the model, severities, phrases, words and rules of the house's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from drafter.errors import Complaint, InputError
from drafter.house.cadence import CadenceTable
from drafter.house.desks import Desks
from drafter.house.lines import line_of
from drafter.house.remedy import RemedyTable
from drafter.house.service import InsightsTable, JobsTable
from drafter.house.webhooks import WebhooksTable

Level = Literal["error", "warning", "suggestion", "off"]


def _phrase(value: str) -> str:
    words = " ".join(value.split())
    if not any(letter.isalnum() for letter in words):
        raise ValueError("write words here; there is no letter and no digit in it")
    return words


Phrase = Annotated[str, AfterValidator(_phrase)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelTable(_Table):
    """The `[model]` table: prices per million tokens, and what one draft may cost in money and time."""

    price_in: float | None = Field(default=None, ge=0)
    price_out: float | None = Field(default=None, ge=0)
    cost_limit: float | None = Field(default=None, gt=0)  # per draft, in the currency of the prices
    time_budget_seconds: float = Field(default=60, gt=0, le=900)  # per draft, both calls and every retry
    max_output_tokens: int = Field(default=4000, ge=200, le=100_000)  # per call

    @property
    def reserve(self) -> float:
        """What is set aside for a draft until its cost is known: its limit, else what a call with as many tokens in as out may cost."""
        prices = (self.price_in or 0) + (self.price_out or 0)
        return self.cost_limit if self.cost_limit is not None else prices * self.max_output_tokens / 1e6

    @model_validator(mode="after")
    def _limit_has_prices(self) -> ModelTable:
        if self.cost_limit is not None and (self.price_in is None or self.price_out is None):
            raise ValueError("cost_limit needs price_in and price_out, the prices of a million tokens")
        return self


class StoreTable(_Table):
    """The `[store]` table: whether messages of customers are kept as they came in, beside the facts that were read from them."""

    raw: bool = False


class LoginTable(_Table):
    """The `[login]` table: the file of accounts, seen from the settings file."""

    users_file: Path | None = None


class Banned(_Table):
    """Words that the house does not use, and those it uses instead; "" takes them away, None leaves it to the writer."""

    phrase: Phrase
    instead: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        return {"phrase": value} if isinstance(value, str) else value


class Phrases(_Table):
    """The `[phrases]` table: words that are never flagged, and words that always are."""

    allowed: tuple[Phrase, ...] = ()
    banned: tuple[Banned, ...] = ()

    @model_validator(mode="after")
    def _not_both(self) -> Phrases:
        allowed = {phrase.casefold() for phrase in self.allowed}
        if both := next((item.phrase for item in self.banned if item.phrase.casefold() in allowed), None):
            raise ValueError(f"'{both}' is allowed and banned; it can be one of them")
        return self


@dataclass(frozen=True)
class Origin:
    """The file that a house was read from, and where in it the tables stand."""

    source: str
    text: str
    root: tuple[str, ...] = ()


class House(_Table):
    """What a house decides for itself. Read with `load_house`, or made in code; without one, every rule is as it comes.

    `severity` holds a severity, or "off", by the id of a finding. `lexicon` adds words to the lists that rules name.
    `rules_folder` holds more rule files.
    """

    rules_folder: Path | None = None
    severity: dict[str, Level] = {}
    phrases: Phrases = Phrases()
    lexicon: dict[str, tuple[Phrase, ...]] = {}
    model: ModelTable = ModelTable()
    store: StoreTable = StoreTable()
    login: LoginTable = LoginTable()
    jobs: JobsTable = JobsTable()
    insights: InsightsTable = InsightsTable()
    cadence: CadenceTable = CadenceTable()
    remedy: RemedyTable = RemedyTable()
    helpdesks: Desks = {}
    webhooks: WebhooksTable = WebhooksTable()
    _origin: Origin = PrivateAttr(default=Origin("", ""))

    def read_from(self, origin: Origin) -> House:
        """The same house, which names this file in complaints."""
        self._origin = origin
        return self

    def refusal(self, complaints: Sequence[Complaint]) -> InputError:
        """The error that holds these complaints, with the file they are about."""
        return InputError(complaints, self._origin.source)

    def complaint(self, message: str, *keys: str, words: str = "") -> Complaint:
        """A complaint about what stands under these keys, with its line; `words` stand in it."""
        line = line_of(self._origin.text, (*self._origin.root, *keys), words=words) if self._origin.text else None
        return Complaint(message, ".".join(keys), line)

    @property
    def is_plain(self) -> bool:
        """Whether it changes nothing about the checks."""
        return not (self.rules_folder or self.severity or self.lexicon or self.phrases.allowed or self.phrases.banned)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, House) and all(getattr(self, name) == getattr(other, name) for name in House.model_fields)

    def __hash__(self) -> int:
        return hash((self.rules_folder, tuple(self.severity.items()), self.phrases, tuple(self.lexicon.items())))
