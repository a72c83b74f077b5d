"""What comes out of the store is what went in, whatever the facts and the draft are."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.draft import Draft
from drafter.incident import Incident, incident_from, read_incident, stored_incident
from drafter.store import Store
from drafter.writer import Writer
from tests.compose.bank import Maker
from tests.conftest import EXAMPLES

TEXTS = st.text(max_size=60)


@cache
def examples() -> tuple[Incident, ...]:
    """The incidents of examples/."""
    return tuple(map(read_incident, EXAMPLES))


@cache
def composed() -> tuple[tuple[Incident, Draft], ...]:
    """Some incidents of examples/, of every channel, with their letters."""
    by_channel = {incident.channel: incident for incident in examples()}
    return tuple((incident, Writer().draft(incident)) for incident in by_channel.values())


def test_every_example_comes_back_equal(store: Store) -> None:
    """Each incident of examples/ is read again as it was."""
    for incident in examples():
        assert store.incidents.get(store.drafts.accept(incident).incident_id).incident == incident


def test_a_draft_of_every_channel_comes_back_equal(store: Store) -> None:
    """So is the letter that is composed of it, with sections, findings, claims and coverage."""
    for incident, draft in composed():
        made = store.drafts.accept(incident)
        assert store.drafts.finish(made.id, draft, number=1, by="worker").draft == draft


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5000))
def test_any_incident_is_read_again_as_it_was(seed: int) -> None:
    """Of every kind, fault, channel, locale and turn."""
    incident = Maker(seed).incident()
    assert stored_incident(incident.model_dump_json()) == incident


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS, st.sampled_from(["ready", "needs_review", "blocked"]), st.none() | st.integers(0, 100))
def test_any_draft_comes_back_equal(store: Store, letter: Draft, text: str, reason: str, status: str, score: int | None) -> None:
    """Any characters in text and reasons, any status and score."""
    draft = Draft.model_validate(letter.model_dump() | {"text": text, "reasons": (reason,), "status": status, "score": score})
    made = store.drafts.accept(examples()[0])
    assert store.drafts.finish(made.id, draft, number=1, by="worker").draft == draft


def test_plans_that_are_past_by_now_are_read_again() -> None:
    """Facts without a moment of their own may hold a plan for a day that has gone; what was accepted once stays readable."""
    problem = {"what": "it was late", "ours": "we were late", "fixes": [{"will": "I will call you", "on": "2020-01-05"}]}
    incident = incident_from({"company": "Harrow & Finch", "signer": "Ellen Marsh", "problems": [problem]})
    assert stored_incident(incident.model_dump_json()) == incident


@pytest.mark.parametrize("text", ["{}", '{"company": "H"}', "no JSON"])
def test_what_is_no_incident_is_refused(text: str) -> None:
    """Reading back validates."""
    with pytest.raises(ValueError, match="Incident"):
        stored_incident(text)


def test_texts_that_a_database_refuses_are_kept_without_what_it_refuses(store: Store, double_charge: Incident) -> None:
    """A NUL and half a character become a mark; everything else stays, on both databases alike."""
    made = store.drafts.accept(double_charge)
    sent = store.sent.add(made.id, text="a\x00b\ud800c – ü 🙂", findings=(), distance=0.5, unedited=False)
    assert sent.text == "a\ufffdb\ufffdc – ü 🙂"
    assert store.sent.of(made.id) == (sent,)
