"""A proxy that knows who asks: what it says counts where it comes from its own address, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from drafter.settings import Role

_LONGEST = 200  # characters of a name
_RISING: tuple[Role, ...] = ("agent", "reviewer", "admin")


@dataclass(frozen=True)
class Proxy:
    """The addresses of trusted proxies, the header in which they name the user, and the one with the role, if any."""

    addresses: tuple[str, ...]
    user_header: str
    role_header: str | None = None
    role: Role = "agent"  # where the header says none

    def visitor(self, scope: Scope) -> tuple[str, Role] | None:
        """Who asks and with which role, where a trusted proxy says so; `drafter.peer` in the scope is who is connected to us."""
        if not self._is_one(scope.get("drafter.peer")):
            return None
        headers = Headers(scope=scope)
        names = headers.getlist(self.user_header)
        name = _text(names[0]) if len(names) == 1 else ""  # two of them: one was not the proxy's
        return (name, self._role(headers)) if name else None

    def _is_one(self, peer: tuple[str, int] | None) -> bool:
        try:
            address = ip_address(peer[0] if peer else "")
        except ValueError:
            return False
        plain = getattr(address, "ipv4_mapped", None) or address
        return any(plain in ip_network(each) for each in self.addresses)

    def _role(self, headers: Headers) -> Role:
        """The highest of the roles that are named, as a list of groups may hold several."""
        named = ",".join(headers.getlist(self.role_header)).lower().split(",") if self.role_header else []
        said = {each.strip() for each in named}
        return next((role for role in reversed(_RISING) if role in said), self.role)


def _text(value: str) -> str:
    """The value of a header, which is read as Latin-1, as the UTF-8 that proxies send; "" where it is no name."""
    try:
        name = value.encode("latin-1").decode("utf-8").strip()
    except UnicodeDecodeError:
        name = value.strip()
    return name if name.isprintable() and len(name) <= _LONGEST else ""
