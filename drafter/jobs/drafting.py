"""The job that writes one draft: facts out of the store, the letter into it, and word to whoever waits for it."""

from __future__ import annotations

import logging
from typing import Any, cast

from drafter.draft import Draft, SectionName
from drafter.errors import DrafterError, InputError, StoreError
from drafter.incident import Incident
from drafter.jobs.durable import step
from drafter.jobs.watch import Watch
from drafter.model import Stopped, never
from drafter.store import Store
from drafter.ticket import questions
from drafter.writer import Writer

_LOG = logging.getLogger(__name__)
UNANSWERED = "It rests on the ticket alone: answer the open questions, or make sure that it may go without."
FAIL = "fail"  # the step that says why there is no letter


class Drafting:
    """Writes the drafts that the store holds as accepted. `writer` keeps its model's answers with the job that asks."""

    def __init__(self, store: Store, writer: Writer, watch: Watch) -> None:
        self._store = store
        self._writer = writer
        self._watch = watch

    def write(self, draft_id: str) -> str:
        """Write one draft, or see that it is written, failed or cancelled; gives the state that it came to."""
        try:
            state: str = step("begin", lambda: self._store.drafts.begin(draft_id).state)
            return self._written(draft_id) if state == "writing" else state
        finally:
            self._watch.end(draft_id)  # a cancelled job is left by an exception, and its sections are not kept either

    def revise(self, revision_id: str) -> str:
        """Put a letter in the words that were wished for, or say why it cannot be; gives the state that the revision came to."""
        record = self._store.revisions.get(revision_id)
        if record.state != "queued":
            return record.state
        try:
            with self._watch.stoppable(revision_id) as stopped:
                draft = self.reworked(record.draft_id, record.wish, record.section, stopped=stopped)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            problem = problem_of(error)
            return str(step(FAIL, lambda: self._store.revisions.fail(revision_id, problem).state))
        return str(step("finish", lambda: self._store.revisions.finish(revision_id, draft).state))

    def reworked(self, draft_id: str, wish: str, section: str | None, *, stopped: Stopped = never) -> Draft:
        """The latest version of a draft in other words.

        Raises:
            NotFoundError: there is no such draft.
            InputError: the wish cannot be used, or there is nothing to put in other words.
        """
        record = self._store.drafts.get(draft_id)
        if record.draft is None:
            raise InputError(f"the draft '{draft_id}' has no version yet that could be put in other words.")
        incident = self._store.incidents.get(record.incident_id).incident
        return self._writer.rework(record.draft, incident, wish, section=cast("SectionName | None", section), stopped=stopped)

    def _written(self, draft_id: str) -> str:
        try:
            draft = self._draft(draft_id)
        except StoreError:
            raise  # nothing can be said of it now; the job is listed as failed and can be run again
        except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits has to learn that no letter will come
            problem = problem_of(error)
            return str(step(FAIL, lambda: self._store.drafts.fail(draft_id, problem).state))
        return str(step("finish", lambda: self._store.drafts.finish(draft_id, draft, number=1, by="drafter").state))

    def _draft(self, draft_id: str) -> Draft:
        record = self._store.drafts.get(draft_id)
        incident = self._store.incidents.get(record.incident_id).incident
        with self._watch.stoppable(draft_id) as stopped:
            draft = self._writer.draft(incident, on_section=self._watch.teller(draft_id), stopped=stopped)
        return _from_a_ticket(draft, incident) if record.desk else draft


def _from_a_ticket(draft: Draft, incident: Incident) -> Draft:
    """A draft that rests on what a customer wrote, which nobody of ours has looked at yet, is never ready while questions are open."""
    if draft.status == "needs_review" or not questions(incident):
        return draft
    status = "needs_review" if draft.status == "ready" else draft.status
    return draft.model_copy(update={"status": status, "reasons": (*draft.reasons, UNANSWERED)})


def problem_of(error: Exception) -> dict[str, Any]:
    """What is kept of a failure: words of ours, and of anything unforeseen only its kind, as it could quote a letter."""
    if isinstance(error, DrafterError):
        return {"title": "The draft could not be written.", "detail": str(error), "kind": type(error).__name__}
    _LOG.error("a draft could not be written", extra={"error": type(error).__name__})
    return {"title": "The draft could not be written.", "detail": "Drafter itself failed; the log says with what.", "kind": "fault"}
