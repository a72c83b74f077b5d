"""Writer: what Drafter does for a person - draft a reply, check a text, read a ticket."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.chain import Desk, OnSection, Work, begin, finish, revise, write
from drafter.checks import Report, check
from drafter.draft import Draft, Passed, SectionName
from drafter.errors import ModelError, ModelNeededError
from drafter.incident import Channel, Incident, Kind
from drafter.model import Stopped, never
from drafter.privacy import Placeholders, mask_cards, without_cards
from drafter.ticket import Place, TicketFacts, read_by_rules

if TYPE_CHECKING:
    from drafter.chain.shared import Given, Shared
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

    def draft(self, incident: Incident, *, on_section: OnSection | None = None, stopped: Stopped = never) -> Draft:
        """The reply to an incident: complete, checked, and never ready with an error.

        `on_section` gets each section once it has passed a check of its own, and again where it is replaced later.
        Once `stopped` says so, the model is not waited for.
        A model that fails is said in `reasons`, and the composed letter takes its place. Card, bank account and passport
        numbers in the facts are cut to their last digits first.

        Raises:
            LanguageError: there are no phrases or rules for the incident's language.
            PromptError: a prompt file does not follow the format.
            InputError: the house names a rule that is not there.
        """
        started = time.perf_counter()
        work = begin(without_cards(incident), house=self.house)
        desk = self._desk(work.incident, on_section, stopped) if self.model else None
        if desk:
            work = revise(write(work, desk), desk)
        return self._finished(work, desk, started, on_section)

    def rework(
        self,
        start: Draft | str,
        incident: Incident,
        wish: str,
        *,
        section: SectionName | None = None,
        on_section: OnSection | None = None,
        stopped: Stopped = never,
    ) -> Draft:
        """A letter in other words: `wish` is "shorter", "warmer", "plainer", or what an agent asks for in their own words.

        `start` is the draft as it stands, its `text` edited by a person or not, or the text alone. A wish is about wording: it adds
        no fact, shifts no blame and takes away nothing that is owed. What of it was not followed is said in `reasons`. With `section`,
        that part alone is written again.

        Raises:
            ModelNeededError: a free wish or a section, and no model is set.
            InputError: the wish is empty or too long, or the letter has no such section.
            LanguageError: there are no phrases or rules for the incident's language.
        """
        from drafter.chain.rework import Rework, keep, recompose, rework, stand, told  # most drafts are never reworked
        from drafter.chain.standing import standing
        from drafter.chain.wish import read_wish

        started, wanted = time.perf_counter(), read_wish(wish)
        if self.model is None and (wanted.ready is None or section):
            raise ModelNeededError("this wish needs a model: set DRAFTER_MODEL, or ask for shorter, warmer or plainer.", "wish")
        incident = without_cards(incident)
        work = begin(wanted.applied(incident), house=self.house, brief=wanted.brief, warmer=wanted.warmer)
        task = Rework(standing(start, work.composed, incident), wanted, section)
        desk = self._desk(work.incident, on_section, stopped, writes="rework") if self.model else None
        if desk:
            before = stand(work, task.standing)
            work = told(keep(revise(rework(before, desk, task), desk), before, task), task)
        else:
            work = recompose(work, task)
        return self._finished(work, desk, started, on_section)

    def share(self, incident: Incident, given: Given, *, stopped: Stopped = never) -> Shared:
        """Words for many letters, from one call of the model about one of them; `given` is what differs from letter to letter.

        A model that fails gives none, and the reason.

        Raises:
            ModelNeededError: no model is set.
        """
        from drafter.chain.shared import placeholders_of, share

        work = begin(without_cards(incident), house=self.house)
        desk = self._desk(work.incident, None, stopped)
        if desk is None:
            raise ModelNeededError("shared words need a model: set DRAFTER_MODEL.")
        return share(work, replace(desk, placeholders=placeholders_of(work.incident, given)))

    def fill(self, incident: Incident, shared: Shared, given: Given) -> Draft:
        """The reply to an incident in shared words, with its own values in them; checked as any draft, which no model is asked for.

        Where the words do not pass for these facts, the composed letter stands, and `reasons` says so.

        Raises:
            LanguageError: there are no phrases or rules for the incident's language.
        """
        from drafter.chain.shared import fill, placeholders_of

        work = begin(without_cards(incident), house=self.house)
        return fill(work, shared, placeholders_of(work.incident, given))

    def edited(self, start: Draft, text: str, incident: Incident, *, passed: Sequence[Passed] = ()) -> Draft:
        """A draft with the words that a person gave it, checked; `passed` is what they passed over, with their reasons.

        Its text is `text`, with card, bank account and passport numbers cut to their last digits. An error that was passed over
        leaves the draft in need of a review.

        Raises:
            TextError: the text is too large.
        """
        from drafter.chain.edited import edited

        return edited(start, mask_cards(text), without_cards(incident), house=self.house, passed=passed)

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

        `place` is where and when it came in: how its dates and amounts are to be read. Without a model, or where it fails,
        rules read the ticket; then `model` is None, and `because` says what failed.

        Raises:
            TextError: the ticket is empty or too large.
        """
        if self.model is None:
            return read_by_rules(text, place=place)
        from drafter.prompts import live_prompt  # with the client behind it, it is half the start of a composed draft
        from drafter.ticket.reading import read_ticket

        try:
            return read_ticket(text, model=self.model, prompt=live_prompt("read_ticket", self._prompts), place=place)
        except ModelError as error:
            return read_by_rules(text, place=place).model_copy(update={"because": f"{error}"})

    def _finished(self, work: Work, desk: Desk | None, started: float, on_section: OnSection | None) -> Draft:
        draft = finish(work, desk)
        if on_section and not desk:
            for section in draft.sections:
                on_section(section)
        took = draft.provenance.model_copy(update={"milliseconds": round((time.perf_counter() - started) * 1000, 2)})
        return draft.model_copy(update={"provenance": took})

    def _desk(self, incident: Incident, on_section: OnSection | None, stopped: Stopped, *, writes: str = "draft") -> Desk | None:
        if self.model is None:
            return None
        from drafter.prompts import live_prompt

        return Desk(
            model=self.model,
            draft=live_prompt(writes, self._prompts),
            revise=live_prompt("revise", self._prompts),
            budget=self.model.budget(stopped),
            placeholders=Placeholders.for_incident(incident),
            on_section=on_section,
        )
