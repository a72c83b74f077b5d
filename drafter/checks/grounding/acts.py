"""Acts: who does what, when, in each clause of a text; the same for the facts' clauses and for the letter's."""

from __future__ import annotations

from typing import Literal, NamedTuple

from drafter.checks.grounding.chains import Chain, Tense, chain
from drafter.checks.grounding.grammar import (
    ADVERBS,
    AUX,
    DETERMINERS,
    JOIN,
    NEVER_VERBS,
    NOT,
    OTHERS,
    POSSESSIVE,
    PREPOSITIONS,
    SUBORDINATE,
    TIMELY,
    US,
    is_past,
    is_verb,
)
from drafter.checks.grounding.pieces import pieces
from drafter.checks.grounding.sentences import Sentence
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import Token, content

_LONGEST = 200  # tokens of a sentence that are read at once; a longer one is no sentence
_KEPT = frozenset({"if", "unless", "when", "whether"})  # "when that will be": the first word tells what the clause is
_TO_WHOM = frozenset({"for", "to", "with", "from", "of", "by", "about"})  # "300 copies for you, printed from …": no subject
_ARTICLES = frozenset({"the", "a", "an", "your", "our", "my", "its", "their"})  # a noun or its adjective follows: "the hired van"
_POINTERS = frozenset({"it", "that", "this", "them", "those", "so"})
Agent = Literal["us", "customer", "yours", "third", "none"]


class Act(NamedTuple):
    """One clause: who acts, what they do, and when; `words` are its content words, `verb` one of them or ""."""

    start: int
    end: int
    agent: Agent
    tense: Tense
    verb: str
    verb_word: str  # the verb as it is written, lower case
    verb_at: int  # where it starts
    subject: tuple[int, int]  # empty where the subject is the one before
    words: frozenset[str]
    negated: bool
    passive: bool
    subordinate: bool  # behind if, when, that …: its tense tells nothing of its own
    link: str  # the word that leads the clause in
    sentence: int
    values: tuple[Value, ...]
    to: str  # the person it is done to: "you", "me", ""
    ends_with_comma: bool
    points: bool  # has "it", "that", "them", "so": what is meant stands before


def acts(row: list[Token], found: list[Sentence], values: list[Value]) -> list[Act]:
    """The acts of the sentences `found`, in order; `row` and `values` are the tokens and values of the same text."""
    result: list[Act] = []
    at, next_value = 0, 0
    for number, sentence in enumerate(found):
        while at < len(row) and row[at].start < sentence.start:
            at += 1
        first = at
        while at < len(row) and row[at].start < sentence.end:
            at += 1
        while next_value < len(values) and values[next_value].start < sentence.start:
            next_value += 1
        until = next_value
        while until < len(values) and values[until].start < sentence.end:
            until += 1
        for piece in range(first, at, _LONGEST):
            part = row[piece : min(at, piece + _LONGEST)]
            last = next_value
            while last < until and values[last].start < part[-1].end:
                last += 1
            result += _acts_of(part, number, values[next_value:last])
            next_value = last
        next_value = until
    return result


def _acts_of(row: list[Token], number: int, values: list[Value]) -> list[Act]:
    found: list[Act] = []
    for piece in pieces(row, values):
        inside = tuple(value for value in values if piece[0].start <= value.start < piece[-1].end)
        found.append(_act(piece, number, inside, _before(found, piece)))
    return found


def _before(found: list[Act], piece: list[Token]) -> Act | None:
    """The act that a clause without a subject goes on from: behind a comma or "then", the last main one."""
    if not found:
        return None
    if _says_which(found, piece):
        return found[-1]._replace(agent="none")
    main = next((act for act in reversed(found) if not act.subordinate), found[-1])
    goes_back = found[-1].ends_with_comma or any(token.low == "then" for token in piece[:2])
    return main if goes_back and found[-1].link not in ("if", "unless") else found[-1]


def _says_which(found: list[Act], piece: list[Token]) -> bool:
    """Whether "and" may go on from before "the £525 | you paid", which only says which: then who acts stays open."""
    if len(found) < 2 or piece[0].low not in JOIN:
        return False
    main, which = found[-2], found[-1]
    leads = not which.link and which.subject[1] > 0 and which.subject[0] == which.start and not which.ends_with_comma
    return leads and not main.ends_with_comma and main.agent == "us" and which.agent == "customer"


def _act(piece: list[Token], number: int, values: tuple[Value, ...], before: Act | None) -> Act:
    i, link = _lead(piece)
    agent, subject, at = _subject(piece, i)
    verb = chain(piece, at)
    agent, tense = _who_and_when(agent, verb, link, _Before(before, at, number, own=bool(subject[1])))
    if verb and verb.passive:
        agent = _by(piece)
    return Act(
        start=piece[0].start,
        end=piece[-1].end,
        agent=agent,
        tense=tense,
        verb=verb.verb if verb else "",
        verb_word=verb.word if verb else "",
        verb_at=verb.at if verb else piece[0].start,
        subject=subject,
        words=content([token for token in piece if not any(value.start <= token.start < value.end for value in values)]),
        negated=any(token.low in NOT or token.low.endswith("n't") for token in piece),
        passive=bool(verb and verb.passive),
        subordinate=link in SUBORDINATE or _goes_on(before, number, link, own=bool(subject[1])),
        link=link,
        sentence=number,
        values=values,
        to=_to(piece, verb.at if verb else 0),
        ends_with_comma=piece[-1].low == ",",
        points=any(token.low in _POINTERS for token in piece[i:]),
    )


