"""What a webhook says: identifiers and a link, and the text only where the house wants it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from drafter.webhooks import MAX_BYTES, message

WHEN = datetime(2026, 11, 26, 8, 0, 0, 123_456, tzinfo=UTC)
DATA = {"draft": "dr_1", "status": "needs_review", "link": "https://drafts.example.com/dr_1"}


def test_a_message_says_what_when_and_to_what() -> None:
    """The three keys of the standard, and nothing of a letter unless it is given."""
    assert json.loads(message("draft.done", DATA, when=WHEN)) == {
        "type": "draft.done",
        "timestamp": "2026-11-26T08:00:00.123Z",
        "data": DATA,
    }


def test_the_text_goes_along_where_it_is_given() -> None:
    """A house that wants the content gets it as it is."""
    told = json.loads(message("draft.done", DATA, when=WHEN, content="Hi Zoë,\n\nWe're sorry."))
    assert told["data"] == {**DATA, "text": "Hi Zoë,\n\nWe're sorry."}


def test_a_text_that_is_too_long_is_left_out_and_that_is_said() -> None:
    """Every message stays as small as the standard asks; the draft itself can be read."""
    payload = message("draft.done", DATA, when=WHEN, content="é" * (MAX_BYTES // 2))
    assert len(payload) < 1000
    told = json.loads(payload)["data"]
    assert told["text"] is None
    assert "read the draft" in told["text_left_out"]
