"""Once: a request that makes something is done once for each Idempotency-Key, and answered alike when it comes again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Annotated
from uuid import NAMESPACE_URL, uuid5

from fastapi import Depends, Header, Request, Response

from drafter.api.problems import ProblemError
from drafter.store import Done, Fresh, InFlight, Mismatch, Store

_STRING = re.compile(r'"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"')  # a structured-field string (RFC 8941)
_HEADER = Header(
    alias="Idempotency-Key",
    description="A string in double quotes. The same request with the same key is done once, and answered alike for 24 hours.",
    json_schema_extra={"pattern": r'^"[ !#-\[\]-~]{1,255}"$', "format": "sf-string"},
    examples=['"8e03978e-40d5-43dd-bc93-6894a57f9324"'],
)
_KEPT = ("location", "preference-applied")


class Once:
    """One request that makes something. Without a key it is simply done."""

    def __init__(self, store: Store, key_id: str, idempotency_key: str | None, fingerprint: str) -> None:
        self._store = store
        self._key_id = key_id
        self._name = idempotency_key
        self._fingerprint = fingerprint

    def batch_id(self) -> str | None:
        """The same for its batch."""
        made = self.draft_id()
        return made and f"bat_{made.removeprefix('dr_')}"

    def draft_id(self) -> str | None:
        """The id that this request gives to its draft, also where it is done again after a crash in its middle."""
        return None if self._name is None else f"dr_{uuid5(NAMESPACE_URL, f'{self._key_id} {self._name} {self._fingerprint}').hex}"

    def do(self, make: Callable[[], Response]) -> Response:
        """The answer: what `make` gives, or what it gave before.

        Raises:
            ProblemError: the same request is being worked on, or the key belongs to another.
            StoreError: the database failed.
        """
        if self._name is None:
            return make()
        claim = self._store.idempotency.begin(self._key_id, self._name, fingerprint=self._fingerprint)
        match claim:
            case Done():
                return Response(claim.body, claim.status, claim.headers | {"Idempotency-Replayed": "true"}, "application/json")
            case InFlight():
                raise ProblemError("in-flight", headers={"Retry-After": "1"})
            case Mismatch():
                raise ProblemError("reused-idempotency-key")
            case Fresh():
                return self._done(self._name, make)

    def _done(self, name: str, make: Callable[[], Response]) -> Response:
        try:
            response = make()
        except BaseException:
            self._store.idempotency.abandon(self._key_id, name)
            raise
        headers = {header: response.headers[header] for header in _KEPT if header in response.headers}
        self._store.idempotency.finish(self._key_id, name, status=response.status_code, headers=headers, body=bytes(response.body))
        return response


async def _once(request: Request, idempotency_key: Annotated[str | None, _HEADER] = None) -> Once:
    name = None
    if idempotency_key is not None:
        match = _STRING.fullmatch(idempotency_key.strip())
        if match is None:
            raise ProblemError("malformed-idempotency-key")
        name = match[1]
    digest = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + await request.body()).hexdigest()
    return Once(request.app.state.service.store, getattr(request.state, "key_id", ""), name, digest)


OnlyOnce = Annotated[Once, Depends(_once)]
