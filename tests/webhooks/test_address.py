"""Where a webhook may go: hostile addresses of every kind lead nowhere."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from drafter.house.webhooks import url_fault
from drafter.webhooks.address import ForbiddenError, checked

SPELLED_WRONG = (
    """
ftp://example.com/|file:///etc/passwd|gopher://127.0.0.1:6379/_FLUSHALL|javascript:alert(1)|//example.com/hooks|example.com/hooks
http://|http:///hooks|https://?x|http://:80/|https://user@example.com/|https://user:pass@example.com/|https://@example.com/
https://example.com@127.0.0.1/|https://example.com:0/|https://example.com:99999/|https://example.com:x/|https://[::1/
https://[::1]]/|https://[fe80::1%25eth0]/|https://%31%32%37.0.0.1/|https://exa mple.com/|https://example.com/#hooks
http://127.0.0.1\\@example.com/|http:\\\\127.0.0.1/|https://example.com/\tx|https://example.com\r\nX: 1/|https://example.com/\x00
https://exam\u200bple.com/|\u00a0https://example.com/|https://example.com,127.0.0.1/|https://ex*mple.com/|https://[127.0.0.1]/
""".strip()
    .replace("\n", "|")
    .split("|")
)
NOT_PUBLIC = [
    "127.0.0.1",
    "127.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:0:7f00:1::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "3fff::1",
    "5f00::1",
]
NEVER = [
    "0.0.0.0",
    "169.254.169.254",
    "169.254.1.1",
    "224.0.0.1",
    "239.255.255.250",
    "::",
    "fe80::1",
    "fe80::a9fe:a9fe",
    "ff02::1",
    "ff0e::1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "::ffff:0.0.0.0",
]
ODD_NUMBERS = ["127.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1", "127.0.1", "0"]
PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"]


@pytest.mark.parametrize(
    "url", [line.encode().decode("unicode_escape") if "\\x" in line or "\\u" in line else line for line in SPELLED_WRONG]
)
def test_an_address_that_readers_could_take_in_two_ways_is_refused_by_its_spelling(url: str) -> None:
    """Other schemes, user names, blanks, backslashes and broken hosts are refused before anything is looked up."""
    assert url_fault(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "https://hooks.example.com:8443/drafter?team=7&x=%20",
        "http://xn--bcher-kva.example/",
        "https://bücher.example/hooks",
        "http://127.0.0.1:8000/",
        "https://[2606:4700:4700::1111]/hooks",
        "https://my_host/hooks",
    ],
)
def test_an_ordinary_address_is_let_through(url: str) -> None:
    """What is spelled soundly is judged by where it leads."""
    assert url_fault(url) is None


@pytest.mark.parametrize("host", NOT_PUBLIC)
def test_no_webhook_goes_to_a_private_address_unless_it_is_allowed(host: str) -> None:
    """Private, loopback, shared, mapped, translated, tunnelled, reserved and documentation addresses."""
    with pytest.raises(ForbiddenError, match="allow_private = true"):
        checked(host, 443, allow_private=False)
    assert [str(address) for address in checked(host, 443, allow_private=True)]


@pytest.mark.parametrize("host", NEVER)
@pytest.mark.parametrize("allow_private", [False, True])
def test_some_addresses_are_never_allowed(host: str, *, allow_private: bool) -> None:
    """The link-local ones, where cloud machines keep their keys, are out of reach whatever the house allows."""
    with pytest.raises(ForbiddenError, match="no webhook goes to"):
        checked(host, 443, allow_private=allow_private)


@pytest.mark.parametrize("host", ODD_NUMBERS)
def test_a_number_in_other_clothes_is_what_the_resolver_makes_of_it(host: str) -> None:
    """Short, hexadecimal, octal and whole-number spellings of loopback are judged as the address that they reach."""
    with pytest.raises(ForbiddenError):
        checked(host, 80, allow_private=False)


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_are_let_through(host: str) -> None:
    """The internet itself stays reachable."""
    assert [str(address) for address in checked(host, 443, allow_private=False)] == [host]


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A resolver that gives these addresses, one answer after the other; the names that it was asked."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET6 if ":" in item else socket.AF_INET, socket.SOCK_STREAM, 6, "", (item, port)) for item in found]

    monkeypatch.setattr("drafter.webhooks.address.getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("private", ["10.0.0.5", "169.254.169.254", "::1", "::ffff:192.168.1.1", "64:ff9b::a9fe:a9fe"])
@pytest.mark.parametrize("first", [True, False])
def test_a_name_with_one_private_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch, private: str, *, first: bool) -> None:
    """A public address beside it, before it or behind it, opens no way in."""
    found = [private, "93.184.215.14"] if first else ["93.184.215.14", private]
    resolver(monkeypatch, found)
    with pytest.raises(ForbiddenError, match=r"'hooks\.example\.com' leads to an address"):
        checked("hooks.example.com", 443, allow_private=False)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost."])
def test_localhost_is_loopback_however_it_is_written(host: str) -> None:
    """Its name is looked up like any other."""
    with pytest.raises((ForbiddenError, OSError)):
        checked(host, 80, allow_private=False)


@pytest.mark.parametrize("host", ["a" * 64 + ".example.com", "example..com", ".".join(["a" * 60] * 6)])
def test_a_name_that_no_resolver_takes_is_a_failure_and_no_crash(host: str) -> None:
    """Labels that are empty or too long are names that cannot be resolved."""
    with pytest.raises(OSError, match=r"looked up|not known|No address"):
        checked(host, 80, allow_private=False)
