"""Reviews, sent texts and dismissals: what people did with drafts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drafter import check
from drafter.draft import Draft
from drafter.errors import NotFoundError
from drafter.incident import Incident
from drafter.store import Store

EDITED = "Hi Tom,\n\nWe're sorry for any inconvenience caused.\n"


@pytest.fixture
def draft_id(store: Store, double_charge: Incident, letter: Draft) -> str:
    """A draft with one version."""
    made = store.drafts.accept(double_charge)
    return store.drafts.finish(made.id, letter, number=1, by="worker").id


def test_a_review_is_kept_with_what_was_found_in_the_edited_text(store: Store, draft_id: str) -> None:
    """Verdict, reason, text, findings and diff come back as they were given."""
    findings = check(EDITED).findings
    made = store.reviews.add(
        draft_id, version=1, verdict="edit", by="Maya", reason="too long", text=EDITED, findings=findings, diff="-a\n+b"
    )
    assert store.reviews.of(draft_id) == (made,)
    assert (made.verdict, made.by, made.text, made.findings, made.diff) == ("edit", "Maya", EDITED, findings, "-a\n+b")
    assert findings


def test_the_log_names_a_key_but_never_a_person(store: Store, draft_id: str) -> None:
    """Events hold no personal data, not even of those who work with Drafter."""
    for by in ("key_01", "Maya Lindqvist", None):
        store.reviews.add(draft_id, version=1, verdict="approve", by=by)
    assert [event.actor for event in store.events.of(draft_id) if event.kind == "draft.reviewed"] == ["key_01", "person", "system"]


def test_what_was_sent_is_kept(store: Store, draft_id: str) -> None:
    """Text, findings, distance and whether anybody changed it."""
    made = store.sent.add(draft_id, text=EDITED, findings=check(EDITED).findings, distance=0.25, unedited=False)
    assert store.sent.of(draft_id) == (made,)
    assert (made.text, made.distance, made.unedited) == (EDITED, 0.25, False)
    store.samples.judge(made.id, "reject", by=None, reason="stiff")
    assert [(sent, one.verdict, one.reason) for sent, one in store.reviews.of_sent(draft_id)] == [(made.id, "reject", "stiff")]
    assert store.reviews.of(draft_id) == ()


def test_dismissals_are_counted_by_rule(store: Store, draft_id: str) -> None:
    """The most often first, with their reasons, the newest first; nothing says who it was."""
    for rule, reason in (("excuse", "it is the cause"), ("stock-phrase", None), ("excuse", "asked for"), ("excuse", None)):
        store.dismissals.add(draft_id, rule=rule, reason=reason)
    assert list(store.dismissals.counts().items()) == [("excuse", 3), ("stock-phrase", 1)]
    assert [(one.rule, one.reason) for one in store.dismissals.of(draft_id)][:2] == [("excuse", "it is the cause"), ("stock-phrase", None)]
    assert store.dismissals.of("dr_none") == ()
    assert store.dismissals.reasons("excuse") == ("asked for", "it is the cause")


ADD: list[Callable[[Store, str], object]] = [
    lambda store, name: store.reviews.add(name, version=1, verdict="approve", by=None),
    lambda store, name: store.sent.add(name, text="a", findings=(), distance=0.0, unedited=True),
    lambda store, name: store.dismissals.add(name, rule="excuse"),
    lambda store, name: store.deliveries.add(name, target="t", kind="note"),
]


@pytest.mark.parametrize("add", ADD)
def test_nothing_is_kept_of_a_draft_that_is_not_there_or_was_erased(
    store: Store, incident: Callable[..., Incident], add: Callable[[Store, str], object]
) -> None:
    """The answer says which of the two it is, and no row is left."""
    with pytest.raises(NotFoundError, match="there is no draft 'dr_none'"):
        add(store, "dr_none")
    made = store.drafts.accept(incident(), person="cust-1")
    store.forget("cust-1")
    with pytest.raises(NotFoundError, match="was erased on"):
        add(store, made.id)
    assert (store.reviews.of(made.id), store.sent.of(made.id), store.deliveries.of(made.id), store.dismissals.counts()) == ((), (), (), {})
