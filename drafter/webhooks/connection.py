"""A connection that goes to the very address that was checked, and that lasts no longer than it may."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore2

from drafter.webhooks.address import checked

_OPTIONS = Iterable[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]]


class Deadline:
    """The seconds that are left for everything together: resolving, connecting, sending and waiting."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, timeout: float | None = None) -> float:
        """The seconds that are left, or `timeout` where that is less.

        Raises:
            ReadTimeout: none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is over")
        return left if timeout is None else min(left, timeout)


class Checked(httpcore2.NetworkBackend):
    """Resolves a name once, checks every address that it has, and connects to one of these, not to the name.

    A name that answers something else the second time it is asked, as in DNS rebinding, gains nothing. The request keeps the
    name for its Host header and for TLS.
    """

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: _OPTIONS | None = None,
    ) -> httpcore2.NetworkStream:
        """A stream to the first checked address that answers.

        Raises:
            ForbiddenError: an address of the host is not allowed.
            ConnectError: the name cannot be resolved, or no address answers.
        """
        try:
            addresses = checked(host, port, allow_private=self._allow_private)
        except OSError as error:
            raise httpcore2.ConnectError(str(error)) from None
        for i, address in enumerate(addresses):
            share = self._deadline.left(timeout) / (len(addresses) - i)
            try:
                return _Stream(self._sockets.connect_tcp(str(address), port, share, local_address, socket_options), self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure: Exception = error
        raise failure


class _Stream(httpcore2.NetworkStream):
    """A stream each of whose waits ends with the deadline: a receiver that sends a byte now and then does not hold us."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
