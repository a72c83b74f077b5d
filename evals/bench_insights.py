"""How long Insights takes over many drafts: `python -m evals.bench_insights`, 50,000 of them in a store of its own.

Each figure is asked of the store as the page asks for it, over the longest span, and so are the two steps in which the page shows
them, each as a median and a worst of several tries, with the least of a processor's own time.
Aim: no figure takes more than a second.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert, make_url
from sqlalchemy.orm import Session

from drafter.jobs import Jobs
from drafter.store import open_store
from drafter.store.database import Database
from drafter.store.measures import SENT
from drafter.store.tables import DismissalRow, DraftRow, FlagRow, IncidentRow, MeasureRow, PromiseRow, Row, SentRow, WorkingRow
from drafter.ui.insights import Looking
from drafter.ui.panel import Act
from drafter.ui.sheets import SHEETS, heads
from drafter.ui.workbench import Desk
from drafter.writer import Writer

_WEEKS = 52
_QUEUES = ("billing", "delivery", "outages", "returns", "web", None)
_RULES = [f"rule-{number}" for number in range(24)]
_BATCH = 2000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=5, help="how often each is measured, after one that is not counted")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/drafter.db")
        fill(Database(make_url(f"sqlite:///{folder}/drafter.db")), options.drafts)
        looking = Looking(Desk(Writer(), store, Jobs(store, Writer(), url=f"sqlite:///{folder}/jobs.db"), {}))
        for name, measured in _measured(looking):
            took, own = zip(*[_seconds(measured) for _ in range(options.times + 1)][1:], strict=True)
            worst, least = max(took) * 1000, min(own) * 1000
            print(
                f"{name:<20}{statistics.median(took) * 1000:>7.0f} ms   at most {worst:.0f} ms   {least:.0f} ms of a processor", flush=True
            )
        size = Path(folder, "drafter.db").stat().st_size / 1e6
        print(f"{options.drafts:,} drafts, {size:,.0f} MB")
        store.close()


def fill(database: Database, drafts: int) -> None:
    """Put so many drafts of a year into a store, with what figures read of each: two of three sent, some of their tickets twice."""
    dice, now = random.Random(7), datetime.now(UTC)
    for first in range(0, drafts, _BATCH):
        numbers = range(first, min(drafts, first + _BATCH))
        some = [_draft(dice, number, now - timedelta(seconds=dice.uniform(0, _WEEKS * 7 * 86_400)), drafts) for number in numbers]
        with database.write() as session:
            for kind in (IncidentRow, DraftRow, MeasureRow, FlagRow, SentRow, PromiseRow, DismissalRow, WorkingRow):
                _insert(session, kind, [row for rows in some for row in rows.get(kind, ())])


def _insert(session: Session, kind: type[Row], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(kind), rows)


def _draft(dice: random.Random, number: int, created: datetime, drafts: int) -> dict[type[Row], list[dict[str, Any]]]:
    name, queue, is_sent = f"dr_{number:06}", dice.choice(_QUEUES), dice.random() < 0.67
    sent, flags = created + timedelta(seconds=dice.expovariate(1 / 7200)), dice.sample(_RULES, dice.randint(0, 4))
    model, ready = dice.random() < 0.5, dice.random() < 0.6
    at = {"created": created, "updated": created}
    found: dict[type[Row], list[dict[str, Any]]] = {IncidentRow: [{"id": f"inc_{number:06}", "facts": "{}", "created": created}]}
    ticket = {"helpdesk": "zammad", "ticket": str(dice.randint(1, drafts * 2 // 3)), "queue": queue} if dice.random() < 0.8 else {}
    found[DraftRow] = [{"id": name, "incident_id": f"inc_{number:06}", "state": "done", "version": 1, **_EMPTY, **ticket, **at}]
    found[MeasureRow] = [
        {
            "draft_id": name,
            "created": created,
            "queue": queue,
            "channel": "email",
            "severity": "normal",
            "first": "ready" if ready else "needs_review",
            "status": "ready",
            "model": model,
            "written": 5 if model else 0,
            "kept": 4 if model else 0,
            "passed": 0,
            "sensitive": False,
            "cost": Decimal("0.004") if model else None,
            "ready_seconds": dice.randint(1, 9000),
            "sent": sent if is_sent else None,
            "reply_seconds": int((sent - created).total_seconds()) if is_sent else None,
            "distance": dice.random() if is_sent else None,
            "unedited": dice.random() < 0.3 if is_sent else None,
            "errors": 0 if is_sent else None,
            "again": False,
        }
    ]
    numbers = (1, SENT) if is_sent else (1,)
    found[FlagRow] = [{"draft_id": name, "number": one, "rule": rule, "times": 1} for one in numbers for rule in flags]
    dismissed = [rule for rule in flags if dice.random() < 0.2]
    found[DismissalRow] = [
        {"id": f"dis_{number}_{rule}", "draft_id": name, "rule": rule, "reason": "right", "created": created} for rule in dismissed
    ]
    found[WorkingRow] = [{"id": f"wrk_{number}", "owner": f"person-{number % 12}", "body": "{}", "draft_id": name, **at}]
    if is_sent:
        written = {"findings": "[]", "distance": 0.1, "unedited": False, "created": sent}
        found[SentRow] = [{"id": f"snt_{number}", "draft_id": name, "text": "We refunded it.", **written}]
        due = sent + timedelta(days=dice.randint(1, 14))
        found[PromiseRow] = [
            {"id": f"prm_{name}_{fact}", "draft_id": name, "fact": fact, "due": due, "sent": sent, "state": "open"}
            for fact in ("next1", "p1.fix1")
        ]
    return found


_EMPTY: dict[str, None] = dict.fromkeys(("person", "key_id", "callback", "helpdesk", "ticket", "queue", "event", "message"))


def _measured(looking: Looking) -> Iterator[tuple[str, Callable[[], object]]]:
    fields = {"span": str(_WEEKS), "unit": "week"}

    def act(name: str, unit: str = "week") -> Act:
        return Act(name, {}, fields | {"unit": unit}, frozenset(), "", "admin")

    yield "opened", lambda: looking(act("open"))
    yield "opened, day by day", lambda: looking(act("open", "day"))
    yield "the rest", lambda: looking(act("rest"))
    yield "heads", lambda: heads(looking.seen(act("open")))
    for name, sheet in SHEETS.items():
        yield name, lambda sheet=sheet: sheet(looking.seen(act("rest")))  # type: ignore[misc]


def _seconds(measured: Callable[[], object]) -> tuple[float, float]:
    """How long it took, and how much of that this process had a processor: on a calm machine the two are one."""
    started, own = time.perf_counter(), time.process_time()
    measured()
    return time.perf_counter() - started, time.process_time() - own


if __name__ == "__main__":
    main()
