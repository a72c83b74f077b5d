"""API keys: made once, shown once, kept as a hash."""

from __future__ import annotations

import difflib
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from decimal import Decimal
from typing import cast, get_args

from sqlalchemy import select

from drafter.errors import InputError, NotFoundError
from drafter.store.database import Database
from drafter.store.events import SYSTEM, log
from drafter.store.ids import new_id
from drafter.store.records import Key, Scope
from drafter.store.shelf import now
from drafter.store.tables import KeyRow

SCOPES: tuple[Scope, ...] = get_args(Scope)
_SECRET = re.compile(r"drafter_(?P<id>key_[0-9a-f]{32})_[\w-]{20,100}", re.ASCII)


class Keys:
    """The keys that callers of the API show."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self, name: str, scopes: Iterable[str], *, rate_per_minute: int | None = None, cost_per_day: Decimal | None = None
    ) -> tuple[Key, str]:
        """A new key and its secret, which is known only now.

        Raises:
            InputError: no name, a scope that does not exist, or a limit below what one call needs.
            StoreError: the database failed.
        """
        wanted = _scopes(scopes)
        if not name.strip():
            raise InputError("give the key a name that says who uses it.")
        if (rate_per_minute is not None and rate_per_minute < 1) or (cost_per_day is not None and not 0 <= cost_per_day < 10**9):
            raise InputError("a limit is at least 1 call a minute, and a cost of 0 or more a day; without one, leave it out.")
        key_id = new_id("key")
        secret = f"drafter_{key_id}_{secrets.token_urlsafe(32)}"
        row = KeyRow(
            id=key_id,
            name=" ".join(name.split()),
            digest=_digest(secret),
            scopes=" ".join(scope for scope in SCOPES if scope in wanted),
            rate_per_minute=rate_per_minute,
            cost_per_day=cost_per_day,
            created=now(),
        )
        with self._database.write(durable=True) as session:
            session.add(row)
            log(session, "key.created", key_id, actor=SYSTEM)
        return _record(row), secret

    def find(self, secret: str) -> Key | None:
        """The key with this secret; None where there is none, or where it is revoked.

        Raises:
            StoreError: the database failed.
        """
        match = _SECRET.fullmatch(secret)
        if match is None:
            return None
        with self._database.read() as session:
            row = session.get(KeyRow, match["id"])
        if row is None or not hmac.compare_digest(row.digest, _digest(secret)) or row.revoked is not None:
            return None
        return _record(row)

    def page(self, after: str | None = None, *, limit: int = 1000) -> tuple[Key, ...]:
        """The keys after the one with this id, or the first ones, the oldest first; revoked ones too."""
        query = select(KeyRow).order_by(KeyRow.id).limit(limit)
        with self._database.read() as session:
            return tuple(map(_record, session.scalars(query if after is None else query.where(KeyRow.id > after))))

    def revoke(self, key_id: str) -> Key:
        """Let this key open nothing any more; it stays in the list.

        Raises:
            NotFoundError: there is no such key.
            StoreError: the database failed.
        """
        with self._database.write(durable=True) as session:
            row = session.get(KeyRow, key_id, with_for_update=True)
            if row is None:
                raise NotFoundError(f"there is no key '{key_id}'; drafter keys list shows them.")
            if row.revoked is None:
                row.revoked = now()
                log(session, "key.revoked", key_id, actor=SYSTEM)
            return _record(row)


def _scopes(scopes: Iterable[str]) -> set[str]:
    wanted = set(scopes)
    for scope in sorted(wanted - set(SCOPES)):
        near = difflib.get_close_matches(scope, SCOPES, 1)
        raise InputError(f"there is no scope '{scope}'; " + (f"did you mean '{near[0]}'?" if near else f"there are {', '.join(SCOPES)}."))
    if not wanted:
        raise InputError(f"say what the key may do: {', '.join(SCOPES)}.")
    return wanted


def _digest(secret: str) -> str:
    """A plain hash is enough: nobody can guess 256 random bits, however fast they try."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(row: KeyRow) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        scopes=frozenset(cast("list[Scope]", row.scopes.split())),
        rate_per_minute=row.rate_per_minute,
        cost_per_day=row.cost_per_day,
        created=row.created,
        revoked=row.revoked,
    )
