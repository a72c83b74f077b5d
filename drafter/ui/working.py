"""A working: one reply in hand, as its owner left it - the ticket, the facts, the letter as edited - and how it is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from textwrap import shorten
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


class Clash(BaseModel):
    """What another tab had put where somebody typed, or what was typed for a place that another tab has moved."""

    name: str  # of the field; "" where its place is gone
    text: str


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
    left_shown: int = 30
    removed: list[str] = []  # what was read in the ticket and taken out again, as it was read
    as_read: dict[str, list[dict[str, Any]]] = {}  # problems and asks as they were read: one that still is so was not touched
    facts: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    draft_id: str | None = None
    version: int = 0
    text: str = ""
    passed: tuple[Passed, ...] = ()
    before: list[Before] = []
    after: list[Before] = []  # what "undo" has taken back, the latest last
    by_hand: bool = False  # whether the last change of the letter was typed: a run of typing is one step
    behind: bool = False  # whether facts that could not be used were stated since the letter was written
    under: Under | None = None
    trouble: str = ""  # why there is no letter, or no other
    looked: str = ""  # the text of the letter that somebody has looked over
    spared: str = ""  # why the matter is not sensitive, where somebody has said so against the words of the facts
    sent: str = ""  # the text that was marked as sent
    revision: int = 0
    shaped: int = 0  # the revision in which entries last came, went or moved
    tab: str = ""  # the one that made the last change
    touched: dict[str, tuple[int, str]] = {}  # field -> the revision and the tab of its last change
    clashes: list[Clash] = []
    presses: list[str] = []  # those that were acted on, the latest last: one that comes again was lost on its way back

    def remember(self) -> None:
        """Remember the letter as it stands, for "undo" and "compare", before something else than typing changes it."""
        step, self.by_hand, self.after = self._step(), False, []
        if step and (not self.before or self.before[-1].text != self.text):
            self.before = [*self.before[-_STEPS:], step]

    def type(self, text: str) -> None:
        """Take the letter as it was typed; the first change of a run of typing can be gone back behind."""
        if text != self.text:
            if not self.by_hand:
                self.remember()
            self.text, self.by_hand = text, True

    def undo(self) -> bool:
        """Go back to the last letter that was another one; False where there is none."""
        while self.before and self._stands_as(self.before[-1]):
            self.before = self.before[:-1]
        if not self.before:
            return False
        if step := self._step():
            self.after = [*self.after, step]
        self.back()
        return True

    def redo(self) -> bool:
        """Take back the last "undo"; False where there is none, or something was changed since."""
        if not self.after:
            return False
        step, left = self.after[-1], self.after[:-1]
        self.remember()
        self._put(step)
        self.after = left
        return True

    def back(self) -> None:
        """The letter before; none where there was none."""
        if not self.before:
            self.draft_id, self.version, self.text, self.passed = None, 0, "", ()
            return
        step, self.before = self.before[-1], self.before[:-1]
        self._put(step)

    def _step(self) -> Before | None:
        """The letter as it stands; None while there is none."""
        return (
            Before(draft_id=self.draft_id, version=self.version, text=self.text, passed=self.passed)
            if self.draft_id and self.version
            else None
        )

    def _stands_as(self, step: Before) -> bool:
        return (step.text, step.passed) == (self.text, self.passed)

    def _put(self, step: Before) -> None:
        self.draft_id, self.version, self.text, self.passed = step.draft_id, step.version, step.text, step.passed
        self.by_hand = False

    @property
    def title(self) -> str:
        """What it is about, in a few words."""
        customer = (self.facts.get("customer") or {}).get("name") or ""
        problems = self.facts.get("problems") or [{}]
        what = str(problems[0].get("what") or problems[0].get("ours") or self.ticket or "").strip()
        return " - ".join(filter(None, (customer, shorten(" ".join(what.split()), width=64, placeholder=" …"))))


def take_up(store: Store, working_id: str, owner: str) -> Working | None:
    """The working with this id, where it is theirs."""
    try:
        return Working.model_validate(store.workings.get(working_id, owner).body)
    except NotFoundError:
        return None


def fresh(store: Store, owner: str) -> Working:
    """A new working, kept nowhere yet, with what the last letter of the same owner says of company, signer and place."""
    last = next((record for record in store.workings.recent(owner) if record.draft_id), None)
    facts = {key: value for key, value in (last.body.get("facts") or {}).items() if key in _ALWAYS} if last else {}
    return Working(facts=opened(facts))


def begin(store: Store, owner: str, working: Working) -> str:
    """Keep a new working from now on, and give its id."""
    return store.workings.begin(owner, working.model_dump(mode="json")).id


def keep(store: Store, working_id: str, owner: str, working: Working) -> None:
    """Keep a working as it stands."""
    store.workings.save(working_id, owner, working.model_dump(mode="json"), draft_id=working.draft_id)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
