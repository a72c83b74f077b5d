"""Pieces: a sentence cut into clauses, each with a verb of its own."""

from __future__ import annotations

from drafter.checks.grounding.grammar import (
    ADVERBS,
    AUX,
    CUSTOMER,
    DETERMINERS,
    JOIN,
    NAMED_BY,
    NEVER_VERBS,
    NOT,
    OFTEN_NOT,
    OTHERS,
    POSSESSIVE,
    PREPOSITIONS,
    SUBORDINATE,
    US,
    is_past,
    is_verb,
)
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import Token

_MAY_GO = frozenset({"'s", "am"})
_MARKS = frozenset({";", "—", "–"})


def pieces(row: list[Token], values: list[Value]) -> list[list[Token]]:
    """The tokens of a sentence, cut into clauses; one without a verb stays with the one before."""
    if any(token.low in _MAY_GO for token in row):
        row = [token for i, token in enumerate(row) if not (token.low == "'s" and _owning(row, i)) and not _half_day(token, values)]
    held = {token.start for value in values if value.end - value.start > 2 for token in row if value.start < token.start < value.end}
    found: list[list[Token]] = [[]]
    for i, token in enumerate(row):
        if i and found[-1] and token.start not in held and (_cuts(row, i) or (_relates(row, i) and _has_verb(found[-1]))):
            found.append([])
        found[-1].append(token)
    return _joined(found)


def _joined(found: list[list[Token]]) -> list[list[Token]]:
    joined: list[list[Token]] = []
    waiting: list[Token] = []
    for i, piece in enumerate(found):
        if _has_verb(piece):
            joined.append(waiting + piece)
            waiting = []
        elif joined and not waiting and not _fronts(found, i):
            joined[-1] = joined[-1] + piece
        else:
            waiting += piece
    if waiting:
        joined.append(waiting)
    return [piece for piece in joined if piece]


def _fronts(found: list[list[Token]], i: int) -> bool:
    """Whether a piece without a verb leads the next clause in: "…, and on Monday, 9 November, we seated you"."""
    row, mark = found[i], found[i - 1][-1].low if i else ""
    opens = row[0].low if mark in _MARKS else row[1].low if row[0].low in JOIN and len(row) > 1 else ""
    if opens not in PREPOSITIONS:
        return False
    after = next((piece for piece in found[i + 1 :] if _has_verb(piece)), None)
    if after is None:
        return False
    low = after[0].low
    return low in US or low == CUSTOMER or low in OTHERS or low in DETERMINERS or low in POSSESSIVE or low == "your"


def _half_day(token: Token, values: list[Value]) -> bool:
    """Whether "am" belongs to a time, and is no verb."""
    return token.low == "am" and any(value.start < token.start < value.end for value in values)


def _owning(row: list[Token], i: int) -> bool:
    """Whether "'s" says whose a thing is, not "is" or "has"."""
    if not i or i + 1 >= len(row) or row[i - 1].low in NAMED_BY:
        return False
    after = row[i + 1].low
    verbal = after in NEVER_VERBS or after in NOT or after in ADVERBS or is_past(after) or after.endswith(("ing", "ly"))
    return after[0].isalnum() and not verbal


def _cuts(row: list[Token], i: int) -> bool:
    """Whether a mark or a word that leads a clause in begins a new one at `i`."""
    low, before = row[i].low, row[i - 1].low
    if before in ",;:()—–" or low in ("(", "—", "–", ";"):
        return True
    if before == "-" and row[i - 1].start > row[i - 2].end and row[i].start > row[i - 1].end:
        return True
    if low in JOIN and i + 1 < len(row):
        return _starts_clause(row, i + 1)
    if low in SUBORDINATE and i + 1 < len(row) and before not in JOIN:
        return low not in OFTEN_NOT or _starts_clause(row, i + 1)
    return False


def _relates(row: list[Token], i: int) -> bool:
    """Whether a clause without "that" begins with the pronoun at `i`: "the fee you paid"."""
    before = row[i - 1].low
    if (row[i].low not in US and row[i].low != CUSTOMER) or not before[0].isalnum() or i + 1 >= len(row):
        return False
    if before in AUX or before in JOIN or before in SUBORDINATE or before in PREPOSITIONS or is_verb(before):
        return False
    return row[i + 1].low in AUX or is_verb(row[i + 1].low)


def _starts_clause(row: list[Token], i: int) -> bool:
    """Whether a clause with its own verb begins at `i`."""
    low = row[i].low
    if low in US or low == CUSTOMER or low in OTHERS or low in AUX or low in SUBORDINATE:
        return True
    if low in DETERMINERS or low in POSSESSIVE or row[i].text[:1].isupper():
        return any(token.low in AUX or is_past(token.low) for token in row[i + 1 : i + 5])
    j = i
    while j + 1 < len(row) and (row[j].low in ADVERBS or row[j].low.endswith("ly")):
        j += 1
    return is_verb(row[j].low)


def _has_verb(piece: list[Token]) -> bool:
    for i, token in enumerate(piece):
        if token.low in AUX or is_verb(token.low):
            return True
        if i and (piece[i - 1].low in US or piece[i - 1].low in (CUSTOMER, "to")):
            return True
    return False
