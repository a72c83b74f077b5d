"""Acts: who does what, when, in each clause of a text; the same for the facts' clauses and for the letter's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from drafter.checks.grounding.lexicon import pairs, words
from drafter.checks.grounding.sentences import Sentence
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import Token, base, content, phrases_by_first, root

Agent = Literal["us", "customer", "yours", "third", "none"]
Tense = Literal["future", "perfect", "past", "progressive", "present", "modal", "request", "none"]

_US = frozenset({"i", "we"})
_OTHERS = frozenset(
    {"he", "she", "they", "it", "this", "that", "these", "those", "which", "who", "there", "nobody", "none", "everything", "nothing"}
)
_FUTURE = frozenset({"will", "'ll", "shall", "won't"})
_MODAL = frozenset(
    {"would", "'d", "could", "should", "may", "might", "must", "can", "cannot", "can't", "couldn't", "shouldn't", "wouldn't"}
)
_BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being", "'m", "'re", "isn't", "aren't", "wasn't", "weren't", "'s"})
_HAVE = frozenset({"have", "has", "had", "'ve", "haven't", "hasn't", "hadn't", "having"})
_DO = frozenset({"do", "does", "did", "don't", "doesn't", "didn't"})
_PAST_AUX = frozenset({"was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't"})
_NOT = frozenset({"not", "never", "no", "cannot"})
_AUX = _FUTURE | _MODAL | _BE | _HAVE | _DO
_SUBORDINATE = frozenset(
    "if when once until till before after while because since unless whether that which who as although though where so".split()
)
_TIMELY = frozenset({"while", "as", "when", "before", "after", "until", "once", "which", "who", "that"})
_JOIN = frozenset({"and", "but", "or", "so", "then", "nor"})
_STOPS = frozenset(',;:()—–.!?…"“”')
_POSSESSIVE = frozenset({"my", "our"})
_DETERMINERS = frozenset("the a an your their his her its this that these those some any each every no one two three both all".split())
_NEVER_VERBS = frozenset(
    "the a an your my our his her its their this that these those it them him me us you i we they he she there here some any each every "
    "on at in by from for with of since until during about into over under through against per as than out up down off back".split()
)
_ADVERBS = frozenset(
    "also already now then just only still never not always even then again yet therefore personally today yesterday tomorrow first since ever "
    "both all have been".split()
)


@dataclass(frozen=True, slots=True)
class Act:
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
    wanting: bool  # "have to", "need to", "want to" stand before the verb
    ends_with_comma: bool


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
        result += _acts_of(row[first:at], number, values[next_value:until])
        next_value = until
    return result


def _acts_of(row: list[Token], number: int, values: list[Value]) -> list[Act]:
    found: list[Act] = []
    row = [token for i, token in enumerate(row) if token.low != "'s" or not _owning(row, i)]
    for piece in _pieces(row, values):
        inside = tuple(value for value in values if piece[0].start <= value.start < piece[-1].end)
        found.append(_act(piece, number, inside, _before(found, piece)))
    return found


def _owning(row: list[Token], i: int) -> bool:
    """Whether "'s" says whose a thing is, not "is" or "has"."""
    if not i or i + 1 >= len(row) or row[i - 1].low in _OTHERS | {"he", "she", "here", "what", "where", "how", "let"}:
        return False
    after = row[i + 1].low
    return after[0].isalnum() and not (after in _NEVER_VERBS or after in _NOT or after in _ADVERBS or _is_past(after) or after.endswith(("ing", "ly")))


def _before(found: list[Act], piece: list[Token]) -> Act | None:
    """The act that a clause without a subject goes on from: behind a comma or "then", the last main one."""
    if not found:
        return None
    main = next((act for act in reversed(found) if not act.subordinate), found[-1])
    goes_back = found[-1].ends_with_comma or any(token.low == "then" for token in piece[:2])
    return main if goes_back and found[-1].link not in ("if", "unless") else found[-1]


def _pieces(row: list[Token], values: list[Value]) -> list[list[Token]]:
    """The tokens of a sentence, cut into clauses; a piece without a verb stays with the one before."""
    held = {token.start for value in values for token in row if value.start < token.start < value.end}
    pieces: list[list[Token]] = [[]]
    for i, token in enumerate(row):
        if i and pieces[-1] and token.start not in held and (_cuts(row, i) or _relates(row, i) and _has_verb(pieces[-1])):
            pieces.append([])
        pieces[-1].append(token)
    joined: list[list[Token]] = []
    waiting: list[Token] = []
    for piece in pieces:
        if _has_verb(piece):
            joined.append(waiting + piece)
            waiting = []
        elif joined:
            joined[-1] = joined[-1] + piece
        else:
            waiting += piece
    if waiting:
        joined.append(waiting)
    return [piece for piece in joined if piece]


def _cuts(row: list[Token], i: int) -> bool:
    low, before = row[i].low, row[i - 1].low
    if before in ",;:()—–" or low in ("(", "—", "–", ";"):
        return True
    if before == "-" and row[i - 1].start > row[i - 2].end and row[i].start > row[i - 1].end:
        return True
    if low in _JOIN and i + 1 < len(row):
        return _starts_clause(row, i + 1)
    if low in _SUBORDINATE and i + 1 < len(row) and before not in _JOIN:
        return low not in ("that", "so", "since", "before", "after", "as") or _starts_clause(row, i + 1)
    return False


def _relates(row: list[Token], i: int) -> bool:
    """Whether a clause without "that" begins with the pronoun at `i`: "the fee you paid"."""
    before = row[i - 1].low
    if row[i].low not in _US | {"you"} or not before[0].isalnum():
        return False
    if before in _AUX or before in _JOIN or before in _SUBORDINATE or before in _PREPOSITIONS or is_verb(before) or i + 1 >= len(row):
        return False
    after = row[i + 1].low
    return after in _AUX or is_verb(after)


def _starts_clause(row: list[Token], i: int) -> bool:
    """Whether a clause with its own verb begins at `i`."""
    low = row[i].low
    if low in _US or low == "you" or low in _OTHERS or low in _AUX or low in _SUBORDINATE:
        return True
    if low in _DETERMINERS or low in _POSSESSIVE or row[i].text[:1].isupper():
        return any(token.low in _AUX or _is_past(token.low) for token in row[i + 1 : i + 5])
    j = i
    while j + 1 < len(row) and (row[j].low in _ADVERBS or row[j].low.endswith("ly")):
        j += 1
    return is_verb(row[j].low)


def _has_verb(piece: list[Token]) -> bool:
    return any(token.low in _AUX or is_verb(token.low) or (i and piece[i - 1].low in _US | {"you", "to"}) for i, token in enumerate(piece))


def _is_past(low: str) -> bool:
    return low in _pasts() or (low.endswith("ed") and len(low) > 4 and low not in ("need", "hundred", "indeed", "speed"))


def is_verb(low: str) -> bool:
    """Whether a lower-case word is a form of a known verb, or looks like a past."""
    return _is_past(low) or base(low) in _known_verbs() and low not in ("set", "cost", "hold", "work")


_VERBS: dict[str, frozenset[str]] = {}


def _pasts() -> frozenset[str]:
    if "past" not in _VERBS:
        _VERBS["past"] = frozenset(pairs("irregular"))
    return _VERBS["past"]


def _known_verbs() -> frozenset[str]:
    if "known" not in _VERBS:
        _VERBS["known"] = frozenset(base(word) for word in words("verbs"))
    return _VERBS["known"]


def _act(piece: list[Token], number: int, values: tuple[Value, ...], before: Act | None) -> Act:
    i, link = _lead(piece)
    agent, subject, at = _subject(piece, i)
    chain = _chain(piece, at)
    orders = bool(chain and chain.bare and before and (before.subordinate or before.tense in ("past", "perfect", "progressive", "none")))
    if agent == "none" and before and link in _JOIN | {""} and chain and chain.aux_or_verb_at == at and not orders:
        agent = "none" if before.subordinate and before.link in _TIMELY and not before.ends_with_comma else before.agent
        tense = before.tense if chain.bare and before.tense == "future" else chain.tense
        request = before.tense == "request"
    else:
        tense, request = (chain.tense if chain else "none"), orders
    if (
        chain
        and agent == "none"
        and (request or (chain.bare and not subject[1] and (not before or link == "please" or number != before.sentence)))
    ):
        agent, tense = "customer", "request"
    if chain and chain.passive:
        agent = _by(piece) if agent in ("us", "customer", "yours", "third") else agent
    return Act(
        start=piece[0].start,
        end=piece[-1].end,
        agent=agent,
        tense=tense,
        verb=chain.verb if chain else "",
        verb_word=next((token.low for token in piece if token.start == chain.verb_at), "") if chain else "",
        verb_at=chain.verb_at if chain else piece[0].start,
        subject=subject,
        words=content([token for token in piece if not any(value.start <= token.start < value.end for value in values)]),
        negated=any(token.low in _NOT or token.low.endswith("n't") for token in piece),
        passive=bool(chain and chain.passive),
        subordinate=link in _SUBORDINATE or _goes_on(before, number, link, own=bool(subject[1])),
        link=link,
        sentence=number,
        values=values,
        to=_to(piece, chain.verb_at if chain else 0),
        wanting=bool(chain and chain.wanting),
        ends_with_comma=piece[-1].low == ",",
    )


def _goes_on(before: Act | None, number: int, link: str, *, own: bool) -> bool:
    """Whether "and", "or" only continues a subordinate clause: one without a subject of its own, or behind "if"."""
    if not before or before.sentence != number or not before.subordinate or link not in ("and", "or"):
        return False
    return not own or before.link in ("if", "unless", "until", "when")


def _lead(piece: list[Token]) -> tuple[int, str]:
    """Where the clause itself begins, and the last word that leads it in."""
    i, link = 0, ""
    while i < len(piece) - 1 and (
        piece[i].low in _JOIN | _SUBORDINATE | {"please"} or not piece[i].wordy and not piece[i].low[0].isdigit()
    ):
        if piece[i].wordy and link not in ("if", "unless"):
            link = piece[i].low
        i += 1
    return i, link


def _subject(piece: list[Token], i: int) -> tuple[Agent, tuple[int, int], int]:
    """The agent, the span of its words, and the index behind it; "none" where the clause has no subject of its own."""
    for j in range(i, len(piece)):
        low = piece[j].low
        if low in _US:
            return "us", (piece[j].start, piece[j].end), j + 1
        if low == "you":
            return "customer", (piece[j].start, piece[j].end), j + 1
        if low in _OTHERS and (j == i or low in ("it", "they", "he", "she")):
            return "third", (piece[j].start, piece[j].end), j + 1
        if low in _AUX or (is_verb(low) and (j == i or _names_before(piece, i, j)) and not _is_noun(piece, j)):
            if j == i:
                return "none", (0, 0), j
            return _noun_agent(piece, i, j), (piece[i].start, piece[j - 1].end), j
    return "none", (0, 0), i


def _is_noun(piece: list[Token], j: int) -> bool:
    """Whether a word that could be a verb is a noun here: another verb follows at once ("the refund has")."""
    return j + 1 < len(piece) and not _is_past(piece[j].low) and (piece[j + 1].low in _AUX or _is_past(piece[j + 1].low))


def _names_before(piece: list[Token], i: int, j: int) -> bool:
    """Whether what stands from `i` to `j` can be a subject: not a preposition's phrase, not an adverb alone."""
    start = _noun_start(piece, i, j)
    return start < j and not all(token.low.endswith("ly") or token.low in _ADVERBS for token in piece[start:j])


