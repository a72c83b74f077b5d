"""The jobs of a batch: the words that its letters share, and some of its letters at a time, each once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from drafter.batch import Merge, Row, Same
from drafter.batch.run import shared_words
from drafter.chain.shared import Shared
from drafter.errors import InputError
from drafter.jobs.drafting import problem_of
from drafter.store import BatchRecord, DeskTicket, LineRecord, Store
from drafter.writer import Writer

AT_ONCE = 25  # letters of one job
_PAGE = 1000


class Lettering:
    """Writes the letters of batches that the store holds as accepted."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer

    def accept(self, incident_id: str, merge: Merge, rows: Sequence[Row], *, helpdesk: str | None, **origin: str | None) -> BatchRecord:
        """Take the rows of a table on; those of another shape, and second rows for one letter, are set aside at once.

        Raises:
            InputError: there is no row, or the shared facts do not hold together.
            NotFoundError: no incident was opened under this id.
            StoreError: the database failed, and nothing was taken on.
        """
        if not rows:
            raise InputError("there are no customers: no row stands under the header.")
        merge.prove(rows[0])
        same = Same(merge)
        lines = [(row.line, row.cells, row.fault or same.again(row)) for row in rows]
        plan = {"facts": merge.facts, "headers": list(merge.columns.headers)}
        return self._store.batches.accept(incident_id, plan, lines, helpdesk=helpdesk, **origin)

    def begin(self, batch_id: str) -> list[list[int]]:
        """Ask for the words that the letters share, where there is a model; gives the first and last line of each piece of work."""
        batch = self._store.batches.get(batch_id)
        waiting = self._waiting(batch_id)
        words = None
        if self._writer.model is not None and batch.plan and waiting:
            words = shared_words(self._writer, _merge(batch), map(_row, waiting)).model_dump_json()
        self._store.batches.share(batch_id, words)
        numbers = [line.line for line in waiting]
        pieces = (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))
        return [[piece[0], piece[-1]] for piece in pieces]

    def write(self, batch_id: str, first: int, last: int) -> list[str]:
        """Write the letters of these lines that wait; gives the ids of their drafts."""
        batch = self._store.batches.get(batch_id)
        if not batch.plan:
            return []  # its person was forgotten
        merge, words = _merge(batch), batch.plan.get("shared")
        shared = Shared.model_validate_json(words) if words else None
        found = self._store.batches.lines(batch_id, status="waiting", after=first - 1, limit=AT_ONCE)
        return [draft_id for line in found if line.line <= last and (draft_id := self._letter(batch, merge, shared, line))]

    def _letter(self, batch: BatchRecord, merge: Merge, shared: Shared | None, line: LineRecord) -> str | None:
        row = _row(line)
        try:
            incident = merge.incident(row)
            writer = Writer(house=self._writer.house)  # no model: the one call was made for all
            draft = writer.fill(incident, shared, merge.given(row)) if shared else writer.draft(incident)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other customers get their letters
            self._store.batches.end(batch.id, line.line, "set_aside", reason=" ".join(problem_of(error)["detail"].split("\n")))
            return None
        values = merge.values(row)
        ticket = values.get("ticket") if batch.helpdesk else None
        record = self._store.drafts.accept(
            incident,
            id=f"dr_{uuid5(NAMESPACE_URL, f'drafter:{batch.id}:{line.line}').hex}",
            draft=draft,
            person=values.get("id") or None,
            key=batch.key,
            desk=DeskTicket(batch.helpdesk or "", ticket, None, None, None) if ticket else None,
        )
        self._store.batches.end(batch.id, line.line, draft.status, draft_id=record.id)
        return record.id

    def _waiting(self, batch_id: str) -> list[LineRecord]:
        found: list[LineRecord] = []
        while page := self._store.batches.lines(batch_id, status="waiting", after=found[-1].line if found else 0, limit=_PAGE):
            found += page
        return found


def _merge(batch: BatchRecord) -> Merge:
    return Merge(batch.plan["facts"], batch.plan["headers"])


def _row(line: LineRecord) -> Row:
    return Row(line.line, line.cells or ())
