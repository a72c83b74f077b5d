"""Writer: what Drafter does for a person - draft a reply, check a text, read a ticket."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.chain import Desk, OnSection, begin, finish, revise, write
from drafter.checks import Report, check
from drafter.draft import Draft
from drafter.errors import ModelError
from drafter.incident import Channel, Incident, Kind
from drafter.privacy import Placeholders, without_cards
from drafter.ticket import Place, TicketFacts, read_ticket

if TYPE_CHECKING:
    from drafter.house.tables import House
    from drafter.model import Model


class Writer:
    """Drafts, checks and reads tickets; with no model it composes, which needs no key, no network and milliseconds.

    `prompts` is a folder of prompts to use in place of those that come with Drafter; `house` is what a house decides for
    itself.
    """

    def __init__(self, model: Model | None = None, *, prompts: Path | None = None, house: House | None = None) -> None:
        self.model = model
        self.house = house
        self._prompts = prompts

    def draft(self, incident: Incident, *, on_section: OnSection | None = None) -> Draft:
        """The reply to an incident: complete, checked, and never ready with an error.

        `on_section` gets each section once it has passed a check of its own, and again where it is replaced later.
        A model that fails is said in `reasons`, and the composed letter takes its place. Card, bank account and passport
        numbers in the facts are cut to their last digits first.

        Raises:
            LanguageError: there are no phrases or rules for the incident's language.
            PromptError: a prompt file does not follow the format.
            InputError: the house names a rule that is not there.
        """
        started = time.perf_counter()
        work = begin(without_cards(incident), house=self.house)
        desk = self._desk(work.incident, on_section) if self.model else None
        if desk:
            work = revise(write(work, desk), desk)
        draft = finish(work, desk)
        if on_section and not desk:
            for section in draft.sections:
                on_section(section)
        took = draft.provenance.model_copy(update={"milliseconds": round((time.perf_counter() - started) * 1000, 2)})
        return draft.model_copy(update={"provenance": took})

    def check(
        self,
        text: str,
        incident: Incident | None = None,
        *,
        kind: Kind | None = None,
        as_of: datetime | None = None,
        channel: Channel | None = None,
    ) -> Report:
        """The report on a text; see `drafter.checks.check`."""
        return check(text, incident, kind=kind, as_of=as_of, channel=channel, house=self.house)

    def read_ticket(self, text: str, *, place: Place | None = None) -> TicketFacts:
        """The facts that a ticket states, each with the words it came from; nothing in a ticket is ever granted.

        `place` is where and when it came in: how its dates and amounts are to be read.

        Raises:
            TextError: the ticket is empty or too large.
            ModelError: there is no model, or it gave nothing that can be read.
        """
        if self.model is None:
            raise ModelError("reading a ticket needs a model: set DRAFTER_MODEL, or write the facts yourself")
        from drafter.prompts import live_prompt  # with the client behind it, it is half the start of a composed draft

        return read_ticket(text, model=self.model, prompt=live_prompt("read_ticket", self._prompts), place=place)

    def _desk(self, incident: Incident, on_section: OnSection | None) -> Desk | None:
        if self.model is None:
            return None
        from drafter.prompts import live_prompt

        return Desk(
            model=self.model,
            draft=live_prompt("draft", self._prompts),
            revise=live_prompt("revise", self._prompts),
            budget=self.model.budget(),
            placeholders=Placeholders.for_incident(incident),
            on_section=on_section,
        )
