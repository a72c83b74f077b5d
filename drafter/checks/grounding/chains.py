"""Chains: auxiliaries and the verb they lead to, with tense and voice."""

from __future__ import annotations

from typing import Literal, NamedTuple

from drafter.checks.grounding.grammar import (
    ADVERBS,
    AUX,
    BE,
    FUTURE,
    HAVE,
    LIKE_PRESENT,
    MODAL,
    NEVER_VERBS,
    NOT,
    PAST_AUX,
    is_going,
    is_past,
    is_verb,
    links,
)
from drafter.checks.grounding.words import Token, base, phrases_by_first, root

Tense = Literal["future", "perfect", "past", "progressive", "present", "modal", "request", "none"]
_STOPS = frozenset(',;:()—–.!?…"“”')
_WAS_LINKED, _IS_LINKED = "past:", "present:"  # what "had to" and "has to" leave in a chain


class Chain(NamedTuple):
    """A verb and what stands before it; `first` is the index of the first word of the chain, `bare` a verb without any."""

    verb: str
    at: int  # where the verb starts
    word: str  # the verb as it is written, lower case
    first: int
    tense: Tense
    passive: bool
    bare: bool


def chain(piece: list[Token], at: int) -> Chain | None:
    """The verb at or behind `at`, with its tense: "will have to redo" gives redo, future."""
    i, first = at, -1
    seen: list[str] = []
    while i < len(piece):
        low = piece[i].low
        step = _step(piece, i, seen)
        if step:
            first = i if first < 0 else first
            seen.append(step)
            i += 1 if low == "going" else 0
        elif low in NEVER_VERBS or low[0] in _STOPS or (seen and low[0].isdigit()):
            break
        elif piece[i].wordy and low not in NOT and low not in ADVERBS and not low.endswith("ly") and low != "to":
            if first >= 0 or at == 0 or i <= at + 2 or is_verb(low):
                return _read(piece, i, i if first < 0 else first, seen)
            break
        i += 1
    return _alone(piece[first], first, seen) if seen else None


def _step(piece: list[Token], i: int, seen: list[str]) -> str:
    """What a word that only leads on adds to the chain, "" for the verb itself."""
    low = piece[i].low
    pairs = zip(piece[i + 1 : i + 3], piece[i + 2 : i + 4], strict=False)
    to_follows = any(one.low == "to" and two.low not in NEVER_VERBS and two.wordy for one, two in pairs)
    if low in HAVE and i + 1 < len(piece) and piece[i + 1].low == "to":
        return _WAS_LINKED if low == "had" else _IS_LINKED
    if low in AUX:
        return low
    if low == "going" and seen and i + 1 < len(piece) and piece[i + 1].low == "to":
        return "will"
    if piece[i].wordy and low not in NOT and low not in ADVERBS and low not in NEVER_VERBS and to_follows and links(low):
        return _WAS_LINKED if is_past(low) else _IS_LINKED
    return ""


def _alone(token: Token, first: int, seen: list[str]) -> Chain:
    """An auxiliary that is the verb: "it is yours", "you'll have it"."""
    last = seen[-1].strip(":")
    verb = "be" if last in BE else root("have") if last in HAVE else "" if last in FUTURE else base(last)
    return Chain(verb, token.start, last, first, _tense(seen, ""), False, False)


def _read(piece: list[Token], i: int, first: int, seen: list[str]) -> Chain:
    low = piece[i].low
    going = is_going(low)
    passive = bool(seen) and (seen[-1] in BE or seen[-1] == "got") and is_past(low) and not going
    bare = not seen and not is_past(low) and not going and not low.endswith("s")
    complement = bool(seen) and seen[-1] in BE and not is_verb(low) and not going
    verb = _phrase_at(piece, i) or ("be" if complement else root(low))
    return Chain(verb, piece[i].start, low, first, _tense(seen, low), passive, bare)


def _phrase_at(piece: list[Token], i: int) -> str:
    for phrase, counted in phrases_by_first().get(piece[i].low, ()):
        if tuple(token.low for token in piece[i : i + len(phrase)]) == phrase:
            return counted
    return ""


def _tense(seen: list[str], low: str) -> Tense:
    if not FUTURE.isdisjoint(seen):
        return "future"
    if not MODAL.isdisjoint(seen):
        return "modal"
    was = not PAST_AUX.isdisjoint(seen)
    if (is_going(low) or "being" in seen) and not BE.isdisjoint(seen):
        return "past" if was else "progressive"
    if was or _WAS_LINKED in seen:
        return "past"
    if not HAVE.isdisjoint(seen):
        return "perfect"
    if not seen and low and is_past(low) and low not in LIKE_PRESENT:
        return "past"
    return "present" if low or seen else "none"