_PREPOSITIONS = frozenset(
    "on at in by from for with to of since until during after before about into under over through without against".split()
)


def _noun_start(piece: list[Token], i: int, j: int) -> int:
    """The first token of the noun phrase that ends at `j`: behind a leading phrase such as "On Monday"."""
    if piece[i].low not in _PREPOSITIONS:
        return i
    for k in range(j - 1, i, -1):
        if piece[k].low in _DETERMINERS or piece[k].low in _POSSESSIVE or piece[k].low == "your":
            return k
    return j


def _noun_agent(piece: list[Token], i: int, j: int) -> Agent:
    start = _noun_start(piece, i, j)
    if start >= j:
        return "none"
    low = piece[start].low
    return "us" if low in _POSSESSIVE else "yours" if low == "your" else "third"


@dataclass(frozen=True, slots=True)
class _Chain:
    verb: str
    verb_at: int
    aux_or_verb_at: int
    tense: Tense
    passive: bool
    bare: bool
    wanting: bool


def _chain(piece: list[Token], at: int) -> _Chain | None:
    """The verb behind the subject, with its tense: "will have to redo" gives redo, future."""
    i, seen, wanting = at, [], False
    first = -1
    while i < len(piece):
        low = piece[i].low
        if low in _AUX:
            first = i if first < 0 else first
            seen.append(low)
        elif low == "going" and seen and i + 1 < len(piece) and piece[i + 1].low == "to":
            seen.append("will")
            i += 1
        elif low in _NOT or low in _ADVERBS or low.endswith("ly") or low == "to":
            pass
        elif low in _NEVER_VERBS:
            break
        elif piece[i].wordy:
            stem = base(low)
            if stem in _links() and any(token.low == "to" for token in piece[i + 1 : i + 3]):
                first, wanting = (i if first < 0 else first), True
                seen.append("past:" if _is_past(low) else "present:")
            elif first >= 0 or at == 0 or i <= at + 2 or is_verb(low):
                first = i if first < 0 else first
                return _read(piece, i, first, seen, wanting=wanting)
            else:
                break
        elif low[0] in _STOPS:
            break
        i += 1
    if seen:
        last = seen[-1].strip(":'")
        return _Chain(
            "be" if last in _BE or "'" + last in _BE else root("have") if last in _HAVE | {"ve"} else base(last),
            piece[first].start,
            first,
            _tense(seen, ""),
            False,
            False,
            wanting,
        )
    return None


