"""One problem is one problem: what is told in several passages becomes one fact, with the clearest and fullest of the wordings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from drafter.checks.fold import fold
from drafter.ticket.facts import ItemKind
from drafter.ticket.tongue import known
from drafter.ticket.words import finder

_TOLD = "you told us that "
_NOBODY = re.compile(r"^(?:nobody|no one|no|nothing|none) ")
_GOES_ON = re.compile(r"^(?:it|they|which)\b(?! (?:was|is|has been) (?:my|our)\b)")
_BETWEEN = re.compile(r"[\s.,;!?)]*(?:(?:and|but|so|then) )?$")
_SUBJECT_LINE = re.compile(
    r"(?im)\A(?:[^\n]*\n){0,5}?[ \t]*(?P<line>(?:subject|betreff|re|fwd?|objet|asunto|oggetto|assunto|onderwerp)[ \t]*:[^\n]*)$"
)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,:]\d+)*")
_ALIKE = {
    "twice": "double", "two": "double", "2": "double", "duplicate": "double", "bill": "charge", "debit": "charge", "deduct": "charge",
    "payment": "charge", "broke": "break", "broken": "break", "crack": "break", "fridge": "refrigerator", "gone": "miss", "lost": "miss",
    "web": "internet", "wifi": "internet", "parcel": "package", "reply": "answer", "respond": "answer", "response": "answer",
}  # fmt: skip
_THING = re.compile(r"(?:the|my|our|a|an|one) (?P<thing>[\w'-]+)")
_MOST_WORDS, _MOST_LINES = 40, 3


@dataclass(frozen=True)
class Telling:
    """A clause of the ticket, the part it plays and the words that it was put in; `also` are other passages that tell the same."""

    role: ItemKind
    words: str | None
    quote: str
    start: int
    end: int
    sentence: str
    listed: bool = False  # whether it stands in a list of the customer's
    also: tuple[str, ...] = ()


def told_once(ticket: str, tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings, with problems that are one put together."""
    line = _SUBJECT_LINE.search(ticket)
    subject = line.span("line") if line else (0, 0)
    made: list[Telling] = []
    for telling in tellings:
        if _is_in(telling, subject) and re.match(r"(?:i|we)\b", telling.quote.lower()) and len(tellings) > 1:
            continue  # what they did is no matter to write about by itself
        place = _meant(ticket, made, telling) if telling.role == "problem" else None
        if place is None:
            made.append(telling)
        else:
            made[place] = _joined(ticket, made[place], telling)
    return _without_repeats(made, subject)


def _meant(ticket: str, made: Sequence[Telling], telling: Telling) -> int | None:
    """The place of the problem right before, where this one only goes on with it."""
    if not made or not telling.words or made[-1].role != "problem" or not made[-1].words:
        return None
    before, low = made[-1], fold(telling.quote).lower()
    near = _BETWEEN.fullmatch(ticket[before.end : telling.start])
    together = before.sentence == telling.sentence
    nobody = together and _NOBODY.match(low) and _NOBODY.match(fold(before.quote).lower())
    if near and (nobody or (_GOES_ON.match(low) and "\n" not in ticket[before.end : telling.start]) or (together and telling.listed)):
        joined = _both(before.words or "", telling.words)
        return len(made) - 1 if len(joined.split()) <= _MOST_WORDS else None
    return None


def _joined(ticket: str, first: Telling, second: Telling) -> Telling:
    return replace(first, words=_both(first.words or "", second.words or ""), quote=ticket[first.start : second.end], end=second.end)


def _both(first: str, second: str) -> str:
    if _TOLD in first + second or first.startswith("you told us") or second.startswith("you told us"):
        if not (first.startswith((_TOLD, "you told us about")) or second.startswith((_TOLD, "you told us about"))):
            return f"{first}, and {second}"
        head = first if first.startswith("you told us") else f"{_TOLD}{first}"
        return f"{head}, and {second.removeprefix('you told us ') if second.startswith('you told us') else f'that {second}'}"
    return f"{first}, and {second}"


