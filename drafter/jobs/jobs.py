"""Jobs: what the service does durably - drafts, revisions, tickets, notes, webhooks - and who picks up what was left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from drafter.batch import Merge, Row
from drafter.draft import Section, SectionName
from drafter.errors import HelpdeskError, InputError, NotFoundError
from drafter.helpdesk import Event, Helpdesk
from drafter.house.tables import House
from drafter.incident import Incident
from drafter.jobs.drafting import FAIL, Drafting
from drafter.jobs.durable import step
from drafter.jobs.engine import Engine, Job, JobState
from drafter.jobs.lettering import Lettering
from drafter.jobs.noting import Noting
from drafter.jobs.streaming import sections
from drafter.jobs.telling import Telling
from drafter.jobs.ticketing import EVENT, Opened, Ticketing
from drafter.jobs.watch import Watch
from drafter.jobs.workers import Round, worker_name
from drafter.store import BatchRecord, DeliveryRecord, DraftRecord, RevisionRecord, Store
from drafter.webhooks import backoff
from drafter.writer import Writer

QUEUE_OF = {
    **dict.fromkeys(("draft", "revision", "batch", "letters"), "drafts"),
    "ticket": "tickets",
    "note": "notes",
    "webhook": "webhooks",
}
_KEPT, _KEPT_FAILED = timedelta(days=1), timedelta(days=30)
_TIDY = 600.0  # seconds between two looks for jobs that are over
_AT_START, _LATELY = timedelta(hours=12), timedelta(minutes=5)  # how far back what was told to nobody is looked for
_UNDER_WAY: tuple[JobState, ...] = ("waiting", "running")
_LOOK = 0.05  # seconds between two looks at a draft that somebody waits for


class Jobs:
    """Durable work on a store. `writer` must keep its model's answers by `drafter.jobs.keep`, else a crash asks again.

    `url` is SQLAlchemy's address of the database of the queues; `secrets` sign webhooks. Nothing runs before `launch`.
    """

    def __init__(
        self, store: Store, writer: Writer, *, url: str, helpdesks: Mapping[str, Helpdesk] | None = None, secrets: Sequence[str] = ()
    ) -> None:
        house = writer.house or House()
        helpdesks = helpdesks or {}
        self._store = store
        self._writer = writer
        self._stop_seconds = house.jobs.stop_seconds
        self._since = _AT_START
        self._left = timedelta(seconds=2 * house.jobs.round_seconds)  # what was accepted then has surely lost who was to hand it in
        # a file takes one writer at a time, and composing beside it keeps that one from its end
        self._one_by_one: AbstractContextManager[Any] = threading.Lock() if store.is_file else nullcontext()
        self._watch = Watch()
        self._tidy_at = 0.0
        self._drafting = Drafting(store, writer, self._watch)
        self._ticketing = Ticketing(store, writer, helpdesks)
        self._lettering = Lettering(store, writer)
        self._noting = Noting(store, helpdesks)
        self._telling = Telling(store, house.webhooks, secrets, helpdesks)
        self._engine = Engine(url, worker_name(), house.jobs)
        self._draft = self._engine.job("draft", self._run_draft)
        self._revision = self._engine.job("revision", self._run_revision)
        self._ticket = self._engine.job("ticket", self._run_ticket)
        self._batch = self._engine.job("batch", self._run_batch)
        self._letters = self._engine.job("letters", self._run_letters)
        self._note = self._engine.job("note", self._run_note)
        self._webhook = self._engine.job("webhook", self._run_webhook)
        self._round = Round(store, self._engine.worker, every=house.jobs.round_seconds, gone=house.jobs.gone_seconds)

    def launch(self, *, listen: bool = True) -> None:
        """Begin to run jobs; without `listen`, only hand them in for workers elsewhere, whose limits stay as they are.

        Raises:
            StoreError: the database of the queues failed.
        """
        self._engine.launch(listen=listen)
        if listen:
            self._round.start(self._engine.take_over, self._hand_in)

    def stop(self) -> None:
        """End what runs within the time the house gives it, and hand back the rest."""
        self._round.stop()
        self._engine.stop(self._stop_seconds)
        self._round.leave()

    def accept(self, incident: Incident, **origin: Any) -> DraftRecord:
        """Take a draft on. Without a model it is written at once; else it waits for its turn, as the record says.

        `origin` is what `Drafts.accept` takes.

        Raises:
            InputError: there are no phrases or rules for the incident's language.
            StoreError: the database failed, and nothing was accepted.
        """
        if self._writer.model is not None:
            record = self._store.drafts.accept(incident, **origin)
            self._engine.enqueue("drafts", self._draft, record.id, record.id)
            return record
        with self._one_by_one:
            record = self._store.drafts.accept(incident, draft=self._writer.draft(incident), **origin)
        self._tell(record)
        return record

    def write_to_many(
        self, incident_id: str, merge: Merge, rows: Sequence[Row], *, helpdesk: str | None = None, **origin: str | None
    ) -> BatchRecord:
        """Take on a letter for each row of a table; they are written by whichever worker is free.

        With a helpdesk, each goes to the ticket of its row as a private note. `origin` is the `id` and `key` that `Batches.accept` takes.

        Raises:
            InputError: there is no row, or the shared facts do not hold together.
            NotFoundError: no incident was opened under this id.
            StoreError: the database failed, and nothing was accepted.
        """
        record = self._lettering.accept(incident_id, merge, rows, helpdesk=helpdesk, **origin)
        self._engine.enqueue("drafts", self._batch, record.id, record.id)
        return record

    def revise(self, draft_id: str, wish: str, *, section: SectionName | None = None, by: str) -> RevisionRecord:
        """Take a wish for other words on; what the composer can do is done at once.

        Raises:
            NotFoundError: there is no such draft, or it was erased.
            ModelNeededError: a wish that needs a model, and none is set.
            InputError: a wish that cannot be used, or a draft without a version.
            StoreError: the database failed, and nothing was accepted.
        """
        if self._writer.model is not None:
            record = self._store.revisions.accept(draft_id, wish, section=section, by=by)
            self._engine.enqueue("drafts", self._revision, record.id, record.id)
            return record
        draft = self._drafting.reworked(draft_id, wish, section)
        return self._store.revisions.finish(self._store.revisions.accept(draft_id, wish, section=section, by=by).id, draft)

    def receive(self, helpdesk: str, event: Event) -> bool:
        """Take an event of a helpdesk on, and give whether it is new.

        Raises:
            StoreError: the database failed, and nothing was accepted.
        """
        entry = self._store.inbox.put(helpdesk, event.delivery, EVENT.dump_python(event, mode="json"))
        if entry is None:
            return False
        self._engine.enqueue("tickets", self._ticket, entry, entry, 1)
        return True

    def wait(self, draft_id: str, seconds: float) -> DraftRecord:
        """The draft, as soon as it is written or will not be, or as it stands after as many seconds.

        Raises:
            NotFoundError: there is no such draft.
        """
        end = time.monotonic() + seconds
        while (record := self._store.drafts.get(draft_id)).state in ("queued", "writing") and time.monotonic() < end:
            time.sleep(_LOOK)
        return record

    def sections(self, draft_id: str, *, beat: float = 10.0) -> Iterator[Section | None]:
        """The sections of a draft as they pass their checks, then those of the finished letter that were not shown; None is a beat.

        Where another process writes the draft, all of them come when it is done.
        """
        return sections(self._store, self._watch, draft_id, beat=beat)

    def so_far(self, draft_id: str) -> tuple[Section, ...]:
        """The sections that have passed their checks of a draft that this process is writing."""
        return self._watch.so_far(draft_id)

    def give_up(self, revision_id: str) -> RevisionRecord:
        """Stop a revision that is not done, and let go of the model in this process; the draft stays as it was.

        Raises:
            NotFoundError: there is no such revision.
        """
        record = self._store.revisions.fail(revision_id, {"title": "The revision was given up.", "kind": "cancelled"})
        self._engine.cancel(revision_id)
        self._watch.stop(revision_id)
        return record

    def cancel(self, draft_id: str) -> DraftRecord:
        """Stop a draft that is not done, and let go of the model in this process; elsewhere the call in flight is the last.

        Raises:
            NotFoundError: there is no such draft.
        """
        record = self._store.drafts.cancel(draft_id)
        self._engine.cancel(draft_id)
        self._watch.stop(draft_id)
        self._watch.end(draft_id)
        return record

    def retry(self, draft_id: str) -> DraftRecord:
        """Try a draft that failed again, from where it failed.

        Raises:
            NotFoundError: there is no such draft.
            InputError: it has not failed.
        """
        record = self._store.drafts.get(draft_id)
        if record.state != "failed":
            raise InputError(f"the draft '{draft_id}' has not failed; it is {record.state}.")
        if self._engine.state(draft_id) == "unknown":
            self._engine.enqueue("drafts", self._draft, draft_id, draft_id)
        else:
            self._engine.again(draft_id, "drafts", step=FAIL)
        return self._store.drafts.begin(draft_id)

    def replay(self, delivery_id: str) -> None:
        """Try a delivery that was given up again, from its first wait on.

        Raises:
            NotFoundError: there is no such delivery.
        """
        delivery = self._store.deliveries.reopen(delivery_id)
        job, queue = (self._note, "notes") if delivery.kind == "note" else (self._webhook, "webhooks")
        self._engine.enqueue(queue, job, f"{delivery_id}-{delivery.attempts + 1}", delivery.draft_id, delivery_id, 1)

    def again(self, job_id: str) -> None:
        """Try what failed or was given up again: a draft, a delivery, or any other job by its id.

        Raises:
            NotFoundError: there is nothing with this id.
            InputError: it has not failed.
        """
        if job_id.startswith("dlv_") and self._engine.state(job_id) == "unknown":
            self.replay(job_id)
        elif self._engine.state(job_id) == "failed":
            self._engine.rerun(job_id, QUEUE_OF)
        elif job_id.startswith("dr_"):
            self.retry(job_id)
        elif (state := self._engine.state(job_id)) == "unknown":
            raise NotFoundError(f"there is no job '{job_id}'.")
        else:
            raise InputError(f"the job '{job_id}' has not failed; it is {state}.")

    def failed(self) -> Iterator[Job]:
        """Jobs that ended in a fault of Drafter's or a database's, or took their process down too often."""
        return self._engine.failed()

    def state(self, job_id: str) -> JobState:
        """How far a job is."""
        return self._engine.state(job_id)

    def worker_of(self, job_id: str) -> str | None:
        """The worker that runs a job, or ran it."""
        return self._engine.worker_of(job_id)

    def depth(self) -> int:
        """How many jobs wait or run."""
        return sum(1 for _ in self._engine.unfinished())

    def _run_draft(self, draft_id: str) -> str:
        state = self._drafting.write(draft_id)
        self._follow(draft_id)
        return state

    def _run_revision(self, revision_id: str) -> str:
        return self._drafting.revise(revision_id)

    def _run_batch(self, batch_id: str) -> int:
        pieces: list[list[int]] = step("begin", lambda: self._lettering.begin(batch_id))
        for first, last in pieces:
            self._engine.enqueue("drafts", self._letters, f"{batch_id}-{first}", batch_id, first, last)
        return len(pieces)

    def _run_letters(self, batch_id: str, first: int, last: int) -> int:
        written: list[str] = step("write", lambda: self._lettering.write(batch_id, first, last))
        for draft_id in written:
            self._tell(self._store.drafts.get(draft_id))
        return len(written)

    def _tell(self, record: DraftRecord) -> None:
        """See to it that whoever wants to know of a written draft is told."""
        if self._telling.is_told(record):
            self._engine.enqueue("drafts", self._draft, record.id, record.id)  # it finds the letter written, and tells of it

    def _run_ticket(self, inbox_id: str, attempt: int) -> dict[str, Any]:
        def opened() -> dict[str, Any]:
            try:
                return asdict(self._ticketing.open(inbox_id))
            except HelpdeskError as error:
                wait = None if error.permanent else (error.retry_after or backoff(attempt))
                return {**asdict(Opened(None, str(error))), "wait": wait}

        result: dict[str, Any] = step("open", opened)
        if result.get("wait") is not None:
            self._engine.enqueue("tickets", self._ticket, f"{inbox_id}-{attempt + 1}", inbox_id, attempt + 1, delay=result["wait"])
        elif result["draft_id"] is None and "wait" in result:
            step("give up", lambda: self._store.inbox.done(inbox_id, None, result["because"]))
        elif result["draft_id"] is not None:
            self._engine.enqueue("drafts", self._draft, result["draft_id"], result["draft_id"])
        return result

    def _run_note(self, draft_id: str, delivery_id: str, attempt: int) -> dict[str, Any]:
        result: dict[str, Any] = step("note", lambda: asdict(self._noting.write(draft_id, delivery_id, attempt)))
        return self._go_on("notes", self._note, (draft_id, delivery_id, attempt), result)

    def _run_webhook(self, draft_id: str, delivery_id: str, attempt: int) -> dict[str, Any]:
        result: dict[str, Any] = step("webhook", lambda: asdict(self._telling.send(delivery_id, attempt)))
        return self._go_on("webhooks", self._webhook, (draft_id, delivery_id, attempt), result)

    def _go_on(self, queue: str, job: Callable[..., Any], args: tuple[str, str, int], result: dict[str, Any]) -> dict[str, Any]:
        """Hand in the next try of a delivery, if there is to be one; ids count all tries, those before a replay too."""
        draft_id, delivery_id, attempt = args
        if result["wait"] is not None:
            number: int = step("count", lambda: self._store.deliveries.get(delivery_id).attempts) + 1
            self._engine.enqueue(queue, job, f"{delivery_id}-{number}", draft_id, delivery_id, attempt + 1, delay=result["wait"])
        return result

    def _follow(self, draft_id: str) -> None:
        """What comes after a draft: its note, and word to those who asked for it."""
        note: str | None = step("plan note", lambda: self._noting.plan(draft_id))
        hooks: list[str] = step("plan webhooks", lambda: self._telling.plan(draft_id))
        if note:
            self._engine.enqueue("notes", self._note, f"{note}-1", draft_id, note, 1)
        for hook in hooks:
            self._engine.enqueue("webhooks", self._webhook, f"{hook}-1", draft_id, hook, 1)

    def _tidy(self) -> None:
        """Delete jobs that are over: what a model has answered is kept with them, which no one needs a day later."""
        if time.monotonic() < self._tidy_at:
            return
        now = datetime.now(UTC)
        deleted = self._engine.forget(("ended", "cancelled"), before=now - _KEPT) + self._engine.forget(
            ("failed",), before=now - _KEPT_FAILED
        )
        self._tidy_at = 0.0 if deleted else time.monotonic() + _TIDY

    def _hand_in(self) -> int:
        """Hand in what was accepted just before its process was gone; gives how many."""
        self._tidy()
        waiting = [
            *(("drafts", self._draft, (draft_id,)) for draft_id in self._store.drafts.waiting(self._left)),
            *(("drafts", self._revision, (revision_id,)) for revision_id in self._store.revisions.waiting(self._left)),
            *(("drafts", self._batch, (batch_id,)) for batch_id in self._store.batches.waiting(self._left)),
            *(("tickets", self._ticket, (entry, 1)) for entry in self._store.inbox.waiting(self._left)),
            *(("drafts", self._draft, (draft_id,)) for draft_id in self._untold()),
        ]
        lost = [(queue, job, args) for queue, job, args in waiting if self._engine.state(str(args[0])) == "unknown"]
        for queue, job, args in lost:
            self._engine.enqueue(queue, job, str(args[0]), *args)
        return len(lost) + sum(map(self._sent_on, self._store.deliveries.waiting(self._left)))

    def _untold(self) -> tuple[str, ...]:
        """The drafts that are written and that nobody was told of: all of half a day at the start, later those of the last minutes."""
        since, self._since = self._since, _LATELY
        return self._store.drafts.untold(self._left, since=since, all_of_them=self._telling.tells_of_all)

    def _sent_on(self, delivery: DeliveryRecord) -> bool:
        """Hand in the next try of a delivery that no job is to make; whether there was none."""
        number = delivery.attempts + 1
        if self._engine.state(f"{delivery.id}-{number}") != "unknown" or self._engine.state(f"{delivery.id}-{number - 1}") in _UNDER_WAY:
            return False
        job, queue = (self._note, "notes") if delivery.kind == "note" else (self._webhook, "webhooks")
        self._engine.enqueue(queue, job, f"{delivery.id}-{number}", delivery.draft_id, delivery.id, number)
        return True
