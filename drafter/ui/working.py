"""A working: one reply in hand, as its owner left it - the ticket, the facts, the letter as edited - and how it is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from drafter.draft import Passed
from drafter.errors import NotFoundError
from drafter.store import Store
from drafter.ui.facts import opened

_STEPS = 40  # letters that "undo" can go back to
_ALWAYS = ("company", "signer", "channel", "tone", "locale", "timezone")  # what the next reply has in common with the last


class Before(BaseModel):
    """A letter as it stood before something changed it."""

    draft_id: str
    version: int
    text: str
    passed: tuple[Passed, ...] = ()


class Left(BaseModel):
    """Words of a ticket that tell of something and were not turned into a fact."""

    kind: str
    quote: str


class Under(BaseModel):
    """What a model is doing for this reply, and since when."""

    kind: Literal["draft", "revision", "reading"]
    id: str
    since: datetime


class Working(BaseModel):
    """One reply in hand; `facts` are the form's, `version` is the one that `text` started from."""

    model_config = ConfigDict(extra="ignore")

    ticket: str = ""
    quotes: dict[str, str] = {}  # field -> the words of the ticket that it came from
    read_note: str = ""
    left: list[Left] = []  # what the ticket says that a person has to put into words
    facts: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    draft_id: str | None = None
    version: int = 0
    text: str = ""
    passed: tuple[Passed, ...] = ()
    before: list[Before] = []
    under: Under | None = None
    trouble: str = ""  # why there is no letter, or no other

    def remember(self) -> None:
        """Remember the letter as it stands, for "undo" and "compare"."""
        if self.draft_id and self.version and (not self.before or self.before[-1].text != self.text):
            step = Before(draft_id=self.draft_id, version=self.version, text=self.text, passed=self.passed)
            self.before = [*self.before[-_STEPS:], step]

    @property
    def title(self) -> str:
        """What it is about, in a few words."""
        customer = (self.facts.get("customer") or {}).get("name") or ""
        problems = self.facts.get("problems") or [{}]
        what = str(problems[0].get("what") or problems[0].get("ours") or self.ticket or "").strip()
        return " - ".join(filter(None, (customer, " ".join(what.split())[:60])))


def take_up(store: Store, working_id: str, owner: str) -> Working | None:
    """The working with this id, where it is theirs."""
    try:
        return Working.model_validate(store.workings.get(working_id, owner).body)
    except NotFoundError:
        return None


def begin(store: Store, owner: str) -> tuple[str, Working]:
    """A new working, with what the last letter of the same owner says of company, signer and place."""
    last = next((record for record in store.workings.recent(owner) if record.draft_id), None)
    facts = {key: value for key, value in (last.body.get("facts") or {}).items() if key in _ALWAYS} if last else {}
    working = Working(facts=opened(facts))
    return store.workings.begin(owner, working.model_dump(mode="json")).id, working


def keep(store: Store, working_id: str, owner: str, working: Working) -> None:
    """Keep a working as it stands."""
    store.workings.save(working_id, owner, working.model_dump(mode="json"), draft_id=working.draft_id)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
