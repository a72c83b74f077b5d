"""A customer's words in our view: "I" becomes "you", "your" becomes "our"; nothing where that is not sure."""

from __future__ import annotations

import re
from typing import Literal

from drafter.ticket.words import finder

_SPELLED = {
    "im": "I'm", "ive": "I've", "id": "I'd", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "wont": "won't",
    "havent": "haven't", "hasnt": "hasn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't",
    "werent": "weren't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "theres": "there's", "whats": "what's", "thats": "that's", "tho": "though", "recieved": "received",
}  # fmt: skip
_OURS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you", "our": "your", "ours": "yours",
    "ourselves": "yourselves", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "we're": "you're", "we've": "you've",
    "we'd": "you'd", "we'll": "you'll", "your": "our", "yours": "ours", "yourself": "ourselves", "yourselves": "ourselves",
}  # fmt: skip
_YOU = {"you": ("we", "us"), "you've": ("we've", ""), "you're": ("we're", ""), "you'd": ("we'd", ""), "you'll": ("we'll", "")}
_BE = {"am": "are", "was": "were", "wasn't": "weren't"}
_BETWEEN = frozenset(
    ("still", "just", "also", "never", "then", "now", "only", "really", "even", "always", "not", "already", "again", "both")
)
_LINKING = finder("^{linking}$")
_PREPOSITION = frozenset(("to", "from", "with", "by", "for", "of", "at", "on", "against", "about", "through", "via"))
_UNSURE = re.compile(
    r"(?<!\w)(?:u|ur|r|ya|gonna|wanna|smth|sth|lol|omg|wtf|tbh|imo|idk|btw|bro|pls|plz|um+|uh+|erm|haha\w*)(?!\w)|[_\x1e\x1f<>{}\[\]@#]|https?:",
    re.I,
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
Subject = Literal["we", "none"]


def swapped(words: str, *, subject: Subject = "none") -> str | None:
    """The words with speaker and spoken-to changed over; None where a word is unclear, or where "you" would have us act.

    With `subject` "we", a "you" that begins a clause becomes "we": in a request we may act, in a reproach nothing says we did.
    """
    if _UNSURE.search(words) or _is_shouted(words):
        return None
    made: list[str] = []
    at, before, was_first = 0, "", False
    for match in _TOKEN.finditer(words):
        low = match[0].lower().replace("’", "'")
        low = _SPELLED.get(low, low).lower()
        new = _company(low, before, subject) if low in _YOU else _word(match[0], low, was_first=was_first)
        if not new:
            return None
        made += [words[at : match.start()], new]
        at = match.end()
        was_first = low in ("i", "we") or (was_first and (low in _BETWEEN or low.endswith("ly")))
        before = low
    return " ".join("".join([*made, words[at:]]).split())


def _company(low: str, before: str, subject: Subject) -> str:
    acting, acted_on = _YOU[low]
    if before in _PREPOSITION:
        return acted_on
    return acting if subject == "we" and (not before or _LINKING.match(before)) else ""


def _word(written: str, low: str, *, was_first: bool) -> str:
    if was_first and low in _BE:
        return _BE[low]
    if low in _OURS:
        return _OURS[low]
    return _SPELLED.get(written.lower().replace("’", "'"), written)


def _is_shouted(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return len(letters) > 8 and sum(map(str.isupper, letters)) > 0.7 * len(letters)
