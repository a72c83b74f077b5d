"""Idempotency: the same request with the same Idempotency-Key is done once, and answered again from here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from drafter.store.database import Database
from drafter.store.records import Claim, Done, Fresh, InFlight, Mismatch
from drafter.store.shelf import now
from drafter.store.tables import AnswerRow

_KEPT = timedelta(hours=24)
_ABANDONED = timedelta(minutes=2)  # longer than any request takes: its process has died


class Idempotency:
    """Answers that were given, and claims of those who are working on one; for 24 hours."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, key_id: str | None, idem_key: str, *, fingerprint: str) -> Claim:
        """Claim a request: Fresh is ours to do; InFlight and Done are somebody's; Mismatch is the same key on another request.

        Raises:
            StoreError: the database failed, and nothing was claimed.
        """
        moment, where = now(), _where(key_id, idem_key)
        with self._database.write(durable=True) as session:
            session.execute(delete(AnswerRow).where(AnswerRow.created < moment - _KEPT))
            if self._database.add(session, AnswerRow, {**where, "fingerprint": fingerprint, "created": moment}):
                return Fresh()
            row = session.get(AnswerRow, tuple(where.values()), with_for_update=True)
            return self._known(row, fingerprint) if row else Fresh()

    def finish(self, key_id: str | None, idem_key: str, *, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Keep the answer; the first one holds.

        Raises:
            StoreError: the database failed.
        """
        values = {"status": status, "headers": json.dumps(dict(headers)), "body": body}
        with self._database.write(durable=True) as session:
            session.execute(update(AnswerRow).filter_by(**_where(key_id, idem_key), status=None).values(values))

    def abandon(self, key_id: str | None, idem_key: str) -> None:
        """Give the claim back: the request was not done, and may be made again.

        Raises:
            StoreError: the database failed.
        """
        with self._database.write() as session:
            session.execute(delete(AnswerRow).filter_by(**_where(key_id, idem_key), status=None))

    @staticmethod
    def _known(row: AnswerRow, fingerprint: str) -> Claim:
        if row.fingerprint != fingerprint:
            return Mismatch()
        if row.status is not None:
            return Done(row.status, json.loads(row.headers or "{}"), row.body or b"")
        if row.created < now() - _ABANDONED:
            row.created = now()
            return Fresh()
        return InFlight(row.created)


def answers_that_hold(session: Session, words: tuple[str, ...]) -> list[AnswerRow]:
    """The kept answers in which one of these words stands, written as JSON or plainly."""
    needles = {form.casefold() for word in words for form in (word, json.dumps(word)[1:-1])}
    rows = session.scalars(select(AnswerRow).where(AnswerRow.status.is_not(None)))
    return [
        row
        for row in rows
        if any(needle in f"{(row.body or b'').decode('utf-8', 'replace')} {row.headers}".casefold() for needle in needles)
    ]


def _where(key_id: str | None, idem_key: str) -> dict[str, str]:
    return {"key_id": key_id or "", "digest": hashlib.sha256(idem_key.encode("utf-8", "surrogatepass")).hexdigest()}
