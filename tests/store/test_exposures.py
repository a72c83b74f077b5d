"""Others who are hit: written down, told once, and due until then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from drafter.errors import InputError, NotFoundError, StepError
from drafter.house.cadence import CadenceTable
from drafter.incident import incident_from
from drafter.store import Store

Facts = Callable[..., dict[str, Any]]


def opened(store: Store, facts: Facts) -> str:
    """The id of an incident that was opened today."""
    return store.courses.open(incident_from(facts(as_of=None))).id


def test_who_is_hit_is_kept_until_they_are_told(store: Store, facts: Facts) -> None:
    """Each step is in the timeline, the log has codes alone, and what is due follows."""
    incident = opened(store, facts)
    shop = store.exposures.note(incident, " the rental  shop ", stop="Please do not rent it out", by="ellen")
    club = store.exposures.note(incident, "the club")
    assert (shop.who, shop.stop, club.stop) == ("the rental shop", "Please do not rent it out", None)
    later = datetime.now(UTC) + timedelta(days=1)
    steps = [item for item in store.courses.due(CadenceTable(), at=later) if item.step == "exposed"]
    assert [item.overdue for item in steps] == [True, True]
    (told,) = store.exposures.tell(incident, [shop.id], by="ellen")
    assert told.told is not None
    with pytest.raises(StepError, match="already"):
        store.exposures.tell(incident, [shop.id])
    assert [one.who for one in store.exposures.tell(incident, [])] == ["the club"]
    with pytest.raises(StepError, match="everybody who is known to be hit was told"):
        store.exposures.tell(incident, [])
    assert not [item for item in store.courses.due(CadenceTable(), at=later) if item.step == "exposed"]
    course = store.courses.get(incident)
    assert [entry.kind for entry in course.entries] == ["noticed", *["containment"] * 4]
    assert "the rental shop are hit too; they must stop: Please do not rent it out" in (course.entries[1].text or "")
    events = [event.kind for event in store.events.page() if event.subject == shop.id]
    assert events == ["exposed.noted", "exposed.told"]


def test_what_cannot_be_is_refused(store: Store, facts: Facts) -> None:
    """Nobody, a stranger's id, a moment to come, an incident that is not there."""
    incident, other = opened(store, facts), opened(store, facts)
    with pytest.raises(InputError, match="say who else is hit"):
        store.exposures.note(incident, " ")
    mine = store.exposures.note(other, "the club")
    with pytest.raises(NotFoundError, match="nobody in this incident"):
        store.exposures.tell(incident, [mine.id])
    with pytest.raises(InputError, match="still to come"):
        store.exposures.tell(other, [], at=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(NotFoundError, match="no incident"):
        store.exposures.note("inc_none", "the club")
