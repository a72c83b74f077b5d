"""Readings: tickets that a model reads for the page, in the background, until what it found is taken up or given up."""

from __future__ import annotations

import uuid
from concurrent.futures import Future
from threading import Thread

from drafter.ticket import Place, TicketFacts
from drafter.writer import Writer

_MOST = 200  # readings that nobody has come back for: the oldest is dropped, and its ticket can be read again


class Readings:
    """The readings under way in this process; one that a restart cut off is not known any more."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._going: dict[str, Future[TicketFacts]] = {}

    def begin(self, ticket: str, place: Place) -> str:
        """Start to read a ticket, and give the id of the reading."""
        while len(self._going) >= _MOST:
            self.give_up(next(iter(self._going)))
        reading_id = uuid.uuid4().hex
        found: Future[TicketFacts] = Future()
        self._going[reading_id] = found
        # a thread of its own, which the end of the process does not wait for
        Thread(target=self._read, args=(found, ticket, place), name="reading", daemon=True).start()
        return reading_id

    def _read(self, found: Future[TicketFacts], ticket: str, place: Place) -> None:
        try:
            found.set_result(self._writer.read_ticket(ticket, place=place))
        except BaseException as error:  # noqa: BLE001 - it is raised where the reading is taken up
            found.set_exception(error)

    def is_going(self, reading_id: str) -> bool:
        """Whether the model is still at it."""
        found = self._going.get(reading_id)
        return found is not None and not found.done()

    def take(self, reading_id: str) -> TicketFacts | None:
        """What was found; None where nobody knows of the reading any more.

        Raises:
            TextError: the ticket is empty or too large.
        """
        found = self._going.pop(reading_id, None)
        return None if found is None else found.result()

    def give_up(self, reading_id: str) -> None:
        """Forget a reading; what the model still says is not looked at."""
        self._going.pop(reading_id, None)
