"""Words of a text: tokens with their places, base forms, and the content words two writings can share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from drafter.checks.grounding.lexicon import groups, named, pairs, phrases
from drafter.checks.grounding.lexicon import words as word_set

_TOKEN = re.compile(
    r"(?:ca|wo|sha|do|does|did|is|are|was|were|has|have|had|would|could|should|might|must|need)n['’]t\b"
    r"|['’](?:ll|ve|re|m|d|s)\b|[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]",
    re.I,
)
_VOWEL = re.compile(r"[aeiouy]")


class Token(NamedTuple):
    """One word, number or mark; `low` is its lower case with a straight apostrophe."""

    start: int
    end: int
    text: str
    low: str

    @property
    def wordy(self) -> bool:
        """Whether it is a word, not a number or a mark."""
        return self.low[0].isalpha()


def tokens(text: str) -> list[Token]:
    """The words, numbers and marks of `text`; "don't" is one word, "I'll" two."""
    return [Token(m.start(), m.end(), m[0], m[0].lower().replace("’", "'")) for m in _TOKEN.finditer(text)]


_NO_ADVERBS = frozenset({"assembly", "anomaly", "butterfly", "monthly", "jewelly"})


@lru_cache(maxsize=8192)
def base(word: str) -> str:
    """A base form that the forms of one word share: "refunded" and "refunds" give "refund"; not always a word."""
    word = pairs("irregular").get(word, word)
    if len(word) < 4:
        return word
    for ending, put in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("zes", "z")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _bare(word[: -len(ending)] + put)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and _VOWEL.search(word[: -len(ending)]) and len(word) - len(ending) > 2:
            return _bare(_undoubled(word[: -len(ending)]))
    if word.endswith("ly") and len(word) > 6 and word not in _NO_ADVERBS:
        return _bare(word[:-3] + "y" if word.endswith("ily") else word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _bare(word)


def _undoubled(stem: str) -> str:
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
    return stem[:-1] if doubled or (stem.endswith("ll") and len(stem) > 5) else stem


def _bare(stem: str) -> str:
    return stem[:-1] if stem.endswith("e") and len(stem) > 3 else stem


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    return {base(word): base(group[0]) for group in groups("synonyms") for word in group}


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """What a word counts as: its base form, or the first word of its group of synonyms."""
    stem = base(word)
    return _classes().get(stem, stem)


@lru_cache(maxsize=64)
def word_class(name: str) -> frozenset[str]:
    """A class of content words, each as what it counts as."""
    return frozenset(root(word) for word in named("classes")[name])


@lru_cache(maxsize=8192)
def content_root(word: str) -> str | None:
    """The root of a word with content, None for a function word."""
    stop = word_set("stopwords")
    if word in stop or len(word) < 2 or word.startswith("'") or word.endswith("n't") or pairs("irregular").get(word, word) in stop:
        return None
    return root(word)


@lru_cache(maxsize=1)
def phrases_by_first() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases that count as one word, by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, counted in phrases("phrases").items():
        found.setdefault(words[0], []).append((words, root(counted)))
    for options in found.values():
        options.sort(key=lambda option: -len(option[0]))
    return found


_CLOSED = frozenset(",.;:()!?") | (named("closed")["subordinate"] - {"that"}) | named("closed")["join"]
_OBJECTS = named("closed")["objects"]


def _stands(phrase: tuple[str, ...], lows: list[str], i: int) -> bool:
    """Whether a phrase begins at `i`, word by word or round its object: "thrown it away", "paying you the £38 back"."""
    if tuple(lows[i : i + len(phrase)]) == phrase:
        return True
    if len(phrase) == 2 and phrase[1] == "back":
        between = lows[i + 1 : i + 8]
        return "back" in between and not _CLOSED & set(between[: between.index("back")])
    return len(phrase) == 2 and lows[i + 1 : i + 2] != [] and lows[i + 1] in _OBJECTS and lows[i + 2 : i + 3] == [phrase[1]]


def content(row: list[Token]) -> frozenset[str]:
    """The content words of a row of tokens, each as what it counts as; what is "without" is another word than what is there."""
    found: set[str] = set()
    lows = [token.low for token in row]
    starts = phrases_by_first()
    skip = 0
    for i, low in enumerate(lows):
        if i < skip:
            continue
        options = starts.get(low)  # few words begin a phrase
        phrase = next((option for option in options if _stands(option[0], lows, i)), None) if options else None
        if phrase:
            found.add(phrase[1])
            skip = i + len(phrase[0])
        elif low[0].isalpha() and (stem := content_root(low)):
            parts = {part for word in low.split("-") if (part := content_root(word))} if "-" in low else {stem}
            found |= {"!" + part for part in parts} if i and lows[i - 1] == "without" else parts
    return frozenset(found)