class _Before(NamedTuple):
    """What stands before a clause: the act, where the clause's own words begin, its sentence, and whether it has a subject."""

    act: Act | None
    at: int
    sentence: int
    own: bool


def _who_and_when(agent: Agent, verb: Chain | None, link: str, before: _Before) -> tuple[Agent, Tense]:
    """The agent and tense of a clause; without a subject it goes on from the one before, or asks the customer."""
    if verb is None:
        return agent, "none"
    act = before.act
    if agent != "none":
        return agent, verb.tense
    orders = verb.bare and act is not None and (act.subordinate or act.tense in ("past", "perfect", "progressive", "none"))
    if act and not orders and verb.first == before.at and (link in JOIN or not link):
        unclear = act.subordinate and act.link in TIMELY and not act.ends_with_comma
        if act.tense == "request":
            return "customer", "request"
        return "none" if unclear else act.agent, act.tense if verb.bare and act.tense == "future" else verb.tense
    first = act is None or link == "please" or before.sentence != act.sentence
    return ("customer", "request") if orders or (verb.bare and not before.own and first) else (agent, verb.tense)


def _goes_on(before: Act | None, number: int, link: str, *, own: bool) -> bool:
    """Whether "and", "or" only continues a subordinate clause: one without a subject of its own, or behind "if"."""
    if not before or before.sentence != number or not before.subordinate or link not in ("and", "or"):
        return False
    return not own or before.link in ("if", "unless", "until", "when")


def _lead(piece: list[Token]) -> tuple[int, str]:
    """Where the clause itself begins, and the last word that leads it in."""
    please = next((j for j, token in enumerate(piece[:9]) if token.low == "please"), -1)
    if 0 <= please < len(piece) - 1 and not any(token.low in US or token.low == "you" for token in piece[:please]):
        return please + 1, "please"
    i, link = 0, ""
    while i < len(piece) - 1 and (_leads(piece[i].low) or not (piece[i].wordy or piece[i].low[0].isdigit())):
        if piece[i].wordy and link not in _KEPT:
            link = piece[i].low
        i += 1
    return i, link


def _leads(low: str) -> bool:
    return low in JOIN or low in SUBORDINATE or low == "please"


def _subject(piece: list[Token], i: int) -> tuple[Agent, tuple[int, int], int]:
    """The agent, the span of its words, and the index behind it; "none" where the clause has no subject of its own."""
    for j in range(i, len(piece)):
        low = piece[j].low
        if low in US:
            return "us", (piece[j].start, piece[j].end), j + 1
        if low == "you" and not (j > i and piece[j - 1].low in _TO_WHOM):
            return "customer", (piece[j].start, piece[j].end), j + 1
        if low in OTHERS and (j == i or low in ("it", "they", "he", "she")):
            return "third", (piece[j].start, piece[j].end), j + 1
        if j > i and piece[j - 1].low in _ARTICLES and low not in AUX:
            continue
        if low in AUX or (is_verb(low) and (j == i or _names_before(piece, i, j)) and not _is_noun(piece, j)):
            if j == i:
                return "none", (0, 0), j
            return _noun_agent(piece, i, j), (piece[i].start, piece[j - 1].end), j
    return "none", (0, 0), i


def _is_noun(piece: list[Token], j: int) -> bool:
    """Whether a word that could be a verb is a noun here: the verb follows ("the refund has", "our billing team will")."""
    if is_past(piece[j].low):
        return False
    for k in range(j + 1, min(j + 4, len(piece))):
        low = piece[k].low
        if low in AUX or (k == j + 1 and is_past(low)):
            return True
        if low in ADVERBS or low.endswith("ly"):
            if k + 1 < len(piece) and k == j + 1 and is_verb(piece[k + 1].low):
                return True
        elif low in NEVER_VERBS or not piece[k].wordy or low in JOIN or low in SUBORDINATE:
            return False
    return False


def _names_before(piece: list[Token], i: int, j: int) -> bool:
    """Whether what stands from `i` to `j` can be a subject: not a preposition's phrase, not an adverb alone."""
    start = _noun_start(piece, i, j)
    return start < j and not all(token.low.endswith("ly") or token.low in ADVERBS for token in piece[start:j])


def _noun_start(piece: list[Token], i: int, j: int) -> int:
    """The first token of the noun phrase that ends at `j`: behind a leading phrase such as "On Monday"."""
    if piece[i].low not in PREPOSITIONS:
        return i
    for k in range(j - 1, i, -1):
        if piece[k].low in DETERMINERS or piece[k].low in POSSESSIVE or piece[k].low == "your":
            return k
    return j


def _noun_agent(piece: list[Token], i: int, j: int) -> Agent:
    start = _noun_start(piece, i, j)
    if start >= j:
        return "none"
    low = piece[start].low
    return "us" if low in POSSESSIVE else "yours" if low == "your" else "third"


def _by(piece: list[Token]) -> Agent:
    """Who a passive names behind "by"."""
    for i, token in enumerate(piece[:-1]):
        if token.low == "by":
            after = piece[i + 1].low
            if after in ("us", "me", "our", "my"):
                return "us"
            if after in ("you", "yourself"):
                return "customer"
    return "none"


def _to(piece: list[Token], verb_at: int) -> str:
    for token in piece:
        if token.start > verb_at and token.low in ("you", "me", "us"):
            return "you" if token.low == "you" else "us"
    return ""
