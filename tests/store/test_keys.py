"""API keys: the secret is known once, opens what it should, and stands nowhere in the database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from drafter.errors import InputError, NotFoundError
from drafter.store import Store
from drafter.store.address import read_address


def test_a_secret_opens_its_key(store: Store) -> None:
    """With name, scopes and limits; two keys never share one."""
    key, secret = store.keys.create("  Zen\ndesk ", ["draft", "check"], rate_per_minute=60, cost_per_day=Decimal("2.50"))
    _, other = store.keys.create("other", ["admin"])
    assert store.keys.find(secret) == key
    assert (key.name, key.scopes, key.rate_per_minute, key.cost_per_day) == ("Zen desk", frozenset({"check", "draft"}), 60, Decimal("2.5"))
    assert secret.startswith(f"drafter_{key.id}_")
    assert secret != other
    assert [one.name for one in store.keys.page()] == ["Zen desk", "other"]


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s + "x", lambda s: s.upper(), lambda s: "", lambda s: s.replace("drafter", "drafted")]
)
def test_another_secret_opens_nothing(store: Store, change: object) -> None:
    """Neither a part of it, nor more, nor another spelling."""
    assert callable(change)
    _, secret = store.keys.create("a", ["check"])
    assert store.keys.find(change(secret)) is None


@pytest.mark.parametrize("secret", ["drafter_key_" + "0" * 32 + "_" + "a" * 43, "ünïcode", "drafter_key_\x00", "a" * 100_000])
def test_any_other_text_opens_nothing(store: Store, secret: str) -> None:
    """Whatever a caller sends in place of a key is no error of ours."""
    assert store.keys.find(secret) is None


def test_a_revoked_key_opens_nothing_and_stays_in_the_list(store: Store) -> None:
    """Revoking again changes nothing."""
    key, secret = store.keys.create("a", ["check"])
    revoked = store.keys.revoke(key.id)
    assert store.keys.revoke(key.id) == revoked
    assert revoked.revoked is not None
    assert store.keys.find(secret) is None
    assert store.keys.page() == (revoked,)
    assert [event.kind for event in store.events.of(key.id)] == ["key.created", "key.revoked"]


def test_the_secret_is_nowhere_in_the_database(store: Store, address: str) -> None:
    """Who reads the table can open nothing with it."""
    key, secret = store.keys.create("a", ["check"])
    engine = create_engine(read_address(address))
    with engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM api_keys")).all())
    engine.dispose()
    assert secret.removeprefix(f"drafter_{key.id}_") not in rows  # a secret may hold underscores of its own


@pytest.mark.parametrize(
    ("name", "scopes", "limits", "said"),
    [
        ("a", ["chek"], {}, "did you mean 'check'"),
        ("a", ["send"], {}, "there are check, draft, review, admin"),
        ("a", [], {}, "say what the key may do"),
        (" ", ["check"], {}, "give the key a name"),
        ("a", ["check"], {"rate_per_minute": 0}, "at least 1 call"),
        ("a", ["check"], {"cost_per_day": Decimal(-1)}, "0 or more"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(store: Store, name: str, scopes: list[str], limits: dict[str, Any], said: str) -> None:
    """With what to write instead, and without a row."""
    with pytest.raises(InputError, match=said):
        store.keys.create(name, scopes, **limits)
    assert store.keys.page() == ()


def test_an_unknown_key_cannot_be_revoked(store: Store) -> None:
    """The answer says where ids are found."""
    with pytest.raises(NotFoundError, match="drafter keys list"):
        store.keys.revoke("key_none")
