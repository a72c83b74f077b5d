"""Attempts to log in: how many are let through for a name, an address, and both; then there is a wait, and never a lock."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_ADDRESS = RateLimitItemPerMinute(60, 5)  # an office of people comes from one address
_BOTH = RateLimitItemPerMinute(5, 5)
_NAME = RateLimitItemPerHour(50)  # from wherever they come
_LONGEST = 64


class Attempts:
    """Counts attempts in this process, which is the one that the page lives in."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, name: str, address: str) -> int:
        """Count an attempt before its password is looked at, and give the seconds until it may be made; 0 is now."""
        for rate, about in self._counted(name, address):
            if not self._limiter.hit(rate, *about):
                return max(1, math.ceil(self._limiter.get_window_stats(rate, *about).reset_time - time.time()))
        return 0

    def succeeded(self, name: str, address: str) -> None:
        """Forget what somebody mistyped before they got it right."""
        _, (rate, about), _ = self._counted(name, address)
        self._limiter.clear(rate, *about)

    @staticmethod
    def _counted(name: str, address: str) -> tuple[tuple[RateLimitItem, tuple[str, ...]], ...]:
        called, place = name.strip().casefold()[:_LONGEST], _place(address)
        return (_ADDRESS, ("address", place)), (_BOTH, ("both", place, called)), (_NAME, ("name", called))


def _place(address: str) -> str:
    """The address, or of IPv6 the network that one house has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(int(found) >> 64) if isinstance(found, IPv6Address) and not found.ipv4_mapped else str(found)
