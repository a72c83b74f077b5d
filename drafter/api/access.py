"""Access: who calls, what the key may do, how often, and for how much a day."""

from __future__ import annotations

import difflib
import hashlib
import math
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from drafter.api.problems import Fault, ProblemError
from drafter.store import Key, Store
from drafter.store.records import Scope

_FRESH = 2.0  # seconds for which a key is believed without a look into the store
_SOON = "5"  # seconds
_MOST = 10_000  # keys that are remembered at a time
_BEARER = HTTPBearer(auto_error=False, scheme_name="key", description="A key that `drafter keys create NAME --scope S` prints once.")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]


class Access:
    """Knows keys. Rates are counted in this process; with several, each lets as many calls through.

    `reserve` is what a draft may cost until it is known what it did; None where no model writes.
    """

    def __init__(self, store: Store, reserve: Decimal | None = None) -> None:
        self._store = store
        self._reserve = reserve
        self._spending = threading.Lock()  # between the look at what is spent and the draft that will spend more
        self._known: dict[bytes, tuple[float, Key | None]] = {}
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._rates: dict[int, RateLimitItem] = {}

    async def key(self, secret: str) -> Key | None:
        """The key with this secret, as it was at most two seconds ago.

        Raises:
            StoreError: the database failed.
        """
        digest = hashlib.sha256(secret.encode()).digest()
        known = self._known.get(digest)
        if known and known[0] > time.monotonic():
            return known[1]
        key = await run_sync(self._store.keys.find, secret)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[digest] = (time.monotonic() + _FRESH, key)
        return key

    def pace(self, key: Key) -> dict[str, str]:
        """Count a call; gives the headers that say how many are left.

        Raises:
            ProblemError: the key has reached its calls a minute.
        """
        if key.rate_per_minute is None:
            return {}
        rate = self._rates.setdefault(key.rate_per_minute, RateLimitItemPerMinute(key.rate_per_minute))
        allowed = self._limiter.hit(rate, key.id)
        stats = self._limiter.get_window_stats(rate, key.id)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        headers = {
            "RateLimit-Policy": f'"key";q={key.rate_per_minute};w=60',
            "RateLimit": f'"key";r={max(0, stats.remaining)};t={wait}',
        }
        if not allowed:
            detail = f"this key may make {key.rate_per_minute} calls a minute; the next one in {wait} seconds."
            raise ProblemError("too-fast", detail, headers=headers | {"Retry-After": str(wait)})
        return headers

    def may(self, rate: RateLimitItem, name: str) -> bool:
        """Count something under a name, and give whether it is within its rate."""
        return self._limiter.hit(rate, name)

    @contextmanager
    def affording(self, key: Key) -> Iterator[None]:
        """See that the key may still cause costs today; what is taken on meanwhile counts for the next who asks.

        Raises:
            ProblemError: it may not.
            StoreError: the database failed.
        """
        if key.cost_per_day is None or self._reserve is None:
            yield
            return
        with self._spending:
            self._afford(key, key.cost_per_day, self._reserve)
            yield

    def _afford(self, key: Key, limit: Decimal, reserve: Decimal) -> None:
        moment = datetime.now(UTC)
        spent: Decimal = self._store.usage.spent(key.id, day=moment.date())
        if spent >= limit:
            midnight = datetime.combine(moment.date() + timedelta(days=1), datetime.min.time(), UTC)
            detail = f"this key has cost {spent:.4f} today, and may cost {limit} a day; no model was asked."
            raise ProblemError("over-budget", detail, headers={"Retry-After": str(math.ceil((midnight - moment).total_seconds()))})
        open_now = self._store.usage.in_flight(key.id)
        if open_now and spent + open_now * reserve >= limit:
            detail = (
                f"this key has cost {spent:.4f} today, and may cost {limit} a day; what it is having written now may use up the rest "
                f"({open_now} at up to {reserve:.4f} each). Ask again when that is done; no model was asked."
            )
            raise ProblemError("over-budget", detail, headers={"Retry-After": _SOON})


def needs(*scopes: Scope) -> Callable[[Request, Credentials], Coroutine[Any, Any, Key]]:
    """A dependency: the caller's key, which has one of these scopes."""

    async def caller(request: Request, credentials: Credentials) -> Key:
        access: Access = request.app.state.service.access
        key = await access.key(credentials.credentials) if credentials else None
        if key is None:
            detail = "the key is unknown or revoked." if credentials else "send the header Authorization: Bearer with a key."
            raise ProblemError("unknown-key", detail)
        request.state.key_id = key.id
        if not key.scopes.intersection(scopes):
            raise ProblemError(
                "missing-scope", f"this needs a key with the scope {' or '.join(scopes)}; yours has {', '.join(sorted(key.scopes))}."
            )
        request.state.headers.update(access.pace(key))
        _known_parameters(request)
        return key

    return caller


def _known_parameters(request: Request) -> None:
    """Refuse a parameter that the operation does not know: a slip in its name would be passed over in silence."""
    known = [field.alias for field in request.scope["route"].dependant.query_params]
    faults = [Fault(pointer=name, detail=_unknown(name, known)) for name in request.query_params if name not in known]
    if faults:
        raise ProblemError("invalid-request", "; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults[:3]), errors=faults)


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return "unknown parameter" + (f"; did you mean '{near[0]}'?" if near else f"; there are {', '.join(known) or 'none here'}")
