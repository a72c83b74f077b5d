"""docs/helpdesks.md says what the adapters take: its settings load, its bodies are events, and no key is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from drafter.house.desks import Desk
from drafter.house.read import load_house
from tests.conftest import ROOT
from tests.helpdesk.adapters import ALL, adapter

PAGE = (ROOT / "docs" / "helpdesks.md").read_text(encoding="utf-8")
BLOCKS = [(part.split("\n", 1)[0], block) for part in PAGE.split("\n## ")[1:] for block in re.findall(r"```json\n(.*?)```", part, re.S)]
VALUES = {
    "ticket.id": "42",
    "ticket.group.name": "Support",
    "ticket.tags": "parcel vip",
    "ticket.updated_at_with_timestamp": "2026-11-22T03:45:54Z",
    "ticket.updated_at": "2026-11-22 03:45:54 UTC",
    "current_user.email": "ana@customer.example",
}
KINDS = {"Zendesk": "zendesk", "Freshdesk": "freshdesk", "Any other system": "generic"}


@pytest.mark.parametrize(("title", "block"), BLOCKS, ids=[title for title, _ in BLOCKS])
def test_the_bodies_of_the_page_are_events(title: str, block: str) -> None:
    """With its placeholders filled in as the helpdesk would."""
    body = re.sub(r"\{\{(.*?)\}\}", lambda found: VALUES[found[1]], block)
    json.loads(body)
    kind = next(kind for kind in ALL if kind == KINDS[title])
    event = adapter(kind).event(body.encode(), {"webhook-id": "msg_1"})
    assert event is not None
    assert (event.ticket, event.kind, event.queue) == ("A-42" if kind == "generic" else "42", "customer_wrote", "Support")


def test_the_page_has_a_body_where_one_must_be_written_by_hand() -> None:
    """For those whose webhooks an admin writes, and no other."""
    assert [title for title, _ in BLOCKS] == ["Zendesk", "Freshdesk", "Any other system"]


def test_the_settings_of_the_page_load(tmp_path: Path) -> None:
    """As they stand there."""
    (block,) = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    path = tmp_path / "drafter.toml"
    path.write_text(block, encoding="utf-8")
    assert load_house(path).helpdesks["zendesk"].when == ("failure", "tag:needs-apology")


def test_every_key_and_kind_is_told() -> None:
    """And none that does not exist."""
    table = PAGE[PAGE.index("| key | what it is |") : PAGE.index("A macro that sets a tag")]
    named = {name for row in re.findall(r"^\| (`[^|]+)\|", table, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert named == set(Desk.model_fields)
    assert all(f"| `{kind}` |" in PAGE for kind in ALL)


def test_the_page_names_every_call_that_is_made() -> None:
    """A person who guards the helpdesk can see what Drafter asks of it."""
    for words in ("followups", "comment", "conversations", "notes", "ticket_articles", "messages", "tickets/N.json"):
        assert words in PAGE
