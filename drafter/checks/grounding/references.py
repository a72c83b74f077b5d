"""References in a text: email addresses, links, phone numbers, versions, codes and numbered things."""

from __future__ import annotations

import re

from drafter.checks.grounding.value import Value

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|(?:https?://|www\.)[^\s<>()\"”]{1,500}[^\s<>()\"”.,;:!?'’]|@\w{2,40}")
_PHONE = re.compile(r"\+?\(?\d{1,5}\)?(?:[ \u00a0.-]\(?\d{2,8}\)?){1,5}(?!\w)")
_VERSION = re.compile(r"v?\d+(?:\.\d+){2,}(?!\w)|v\d+(?:\.\d+)*\b", re.I)
_CODE = re.compile(r"(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])\w+(?:[-/]\w+)*")
_HASH = re.compile(r"#\w+(?:-\w+)*")
_MARKS = re.compile(r"[\s().#/+-]")
_UNIT_END = re.compile(r"^\d+(?:st|nd|rd|th|mb|gb|kb|tb|kg|g|km|m|cm|mm|ml|l|k|x|am|pm|h|hrs|mins|min|s|d|p|c|px|mph|bn)$", re.I)
_PARTED = re.compile(r"^\d+-(?:[a-z]+)(?:-[a-z]+)*$", re.I)


def addresses(text: str) -> list[Value]:
    """Every email address, link and handle."""
    if "@" not in text and "//" not in text and "www." not in text:
        return []
    return [_value(m[0], m.start()) for m in _ADDRESS.finditer(text)]


def phone(text: str, start: int) -> Value | None:
    """The phone number at `start`: seven digits or more, in groups."""
    match = _PHONE.match(text, start)
    if not match or sum(map(str.isdigit, match[0])) < 7 or re.match(r"\d{4}-\d{2}-\d{2}$", match[0]):
        return None
    if start and text[start - 1] in "(+":
        start -= 1
    if start and text[start - 1] == "+":
        start -= 1
    return _value(text[start : match.end()], start)


def code(text: str, start: int) -> Value | None:
    """The version, hash number or code of letters and digits at `start`."""
    match = _HASH.match(text, start) or _VERSION.match(text, start) or _CODE.match(text, start)
    if not match or _UNIT_END.match(match[0]) or _PARTED.match(match[0]):
        return None
    return _value(match[0], start)


def key_of(text: str) -> str:
    """What two writings of one reference share: lower case, without spaces and marks."""
    return _MARKS.sub("", text.lower())


def _value(text: str, start: int) -> Value:
    return Value("reference", start, start + len(text), text, key=key_of(text))
