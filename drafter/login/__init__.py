"""The login in front of the page: who asks, and whether they may."""

from drafter.login.gate import Gate
from drafter.login.proxy import Proxy

__all__ = ["Gate", "Proxy"]
