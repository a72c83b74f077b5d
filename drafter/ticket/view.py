"""A customer's words in our view: "I" becomes "you", "your" becomes "our"; nothing where that is not sure.

Before that they are spelled out: typed shorthand, shouting, and moments that another day would make wrong.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from drafter.ticket.words import FOLDER, finder

_SPELLED = {
    "im": "I'm", "ive": "I've", "id": "I'd", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "wont": "won't",
    "havent": "haven't", "hasnt": "hasn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't",
    "werent": "weren't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "theres": "there's", "whats": "what's", "thats": "that's", "tho": "though", "recieved": "received",
    "youre": "you're", "youve": "you've", "theyre": "they're", "theyve": "they've", "shes": "she's", "hes": "he's",
    "shouldnt": "shouldn't", "hadnt": "hadn't", "cos": "because", "thru": "through", "adress": "address",
}  # fmt: skip
_OURS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you", "our": "your", "ours": "yours",
    "ourselves": "yourselves", "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "we're": "you're", "we've": "you've",
    "we'd": "you'd", "we'll": "you'll", "your": "our", "yours": "ours", "yourself": "ourselves", "yourselves": "ourselves",
}  # fmt: skip
_YOU = {"you": ("we", "us"), "you've": ("we've", ""), "you're": ("we're", ""), "you'd": ("we'd", ""), "you'll": ("we'll", "")}
_BE = {"am": "are", "was": "were", "wasn't": "weren't"}
_JOINING = frozenset(("and", "but", "or"))
_BETWEEN = frozenset(
    ("still", "just", "also", "never", "then", "now", "only", "really", "even", "always", "not", "already", "again", "both")
)
_LINKING = finder("^{linking}$")
_ACTS = finder("^(?:{finite}|{past_deed})$")
_SHORTHAND: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<![\w'’]){found}(?![\w'’])", re.I), put)
    for found, put in (
        (r"(?:lol|omg|wtf|tbh|imo|idk|btw|bro|mate|haha\w*|um+|uh+|erm+|like i said)[ ,]*", ""),
        (r"id(?= (?:like|love|prefer|appreciate)\b)", "I'd"),
        (r"wanna", "want to"),
        (r"gonna", "going to"),
        (r"u", "you"),
        (r"you (?:guys|people|lot|all)", "you"),
        (r"ur(?= (?:not|late|all|so|still|being|a|the|\w+ing)\b)", "you're"),
        (r"ur", "your"),
        (r"r", "are"),
        (r"n", "and"),
        (r"its(?= (?:a|an|the|been|not|now|still|all|just|gone|broken|too|only|\w+ing)\b)", "it's"),
    )
)
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<![\w'’]){found}(?![\w'’])", re.I), put)
    for found, put in (
        (r"(must|would|could|should|might) of(?= (?:been|had|done|gone|come|known|\w+ed)\b)", r"\1 have"),
        (r"the hole(?= (?:day|way|week|night|time|thing|month|morning|afternoon|evening|house|family)\b)", "the whole"),
        (
            r"(?:the|your|ur) (?:young )?(?:girl|lady|guy|man|lad|chap|bloke|woman|gal|dude|kid)(?="
            r" (?:at|on|from|in|behind) (?:the |your |ur )?[a-z])",
            "somebody",
        ),
        (r"(is|was|are|were|got) broke(?= off| down| in|$)", r"\1 broken"),
    )
)
_HANDLE = re.compile(r"^(?:[@#]\w+[ ,:]*)+|(?:[ ,]*[@#][^\W\d]\w*)+[.!?]*$")  # whom a post is to, and what it is filed under
_STRESSED = frozenset(
    ("again", "all", "always", "any", "both", "days", "every", "hours", "never", "no", "not", "nobody", "nothing", "now", "old", "only",
     "same", "second", "still", "third", "three", "times", "twice", "two", "very", "weeks", "wrong", "after", "before", "months", "late",
     "and", "but")
)  # fmt: skip
_CAPITALS = re.compile(
    r"(?<![\w-])(?=[A-Z]*[AEIOU])(?:[A-Z]{4,}|THE|OWN|HIM|HIS|HER|NOT|ALL|OUR|WHO|WHY|GET|GOT|OUT|UP|OFF|DID|WAS|HAS|ONE|DAY|AND|BUT)(?![\w-])"
)
_ABBREVIATED = frozenset(
    ("visa", "iban", "sepa", "asap", "copd", "adhd", "ikea", "html", "usb", "nato", "lego", "osha", "unesco", "aids", "oled", "sata")
)
_CALENDAR = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:i|eur|usd|gbp)\b"
)
_MOMENTS = (
    (re.compile(r"\byesterday\b(?!['’])", re.I), "the day before"),
    (re.compile(r"\blast (?P<part>night|week|month|year)\b", re.I), r"the \g<part> before"),
    (re.compile(r"\btomorrow\b", re.I), "the next day"),
    (re.compile(r"\bthis (?P<part>morning|afternoon|evening|week|month|year)\b", re.I), r"{same} \g<part>"),
    (re.compile(r"\bto(?P<part>day|night)\b", re.I), r"{same} \g<part>"),
    (re.compile(r"(?<=\w) (?:right |just )?now\b", re.I), ""),
)
_PREPOSITION = frozenset(("to", "from", "with", "by", "for", "of", "at", "on", "against", "about", "through", "via"))
_UNSURE = re.compile(
    r"(?<!\w)(?:u|ur|r|ya|gonna|wanna|smth|sth|lol|omg|wtf|tbh|imo|idk|btw|bro|pls|plz|um+|uh+|erm|haha\w*)(?!\w)|[_\x1e\x1f<>{}\[\]@#]|https?:",
    re.I,
)
_SPOKEN = re.compile(r"[\"“][^\"“”]+[\"”]")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
Subject = Literal["we", "none"]


def swapped(words: str, *, subject: Subject = "none") -> str | None:
    """The words with speaker and spoken-to changed over; None where a word is unclear, or where "you" would have us act.

    With `subject` "we", a "you" that begins a clause becomes "we": in a request we may act, in a reproach nothing says we did.
    """
    if _UNSURE.search(words) or _is_shouted(words):
        return None
    made: list[str] = []
    at, before, was_first, is_own = 0, "", False, False
    spoken = [match.span() for match in _SPOKEN.finditer(words)]
    for match in _TOKEN.finditer(words):
        if any(start < match.start() < end for start, end in spoken):  # the words of somebody else stay as they were said
            continue
        low = _low(match[0])
        new = _company(low, before, words[match.end() :], subject) if low in _YOU else _word(match[0], low, was_first=was_first)
        if not new:
            return None
        made += [words[at : match.start()], new]
        at = match.end()
        is_own = low in ("i", "we") if not before else is_own
        is_between = low in _BETWEEN or low.endswith("ly")
        was_first = low in ("i", "we") or (is_own and low in _JOINING) or (was_first and is_between)
        before = low
    return " ".join("".join([*made, words[at:]]).split())


def spelled(words: str) -> str:
    """The words without typed shorthand and shouting, as they would be written in a letter.

    >>> spelled("u charged me TWICE")
    'you charged me twice'
    """
    for found, put in _SHORTHAND:
        words = found.sub(put, words)
    if _is_shouted(words):
        words = _CALENDAR.sub(lambda match: match[0].upper() if len(match[0]) < 4 else match[0].capitalize(), words.lower())
    words = _HANDLE.sub("", words)
    for found, put in _SLIPS:
        words = found.sub(put, words)
    return _TOKEN.sub(_mended, words).strip()


def _mended(match: re.Match[str]) -> str:
    """The word without stress, and as it is spelt."""
    word = match[0]
    if word.isupper() and word.lower() in _STRESSED:
        return word.lower()
    return _misspelt().get(word, word)


@cache
def _misspelt() -> dict[str, str]:
    lines = (FOLDER / "misspelt.txt").read_text("utf-8").splitlines()
    pairs = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    known = {wrong: right for wrong, right in pairs if wrong != right}
    return known | {wrong.capitalize(): right.capitalize() for wrong, right in known.items()}


def calm(words: str) -> str:
    """The words without those that are put in capitals for stress; short ones and known abbreviations may be names.

    >>> calm("a new PIN and a visit THIS WEEK")
    'a new PIN and a visit this week'
    """
    if not any(char.islower() for char in words):
        return words
    return _CAPITALS.sub(_quiet, words)


def _quiet(match: re.Match[str]) -> str:
    low = match[0].lower()
    if low in _ABBREVIATED:
        return match[0]
    return low.capitalize() if _CALENDAR.fullmatch(low) else low


def later(words: str, *, same: str = "that") -> str:
    """The words as somebody reports them on another day: "yesterday" was the day before, "today" is `same` day."""
    for moment, then in _MOMENTS:
        words = moment.sub(then.format(same=same), words)
    return words


def _low(written: str) -> str:
    low = written.lower().replace("’", "'")
    return _SPELLED.get(low, low).lower()


def _company(low: str, before: str, after: str, subject: Subject) -> str:
    acting, acted_on = _YOU[low]
    if before in _PREPOSITION:
        return acted_on
    if subject == "none":
        return ""
    if not before or _LINKING.match(before):
        return acting
    following = _TOKEN.match(after.lstrip())
    is_clause = low != "you" or (following is not None and bool(_ACTS.match(_low(following[0]))))  # "the tablets | you posted"
    return acting if is_clause else ""


def _word(written: str, low: str, *, was_first: bool) -> str:
    if was_first and low in _BE:
        return _BE[low]
    if low in _OURS:
        return _OURS[low]
    return _SPELLED.get(written.lower().replace("’", "'"), written)


def _is_shouted(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return len(letters) > 8 and sum(map(str.isupper, letters)) > 0.7 * len(letters)
