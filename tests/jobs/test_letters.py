"""Letters to many through the queues: shared by workers, each written once, also where one is killed; and as notes in their tickets."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from drafter.batch import Merge, Row
from drafter.incident import incident_from, plain_facts
from drafter.jobs import Jobs
from drafter.store import BatchRecord, Store
from evals.double_charges import BAD, FACTS, HEADERS, rows, spoiled
from tests import scripted
from tests.conftest import Facts
from tests.helpdesk.fakes import Fake, Said, served
from tests.jobs.conftest import copied
from tests.jobs.process import HELPDESK, Place, service, work
from tests.jobs.warm import Warm
from tests.postgres import Postgres

CUSTOMERS = 160
SHARED = plain_facts(FACTS.read_text(encoding="utf-8"))
Begin = Callable[[Place], tuple[Store, Jobs]]


def asked(store: Store, jobs: Jobs, facts: Facts, table: list[list[str]], *, ticket: str | None = None) -> BatchRecord:
    """Letters to these customers, asked for under an incident that is opened; with a ticket, as notes in it."""
    course = store.courses.open(incident_from(facts()))
    headers = [*HEADERS, "ticket"] if ticket else HEADERS
    cells = [tuple([*row, ticket] if ticket else row) for row in table]
    found = [Row(line, row, "" if len(row) == len(headers) else "it is too short.") for line, row in enumerate(cells, 2)]
    return jobs.write_to_many(course.id, Merge(SHARED, headers), found, helpdesk=HELPDESK if ticket else None)


def written(store: Store, batch: BatchRecord, seconds: float = 120) -> dict[str, int]:
    """How many lines have each status once none waits."""
    end = time.monotonic() + seconds
    while (counts := store.batches.get(batch.id).counts).get("waiting") and time.monotonic() < end:
        time.sleep(0.05)
    return {str(status): number for status, number in counts.items()}


def test_two_workers_share_a_batch_and_a_kill_loses_and_doubles_nothing(
    postgres: Postgres, template: str, warm: Warm, facts: Facts
) -> None:
    """Each row has one draft, though one of the two workers is killed by force in the middle of its letters."""
    address = copied(postgres, template)
    place = Place(address, address)
    with service(place, listen=False) as (store, jobs):
        workers = [warm.start(work, place, 300.0) for _ in range(2)]
        batch = asked(store, jobs, facts, spoiled(rows(CUSTOMERS)))
        while store.batches.get(batch.id).counts.get("ready", 0) < CUSTOMERS // 8:
            time.sleep(0.02)
        os.kill(workers[0], signal.SIGKILL)
        assert warm.wait(workers[0]) == -signal.SIGKILL
        assert written(store, batch) == {"ready": CUSTOMERS - BAD, "set_aside": BAD}
        os.kill(workers[1], signal.SIGTERM)
        assert warm.wait(workers[1]) == 0
        lines = store.batches.lines(batch.id, limit=CUSTOMERS)
        assert len({line.draft_id for line in lines if line.draft_id}) == CUSTOMERS - BAD
        drafts = Counter(record.id for record in store.drafts.page(limit=1000))
        assert drafts == Counter({line.draft_id: 1 for line in lines if line.draft_id})


def test_each_draft_is_of_its_own_row(place: Place, jobs_at: Begin, facts: Facts) -> None:
    """The letter of a line holds what its row holds, and rests on facts of its own; what was set aside keeps its cells."""
    store, jobs = jobs_at(place)
    table = rows(30)
    table[3][3] = "a lot"
    batch = asked(store, jobs, facts, table)
    assert written(store, batch) == {"ready": 29, "set_aside": 1}
    for line, row in zip(store.batches.lines(batch.id), table, strict=True):
        if line.draft_id is None:
            assert line.reason == "amount: 'a lot' is not an amount; write it as '$149.00' or '149 USD'."
            assert line.cells == tuple(row)
            continue
        record = store.drafts.get(line.draft_id)
        assert record.draft is not None
        assert f"for order {row[2]}, {row[3]} each time" in record.draft.text
        assert store.incidents.get(record.incident_id).incident.customer.name == row[0]


def test_a_letter_goes_to_the_ticket_of_its_row_once(place: Place, jobs_at: Begin, facts: Facts) -> None:
    """As a private note, by the same deliveries as any draft's."""
    with served(Fake(HELPDESK, [Said(1, "customer", "My card was charged twice.")])) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        batch = asked(store, jobs, facts, rows(1), ticket="42")
        assert written(store, batch) == {"ready": 1}
        (line,) = store.batches.lines(batch.id)
        end = time.monotonic() + 30
        while not (notes := [said for said in desk.said if said.by == "note"]) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.3)
        notes = [said for said in desk.said if said.by == "note"]
        assert len(notes) == 1
        assert str(line.draft_id) in notes[0].body


@pytest.mark.parametrize("works", [True, False])
def test_a_model_is_asked_once_for_all(place: Place, jobs_at: Begin, facts: Facts, works: bool) -> None:
    """For words that all share; where it gives none, the composed letters are as ready."""
    table = [[*row[:5], ""] for row in rows(30)]
    merge = Merge(SHARED, HEADERS)
    first = Row(2, tuple(table[0]))
    reply = scripted.Reply(_says(merge, first)) if works else scripted.Reply("I cannot help with that.")
    with scripted.endpoint(reply) as model:
        store, jobs = jobs_at(replace(place, model=model.url))
        batch = asked(store, jobs, facts, table)
        assert written(store, batch) == {"ready": 30}
        assert len(model.requests) == 1
        drafts = [store.drafts.get(str(line.draft_id)).draft for line in store.batches.lines(batch.id)]
    assert {draft.provenance.model for draft in drafts if draft} == {"scripted" if works else None}


def _says(merge: Merge, row: Row) -> scripted.Says:
    from drafter.chain.shared import placeholders_of
    from drafter.compose import compose

    incident = merge.incident(row)
    hide = placeholders_of(incident, merge.given(row)).hide
    return lambda request: scripted.written(request, {str(part.name): hide(part.text) for part in compose(incident).sections})
