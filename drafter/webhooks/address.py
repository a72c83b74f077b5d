"""Which addresses a webhook may go to: those of the public internet, and private ones where the house allows them."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import AI_NUMERICHOST, SOCK_STREAM, getaddrinfo
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address

_UNICAST = IPv6Network("2000::/3")  # the public part of IPv6; what is mapped, translated or local to a site lies outside
_CARRYING = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))  # 6to4 and Teredo, which lead on to an IPv4 address inside
_TRANSLATING = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))  # the IPv4 address stands last
_PUBLIC_BY_MISTAKE = IPv6Network("3fff::/20")  # documentation, which older Pythons take for public


class ForbiddenError(Exception):
    """An address that no webhook may go to; the message says why, in plain words."""


def resolved(host: str, port: int) -> tuple[Address, ...]:
    """The addresses of a host, each once, in the order in which to try them.

    Raises:
        OSError: the name cannot be resolved.
    """
    try:
        found = getaddrinfo(host, port, type=SOCK_STREAM)
    except UnicodeError:  # a label that is empty or too long
        raise OSError("no such name can be looked up") from None
    return tuple(dict.fromkeys(ip_address(str(entry[4][0])) for entry in found))


def address_fault(url: str, *, allow_private: bool) -> str | None:
    """Why no webhook may go to a URL whose host is an address and no name, in whichever way that is written; else None.

    A name is looked up when the webhook goes: what it leads to may change until then.
    """
    host = urlsplit(url).hostname or ""
    try:
        found = getaddrinfo(host, None, type=SOCK_STREAM, flags=AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return None
    faults = (_fault(ip_address(str(entry[4][0])), allow_private=allow_private) for entry in found)
    return next((f"'{host}' is {fault}" for fault in faults if fault), None)


def checked(host: str, port: int, *, allow_private: bool) -> tuple[Address, ...]:
    """The addresses of a host, all of which a webhook may go to.

    Raises:
        ForbiddenError: one of them is not allowed.
        OSError: the name cannot be resolved.
    """
    found = resolved(host, port)
    if not found:
        raise OSError("the name has no address")
    for address in found:
        if fault := _fault(address, allow_private=allow_private):
            raise ForbiddenError(f"'{host}' {'is' if str(address) == host else 'leads to'} {fault}")
    return found


def _fault(address: Address, *, allow_private: bool) -> str | None:
    if any(_out_of_reach(reached) for reached in _reached(address)):
        return "an address that no webhook goes to (link-local, multicast or unspecified)"
    if allow_private or _public(address):
        return None
    return "an address that is not public; [webhooks] allow_private = true lets webhooks go there"


def _out_of_reach(address: Address) -> bool:
    return address.is_multicast or address.is_unspecified or address.is_link_local  # where cloud machines keep their keys


def _reached(address: Address) -> Iterator[Address]:
    """The address, and the IPv4 one inside of it that it leads on to."""
    yield address
    if isinstance(address, IPv6Address):
        inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())[1:]]
        if any(address in network for network in _TRANSLATING):
            inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
        yield from (other for other in inside if other)


def _public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global
    inside = address in _UNICAST and address not in _PUBLIC_BY_MISTAKE and not any(address in network for network in _CARRYING)
    return inside and address.is_global
