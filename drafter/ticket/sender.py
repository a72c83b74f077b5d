"""Who wrote a ticket, and what they call it by: the customer's own name and references, from the current message alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.fold import fold
from drafter.checks.sentences import before_trail
from drafter.privacy.detectors import find_references
from drafter.ticket.facts import ItemKind
from drafter.ticket.words import finder, has

Span = tuple[int, int]
_WORD = r"[^\W\d_a-z][\w’'.-]{0,24}"
_PARTICLES = r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|af|av|zu|ter|bin|al|y|e|and|und|&)"
_TITLE = r"(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Mme|Madame|M|Herr|Frau|Señora?|Sra?)\.?"
_CALLED = "(?: [\"“'‘(][^\\W\\d_][\\w’'.-]{0,20}[\"”'’)])?"  # Rosalind "Roz" Okafor
_NAME = rf"(?:{_TITLE} )?{_WORD}{_CALLED}(?: (?:{_PARTICLES} ){{0,2}}{_WORD}){{0,3}}"
_NAMED = re.compile(rf"(?P<name>{_NAME})")
_WHOLE = re.compile(rf"{_NAME}$")
_LABELLED = re.compile(rf"(?im:^[ \t]*(?:full |your |customer |my |contact )?name[ \t]*:)[ \t]*(?P<name>{_NAME})[ \t]*(?m:$)")
_HEADED = re.compile(
    rf"(?im:^[ \t]*(?:from|von|de|da|van)[ \t]*:)[ \t]*[\"“]?(?P<name>{_NAME})[\"”]?[ \t]*(?:<[^>\n]*>|\[[^\]\n]*\])?[ \t]*(?m:$)"
)
_BRACKETED = re.compile(rf"[ \t]*[\w.-]{{2,15}} \((?P<name>{_WORD}(?: {_WORD}){{1,3}})\)[ \t]*$")  # jonno (Jonathan Reyes)
_INTRODUCED = re.compile(
    rf"\b(?:[Mm]y name is|[Mm]y name's|[Tt]he name's|[Tt]he name is|[Tt]his is(?: um+| uh+)?|[Ii]t's|I am|I'm) (?P<name>{_NAME})"
    r"(?=,? (?:from|here|calling|speaking|writing|and)\b|[,.] )"
)
_CLOSED = r"^[ \t]*(?:[-*]{1,2} ?)?(?:{closing}[ ,.!*-]*)+"
_CLOSING = r"(?:^|[.!?,;)] ?){closing}[ ,.!-]*$"
_FILED = re.compile(
    r"\b(?:file|member(?:ship)?|user ?name|kundennummer|auftrag|bestellung|commande|pedido|reserva|zam[oó]wienie)"
    r"(?: (?:no|number|nr|id))?\b[ .:#]{1,3}(?P<value>(?=\S{0,24}\d)[\w/-]{3,24})(?!\w)",
    re.I,
)
_SPACED = re.compile(
    r"\b(?:account|acct|customer|client|konto)(?: (?:no\.?|nr\.?|number|id))?[ :#]{1,3}(\d{3,5}(?: \d{1,5}){1,4})(?![\w.])", re.I
)
_NUMBERED = re.compile(r"(?<![\w#])#(?P<value>\d{4,12})(?!\w)")
_ENDS = re.compile(r"[.!?…)»\"][ \t]+(?:[-–—] ?)?$|(?:^|\s)[-–—] ?$")
_PART = re.compile(r"[ \t]*(?:,(?= )|[|·•/]| - | – )")
_SKIPPED = re.compile(
    r"^\W*$|^sent (?:from|via|with)\b|^get outlook|^von meinem|^envoy[ée]|^enviado|@\S+\.\w|https?:|www\."
    r"|^[+(]?\d[\d ()/-]{6,}$|^(?:this|the|any) (?:e-?mail|message)|confidential"
)
_CONTACT = (
    r"^(?:tel|phone|mob(?:ile)?|cell|fax|e-?mail|acct|account|client|customer|member|policy|order|ref|reference|booking)\b[^a-z]{0,3}"
    r"(?: ?(?:no|nr|number|id)\b)?[ .:#]*[\w/()+ .-]*\d[\w/()+ .-]*$"
    r"|^(?:head|director|manager|owner|chair|secretary|ceo|cfo|cto|founder|partner) of \w+"
    r"|^(?:managing|office|finance|operations) (?:director|manager)"
    r"|^\([^)]{3,40}\)$"
)
_ADDRESS = re.compile(  # a house, a street, a place with its code
    r"(?:(?:Flat|Apt\.?|Unit|Room|Suite) \w+,? ?)?\d{1,5}[A-Za-z]?,? (?:[A-Z][\w.'’-]*,?"
    r" ?){1,5}(?:,? ?[A-Z]{2} \d{5}|,? ?[A-Z]{1,2}\d\w? ?\d[A-Z]{2})?"
    r"|(?:Flat|Apt\.?|Unit|Room|Suite) \w+,? .{3,60}"
)
_MOST_LINES = 8  # from the end of a message, in which a name stands
_LAST_LINES, _FEW, _MOST_WORDS = 5, 9, 5
_WORDY = re.compile(r"(?:able|ing|ed|ly|ous|ful|less|ible|ment|tion)$")


def senders(ticket: str) -> Iterator[tuple[ItemKind, Span]]:
    """Where the customer's own name stands, and every reference that the current message gives."""
    own = ticket[: before_trail(fold(ticket))]
    if (name := signed(own)) is not None:
        yield "customer", name
    spaced = _SPACED.findall(own)
    found = [value for value in find_references(own) if not any(value in number.split() for number in spaced)]
    for reference in dict.fromkeys([*found, *spaced, *_FILED.findall(own), *_NUMBERED.findall(own)[:1]]):  # of several tickets the first
        start = own.find(reference)
        if start >= 0 and not (name and name[0] <= start < name[1]):
            yield "reference", (start, start + len(reference))