def _without_repeats(made: Sequence[Telling], subject: tuple[int, int]) -> list[Telling]:
    """Of the problems that tell of the same matter the fullest; a subject line gives way to the message below it."""
    kept: list[Telling] = []
    for telling in made:
        place = (
            next((at for at, other in enumerate(kept) if _is_same(other, telling, subject)), None) if telling.role == "problem" else None
        )
        if place is None:
            kept.append(telling)
            continue
        other = kept[place]
        best, rest = (telling, other) if _is_better(telling, other, subject) else (other, telling)
        kept[place] = replace(best, also=(*best.also, rest.quote, *rest.also))
    return sorted(kept, key=lambda telling: telling.start)


def _is_same(first: Telling, second: Telling, subject: tuple[int, int]) -> bool:
    if first.role != "problem" or not (first.words or second.words):
        return False
    one, other = stems(first.quote), stems(second.quote)
    shared = one & other
    if _is_in(first, subject) != _is_in(second, subject):
        return bool(shared)
    numbers = [{stem for stem in found if stem[0].isdigit()} for found in (one, other)]
    if not shared or (all(numbers) and not numbers[0] & numbers[1]):
        return False
    return len(shared) >= 2 and len(shared) >= 0.65 * min(len(one), len(other)) and not _are_two_things(first.quote, second.quote)


def _are_two_things(first: str, second: str) -> bool:
    """Whether each tells the like of a thing of its own: "the lamp arrived broken" and "the chair arrived broken"."""
    one, other = (_WORD.findall(fold(words).lower()) for words in (first, second))
    if len(one) == len(other) and sum(stems(a) != stems(b) for a, b in zip(one, other, strict=True)) == 1:
        return True
    heads = [_THING.match(fold(words).lower()) for words in (first, second)]
    if not all(heads):
        return False
    things = [stems(head["thing"]) for head in heads if head]
    return not things[0] & stems(second) and not things[1] & stems(first)


def _is_in(telling: Telling, subject: tuple[int, int]) -> bool:
    return subject[0] <= telling.start and telling.end <= subject[1]


def _is_better(new: Telling, old: Telling, subject: tuple[int, int]) -> bool:
    if bool(new.words) != bool(old.words):
        return bool(new.words)
    if _is_in(old, subject) != _is_in(new, subject):
        return _is_in(old, subject)
    return len(stems(new.quote)) > len(stems(old.quote)) and len((new.words or "").split()) <= _MOST_WORDS


@lru_cache(maxsize=1 << 13)  # each passage is held against all that came before it
def stems(words: str) -> frozenset[str]:
    """The words that a passage is about, without their endings; words for the same are one."""
    found = set()
    for word in _WORD.findall(fold(words).lower()):
        stem = re.sub(r"(?:'s|ing|ed|es|s)$", "", word) if len(word) > 4 else word
        if word in _ALIKE or (word not in known("own_tongue") and (len(word) > 2 or word.isdigit())):
            found.add(_ALIKE.get(word, _ALIKE.get(stem, stem.rstrip("e") if len(stem) > 4 else stem)))
    return frozenset(found)


_HEAD = re.compile(
    r"(?P<thing>(?:the|my|our|your|this) (?:[\w'’-]+ ){0,3}?[\w'’-]+) (?:is|was|has"
    r"|had)\b(?!.*\b(?:an?|the|my|our|your|his|her|its|\w+['’]s) )",
    re.I,
)
_NAMED = re.compile(r"(?:the|my|our|your) [\w'’-]+(?: [\w'’-]+){0,6}$", re.I)
_IT_FIRST, _IT = re.compile(r"it\b(?!['’])", re.I), re.compile(r"(?<= )it\b(?!['’])", re.I)


def named(quote: str, before: str) -> str:
    """The clause with the thing in the place of "it", where the words before it surely say which.

    >>> named("it still shows the wrong day", "Your portal is useless")
    'Your portal still shows the wrong day'
    """
    before = before.strip(" .,;:!?-")
    head, whole = _HEAD.match(before), _NAMED.match(before)
    if head and _IT_FIRST.match(quote) and not quote.lower().startswith(("it is ", "it was ", "it's ")):
        return _IT_FIRST.sub(lambda _: head["thing"], quote, count=1)
    if (
        whole
        and not finder("{finite}|{past_deed}|{odd_deed}").search(before.lower())
        and len(_IT.findall(quote)) == 1
        and not _IT_FIRST.match(quote)
    ):
        return _IT.sub(lambda _: before[:1].lower() + before[1:], quote)
    return quote