def _links() -> frozenset[str]:
    if "links" not in _VERBS:
        _VERBS["links"] = frozenset(base(word) for word in words("linking"))
    return _VERBS["links"]


def _read(piece: list[Token], i: int, first: int, seen: list[str], *, wanting: bool) -> _Chain:
    low = piece[i].low
    passive = bool(seen) and seen[-1] in _BE | {"got"} and _is_past(low) and not low.endswith("ing")
    bare = not seen and not _is_past(low) and not low.endswith(("ing", "s"))
    complement = bool(seen) and seen[-1] in _BE and not is_verb(low) and not low.endswith("ing")
    verb = _phrase_at(piece, i) or ("be" if complement else root(low))
    return _Chain(verb, piece[i].start, first, _tense(seen, low), passive, bare, wanting)


def _phrase_at(piece: list[Token], i: int) -> str:
    for phrase, counted in phrases_by_first().get(piece[i].low, ()):
        if tuple(token.low for token in piece[i : i + len(phrase)]) == phrase:
            return counted
    return ""


def _tense(seen: list[str], low: str) -> Tense:
    if any(word in _FUTURE for word in seen):
        return "future"
    if any(word in _MODAL for word in seen):
        return "modal"
    if (low.endswith("ing") or "being" in seen) and any(word in _BE for word in seen):
        return "past" if any(word in _PAST_AUX for word in seen) else "progressive"
    if any(word in _PAST_AUX or word == "past:" for word in seen):
        return "past"
    if any(word in _HAVE for word in seen):
        return "perfect"
    if (
        not seen
        and low
        and _is_past(low)
        and low not in ("put", "set", "let", "cut", "read", "cost", "hit", "shut", "is", "are", "am", "has", "does")
    ):
        return "past"
    return "present" if low or seen else "none"


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