def signature(ticket: str) -> int:
    """Where the name stands under the current message; its end, where there is none."""
    own = ticket[: before_trail(fold(ticket))]
    name = _at_end(own)
    return name[0] if name and "\n" in own[: name[0]] else len(ticket)


def plain_name(words: str) -> str:
    """A name without the nickname that stands in it in quotes.

    >>> plain_name('Rosalind "Roz" Okafor')
    'Rosalind Okafor'
    """
    return re.sub(r" [\"“'‘(][^\"”'’)]+[\"”'’)](?= )", "", words)


def signed(own: str) -> Span | None:
    """Where the name of the one who wrote a message stands: in a form, at its end, or where they say who they are."""
    if match := _LABELLED.search(own):
        return match.span("name") if _is_name(match["name"]) else None
    return (
        _at_end(own) or _at_head(own) or next((match.span("name") for match in _INTRODUCED.finditer(own) if _is_name(match["name"])), None)
    )


def _at_head(own: str) -> Span | None:
    """The name in the From line of the mail itself, which stands before its first blank line."""
    match = _HEADED.search(own[: own.find("\n\n") if "\n\n" in own else 0])
    return match.span("name") if match and " " in match["name"] and _is_name(match["name"]) else None


def _at_end(own: str) -> Span | None:
    """The name below or behind a closing, or alone at the end of the message."""
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", own) if not match[0].lstrip().startswith(">")][-_MOST_LINES:]
    for place in range(len(lines) - 1, -1, -1):
        start, line = lines[place]
        closed = finder(_CLOSED).match(fold(line).lower())
        if closed and closed.end():
            behind = _name_at(line, closed.end(), start)
            below = lines[place + 1] if place + 1 < len(lines) else None
            if behind or not below or line[closed.end() :].strip():
                return behind
            return _name_at(below[1], 0, below[0]) or _bracketed(*below)
    for start, line in reversed(lines[-_LAST_LINES:]):
        if is_contact(line):
            continue
        if found := _bracketed(start, line) or _alone(start, line):
            return found
        if not find_references(line):
            return None
    return None


def _bracketed(start: int, line: str) -> Span | None:
    match = _BRACKETED.match(line)
    return (start + match.start("name"), start + match.end("name")) if match and _is_name(match["name"]) else None


def is_contact(line: str) -> bool:
    """Whether a line at the end of a message only says how to reach who wrote it, or what they are."""
    lower = fold(line).lower().strip()
    return bool(_SKIPPED.search(lower) or finder(_CONTACT).search(lower) or _ADDRESS.fullmatch(line.strip()))


def _alone(start: int, line: str) -> Span | None:
    """The name that is the whole line, or that stands behind its last sentence or a closing."""
    if found := _name_at(line, 0, start):
        return found if len(line.split()) < _FEW else None
    text = line.rstrip()
    for word in list(re.finditer(r"\S+", text))[-_MOST_WORDS:]:
        before = text[: word.start()]
        ended = _ENDS.search(before) or finder(_CLOSING).search(fold(before).lower())
        if ended and _WHOLE.match(text, word.start()) and _is_name(text[word.start() :]):
            return start + word.start(), start + len(text)
    return None


def _name_at(line: str, at: int, start: int) -> Span | None:
    """The name that a line has at a place, with nothing behind it but a role, a house or a number."""
    at += len(line[at:]) - len(line[at:].lstrip(" \t-–—*"))
    match = _NAMED.match(line, at)
    if not match or not _is_name(match["name"]):
        return None
    rest = line[match.end() :].strip()
    plain = not rest or _PART.match(line, match.end()) or re.fullmatch(r"\([^)]{1,30}\)|x{1,4}", rest)
    return (start + match.start(), start + match.end()) if plain else None


def _is_name(words: str) -> bool:
    """Whether words with capitals name a person, not a desk, a closing or a shout."""
    lower = fold(words).lower()
    shouted = len(words.split()) > 3 and words.isupper()
    plain = " " not in words and (len(words.rstrip(".")) < 2 or _WORDY.search(lower) or (words.isupper() and len(words) > 6))
    return not (shouted or plain or has("no_name", lower) or has("heated", lower) or finder("^{closing}").match(lower))
